using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Resources.Terms;
using Shouldly;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Resources.Sessions.Session, ClusterNet.Resources.Sessions.SessionEvent>;

namespace ClusterNet.Tests.Resources.Terms;

public sealed class TermsTests
{
    private static readonly DateTimeOffset Now = PoolHouse.Now;
    private static readonly Id<Firm> Acme = new(Guid.NewGuid()), Bolt = new(Guid.NewGuid());
    private static readonly Id<Person> Ada = new(Guid.NewGuid()), Bea = new(Guid.NewGuid());
    private static readonly Id<Reservation> First = new(Guid.NewGuid()), Second = new(Guid.NewGuid()), Third = new(Guid.NewGuid());
    private static readonly SessionBooked ThreeSeats = new(
        new(Guid.NewGuid()), Acme, SessionKind.Course, "Law", Hours.Day.AddHours(9), Hours.Day.AddHours(12), 3, Hours.Day.AddHours(-15),
        null, [new(new(Guid.NewGuid()), [1])], Ada, Now);

    /// <summary>Half an hour after the deadline.</summary>
    private static readonly DateTimeOffset Late = ThreeSeats.CancelUntil.AddMinutes(30);

    [Fact]
    public void Terms_can_be_set_while_nobody_has_reserved() =>
        Spec.Given(ThreeSeats).When(Set(2_000, 500, 24)).Then(Terms(2_000, 500, 24));

    [Fact]
    public void The_same_terms_again_change_nothing() => Spec.Given(ThreeSeats, Terms(2_000, 0, null)).When(Set(2_000, 0, null)).Then();

    [Theory]
    [InlineData(2_001L, 500L, 24)]
    [InlineData(null, 500L, 24)]
    [InlineData(2_000L, 501L, 24)]
    [InlineData(2_000L, 500L, 23)]
    [InlineData(2_000L, 500L, null)]
    public void Once_a_firm_has_reserved_they_do_not_become_worse(long? late, long noShow, int? hours) =>
        Spec.Given(ThreeSeats, Terms(2_000, 500, 24), Held(First, Acme, 1)).When(Set(late, noShow, hours)).ThenRefused(SetTerms.Worse);

    [Theory]
    [InlineData(1_999L, 500L, 24)]
    [InlineData(0L, 0L, 48)]
    public void Once_a_firm_has_reserved_they_can_become_better(long? late, long noShow, int? hours) =>
        Spec.Given(ThreeSeats, Terms(2_000, 500, 24), Held(First, Acme, 1)).When(Set(late, noShow, hours)).Then(Terms(late, noShow, hours));

    [Fact]
    public void To_be_able_to_give_back_late_at_all_is_better() =>
        Spec.Given(ThreeSeats, Held(First, Acme, 1)).When(Set(9_000, 0, 1)).Then(Terms(9_000, 0, 1));

    [Fact]
    public void Late_seats_cost_their_fee_once_it_was_agreed_to()
    {
        var given = Spec.Given(ThreeSeats, Terms(2_000, 0, null), Held(First, Acme, 2));
        given.When(GiveBack(First, Late)).ThenRefused(CancelSeats.LateFee);
        given.When(GiveBack(First, Late) with { FeeSeen = 3_999 }).ThenRefused(CancelSeats.LateFee);
        given.When(GiveBack(First, Late) with { FeeSeen = 4_000 }).Then(Back(First, Late, 4_000));
        given.When(GiveBack(First, Late) with { FeeSeen = 4_000, Count = 1 }).Then(new SessionSeatsReduced(First, 1, [], 2_000, Ada, Late));
        given.When(GiveBack(First, ThreeSeats.CancelUntil)).Then(Back(First, ThreeSeats.CancelUntil, 0));
        given.When(GiveBack(First, ThreeSeats.StartsAt) with { FeeSeen = 4_000 }).ThenRefused(Session.Started);
    }

    [Fact]
    public void Nobody_pays_for_seats_that_somebody_waits_for() =>
        Spec.Given(ThreeSeats, Terms(2_000, 0, null), Held(First, Acme, 3), Waits(Second, Bolt, 2))
            .When(GiveBack(First, Late) with { FeeSeen = 2_000 })
            .Then(Back(First, Late, 2_000), new SessionSeatsPromoted(Second, Late));

    [Fact]
    public void Some_seats_go_back_with_those_who_do_not_come()
    {
        var given = Spec.Given(ThreeSeats, Held(First, Acme, 2) with { People = [Ada, Bea] });
        given.When(GiveBack(First, Now) with { Count = 1 }).ThenRefused(CancelSeats.WhoStays);
        given.When(GiveBack(First, Now) with { Count = 3 }).ThenRefused(CancelSeats.TooMany);
        given.When(GiveBack(First, Now) with { Count = 1, Without = [Bea] }).Then(new SessionSeatsReduced(First, 1, [Bea], 0, Ada, Now));
    }

    [Fact]
    public void Whoever_moves_up_is_offered_the_seats_for_a_time() =>
        Spec.Given(ThreeSeats, Terms(null, 0, 1), Held(First, Acme, 3), Waits(Second, Bolt, 2), Waits(Third, Acme, 1))
            .When(GiveBack(First, Now))
            .Then(Back(First, Now, 0), new SessionSeatsOffered(Second, Now.AddHours(1), Now), new SessionSeatsOffered(Third, Now.AddHours(1), Now));

    [Theory]
    [InlineData(-2, 0)]
    [InlineData(0.5, 24)]
    public void The_time_ends_with_the_deadline_or_after_it_with_the_begin(double hours, int expected)
    {
        var at = ThreeSeats.CancelUntil.AddHours(hours);
        var until = expected == 0 ? ThreeSeats.CancelUntil : ThreeSeats.StartsAt;
        Spec.Given(ThreeSeats, Terms(0, 0, 48), Held(First, Acme, 3), Waits(Second, Bolt, 3))
            .When(GiveBack(First, at)).Then(Back(First, at, 0), new SessionSeatsOffered(Second, until, at));
    }

    [Fact]
    public void Offered_seats_are_kept_and_can_be_accepted_or_declined()
    {
        var given = Spec.Given(ThreeSeats, Terms(0, 0, 3), Held(First, Acme, 1), Waits(Second, Bolt, 2), new SessionSeatsOffered(Second, Now.AddHours(3), Now));
        given.When(new ReserveSeats(Third, Acme, 1, [], Ada, Now)).Then(Waits(Third, Acme, 1));
        given.When(new AcceptSeats(Second, Bea, Now)).Then(new SessionSeatsAccepted(Second, Bea, Now));
        given.When(new AcceptSeats(First, Bea, Now)).Then();
        given.When(new AcceptSeats(Third, Bea, Now)).ThenRefused(CancelSeats.Unknown);
        given.When(GiveBack(Second, Now)).Then(Back(Second, Now, 0));
        Spec.Given(ThreeSeats, Terms(0, 0, 3), Held(First, Acme, 3), Waits(Second, Bolt, 1)).When(new AcceptSeats(Second, Bea, Now)).ThenRefused(AcceptSeats.NotOffered);
    }

    [Fact]
    public void An_offer_that_ran_out_is_over_whoever_acts_first()
    {
        var at = Now.AddHours(3);
        var given = Spec.Given(
            ThreeSeats, Terms(0, 0, 3), Held(First, Acme, 2), Waits(Second, Bolt, 1), Waits(Third, Acme, 1), new SessionSeatsOffered(Second, at, Now));
        SessionEvent[] over = [new SessionSeatsLapsed(Second, at), new SessionSeatsOffered(Third, at.AddHours(3), at)];
        given.When(new EndOffers(at.AddTicks(-1))).Then();
        given.When(new EndOffers(at)).Then(over);
        given.When(new AcceptSeats(Second, Ada, at)).ThenRefused(AcceptSeats.Lapsed);
        given.When(new AcceptSeats(Third, Ada, at)).Then([.. over, new SessionSeatsAccepted(Third, Ada, at)]);
        given.When(GiveBack(Second, at)).Then(over);
        var fourth = new Id<Reservation>(Guid.NewGuid());
        given.When(new ReserveSeats(fourth, Bolt, 1, [], Ada, at)).Then([.. over, new SessionSeatsWaitlisted(fourth, Bolt, 1, [], Ada, at)]);
    }

    [Fact]
    public void When_the_session_begins_no_offer_is_left_and_none_is_made() =>
        Spec.Given(ThreeSeats, Terms(0, 0, 99), Waits(Second, Bolt, 3), Waits(Third, Acme, 1), new SessionSeatsOffered(Second, ThreeSeats.StartsAt.AddHours(9), Now))
            .When(new EndOffers(ThreeSeats.StartsAt)).Then(new SessionSeatsLapsed(Second, ThreeSeats.StartsAt));

    [Fact]
    public void A_new_session_begins_with_the_terms_of_its_pool()
    {
        var pool = Spec<PoolTerms, PoolTermsEvent>.Given();
        var set = new PoolTermsSet(ThreeSeats.Cluster, new(2_000, 0, 24), Ada, Now);
        pool.When(new SetPoolTerms(ThreeSeats.Cluster, set.Terms, Ada, Now)).Then(set);
        Spec<PoolTerms, PoolTermsEvent>.Given(set).When(new SetPoolTerms(ThreeSeats.Cluster, set.Terms, Ada, Now)).Then();
        pool.When(new SetPoolTerms(ThreeSeats.Cluster, SeatTerms.None, Ada, Now)).Then();
        ((Session.Booked)Session.Evolve(Session.Evolve(Session.Initial, ThreeSeats), Terms(1, 2, 3))).Terms.ShouldBe(new(1, 2, 3));
    }

    private static SetTerms Set(long? late, long noShow, int? hours) => new(new(late, noShow, hours), Ada, Now);

    private static SessionTermsSet Terms(long? late, long noShow, int? hours) => new(new(late, noShow, hours), Ada, Now);

    private static SessionSeatsReserved Held(Id<Reservation> id, Id<Firm> firm, int count) => new(id, firm, count, [], Ada, Now);

    private static SessionSeatsWaitlisted Waits(Id<Reservation> id, Id<Firm> firm, int count) => new(id, firm, count, [], Ada, Now);

    private static SessionSeatsCancelled Back(Id<Reservation> id, DateTimeOffset at, long fee) => new(id, Ada, at) { FeeCents = fee };

    private static CancelSeats GiveBack(Id<Reservation> id, DateTimeOffset at) => new(id, Ada, at);
}
