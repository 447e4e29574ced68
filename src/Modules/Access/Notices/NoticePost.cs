using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Mail;
using Npgsql;

namespace ClusterNet.Access.Notices;

/// <summary>
/// Makes mails of notices: at once, or one a day at seven in the reader's zone. A person's notices and their mail change in one transaction under
/// the person's lock, so that of several Hosts one makes it.
/// </summary>
internal sealed class NoticePost(Database database, IAccounts accounts, IAccountSettings settings, NoticeTexts texts, PageLinks links, HomeZone home, IMailer mailer, TimeProvider clock)
{
    private const int AtATime = 100, LongestMail = 50;
    private const string Lock =
        "select pg_try_advisory_xact_lock(hashtextextended('notice/' || $1, 7203215)) from (select set_config('role', 'clusternet_access', true)) as role";

    private const string PreferencesPage = "/account/notifications";

    /// <summary>Puts into the outbox whatever is due.</summary>
    /// <returns>How many mails.</returns>
    public async Task<int> Pass(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = await database.Query(
            AccessModule.Name,
            Statement.Of(
                "select n.person, n.mail, n.first, s.time_zone from (select person, mail, min(at) as first from access.notice where mail in ('digest', 'at-once') " +
                "group by person, mail) n left join access.account_settings s on s.person = n.person order by n.first"),
            r => (Person: new Id<Person>(r.GetGuid(0)), Digest: r.GetString(1) == "digest", First: r.GetFieldValue<DateTimeOffset>(2), Zone: r.IsDBNull(3) ? null : r.GetString(3)),
            ct);
        var mails = 0;
        foreach (var (person, digest, before) in due.Select(d => (d.Person, d.Digest, d.First, Before: Until(d.Digest, d.Zone, now))).Where(d => d.First < d.Before)
                     .Take(AtATime).Select(d => (d.Person, d.Digest, d.Before)))
            mails += await Send(person, digest, before, ct) ? 1 : 0;
        return mails;
    }

    private DateTimeOffset Until(bool digest, string? zone, DateTimeOffset now) => digest ? NoticeRules.LastDigest(now, ZoneOf(zone)) : DateTimeOffset.MaxValue;

    private TimeZoneInfo ZoneOf(string? name) => Design.Reader.Find(name) ?? home.Zone;

    /// <param name="before">What was told before this goes out.</param>
    private async Task<bool> Send(Id<Person> person, bool digest, DateTimeOffset before, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (!await Scalar<bool>(connection, Lock, ct, person.ToString())) return false;
        var rows = await Take(connection, person, digest ? "digest" : "at-once", before, ct);
        var unread = rows.Where(r => r.ReadAt is null).ToList();
        var card = (await accounts.Cards([person], ct)).GetValueOrDefault(person);
        var sent = unread.Count > 0 && card is { CanSignIn: true } && card.Email.TryGet(out var address) && await Queue(connection, address, person, unread, ct);
        await transaction.CommitAsync(ct);
        return sent;
    }

    private static async Task<List<NoticeRow>> Take(NpgsqlConnection connection, Id<Person> person, string mail, DateTimeOffset before, CancellationToken ct)
    {
        await using var update = Command(
            connection, $"update access.notice set mail = 'sent' where person = $1 and mail = $2 and at < $3 returning {NoticeRow.Columns}", person.Value, mail, before);
        await using var reader = await update.ExecuteReaderAsync(ct);
        var rows = new List<NoticeRow>();
        while (await reader.ReadAsync(ct)) rows.Add(NoticeRow.Read(reader));
        return [.. rows.OrderBy(r => r.Id)];
    }

    private async Task<bool> Queue(NpgsqlConnection connection, string address, Id<Person> person, List<NoticeRow> rows, CancellationToken ct)
    {
        var statement = mailer.Queue(await Write(address, await settings.LanguageOf(person, ct), rows, ct));
        await using var insert = new NpgsqlCommand(statement.Sql, connection);
        foreach (var parameter in statement.Parameters) insert.Parameters.Add(parameter);
        await insert.ExecuteNonQueryAsync(ct);
        return true;
    }

    private async Task<MailMessage> Write(string address, string language, List<NoticeRow> rows, CancellationToken ct)
    {
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(language);
        var said = await texts.Of(rows, inMail: true, ct);
        var lines = rows.Take(LongestMail).Select(r => $"{said[r.Id]}\n{mailer.LinkTo(links.Exists(r.Href) ? r.Href : "/notices")}");
        var more = rows.Count > LongestMail ? [$"{texts.Own("MailMore", rows.Count - LongestMail)}\n{mailer.LinkTo("/notices")}"] : Array.Empty<string>();
        var preferences = mailer.LinkTo(PreferencesPage);
        return new(
            address, rows.Count == 1 ? said[rows[0].Id] : texts.Own("MailSubject", rows.Count),
            string.Join("\n\n", [.. lines, .. more, $"{texts.Own("MailWhy")}\n{preferences}"]) + "\n", preferences);
    }

    private static async Task<T> Scalar<T>(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        return (T)(await command.ExecuteScalarAsync(ct))!; // asked for what is there
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }
}
