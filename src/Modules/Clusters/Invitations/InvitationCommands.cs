using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Clusters.Invitations;

/// <summary>Offers a place, or sends a new link for an offer that is still open.</summary>
internal sealed record SendInvitation(Place Place, Invitee Invitee, Id<Person> By, DateTimeOffset ExpiresAt, DateTimeOffset Now)
    : ICommand<Invitation, InvitationEvent>
{
    public Decision<InvitationEvent> Decide(Invitation state) => state switch
    {
        Invitation.Absent => new InvitationSent(
            Invitee.Person, Place.Kind, Place.Id, Place.Position, Place.Role, Invitee.Email, Invitee.GivenName, Invitee.FamilyName, Invitee.Text,
            Invitee.Language, By, ExpiresAt, Now),
        Invitation.Open open when open.Place == Place => new InvitationSentAgain(By, ExpiresAt, Now),
        Invitation.Open => InvitationRefusals.OtherPlace,
        _ => InvitationRefusals.NotOpen,
    };
}

/// <param name="Person">Who takes the place.</param>
internal sealed record AcceptPlace(Id<Person> Person, DateTimeOffset Now) : ICommand<Invitation, InvitationEvent>
{
    public Decision<InvitationEvent> Decide(Invitation state) => state switch
    {
        Invitation.Open open when open.By == Person => InvitationRefusals.Oneself,
        Invitation.Open open when Now < open.ExpiresAt => new InvitationAccepted(Person, Now),
        _ => InvitationRefusals.NotOpen,
    };
}

internal sealed record DeclinePlace(DateTimeOffset Now) : ICommand<Invitation, InvitationEvent>
{
    public Decision<InvitationEvent> Decide(Invitation state) => state switch
    {
        Invitation.Open => new InvitationDeclined(Now),
        Invitation.Over { How: InvitationState.Declined } => Decision<InvitationEvent>.Nothing,
        _ => InvitationRefusals.NotOpen,
    };
}

internal sealed record WithdrawInvitation(Id<Person> By, DateTimeOffset Now) : ICommand<Invitation, InvitationEvent>
{
    public Decision<InvitationEvent> Decide(Invitation state) => state switch
    {
        Invitation.Open => new InvitationWithdrawn(By, Now),
        Invitation.Over { How: InvitationState.Accepted } => InvitationRefusals.Taken,
        Invitation.Over => Decision<InvitationEvent>.Nothing,
        _ => InvitationRefusals.Unknown,
    };
}

/// <summary>Why an invitation cannot be sent, answered or withdrawn.</summary>
internal static class InvitationRefusals
{
    public static readonly Refusal NotOpen = new(
        "invitation-not-open", "This invitation is unknown, answered, withdrawn or expired. Ask whoever invited you for a new one.", 422);

    public static readonly Refusal Unknown = new("invitation-unknown", "There is no such invitation; look at the list of invitations.", 404);

    public static readonly Refusal Oneself = new(
        "own-invitation", "Nobody takes a place that they offered themselves. Ask another manager or coordinator to invite you.", 403);

    public static readonly Refusal OtherPlace = new(
        "invited-otherwise", "An invitation of this address to another place here is open. Withdraw it first, then send this one.");

    public static readonly Refusal Taken = new(
        "invitation-taken", "The invitation was accepted already. End the person's place instead: a departure from the firm, or a revocation of the role.");

    public static readonly Refusal TooMany = new(
        "too-many-invitations", "200 invitations are open here already. Withdraw some, or wait until they are answered.");

    public static readonly Refusal HereAlready = new(
        "already-here", "Somebody with this address has this place already. Look at the list of people.");

    public static readonly Refusal Auditor = new(
        "auditor-only-reads", "An auditor stays outside: with this account nothing can be joined. Use another one, or end your grants first (POST /api/v1/access/auditor-grants/{id}/end).", 403);

    public static readonly Refusal PasswordNeeded = new(
        "password-needed", "Sign in first to join with the account that you have; or send givenName, familyName and password to open one.", 422);
}
