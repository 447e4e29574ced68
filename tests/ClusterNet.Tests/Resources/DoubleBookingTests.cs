using ClusterNet.EventStore;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;
using Shouldly;

namespace ClusterNet.Tests.Resources;

public sealed class DoubleBookingTests(PoolHouse house) : IClassFixture<PoolHouse>
{
    [Fact]
    public async Task Of_32_clients_that_book_the_same_hour_one_wins_and_the_others_learn_of_it()
    {
        var room = await house.Contribute();

        var all = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => house.Book(Hours.Of(9, 10), room)));

        var winner = all.Where(a => a.Outcome is Outcome.Written).ShouldHaveSingleItem();
        var losers = all.Select(a => a.Outcome).OfType<Outcome.Refused>().ToList();
        losers.Count.ShouldBe(31);
        losers.ShouldAllBe(l => l.Refusal.Code == "already-booked" && l.Refusal.Status == 409);
        losers.SelectMany(l => l.Refusal.Named()).Distinct().ShouldBe([winner.Id]);
    }

    [Fact]
    public async Task Different_hours_of_one_room_are_booked_in_parallel_and_touching_ones_do_not_meet()
    {
        var room = await house.Contribute();

        var all = await Task.WhenAll(Enumerable.Range(0, 12).Select(h => house.Book(Hours.Of(h, h + 1), room)));

        all.ShouldAllBe(a => a.Outcome is Outcome.Written);
    }

    [Fact]
    public async Task A_licence_for_five_serves_exactly_five_at_a_time()
    {
        var licence = await house.Contribute(ResourceKind.Licence, 5);

        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => house.Book(Hours.Of(9, 10), licence)));

        all.Count(a => a.Outcome is Outcome.Written).ShouldBe(5);
        all.Select(a => a.Outcome).OfType<Outcome.Refused>().ShouldAllBe(r => r.Refusal.Named().Count == 5);
        (await house.Allocations()).Where(a => a.Resource == licence).Select(a => a.Unit).ShouldBe([1, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task A_booking_of_which_one_resource_is_taken_leaves_nothing()
    {
        var (room, cell) = (await house.Contribute(), await house.Contribute(ResourceKind.Equipment, 1));
        var first = await house.Book(Hours.Of(9, 12), cell);

        var second = await house.Book(Hours.Of(11, 13), room, cell);

        second.Outcome.ShouldBeOfType<Outcome.Refused>().Refusal.Named().ShouldBe([first.Id]);
        (await house.Allocations()).ShouldNotContain(a => a.Resource == room);
        (await house.Get<Streams<Session, SessionEvent>>().Load(second.Id.Value, TestContext.Current.CancellationToken)).Version
            .ShouldBe(0);
    }

    [Fact]
    public async Task Bookings_of_the_same_resources_in_any_order_do_not_block_each_other()
    {
        var (room, cell) = (await house.Contribute(), await house.Contribute(ResourceKind.Equipment, 1));

        var all = await Task.WhenAll(Enumerable.Range(0, 24).Select(n =>
            n % 2 == 0 ? house.Book(Hours.Of(n / 4, (n / 4) + 1), room, cell) : house.Book(Hours.Of(n / 4, (n / 4) + 1), cell, room)));

        all.Count(a => a.Outcome is Outcome.Written).ShouldBe(6);
        all.Count(a => a.Outcome is Outcome.Refused { Refusal.Code: "already-booked" }).ShouldBe(18);
    }

    [Fact]
    public async Task A_moved_session_takes_its_new_time_whole_or_stays_where_it_was()
    {
        var (room, cell) = (await house.Contribute(), await house.Contribute(ResourceKind.Equipment, 1));
        var moving = await house.Book(Hours.Of(9, 10), room, cell);
        var other = await house.Book(Hours.Of(14, 15), cell);

        (await house.Move(moving.Id, Hours.Of(14, 15))).ShouldBeOfType<Outcome.Refused>().Refusal.Named().ShouldBe([other.Id]);
        (await house.Book(Hours.Of(9, 10), room)).Outcome.ShouldBeOfType<Outcome.Refused>();
        (await house.Move(moving.Id, Hours.Of(9.5, 10.5))).ShouldBeOfType<Outcome.Written>();
        (await house.Book(Hours.Of(9, 9.5), room, cell)).Outcome.ShouldBeOfType<Outcome.Written>();
    }

    [Fact]
    public async Task A_cancelled_session_frees_what_it_had()
    {
        var room = await house.Contribute();
        var session = await house.Book(Hours.Of(9, 10), room);

        (await house.Cancel(session.Id)).ShouldBeOfType<Outcome.Written>();

        (await house.Book(Hours.Of(9, 10), room)).Outcome.ShouldBeOfType<Outcome.Written>();
    }

    [Fact]
    public async Task Nobody_teaches_two_sessions_at_a_time()
    {
        var rooms = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => house.Contribute()));

        var all = await Task.WhenAll(rooms.Select(room => house.Book(Hours.Of(9, 10), house.Somebody, new Wanted(room, 1))));

        all.Count(a => a.Outcome is Outcome.Written).ShouldBe(1);
        all.Count(a => a.Outcome is Outcome.Refused { Refusal.Code: "trainer-busy" }).ShouldBe(7);
    }

    [Fact]
    public async Task A_booked_resource_cannot_be_withdrawn_even_when_the_withdrawal_did_not_see_the_booking()
    {
        var room = await house.Contribute();
        var session = await house.Book(Hours.Of(9, 10), room);

        (await house.Withdraw(room)).ShouldBe(new Outcome.GuardViolated(Pools.Booked));

        (await house.Cancel(session.Id)).ShouldBeOfType<Outcome.Written>();
        (await house.Withdraw(room)).ShouldBeOfType<Outcome.Written>();
        (await house.Book(Hours.Of(9, 10), room)).Outcome.ShouldBeOfType<Outcome.Refused>().Refusal.Code.ShouldBe("resource-withdrawn");
    }

    [Fact]
    public async Task A_withdrawal_and_bookings_at_the_same_moment_leave_no_booking_on_a_withdrawn_resource()
    {
        for (var round = 0; round < 10; round++)
        {
            var room = await house.Contribute();

            var withdrawal = house.Withdraw(room);
            var bookings = await Task.WhenAll(Enumerable.Range(0, 4).Select(h => house.Book(Hours.Of(h, h + 1), room)));

            var booked = bookings.Count(b => b.Outcome is Outcome.Written);
            (await withdrawal is Outcome.Written).ShouldBe(booked == 0);
        }
    }

    [Fact]
    public async Task A_resource_of_another_cluster_is_unknown()
    {
        var foreign = await house.Contribute(cluster: new(Guid.NewGuid()));

        var refusal = (await house.Book(Hours.Of(9, 10), foreign)).Outcome.ShouldBeOfType<Outcome.Refused>().Refusal;

        (refusal.Code, refusal.Status).ShouldBe(("resource-unknown", 404));
    }

    [Fact]
    public async Task The_tables_equal_what_the_events_say()
    {
        var (room, licence) = (await house.Contribute(), await house.Contribute(ResourceKind.Licence, 5));
        var session = await house.Book(Hours.Of(9, 10), house.Somebody, new Wanted(room, 1), new Wanted(licence, 3));
        await house.Move(session.Id, Hours.Of(20, 22));
        await house.Execute(
            session.Id, new ReserveSeats(new(Guid.NewGuid()), new(Guid.NewGuid()), 2, [house.Somebody], house.Somebody, PoolHouse.Now));

        await house.ReplayEqualsLive("engagement", "seat_waits");
    }
}
