using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Access.Federation;

/// <summary>How a firm's sign-in ends.</summary>
internal enum FirmSignInOutcome
{
    SignedIn,

    /// <summary>The answer belongs to no sign-in that this browser began here, or to one that is over.</summary>
    NotBegun,

    /// <summary>The person stopped it, or the provider said no.</summary>
    Declined,

    /// <summary>The provider cannot be reached.</summary>
    ProviderDown,

    /// <summary>The provider's answer does not hold.</summary>
    NotTrusted,

    /// <summary>The provider does not say that the address is the person's.</summary>
    NotVerified,

    /// <summary>The address is of none of the firm's mail domains.</summary>
    OtherDomain,

    /// <summary>No account of this firm has the address: the firm's manager invites.</summary>
    Unknown,

    /// <summary>The account has roles beyond this firm, which the firm's provider does not open.</summary>
    BeyondFirm,

    /// <summary>The account is linked to another person of the provider.</summary>
    OtherIdentity,
}

/// <summary>Somebody whom the claims lead to.</summary>
/// <param name="ByLink">Found by issuer and subject, not by address.</param>
/// <param name="HasOther">Linked to another subject of the same issuer.</param>
internal sealed record Candidate(Id<Person> Person, bool CanSignIn, bool ByLink, bool HasOther);

/// <summary>Who may come in by a firm's provider. The rules stand in one place and know no time and no database.</summary>
internal static class Admission
{
    /// <summary>What the claims must be before an address is looked up; none of it is asked of an identity that is linked already.</summary>
    public static FirmSignInOutcome? OfAddress(PersonClaims claims, SignInProviderRow provider)
    {
        if (claims.Email is null || !(claims.Verified ?? provider.TrustsUnverified)) return FirmSignInOutcome.NotVerified;
        return provider.MailDomains.Contains(MailDomain.Of(claims.Email)) ? null : FirmSignInOutcome.OtherDomain;
    }

    public static FirmSignInOutcome Of(Candidate? candidate, IReadOnlyList<HeldRole> roles, SignInProviderRow provider, FirmSignInOutcome? ofAddress)
    {
        var firm = new RoleScope(ScopeKind.Firm, provider.Firm);
        if (candidate is null || (candidate.ByLink && !candidate.CanSignIn)) return ofAddress ?? FirmSignInOutcome.Unknown;
        if (!roles.Any(r => r.Scope == firm)) return FirmSignInOutcome.Unknown;
        if (candidate.HasOther) return FirmSignInOutcome.OtherIdentity;
        return provider.BeyondFirm || roles.All(r => r.Scope == firm) ? FirmSignInOutcome.SignedIn : FirmSignInOutcome.BeyondFirm;
    }
}
