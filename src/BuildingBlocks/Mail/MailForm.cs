using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using MimeKit;
using MimeKit.Text;

namespace ClusterNet.Mail;

/// <summary>A mail as it goes over the wire: plain text, and simple HTML made of the same text.</summary>
internal static class MailForm
{
    private const int LongestSubject = 200;

    /// <param name="id">The same for every attempt, so that a receiver which got it twice can tell (RFC 5322, section 3.6.4).</param>
    /// <exception cref="FormatException">The address cannot stand in a mail's head.</exception>
    public static MimeMessage Of(MailMessage mail, string from, Guid id, DateTimeOffset queuedAt)
    {
        var sender = MailboxAddress.Parse(from);
        var (subject, text) = (OneLine(mail.Subject), Clean(mail.Text));
        var message = new MimeMessage
        {
            Subject = subject,
            Date = queuedAt,
            MessageId = $"{id:n}@{sender.Domain}",
            Body = new MultipartAlternative(
                new TextPart(TextFormat.Plain) { Text = text },
                new TextPart(TextFormat.Html) { Text = Html(subject, text) }),
        };
        message.From.Add(sender);
        message.To.Add(MailAddresses.One(mail.To) ?? throw new FormatException("This is no mail address."));
        // Nobody's holiday notice should answer it (RFC 3834, section 5).
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        if (mail.Unsubscribe is { } page) message.Headers.Add(HeaderId.ListUnsubscribe, $"<{new Uri(page).AbsoluteUri}>");
        return message;
    }

    /// <summary>As ASCII, whatever its content: every server takes that.</summary>
    public static byte[] Bytes(MimeMessage message)
    {
        message.Prepare(EncodingConstraint.SevenBit);
        using var stream = new MemoryStream();
        message.WriteTo(new FormatOptions { NewLineFormat = NewLineFormat.Dos }, stream);
        return stream.ToArray();
    }

    /// <summary>No line of a mail's head ends where somebody's text says so.</summary>
    public static string OneLine(string text)
    {
        var words = string.Join(' ', new string([.. text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return words.Length <= LongestSubject ? words : string.Concat(words.EnumerateRunes().Take(LongestSubject - 1)) + "…";
    }

    private static string Clean(string text) =>
        new([.. text.ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || !char.IsControl(c))]);

    private static string Html(string subject, string text)
    {
        var html = new StringBuilder().Append(
            CultureInfo.InvariantCulture, $"<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>{Encoded(subject)}</title></head>\n<body>\n");
        foreach (var paragraph in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            html.Append(CultureInfo.InvariantCulture, $"<p>{string.Join("<br>\n", paragraph.Split('\n').Select(Line))}</p>\n");
        return html.Append("</body></html>\n").ToString();
    }

    private static string Line(string line) =>
        Uri.TryCreate(line.Trim(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && !line.Trim().Contains(' ', StringComparison.Ordinal)
            ? $"<a href=\"{Encoded(url.AbsoluteUri)}\">{Encoded(line.Trim())}</a>"
            : Encoded(line);

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
}
