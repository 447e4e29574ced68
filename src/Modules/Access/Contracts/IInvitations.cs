using ClusterNet.EventStore;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Access.Contracts;

/// <summary>Invites persons to sign in, for modules above that decided who may invite whom.</summary>
public interface IInvitations
{
    /// <summary>Carries out the invitation as this request's command, and mails its link to the person's address.</summary>
    /// <param name="self">The link that the answer names.</param>
    Task<InvitedToSignIn> Invite(Id<Person> person, Caller by, string self, CancellationToken ct);
}

/// <summary>How an invitation to sign in went.</summary>
/// <param name="Result">200, without a mail server with the invitation's token, shown this once; a problem otherwise.</param>
/// <param name="Link">Where no mail server is configured: what the inviter has to hand over.</param>
public sealed record InvitedToSignIn(IResult Result, string? Link);
