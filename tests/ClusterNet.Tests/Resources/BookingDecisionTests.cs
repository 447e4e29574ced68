using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;
using Shouldly;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Resources.Sessions.Session, ClusterNet.Resources.Sessions.SessionEvent>;

namespace ClusterNet.Tests.Resources;

public sealed class BookingDecisionTests
{
    private static readonly DateTimeOffset Now = PoolHouse.Now;
    private static readonly Id<Cluster> Ruhr = new(Guid.NewGuid());
    private static readonly Id<Firm> Acme = new(Guid.NewGuid()), Bolt = new(Guid.NewGuid());
    private static readonly Id<Person> Ada = new(Guid.NewGuid());
    private static readonly PoolRow Room = Row(ResourceKind.Room, 20, "Mon-Fri 08:00-18:00");
    private static readonly PoolRow Licence = Row(ResourceKind.Licence, 5);
    private static readonly PoolRow Fund = Row(ResourceKind.Money, null) with { AmountCents = 405000 };
    private static readonly BookedSession Other = new(
        new(Guid.NewGuid()), "Welding", Hours.Day.AddHours(9), Hours.Day.AddHours(10), Bolt, "Bolt");
    private static readonly Id<Session> Session = new(Guid.NewGuid());
    private static readonly SessionBooked Booked = new(
        Ruhr, Acme, SessionKind.Course, "Law", Hours.Day.AddHours(9), Hours.Day.AddHours(12), 12, Hours.Day.AddHours(-15), Ada,
        [new(Room.Id, [1])], Ada, Now);

    [Fact]
    public void A_session_takes_its_resources_whole() => Spec.Given().When(Book(Hours.Of(9, 12), Room)).Then(Booked);

    [Fact]
    public void The_same_booking_again_adds_nothing() => Spec.Given(Booked).When(Book(Hours.Of(9, 12), Room)).Then();

    [Fact]
    public void A_session_in_the_past_is_refused() =>
        Spec.Given().When(Book(Hours.Of(9, 12), Room) with { Now = Hours.Day.AddHours(9) }).ThenRefused(BookSession.InThePast);

    [Fact]
    public void A_resource_that_the_pool_lacks_is_refused() =>
        Spec.Given().When(Book(Hours.Of(9, 12), [], [new(Room.Id, 1)])).ThenRefused(Timetable.ResourceUnknown);

    [Fact]
    public void A_withdrawn_resource_is_refused() =>
        Spec.Given().When(Book(Hours.Of(9, 12), Room with { Active = false })).ThenRefused(Timetable.Withdrawn);

    [Fact]
    public void Money_is_not_booked() => Spec.Given().When(Book(Hours.Of(9, 12), Fund)).ThenRefused(Timetable.NotBookable);

    [Fact]
    public void A_room_has_one_unit_however_many_seats() =>
        Spec.Given().When(Book(Hours.Of(9, 12), [Room], [new(Room.Id, 2)])).ThenRefused(Timetable.TooManyUnits);

    [Fact]
    public void More_licences_than_there_are_are_refused() =>
        Spec.Given().When(Book(Hours.Of(9, 12), [Licence], [new(Licence.Id, 6)])).ThenRefused(Timetable.TooManyUnits);

    [Fact]
    public void A_room_holds_no_more_than_its_seats() =>
        Spec.Given().When(Book(Hours.Of(9, 12), Room) with { SeatCount = 21 }).ThenRefused(Timetable.RoomTooSmall);

    [Fact]
    public void Outside_its_hours_a_resource_is_refused_with_the_hours()
    {
        var refusal = Book(Hours.Of(16, 18), Room).Decide(ClusterNet.Resources.Sessions.Session.Initial).Refusal.ShouldNotBeNull();

        (refusal.Code, refusal.Status).ShouldBe(("outside-availability", 422));
        System.Text.Json.JsonSerializer.Serialize(refusal.Details["windows"]).ShouldContain("Mon-Fri 08:00-18:00");
    }

    [Fact]
    public void An_overlap_is_refused_and_names_the_other_booking()
    {
        var command = Book(Hours.Of(9, 12), Room) with { Timetable = new([Room], [new(Room.Id, 1, Other)]) };

        var refusal = command.Decide(ClusterNet.Resources.Sessions.Session.Initial).Refusal.ShouldNotBeNull();

        (refusal.Code, refusal.Status).ShouldBe(("already-booked", 409));
        refusal.Named().ShouldBe([Other.Id]);
    }

    [Fact]
    public void A_busy_trainer_is_refused() =>
        Spec.Given().When(Book(Hours.Of(9, 12), Room) with { Timetable = new([Room], [], true) }).ThenRefused(Timetable.TrainerTaken);

    [Fact]
    public void Free_licences_are_used_beside_taken_ones()
    {
        var command = Book(Hours.Of(9, 12), [Licence], [new(Licence.Id, 2)]) with
        {
            Timetable = new([Licence], [new(Licence.Id, 1, Other), new(Licence.Id, 4, Other), new(Licence.Id, 5, Other)]),
        };

        Spec.Given().When(command).Then(Booked with { Uses = [new(Licence.Id, [2, 3])] });
    }

    [Fact]
    public void A_moved_session_keeps_the_time_that_firms_have_to_give_seats_back() =>
        Spec.Given(Booked).When(Move(Hours.Of(13, 15)))
            .Then(new SessionMoved(Hours.Day.AddHours(13), Hours.Day.AddHours(15), Hours.Day.AddHours(-11), [new(Room.Id, [1])], Ada, Now));

    [Fact]
    public void A_move_to_where_it_is_adds_nothing() => Spec.Given(Booked).When(Move(Hours.Of(9, 12))).Then();

    [Fact]
    public void A_move_into_the_past_is_refused() => Spec.Given(Booked).When(Move(Hours.Of(-48, -46))).ThenRefused(BookSession.InThePast);

    [Fact]
    public void A_move_onto_another_session_is_refused() =>
        Spec.Given(Booked).When(Move(Hours.Of(9, 10)) with { Timetable = new([Room], [new(Room.Id, 1, Other)]) })
            .ThenRefused(Timetable.AlreadyBooked);

    [Fact]
    public void What_has_begun_stays() =>
        Spec.Given(Booked).When(Move(Hours.Of(13, 15)) with { Now = Booked.StartsAt })
            .ThenRefused(ClusterNet.Resources.Sessions.Session.Started);

    [Fact]
    public void A_cancelled_session_is_not_moved() =>
        Spec.Given(Booked, new SessionCancelled("ill", Ada, Now)).When(Move(Hours.Of(13, 15)))
            .ThenRefused(ClusterNet.Resources.Sessions.Session.IsCancelled);

    [Fact]
    public void An_unknown_session_is_not_moved() =>
        Spec.Given().When(Move(Hours.Of(13, 15))).ThenRefused(ClusterNet.Resources.Sessions.Session.Unknown);

    [Fact]
    public void A_session_is_cancelled_with_a_reason() =>
        Spec.Given(Booked).When(new CancelSession("ill", Ada, Now)).Then(new SessionCancelled("ill", Ada, Now));

    [Fact]
    public void A_session_is_cancelled_once() =>
        Spec.Given(Booked, new SessionCancelled("ill", Ada, Now)).When(new CancelSession("again", Ada, Now)).Then();

    [Fact]
    public void A_session_that_has_begun_is_not_cancelled() =>
        Spec.Given(Booked).When(new CancelSession("ill", Ada, Booked.StartsAt)).ThenRefused(ClusterNet.Resources.Sessions.Session.Started);

    [Fact]
    public void An_unknown_session_is_not_cancelled() =>
        Spec.Given().When(new CancelSession("ill", Ada, Now)).ThenRefused(ClusterNet.Resources.Sessions.Session.Unknown);

    [Fact]
    public void Free_slots_are_open_hours_less_bookings()
    {
        var hours = Hours.Of(0, 24);

        FreeSlot.Of(Room, [new Occupied(Room.Id, 1, Other)], hours)
            .ShouldBe([new(Hours.Day.AddHours(7), Hours.Day.AddHours(9), 1), new(Hours.Day.AddHours(10), Hours.Day.AddHours(17), 1)]);
        FreeSlot.Of(Licence, [new Occupied(Licence.Id, 2, Other)], hours)
            .ShouldBe([new(hours.Start, Other.Start, 5), new(Other.Start, Other.End, 4), new(Other.End, hours.End, 5)]);
        FreeSlot.Of(Room with { Active = false }, [], hours).ShouldBeEmpty();
    }

    private static BookSession Book(Slot slot, params PoolRow[] rows) => Book(slot, rows, [.. rows.Select(r => new Wanted(r.Id, 1))]);

    private static BookSession Book(Slot slot, PoolRow[] rows, Wanted[] wanted) =>
        new(new(Session, Ruhr, wanted, slot, Ada), new(rows, []), Acme, SessionKind.Course, "Law", 12, null, Ada, Now);

    private static MoveSession Move(Slot slot) => new(new(Session, Ruhr, [new(Room.Id, 1)], slot, Ada), new([Room], []), Ada, Now);

    internal static PoolRow Row(ResourceKind kind, int? capacity, string available = "always") => new(
        new(Guid.NewGuid()), Ruhr, Bolt, kind, $"{kind}", capacity, "unit", null, available, "Europe/Berlin", true, Ada, Now, null, 0, 0, [], default, [], null, 0, 0, false, 1);
}
