using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Resources.Pool.Resource, ClusterNet.Resources.Pool.ResourceEvent>;

namespace ClusterNet.Tests.Resources;

public sealed class ResourceDecisionTests
{
    private static readonly DateTimeOffset Now = PoolHouse.Now;
    private static readonly Id<Cluster> Ruhr = new(Guid.NewGuid());
    private static readonly Id<Firm> Acme = new(Guid.NewGuid());
    private static readonly Id<Person> Ada = new(Guid.NewGuid());
    private static readonly ResourceContributed Contributed = new(
        Ruhr, Acme, ResourceKind.Room, "Hall", 20, "seats", null, "always", "Europe/Berlin", Ada, Now);
    private static readonly ContributeResource Contribute = new(
        Ruhr, Acme, ResourceKind.Room, "Hall", 20, "seats", null, new("always", "Europe/Berlin"), Ada, Now);
    private static readonly BookedSession Booking = new(new(Guid.NewGuid()), "Law", Now, Now.AddHours(1), Acme, null);

    [Fact]
    public void A_firm_contributes_a_resource() => Spec.Given().When(Contribute).Then(Contributed);

    [Fact]
    public void The_same_contribution_again_adds_nothing() => Spec.Given(Contributed).When(Contribute).Then();

    [Fact]
    public void A_resource_is_withdrawn_with_a_reason() =>
        Spec.Given(Contributed).When(new WithdrawResource("sold", [], Ada, Now)).Then(new ResourceWithdrawn("sold", Ada, Now));

    [Fact]
    public void A_booked_resource_is_not_withdrawn() =>
        Spec.Given(Contributed).When(new WithdrawResource("sold", [Booking], Ada, Now)).ThenRefused(WithdrawResource.InUse);

    [Fact]
    public void A_resource_is_withdrawn_once() =>
        Spec.Given(Contributed, new ResourceWithdrawn("sold", Ada, Now)).When(new WithdrawResource("again", [], Ada, Now)).Then();

    [Fact]
    public void An_unknown_resource_is_not_withdrawn() =>
        Spec.Given().When(new WithdrawResource("sold", [], Ada, Now)).ThenRefused(Timetable.ResourceUnknown);
}
