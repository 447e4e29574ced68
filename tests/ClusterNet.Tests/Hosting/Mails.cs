using System.Globalization;
using ClusterNet.EventStore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace ClusterNet.Tests.Hosting;

/// <summary>What a Host sent, as its .eml files say.</summary>
internal static class Mails
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The mails to an address, oldest first, once nothing waits in the outbox any more and there are <paramref name="atLeast"/>.</summary>
    /// <param name="atLeast">0 for what was sent so far, to see that nothing was.</param>
    /// <param name="invitations">With the invitation to sign in, by which nearly everybody came.</param>
    public static async Task<IReadOnlyList<SentMail>> MailsTo(this RunningHost host, string to, int atLeast = 1, bool invitations = false)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        enough.CancelAfter(Patience);
        while (true)
        {
            enough.Token.ThrowIfCancellationRequested();
            if (await Waiting(host) > 0) continue;
            var mails = Read(host.Settings.Mail.Folder).Where(m => string.Equals(m.To, to, StringComparison.OrdinalIgnoreCase) && (invitations || !m.Invites)).ToList();
            if (mails.Count >= atLeast) return mails;
            await Task.Yield();
        }
    }

    /// <summary>The newest mail to an address.</summary>
    public static async Task<SentMail> LastMail(this RunningHost host, string to) => (await host.MailsTo(to))[^1];

    private static async Task<long> Waiting(RunningHost host)
    {
        await using var count = host.Services.GetRequiredService<Database>().Source.CreateCommand("select count(*) from mail.outbox");
        return Convert.ToInt64(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
    }

    public static IEnumerable<SentMail> Read(string folder) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, "*.eml").Order(StringComparer.Ordinal).Select(f => SentMail.Of(MimeMessage.Load(f))) : [];
}

/// <summary>A mail as its reader sees it.</summary>
internal sealed record SentMail(string To, string Subject, string Text, string Html, MimeMessage Message)
{
    /// <summary>The addresses that stand on lines of their own.</summary>
    public IReadOnlyList<Uri> Links =>
        [.. Text.Split('\n').Select(l => l.Trim()).Where(l => l.StartsWith("http", StringComparison.Ordinal) && Uri.IsWellFormedUriString(l, UriKind.Absolute)).Select(l => new Uri(l))];

    /// <summary>Somebody is invited to sign in.</summary>
    public bool Invites => Links.Any(l => l.AbsolutePath == "/accept-invitation");

    public static SentMail Of(MimeMessage m) =>
        new(m.To.Mailboxes.Single().Address, m.Subject ?? "", (m.TextBody ?? "").ReplaceLineEndings("\n"), (m.HtmlBody ?? "").ReplaceLineEndings("\n"), m);
}
