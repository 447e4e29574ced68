using System.Text.Json;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace ClusterNet.Mail;

/// <summary>
/// Mail that waits: a table into which every module's role may insert. What a mail says lies there encrypted, for it carries links that are secrets;
/// its key is the web's data protection. No backup holds it: mail of the past must not go out again after a restore.
/// </summary>
internal sealed class Outbox(Database database, IDataProtectionProvider protection, MailSettings settings, PublicUrl address, TimeProvider clock) : IMailer
{
    private readonly IDataProtector _protector = protection.CreateProtector("ClusterNet.Mail.Outbox");

    public bool ReachesPeople => settings.Smtp is not null;

    public string LinkTo(string path) => address.Of(path);

    public Statement Queue(MailMessage mail)
    {
        var now = clock.GetUtcNow();
        return Statement.Of(
            "insert into mail.outbox (id, address_hash, body, queued_at, next_at, attempts) values ($1, $2, $3, $4, $4, 0)",
            TimeOrderedGuid.At(now), MailAddresses.HashOf(mail.To), _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(mail)), now);
    }

    public async Task<int> Forget(string address, CancellationToken ct)
    {
        // First the rows, under their locks: what is being sent now has become a file by then.
        await using var delete = database.Source.CreateCommand("delete from mail.outbox where address_hash = $1");
        delete.Parameters.Add(new() { Value = MailAddresses.HashOf(address) });
        var waiting = await delete.ExecuteNonQueryAsync(ct);
        return waiting + FolderLine.Forget(settings.Folder, address);
    }

    /// <summary>The mail that is due longest and that no other Host is sending; null for none. It stays locked for the transaction.</summary>
    internal static async Task<QueuedMail?> Claim(NpgsqlConnection connection, DateTimeOffset now, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand(
            "select id, body, queued_at, attempts from mail.outbox where next_at <= $1 order by next_at limit 1 for update skip locked", connection);
        select.Parameters.Add(new() { Value = now });
        await using var reader = await select.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new(reader.GetGuid(0), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetInt32(3))
            : null;
    }

    /// <exception cref="FormatException">The mail cannot be written.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The key is missing.</exception>
    internal OutgoingMail Open(QueuedMail queued)
    {
        var mail = JsonSerializer.Deserialize<MailMessage>(_protector.Unprotect(queued.Body)) ?? throw new FormatException("This is no mail.");
        return new(queued.Id, queued.QueuedAt, mail, MailForm.Of(mail, settings.From, queued.Id, queued.QueuedAt));
    }

    internal IMailLine Line() => settings.Smtp is { } server ? new SmtpLine(server) : new FolderLine(settings.Folder);
}

/// <summary>A row of the outbox.</summary>
internal sealed record QueuedMail(Guid Id, byte[] Body, DateTimeOffset QueuedAt, int Attempts);
