using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using Shouldly;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Resources.Sessions.Session, ClusterNet.Resources.Sessions.SessionEvent>;

namespace ClusterNet.Tests.Resources;

public sealed class SeatsTests(PoolHouse house) : IClassFixture<PoolHouse>
{
    private static readonly DateTimeOffset Now = PoolHouse.Now;
    private static readonly Id<Firm> Acme = new(Guid.NewGuid()), Bolt = new(Guid.NewGuid()), Cord = new(Guid.NewGuid());
    private static readonly Id<Person> Ada = new(Guid.NewGuid()), Bea = new(Guid.NewGuid());
    private static readonly Id<Reservation> First = new(Guid.NewGuid()), Second = new(Guid.NewGuid());
    private static readonly Id<Reservation> Third = new(Guid.NewGuid()), Fourth = new(Guid.NewGuid());
    private static readonly SessionBooked FiveSeats = new(
        new(Guid.NewGuid()), Acme, SessionKind.Course, "Law", Hours.Day.AddHours(9), Hours.Day.AddHours(12), 5, Hours.Day.AddHours(-15),
        null, [new(new(Guid.NewGuid()), [1])], Ada, Now);

    [Fact]
    public void Two_firms_share_a_session() =>
        Spec.Given(FiveSeats, Held(First, Acme, 3)).When(Reserve(Second, Bolt, 2)).Then(Held(Second, Bolt, 2));

    [Fact]
    public void The_seat_after_the_last_is_on_the_waiting_list() =>
        Spec.Given(FiveSeats, Held(First, Acme, 5)).When(Reserve(Second, Bolt, 1)).Then(Waits(Second, Bolt, 1));

    [Fact]
    public void Nobody_overtakes_those_who_wait() =>
        Spec.Given(FiveSeats, Held(First, Acme, 4), Waits(Second, Bolt, 2)).When(Reserve(Third, Cord, 1)).Then(Waits(Third, Cord, 1));

    [Fact]
    public void More_seats_than_there_are_can_never_be_had() =>
        Spec.Given(FiveSeats).When(Reserve(First, Acme, 6)).ThenRefused(ReserveSeats.TooMany);

    [Fact]
    public void Nobody_sits_twice() =>
        Spec.Given(FiveSeats, Held(First, Acme, 1) with { People = [Ada] }).When(Reserve(Second, Bolt, 2) with { People = [Bea, Ada] })
            .ThenRefused(ReserveSeats.SeatedAlready);

    [Fact]
    public void A_reservation_sent_twice_adds_nothing() => Spec.Given(FiveSeats, Held(First, Acme, 3)).When(Reserve(First, Acme, 3)).Then();

    [Fact]
    public void A_session_that_has_begun_takes_nobody() =>
        Spec.Given(FiveSeats).When(Reserve(First, Acme, 1) with { Now = FiveSeats.StartsAt }).ThenRefused(Session.Started);

    [Fact]
    public void A_cancelled_session_takes_nobody() =>
        Spec.Given(FiveSeats, new SessionCancelled("ill", Ada, Now)).When(Reserve(First, Acme, 1)).ThenRefused(Session.IsCancelled);

    [Fact]
    public void An_unknown_session_takes_nobody() => Spec.Given().When(Reserve(First, Acme, 1)).ThenRefused(Session.Unknown);

    [Fact]
    public void Freed_seats_go_to_those_who_wait_in_their_order() =>
        Spec.Given(FiveSeats, Held(First, Acme, 3), Held(Second, Bolt, 2), Waits(Third, Cord, 2), Waits(Fourth, Bolt, 1))
            .When(GiveBack(First))
            .Then(Back(First), Promoted(Third), Promoted(Fourth));

    [Fact]
    public void Whoever_is_first_waits_for_enough_seats_and_all_others_with_them() =>
        Spec.Given(FiveSeats, Held(First, Acme, 4), Held(Second, Bolt, 1), Waits(Third, Cord, 2), Waits(Fourth, Bolt, 1))
            .When(GiveBack(Second))
            .Then(Back(Second));

    [Fact]
    public void When_the_first_leaves_the_list_the_next_move_up() =>
        Spec.Given(FiveSeats, Held(First, Acme, 4), Waits(Third, Cord, 2), Waits(Fourth, Bolt, 1)).When(GiveBack(Third))
            .Then(Back(Third), Promoted(Fourth));

    [Fact]
    public void After_the_deadline_seats_are_not_given_back() =>
        Spec.Given(FiveSeats, Held(First, Acme, 1)).When(GiveBack(First) with { Now = FiveSeats.CancelUntil.AddTicks(1) })
            .ThenRefused(CancelSeats.TooLate);

    [Fact]
    public void The_deadline_itself_is_in_time() =>
        Spec.Given(FiveSeats, Held(First, Acme, 1)).When(GiveBack(First) with { Now = FiveSeats.CancelUntil })
            .Then(Back(First) with { At = FiveSeats.CancelUntil });

    [Fact]
    public void The_waiting_list_can_be_left_after_the_deadline() =>
        Spec.Given(FiveSeats, Held(First, Acme, 5), Waits(Second, Bolt, 1))
            .When(GiveBack(Second) with { Now = FiveSeats.CancelUntil.AddHours(1) })
            .Then(Back(Second) with { At = FiveSeats.CancelUntil.AddHours(1) });

    [Fact]
    public void What_has_begun_is_not_given_back() =>
        Spec.Given(FiveSeats, Held(First, Acme, 1)).When(GiveBack(First) with { Now = FiveSeats.StartsAt }).ThenRefused(Session.Started);

    [Fact]
    public void An_unknown_reservation_is_refused() => Spec.Given(FiveSeats).When(GiveBack(First)).ThenRefused(CancelSeats.Unknown);

    [Fact]
    public void A_cancelled_session_has_no_seats_to_give_back() =>
        Spec.Given(FiveSeats, new SessionCancelled("ill", Ada, Now)).When(GiveBack(First)).ThenRefused(Session.IsCancelled);

    [Fact]
    public async Task Firms_that_reserve_at_the_same_moment_never_get_more_seats_than_there_are()
    {
        var session = await house.Book(Hours.Of(9, 10), await house.Contribute());

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => house.Execute(session.Id, Reserve(new(Guid.NewGuid()), Bolt, 1))));

        var (_, state, _) = await house.Get<Streams<Session, SessionEvent>>().Load(session.Id.Value, TestContext.Current.CancellationToken);
        var booked = state.ShouldBeOfType<Session.Booked>();
        (booked.SeatsFree, booked.Waiting.Count()).ShouldBe((0, 7));
    }

    private static SessionSeatsReserved Held(Id<Reservation> id, Id<Firm> firm, int count) => new(id, firm, count, [], Ada, Now);

    private static SessionSeatsWaitlisted Waits(Id<Reservation> id, Id<Firm> firm, int count) => new(id, firm, count, [], Ada, Now);

    private static SessionSeatsPromoted Promoted(Id<Reservation> id) => new(id, Now);

    private static SessionSeatsCancelled Back(Id<Reservation> id) => new(id, Ada, Now);

    private static ReserveSeats Reserve(Id<Reservation> id, Id<Firm> firm, int count) => new(id, firm, count, [], Ada, Now);

    private static CancelSeats GiveBack(Id<Reservation> id) => new(id, Ada, Now);
}
