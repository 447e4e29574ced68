using System.Globalization;
using MailKit.Security;
using Microsoft.Extensions.Configuration;

namespace ClusterNet.Mail;

/// <summary>How mail leaves: through a mail server, or, where none is configured, into a folder of .eml files.</summary>
/// <param name="From">The sender, such as <c>ClusterNet &lt;clusternet@example.org&gt;</c>.</param>
/// <param name="Smtp">The mail server; null for the folder.</param>
public sealed record MailSettings(string From, string Folder, SmtpServer? Smtp)
{
    private const string Section = "ClusterNet:Mail:", NobodyInParticular = "ClusterNet <clusternet@localhost>";

    /// <summary>Into a folder, from nobody in particular.</summary>
    public static MailSettings ToFolder(string folder) => new(NobodyInParticular, folder, null);

    /// <param name="faults">Every fault is added, with what to set instead.</param>
    public static MailSettings Read(IConfiguration configuration, string folder, List<string> faults)
    {
        var (host, from) = (Text("Host"), Text("From"));
        if (from is not null && !MailAddresses.IsSender(from))
            faults.Add($"ClusterNet__Mail__From is \"{from}\"; it takes one address, such as ClusterNet <clusternet@example.org>.");
        if (host is null)
        {
            foreach (var name in new[] { "Port", "User", "Password", "Security" }.Where(n => Text(n) is not null))
                faults.Add($"ClusterNet__Mail__{name} is set without ClusterNet__Mail__Host: name the mail server, or leave both out.");
            return new(from ?? NobodyInParticular, folder, null);
        }

        if (Text("Folder") is not null) faults.Add("ClusterNet__Mail__Host and ClusterNet__Mail__Folder are both set: mail goes one way, leave one of them out.");
        if (from is null) faults.Add("ClusterNet__Mail__From is needed with ClusterNet__Mail__Host: the sender's address.");
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown) faults.Add($"ClusterNet__Mail__Host is \"{host}\"; it takes the name of a mail server.");
        return new(from ?? NobodyInParticular, folder, Server(host, Text, faults));

        string? Text(string name) => configuration[Section + name] is { Length: > 0 } text ? text : null;
    }

    private static SmtpServer Server(string host, Func<string, string?> text, List<string> faults)
    {
        var port = SmtpServer.SubmissionPort;
        if (text("Port") is { } number && !(int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535))
            faults.Add($"ClusterNet__Mail__Port is \"{number}\"; it takes a port from 1 to 65535.");
        SecureSocketOptions? security = text("Security") switch
        {
            null => port == SmtpServer.TlsPort ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls,
            "starttls" => SecureSocketOptions.StartTls,
            "tls" => SecureSocketOptions.SslOnConnect,
            "none" => SecureSocketOptions.None,
            _ => null,
        };
        if (security is null) faults.Add($"ClusterNet__Mail__Security is \"{text("Security")}\"; it takes starttls, tls or none.");
        var (user, password) = (text("User"), text("Password"));
        if (user is null != password is null) faults.Add("ClusterNet__Mail__User and ClusterNet__Mail__Password go together: set both or none.");
        if (user is not null && security == SecureSocketOptions.None && !IsLoopback(host))
            faults.Add("ClusterNet__Mail__Security is none, which would send the password in the clear over the network: use starttls or tls.");
        return new(host, port, user, password, security ?? SecureSocketOptions.StartTls);
    }

    private static bool IsLoopback(string host) => new UriBuilder("smtp", host).Uri.IsLoopback;
}

/// <summary>A mail server that takes mail for everybody (RFC 6409).</summary>
/// <param name="Security">Encryption is never left out because the server does not offer it.</param>
public sealed record SmtpServer(string Host, int Port, string? User, string? Password, SecureSocketOptions Security)
{
    internal const int SubmissionPort = 587, TlsPort = 465;

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
