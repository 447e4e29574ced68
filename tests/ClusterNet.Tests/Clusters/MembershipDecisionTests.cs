using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Memberships;
using ClusterNet.EventStore;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Clusters.Memberships.Membership, ClusterNet.Clusters.Memberships.MembershipEvent>;

namespace ClusterNet.Tests.Clusters;

public class MembershipDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 3, 2);
    private static readonly Id<Cluster> Lenne = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e11"));
    private static readonly Id<Firm> Acme = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e12"));
    private static readonly Id<Person> Olga = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e01"));
    private static readonly Id<Person> Cora = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e03"));

    private static readonly MembershipApplied Applied = new(Lenne, Acme, Olga, "Why", Now);
    private static readonly MembershipAdmitted Admitted = new(Lenne, Acme, Cora, "Why", Today, Now);
    private static readonly MembershipRejected Rejected = new(Lenne, Acme, Cora, "Why", Now);
    private static readonly MembershipSuspended Suspended = new(Lenne, Acme, Cora, "Why", Now);
    private static readonly MembershipReadmitted Readmitted = new(Lenne, Acme, Cora, "Why", Now);
    private static readonly MembershipLeft Left = new(Lenne, Acme, Olga, "Why", Now);

    private static readonly ApplyForMembership Apply = new(Lenne, Acme, "Why", Olga, Now);
    private static readonly AdmitFirm Admit = new("Why", Today, Cora, Now);
    private static readonly EnrolFirm Enrol = new(Lenne, Acme, "Why", Today, Cora, Now);
    private static readonly RejectFirm Reject = new("Why", Cora, Now);
    private static readonly SuspendFirm Suspend = new("Why", Cora, Now);
    private static readonly ReadmitFirm Readmit = new("Why", Cora, Now);
    private static readonly LeaveCluster Leave = new("Why", Olga, Now);

    [Fact]
    public void A_firm_applies() => Spec.Given().When(Apply).Then(Applied);

    [Fact]
    public void An_open_application_is_not_repeated() => Spec.Given(Applied).When(Apply).Then();

    [Fact]
    public void A_member_need_not_apply() => Spec.Given(Applied, Admitted).When(Apply).Then();

    [Fact]
    public void A_rejected_firm_may_apply_again() => Spec.Given(Applied, Rejected).When(Apply).Then(Applied);

    [Fact]
    public void A_firm_that_left_may_apply_again() => Spec.Given(Applied, Admitted, Left).When(Apply).Then(Applied);

    [Fact]
    public void A_suspended_firm_cannot_slip_in_by_applying() =>
        Spec.Given(Applied, Admitted, Suspended).When(Apply).ThenRefused(ApplyForMembership.IsSuspended);

    [Fact]
    public void An_applicant_is_admitted() => Spec.Given(Applied).When(Admit).Then(Admitted);

    [Fact]
    public void Admitting_a_member_adds_nothing() => Spec.Given(Applied, Admitted).When(Admit).Then();

    [Fact]
    public void Who_did_not_apply_is_not_admitted() => Spec.Given().When(Admit).ThenRefused(AdmitFirm.NotApplied);

    [Fact]
    public void A_suspended_firm_is_readmitted_and_not_admitted() =>
        Spec.Given(Applied, Admitted, Suspended).When(Admit).ThenRefused(ApplyForMembership.IsSuspended);

    [Fact]
    public void A_firm_of_the_list_is_enrolled_without_an_application() => Spec.Given().When(Enrol).Then(Admitted);

    [Fact]
    public void Enrolling_answers_an_application() => Spec.Given(Applied).When(Enrol).Then(Admitted);

    [Fact]
    public void Enrolling_a_member_adds_nothing() => Spec.Given(Admitted).When(Enrol).Then();

    [Fact]
    public void A_list_does_not_undo_a_suspension() => Spec.Given(Admitted, Suspended).When(Enrol).ThenRefused(EnrolFirm.IsOver);

    [Fact]
    public void A_list_does_not_undo_a_departure() => Spec.Given(Admitted, Left).When(Enrol).ThenRefused(EnrolFirm.IsOver);

    [Fact]
    public void An_applicant_is_rejected() => Spec.Given(Applied).When(Reject).Then(Rejected);

    [Fact]
    public void A_member_is_not_rejected() => Spec.Given(Applied, Admitted).When(Reject).ThenRefused(RejectFirm.AlreadyAdmitted);

    [Fact]
    public void Who_did_not_apply_is_not_rejected() => Spec.Given().When(Reject).ThenRefused(AdmitFirm.NotApplied);

    [Fact]
    public void A_member_is_suspended() => Spec.Given(Applied, Admitted).When(Suspend).Then(Suspended);

    [Fact]
    public void A_suspension_is_not_repeated() => Spec.Given(Applied, Admitted, Suspended).When(Suspend).Then();

    [Fact]
    public void An_applicant_is_not_suspended() => Spec.Given(Applied).When(Suspend).ThenRefused(SuspendFirm.NotMember);

    [Fact]
    public void A_suspended_firm_is_readmitted() => Spec.Given(Applied, Admitted, Suspended).When(Readmit).Then(Readmitted);

    [Fact]
    public void Readmitting_a_member_adds_nothing() => Spec.Given(Applied, Admitted).When(Readmit).Then();

    [Fact]
    public void An_applicant_is_not_readmitted() => Spec.Given(Applied).When(Readmit).ThenRefused(ReadmitFirm.NotSuspended);

    [Fact]
    public void A_member_leaves() => Spec.Given(Applied, Admitted).When(Leave).Then(Left);

    [Fact]
    public void A_suspended_member_leaves() => Spec.Given(Applied, Admitted, Suspended).When(Leave).Then(Left);

    [Fact]
    public void An_applicant_takes_the_application_back() => Spec.Given(Applied).When(Leave).Then(Left);

    [Fact]
    public void Leaving_twice_adds_nothing() => Spec.Given(Applied, Admitted, Left).When(Leave).Then();

    [Fact]
    public void Who_was_never_a_member_cannot_leave() => Spec.Given().When(Leave).ThenRefused(SuspendFirm.NotMember);
}
