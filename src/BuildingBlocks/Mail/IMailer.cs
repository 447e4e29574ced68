using ClusterNet.EventStore;

namespace ClusterNet.Mail;

/// <summary>Sends mail after the transaction that asked for it committed, and again until the mail server took it.</summary>
public interface IMailer
{
    /// <summary>The statement that puts a mail into the outbox: any module commits it together with its own facts.</summary>
    Statement Queue(MailMessage mail);

    /// <summary>A mail server is configured. Without one, mails are files that only the operator can read, and links have to be handed over by hand.</summary>
    bool ReachesPeople { get; }

    /// <summary>An absolute link into this installation, for a mail.</summary>
    /// <param name="path">Path and query, beginning with a slash.</param>
    string LinkTo(string path);

    /// <summary>Deletes what waits for an address or lies in the folder for it, because its owner is erased.</summary>
    /// <returns>How many mails.</returns>
    Task<int> Forget(string address, CancellationToken ct);
}

/// <summary>A mail to one person.</summary>
/// <param name="To">The address.</param>
/// <param name="Subject">One line; whatever would break it is taken out.</param>
/// <param name="Text">Plain text; links stand on lines of their own.</param>
/// <param name="Unsubscribe">For mail that can be turned off: the absolute address of the page where that is done (RFC 2369, section 3.2).</param>
public sealed record MailMessage(string To, string Subject, string Text, string? Unsubscribe = null);
