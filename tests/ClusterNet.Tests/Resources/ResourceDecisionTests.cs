using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;
using Shouldly;
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

    private static readonly HoursException Feast = new(new(Guid.NewGuid()), new(2027, 1, 5), new(2027, 1, 6), null, ExceptionCause.Holiday);
    private static readonly ResourceHoursExcepted Excepted = new(
        Feast.Id, Feast.From, Feast.To, null, Feast.Cause, [new(new(2027, 1, 4, 23, 0, 0, TimeSpan.Zero), new(2027, 1, 6, 23, 0, 0, TimeSpan.Zero))], Ada, Now);

    [Fact]
    public void A_resource_is_closed_on_days_of_its_place() => Spec.Given(Contributed).When(new ExceptHours(Feast, [], Ada, Now)).Then(Excepted);

    [Fact]
    public void The_same_days_again_add_nothing() => Spec.Given(Contributed, Excepted).When(new ExceptHours(Feast, [], Ada, Now)).Then();

    [Fact]
    public void Days_have_other_hours_once() =>
        Spec.Given(Contributed, Excepted).When(new ExceptHours(Feast with { Id = new(Guid.NewGuid()), From = Feast.To, To = Feast.To.AddDays(3) }, [], Ada, Now))
            .ThenRefused(ExceptHours.DaysTaken);

    [Fact]
    public void Days_that_are_over_keep_their_hours() =>
        Spec.Given(Contributed).When(new ExceptHours(Feast with { From = new(2027, 1, 3) }, [], Ada, Now)).ThenRefused(ExceptHours.DaysOver);

    [Fact]
    public void A_day_with_a_session_in_it_is_not_closed()
    {
        var lying = new Occupied(new(Guid.NewGuid()), 1, Booking with { Start = Hours.Day.AddHours(9), End = Hours.Day.AddHours(10) });

        Spec.Given(Contributed).When(new ExceptHours(Feast, [lying], Ada, Now)).ThenRefused(ExceptHours.InUse);
        Spec.Given(Contributed).When(new ExceptHours(Feast with { Open = "09:00-10:00" }, [lying], Ada, Now)).ThenRefused(ExceptHours.InUse);
        new ExceptHours(Feast with { Open = "10:00-11:00" }, [lying], Ada, Now).Decide(new Resource.Pooled(ResourceKind.Room, new("always", "Europe/Berlin"))).Refusal.ShouldBeNull();
    }

    [Fact]
    public void Days_get_the_hours_of_the_week_back() =>
        Spec.Given(Contributed, Excepted).When(new RestoreHours(Feast.Id, [], Ada, Now)).Then(new ResourceHoursRestored(Feast.Id, Ada, Now));

    [Fact]
    public void Days_with_a_session_that_only_their_own_hours_hold_do_not()
    {
        var open = Excepted with { From = new(2027, 1, 9), To = new(2027, 1, 9), Open = "09:00-12:00", Closed = [] };
        var lying = new Occupied(new(Guid.NewGuid()), 1, Booking with { Start = new(2027, 1, 9, 9, 0, 0, TimeSpan.Zero), End = new(2027, 1, 9, 10, 0, 0, TimeSpan.Zero) });

        Spec.Given(Contributed with { Available = "Mon-Fri 08:00-18:00" }, open).When(new RestoreHours(Feast.Id, [lying], Ada, Now)).ThenRefused(ExceptHours.InUse);
    }

    [Fact]
    public void Days_without_other_hours_have_none_to_undo() =>
        Spec.Given(Contributed).When(new RestoreHours(Feast.Id, [], Ada, Now)).ThenRefused(ExceptHours.Unknown);

    [Fact]
    public void A_description_is_given_once()
    {
        var described = new ResourceDescribed("Beamer", [Accessibility.Lift], null, 15, 30, Ada, Now);

        Spec.Given(Contributed).When(new DescribeResource(described)).Then(described);
        Spec.Given(Contributed, described).When(new DescribeResource(described with { At = Now.AddDays(1) })).Then();
        Spec.Given(Contributed, described).When(new DescribeResource(described with { BufferAfter = 0 })).Then(described with { BufferAfter = 0 });
    }
}
