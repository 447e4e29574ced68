using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Clusters.Invitations;

internal abstract record InvitationEvent;

/// <param name="Person">Under whose keys the personal members are: who has the address, or an id made for whoever will.</param>
/// <param name="Position">The place in a firm; null for a role in a cluster.</param>
/// <param name="Role">The role in a cluster; null for a place in a firm.</param>
/// <param name="Text">The job title in a firm; why the role is given in a cluster.</param>
/// <param name="Language">ISO 639: the language in which the person is addressed.</param>
[StoredAs("invitation_sent")]
internal sealed record InvitationSent(
    Id<Person> Person, ScopeKind ScopeKind, Guid ScopeId, Position? Position, Role? Role,
    [PersonalData(nameof(InvitationSent.Person), KeyClass.Contact)] Personal<string> Email,
    [PersonalData(nameof(InvitationSent.Person), KeyClass.Identity)] Personal<string> GivenName,
    [PersonalData(nameof(InvitationSent.Person), KeyClass.Identity)] Personal<string> FamilyName,
    [PersonalData(nameof(InvitationSent.Person), KeyClass.Identity)] Personal<string> Text,
    string Language, Id<Person> By, DateTimeOffset ExpiresAt, DateTimeOffset At) : InvitationEvent;

/// <summary>A new link took the place of the one before.</summary>
[StoredAs("invitation_sent_again")]
internal sealed record InvitationSentAgain(Id<Person> By, DateTimeOffset ExpiresAt, DateTimeOffset At) : InvitationEvent;

/// <param name="Person">Who took the place: whoever held the link, with the account that they chose.</param>
[StoredAs("invitation_accepted")]
internal sealed record InvitationAccepted(Id<Person> Person, DateTimeOffset At) : InvitationEvent;

[StoredAs("invitation_declined")]
internal sealed record InvitationDeclined(DateTimeOffset At) : InvitationEvent;

[StoredAs("invitation_withdrawn")]
internal sealed record InvitationWithdrawn(Id<Person> By, DateTimeOffset At) : InvitationEvent;

/// <summary>
/// A place offered to the holder of a mail address: in a firm, or a role in a cluster. Nobody is made anything by somebody else's typing: the place
/// is taken by who was asked, once, before the offer ends.
/// </summary>
internal abstract record Invitation : IState<Invitation, InvitationEvent>
{
    public sealed record Absent : Invitation;

    public sealed record Open(Place Place, Invitee Invitee, Id<Person> By, DateTimeOffset ExpiresAt) : Invitation;

    public sealed record Over(InvitationState How) : Invitation;

    public static Invitation Initial { get; } = new Absent();

    public static Invitation Evolve(Invitation state, InvitationEvent fact) => (state, fact) switch
    {
        (_, InvitationSent e) => new Open(
            new(e.ScopeKind, e.ScopeId, e.Position, e.Role), new(e.Person, e.Email, e.GivenName, e.FamilyName, e.Text, e.Language), e.By, e.ExpiresAt),
        (Open open, InvitationSentAgain e) => open with { By = e.By, ExpiresAt = e.ExpiresAt },
        (_, InvitationSentAgain) => state,
        (_, InvitationAccepted) => new Over(InvitationState.Accepted),
        (_, InvitationDeclined) => new Over(InvitationState.Declined),
        (_, InvitationWithdrawn) => new Over(InvitationState.Withdrawn),
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

/// <summary>What is offered: a position in a firm or a role in a cluster.</summary>
internal sealed record Place(ScopeKind Kind, Guid Id, Position? Position, Role? Role)
{
    public static Place In(Id<Firm> firm, Position position) => new(ScopeKind.Firm, firm.Value, position, null);

    public static Place In(Id<Cluster> cluster, Role role) => new(ScopeKind.Cluster, cluster.Value, null, role);

    public RoleScope Scope => new(Kind, Id);

    public string Name => NameOf(Position, Role);

    /// <summary>The wire name of a place: one of the two is set.</summary>
    public static string NameOf(Position? position, Role? role) => position is { } firms ? WireNames.Of(firms) : WireNames.Of(role!.Value); // the other one is
}

/// <summary>To whom it is offered, as far as whoever offers it knows.</summary>
internal sealed record Invitee(
    Id<Person> Person, Personal<string> Email, Personal<string> GivenName, Personal<string> FamilyName, Personal<string> Text, string Language);
