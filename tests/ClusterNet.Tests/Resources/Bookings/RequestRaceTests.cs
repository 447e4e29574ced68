using ClusterNet.EventStore;
using ClusterNet.Resources.Bookings;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;
using ClusterNet.Tests.Backups;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Resources.Bookings;

/// <summary>Requests that are approved at the same moment, on two Hosts and each on a connection of its own.</summary>
public sealed class RequestRaceTests(PoolHouse house) : IClassFixture<PoolHouse>
{
    [Fact]
    public async Task Of_requests_for_the_same_hour_that_are_approved_at_once_one_is_booked()
    {
        await using var second = await Restored.Start(house.Settings);
        for (var round = 0; round < 5; round++)
        {
            var room = await OnApproval();
            var requests = new List<Id<Session>>();
            for (var n = 0; n < 6; n++) requests.Add(await Ask(room, 9 + (n * 0.1)));
            (await house.Allocations()).ShouldNotContain(a => a.Resource == room);

            var answers = await Task.WhenAll(requests.Select((r, n) => Approve(r, n % 2 == 0 ? house.Services : second.Services)));

            answers.Count(a => a is Outcome.Written).ShouldBe(1);
            var winner = requests[Array.FindIndex(answers, a => a is Outcome.Written)];
            answers.OfType<Outcome.Refused>().ShouldAllBe(r => r.Refusal.Code == "already-booked" && r.Refusal.Named().SequenceEqual(new[] { winner }));
            (await house.Allocations()).Where(a => a.Resource == room).ShouldHaveSingleItem().Session.ShouldBe(winner);
            foreach (var loser in requests.Where(r => r != winner)) (await State(loser)).ShouldBeOfType<Session.Requested>().Approved.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_request_and_a_booking_at_the_same_moment_leave_one_of_them()
    {
        for (var round = 0; round < 5; round++)
        {
            var room = await OnApproval();
            var request = await Ask(room, 9);
            (await house.Approval(room, false)).ShouldBeOfType<Outcome.Written>();

            var (approved, booked) = (Approve(request, house.Services), house.Book(Hours.Of(9.5, 11), room));

            new[] { await approved, (await booked).Outcome }.Count(o => o is Outcome.Written).ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_trainer_is_asked_for_twice_and_booked_once()
    {
        var (one, other) = (await OnApproval(), await OnApproval());
        var requests = new[] { await Ask(one, 9, trains: true), await Ask(other, 9, trains: true) };

        var answers = await Task.WhenAll(requests.Select(r => Approve(r, house.Services)));

        answers.Count(a => a is Outcome.Written).ShouldBe(1);
        answers.OfType<Outcome.Refused>().ShouldAllBe(r => r.Refusal.Code == "trainer-busy");
        await house.ReplayEqualsLive("engagement");
    }

    private async Task<Id<Resource>> OnApproval()
    {
        var room = await house.Contribute();
        (await house.Approval(room, true)).ShouldBeOfType<Outcome.Written>();
        return room;
    }

    private async Task<Id<Session>> Ask(Id<Resource> room, double from, bool trains = false)
    {
        var (id, outcome) = await house.Book(Hours.Of(from, from + 1), trains ? house.Somebody : null, new Wanted(room, 1));
        outcome.ShouldBeOfType<Outcome.Written>();
        (await State(id)).ShouldBeOfType<Session.Requested>();
        return id;
    }

    /// <summary>As the endpoint of a Host does it.</summary>
    private async Task<Outcome> Approve(Id<Session> session, IServiceProvider services)
    {
        var asked = (await State(session)).ShouldBeOfType<Session.Requested>();
        var request = new Request(session, house.Cluster, asked.Wanted, new(asked.StartsAt, asked.EndsAt), asked.Trainer);
        var streams = services.GetRequiredService<Streams<Session, SessionEvent>>();
        return await services.GetRequiredService<Timetables>().Settle(
            request,
            async timetable =>
            {
                var command = new ApproveRequest(request, timetable, asked.Owners[0], house.Somebody, PoolHouse.Now);
                var outcome = await streams.Execute(session.Value, command, new(CommandMetadata.System("test")), TestContext.Current.CancellationToken);
                return (outcome, outcome is Outcome.GuardViolated);
            },
            TestContext.Current.CancellationToken);
    }

    private async Task<Session> State(Id<Session> session) =>
        (await house.Get<Streams<Session, SessionEvent>>().Load(session.Value, TestContext.Current.CancellationToken)).State;
}
