using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Access.Identity;

/// <summary>A person as the framework's managers see one who signs in: read whole in one query, kept nowhere as a whole.</summary>
internal sealed class AccountHolder
{
    public Id<Person> Person { get; init; }

    public string? Email { get; init; }

    public string? Name { get; init; }

    /// <summary>In which the person used the pages last; null before the first sign-in.</summary>
    public string? Language { get; init; }

    /// <summary>Activated, and not closed.</summary>
    public bool CanSignIn { get; init; }

    public int PasskeyCount { get; init; }

    public int RecoveryCodesLeft { get; init; }

    public string? PasswordHash { get; set; }

    public int Failures { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>The authenticator app's secret, protected; there before the second factor is on, while it is being set up.</summary>
    public string? AuthenticatorKey { get; set; }

    public DateTimeOffset? TwoFactorSince { get; set; }

    /// <summary>What an update has to write; anything else would undo what another request did meanwhile.</summary>
    public bool Rehashed { get; set; }

    public bool TwoFactorChanged { get; set; }

    /// <summary>Stands in for an unknown address, so that the same work is done for it: nothing is ever stored for it.</summary>
    public static AccountHolder Nobody() => new();

    /// <summary>Words that must not be the person's password.</summary>
    public IEnumerable<string?> About => [Email, Name];
}
