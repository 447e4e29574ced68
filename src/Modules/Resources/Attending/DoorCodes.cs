using System.Security.Cryptography;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace ClusterNet.Resources.Attending;

/// <summary>What is shown at a session's door: a code that only this installation can make, for one session at one time. It is kept nowhere.</summary>
internal sealed class DoorCodes(IDataProtectionProvider protection)
{
    public const int MaxLength = 400;

    public static readonly Refusal Wrong = new(
        "door-code-wrong", "This code is not one of this session, or the session was moved since. Scan the code that is shown at the door now.", 422);

    private readonly IDataProtector _protector = protection.CreateProtector("ClusterNet.Resources.Door");

    public string Of(Id<Session> session, DateTimeOffset start) => WebEncoders.Base64UrlEncode(_protector.Protect(Said(session, start)));

    public bool Opens(string code, Id<Session> session, DateTimeOffset start)
    {
        try
        {
            return CryptographicOperations.FixedTimeEquals(_protector.Unprotect(WebEncoders.Base64UrlDecode(code)), Said(session, start));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }

    private static byte[] Said(Id<Session> session, DateTimeOffset start) => [.. session.Value.ToByteArray(), .. BitConverter.GetBytes(start.UtcTicks)];
}
