using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Invitations;
using ClusterNet.EventStore;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Clusters.Invitations.Invitation, ClusterNet.Clusters.Invitations.InvitationEvent>;

namespace ClusterNet.Tests.Clusters;

public class InvitationDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = Now.AddDays(14);
    private static readonly Id<Firm> Acme = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e12"));
    private static readonly Id<Person> Olga = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e01"));
    private static readonly Id<Person> Ben = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e02"));
    private static readonly Place Turner = Place.In(Acme, Position.Employee);
    private static readonly Invitee ToBen = new(Ben, "ben@firm.example", "Ben", "Bolt", "Turner", "de");

    private static readonly InvitationSent Sent = new(
        Ben, ScopeKind.Firm, Acme.Value, Position.Employee, null, "ben@firm.example", "Ben", "Bolt", "Turner", "de", Olga, Until, Now);

    private static readonly SendInvitation Send = new(Turner, ToBen, Olga, Until, Now);
    private static readonly InvitationAccepted Accepted = new(Ben, Now);
    private static readonly InvitationDeclined Declined = new(Now);
    private static readonly InvitationWithdrawn Withdrawn = new(Olga, Now);

    [Fact]
    public void A_place_is_offered() => Spec.Given().When(Send).Then(Sent);

    [Fact]
    public void An_open_invitation_is_sent_again_with_a_new_end() =>
        Spec.Given(Sent).When(Send with { ExpiresAt = Until.AddDays(1) }).Then(new InvitationSentAgain(Olga, Until.AddDays(1), Now));

    [Fact]
    public void Another_place_is_another_invitation() =>
        Spec.Given(Sent).When(Send with { Place = Place.In(Acme, Position.Manager) }).ThenRefused(InvitationRefusals.OtherPlace);

    [Fact]
    public void Whoever_holds_the_link_takes_the_place_once()
    {
        Spec.Given(Sent).When(new AcceptPlace(Ben, Now)).Then(Accepted);
        Spec.Given(Sent, Accepted).When(new AcceptPlace(Ben, Now)).ThenRefused(InvitationRefusals.NotOpen);
    }

    [Fact]
    public void Nobody_takes_a_place_after_the_end() => Spec.Given(Sent).When(new AcceptPlace(Ben, Until)).ThenRefused(InvitationRefusals.NotOpen);

    [Fact]
    public void Nobody_takes_a_place_that_they_offered() => Spec.Given(Sent).When(new AcceptPlace(Olga, Now)).ThenRefused(InvitationRefusals.Oneself);

    [Fact]
    public void An_answer_or_a_withdrawal_ends_it()
    {
        Spec.Given(Sent).When(new DeclinePlace(Now)).Then(Declined);
        Spec.Given(Sent, Declined).When(new DeclinePlace(Now)).Then();
        Spec.Given(Sent, Declined).When(new AcceptPlace(Ben, Now)).ThenRefused(InvitationRefusals.NotOpen);
        Spec.Given(Sent).When(new WithdrawInvitation(Olga, Now)).Then(Withdrawn);
        Spec.Given(Sent, Withdrawn).When(new AcceptPlace(Ben, Now)).ThenRefused(InvitationRefusals.NotOpen);
        Spec.Given(Sent, Withdrawn).When(Send).ThenRefused(InvitationRefusals.NotOpen);
    }

    [Fact]
    public void What_was_accepted_is_not_withdrawn()
    {
        Spec.Given(Sent, Accepted).When(new WithdrawInvitation(Olga, Now)).ThenRefused(InvitationRefusals.Taken);
        Spec.Given(Sent, Declined).When(new WithdrawInvitation(Olga, Now)).Then();
        Spec.Given().When(new WithdrawInvitation(Olga, Now)).ThenRefused(InvitationRefusals.Unknown);
    }
}
