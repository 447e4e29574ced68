using ClusterNet.EventStore;
using Shouldly;

namespace ClusterNet.Tests.Resources;

/// <summary>Closed days and the time around bookings, as the guard in the database holds them.</summary>
public sealed class ClosedDaysTests(PoolHouse house) : IClassFixture<PoolHouse>
{
    private static readonly DateOnly Day = DateOnly.FromDateTime(Hours.Day.Date);

    [Fact]
    public async Task On_a_closed_day_nothing_is_booked()
    {
        var room = await house.Contribute();
        (await house.Close(room, Day, Day)).ShouldBeOfType<Outcome.Written>();

        var (_, refused) = await house.Book(Hours.Of(9, 10), room);
        refused.ShouldBeOfType<Outcome.Refused>().Refusal.Code.ShouldBe("outside-availability");
        (await house.Book(Hours.Of(33, 34), room)).Outcome.ShouldBeOfType<Outcome.Written>();
        await house.ReplayEqualsLive("closure");
    }

    [Fact]
    public async Task A_booking_that_the_decision_did_not_see_keeps_its_day_open()
    {
        var room = await house.Contribute();
        (await house.Book(Hours.Of(9, 10), room)).Outcome.ShouldBeOfType<Outcome.Written>();

        (await house.Close(room, Day, Day)).ShouldBeOfType<Outcome.GuardViolated>();
    }

    [Fact]
    public async Task Of_a_closing_and_many_bookings_at_once_one_kind_wins()
    {
        for (var round = 0; round < 5; round++)
        {
            var room = await house.Contribute();
            var closing = house.Close(room, Day, Day);
            var bookings = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => house.Book(Hours.Of(8 + n, 9 + n), room)));

            (await closing is Outcome.Written).ShouldBe(bookings.All(b => b.Outcome is not Outcome.Written));
        }
    }

    [Fact]
    public async Task Between_two_bookings_there_is_the_time_that_the_resource_needs()
    {
        var room = await house.Contribute();
        (await house.Describe(room, 15, 30)).ShouldBeOfType<Outcome.Written>();
        (await house.Book(Hours.Of(9, 10), room)).Outcome.ShouldBeOfType<Outcome.Written>();

        (await house.Book(Hours.Of(10.5, 11), room)).Outcome.ShouldBeOfType<Outcome.Refused>().Refusal.Code.ShouldBe("already-booked");
        (await house.Book(Hours.Of(8, 8.5), room)).Outcome.ShouldBeOfType<Outcome.Refused>().Refusal.Code.ShouldBe("already-booked");
        (await house.Book(Hours.Of(10.75, 11), room)).Outcome.ShouldBeOfType<Outcome.Written>();
        (await house.Book(Hours.Of(8, 8.25), room)).Outcome.ShouldBeOfType<Outcome.Written>();
        var mine = (await house.Allocations()).Where(a => a.Resource == room).ToList();
        mine.Select(a => a.During.LowerBound - Hours.Day).ShouldBe([TimeSpan.FromHours(7.75), TimeSpan.FromHours(8.75), TimeSpan.FromHours(10.5)]);
    }

    [Fact]
    public async Task However_many_book_at_once_none_is_nearer_to_another()
    {
        var room = await house.Contribute();
        (await house.Describe(room, 20, 20)).ShouldBeOfType<Outcome.Written>();

        var all = await Task.WhenAll(Enumerable.Range(0, 24).Select(n => house.Book(Hours.Of(8 + (n * 0.25), 8.5 + (n * 0.25)), room)));

        all.Count(b => b.Outcome is Outcome.Written).ShouldBeGreaterThan(1);
        all.ShouldAllBe(b => b.Outcome is Outcome.Written || b.Outcome is Outcome.Refused);
        var rows = (await house.Allocations()).Where(a => a.Resource == room).ToList();
        rows.Zip(rows.Skip(1)).ShouldAllBe(p => p.Second.During.LowerBound >= p.First.During.UpperBound);
        rows.ShouldAllBe(a => a.During.UpperBound - a.During.LowerBound == TimeSpan.FromMinutes(70));
    }
}
