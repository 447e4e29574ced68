using System.Security.Cryptography;
using System.Text;
using MimeKit;

namespace ClusterNet.Mail;

/// <summary>Addresses as they may stand in a mail's head: one, whole, and nothing beside it.</summary>
internal static class MailAddresses
{
    /// <summary>The address alone (RFC 5321, section 4.1.2); null when it is none, or more than one.</summary>
    public static MailboxAddress? One(string text) =>
        !text.Any(char.IsControl) && MailboxAddress.TryParse(text, out var mailbox) && mailbox.Address == text && HasDomain(mailbox)
            ? new MailboxAddress(null, mailbox.Address)
            : null;

    /// <summary>One address, with a name if there is one.</summary>
    public static bool IsSender(string text) => !text.Any(char.IsControl) && MailboxAddress.TryParse(text, out var mailbox) && HasDomain(mailbox);

    /// <summary>By this an address is found again in the outbox without being readable there.</summary>
    public static byte[] HashOf(string address) => SHA256.HashData(Encoding.UTF8.GetBytes("mail/" + address.Trim().ToLowerInvariant()));

    private static bool HasDomain(MailboxAddress mailbox) => mailbox.Domain.Length > 0;
}
