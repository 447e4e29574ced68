using ClusterNet.EventStore;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Access.Contracts;

/// <summary>Invites persons to sign in, for modules above that decided who may invite whom.</summary>
public interface IInvitations
{
    /// <summary>Carries out the invitation as this request's command.</summary>
    /// <param name="self">The link that the answer names.</param>
    /// <returns>200 with the invitation's token, shown this once; a problem otherwise.</returns>
    Task<IResult> Invite(Id<Person> person, Caller by, string self, CancellationToken ct);
}
