using System.Globalization;
using System.Text;
using ClusterNet.Files;
using MailKit.Net.Smtp;
using MimeKit;

namespace ClusterNet.Mail;

/// <summary>The way out, for one pass over the outbox.</summary>
internal interface IMailLine : IAsyncDisposable
{
    /// <summary>Returns when the other side has taken the responsibility for the mail.</summary>
    Task Send(OutgoingMail mail, CancellationToken ct);
}

/// <summary>A mail on its way.</summary>
internal sealed record OutgoingMail(Guid Id, DateTimeOffset QueuedAt, MailMessage Mail, MimeMessage Form);

/// <summary>One connection to the mail server, opened with the first mail.</summary>
internal sealed class SmtpLine(SmtpServer server) : IMailLine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // No revocation check, as HttpClient has it: it would need a way to the certificate's issuer, which a mail host often lacks.
    private readonly SmtpClient _client = new() { Timeout = (int)Patience.TotalMilliseconds, CheckCertificateRevocation = false };

    public async Task Send(OutgoingMail mail, CancellationToken ct)
    {
        if (!_client.IsConnected)
        {
            await _client.ConnectAsync(server.Host, server.Port, server.Security, ct);
            if (server is { User: { } user, Password: { } password }) await _client.AuthenticateAsync(Encoding.UTF8, user, password, ct);
        }

        await _client.SendAsync(mail.Form, ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected) await _client.DisconnectAsync(quit: true);
        _client.Dispose();
    }
}

/// <summary>A folder of .eml files, for trials and for programs that take it from there. The same mail is one file, however often it is sent.</summary>
internal sealed class FolderLine(string folder) : IMailLine
{
    public Task Send(OutgoingMail mail, CancellationToken ct)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{mail.QueuedAt.UtcDateTime:yyyyMMdd'T'HHmmss'.'ffffff}-{KeyOf(mail.Mail.To)}-{mail.Id:n}.eml");
        WholeFile.Create(Path.Combine(folder, name), Encoding.UTF8.GetString(MailForm.Bytes(mail.Form)));
        return Task.CompletedTask;
    }

    /// <summary>Deletes what lies there for an address.</summary>
    public static int Forget(string folder, string address)
    {
        if (!Directory.Exists(folder)) return 0;
        var files = Directory.GetFiles(folder, $"*-{KeyOf(address)}-*.eml");
        foreach (var file in files) File.Delete(file);
        return files.Length;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string KeyOf(string address) => Convert.ToHexStringLower(MailAddresses.HashOf(address)[..8]);
}
