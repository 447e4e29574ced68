using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Host.Composition;
using ClusterNet.Projections;
using ClusterNet.Resources;
using ClusterNet.Resources.Bookings;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Resources;

/// <summary>The module in a running Host, without HTTP: commands go through the deciders, the streams and the guards.</summary>
public sealed class PoolHouse : IAsyncLifetime
{
    private readonly RunningHost _host = new();

    internal static readonly DateTimeOffset Now = new(2027, 1, 4, 8, 0, 0, TimeSpan.Zero);

    internal Id<Cluster> Cluster { get; } = new(Guid.NewGuid());

    internal Id<Person> Somebody { get; } = new(Guid.NewGuid());

    /// <summary>With which another Host can open the same installation.</summary>
    internal HostSettings Settings => _host.Settings;

    internal IServiceProvider Services => _host.Services;

    internal T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    internal async Task<Id<Resource>> Contribute(
        ResourceKind kind = ResourceKind.Room, int capacity = 20, string available = WeeklyHours.Always, Id<Cluster>? cluster = null)
    {
        var id = new Id<Resource>(Guid.CreateVersion7());
        var command = new ContributeResource(
            cluster ?? Cluster, new(Guid.NewGuid()), kind, $"{kind} {id}", capacity, "unit", null, new(available, "Europe/Berlin"),
            Somebody, Now);
        (await Get<Streams<Resource, ResourceEvent>>().Execute(id.Value, command, Execution(), Ct)).ShouldBeOfType<Outcome.Written>();
        return id;
    }

    internal Task<Outcome> Withdraw(Id<Resource> resource, params IReadOnlyList<BookedSession> booked) =>
        Get<Streams<Resource, ResourceEvent>>()
            .Execute(resource.Value, new WithdrawResource("gone", booked, Somebody, Now), Execution(), Ct);

    internal Task<Outcome> Describe(Id<Resource> resource, int before, int after) =>
        Do(resource, new DescribeResource(new("", [], null, before, after, Somebody, Now)));

    internal Task<Outcome> Approval(Id<Resource> resource, bool asked) => Do(resource, new AskApproval(asked, Somebody, Now));

    /// <summary>Decides on what lay on the resource; the guard alone may know better.</summary>
    internal Task<Outcome> Close(Id<Resource> resource, DateOnly from, DateOnly to, params IReadOnlyList<Occupied> lying) =>
        Do(resource, new ExceptHours(new(new(Guid.CreateVersion7()), from, to, null, ExceptionCause.Maintenance), lying, Somebody, Now));

    private Task<Outcome> Do(Id<Resource> resource, ICommand<Resource, ResourceEvent> command) =>
        Get<Streams<Resource, ResourceEvent>>().Execute(resource.Value, command, Execution(), Ct);

    /// <summary>Books as the endpoint does: on a fresh timetable, again when the guard refuses.</summary>
    internal async Task<(Id<Session> Id, Outcome Outcome)> Book(Slot slot, Id<Person>? trainer, params IReadOnlyList<Wanted> wanted)
    {
        var id = new Id<Session>(Guid.CreateVersion7());
        var request = new Request(id, Cluster, wanted, slot, trainer);
        return (id, await Settle(request, timetable =>
            new BookSession(request, timetable, new(Guid.NewGuid()), SessionKind.Course, $"Session {id}", 5, null, Somebody, Now)));
    }

    internal Task<(Id<Session> Id, Outcome Outcome)> Book(Slot slot, params IReadOnlyList<Id<Resource>> resources) =>
        Book(slot, null, [.. resources.Select(r => new Wanted(r, 1))]);

    internal async Task<Outcome> Move(Id<Session> session, Slot slot)
    {
        if ((await Get<Streams<Session, SessionEvent>>().Load(session.Value, Ct)).State is not Session.Booked booked)
            return new Outcome.Refused(Session.IsCancelled);
        var request = new Request(
            session, Cluster, [.. booked.Uses.Select(u => new Wanted(u.Resource, u.Units.Count))], slot, booked.Trainer);
        return await Settle(request, timetable => new MoveSession(request, timetable, Somebody, Now));
    }

    internal Task<Outcome> Cancel(Id<Session> session) =>
        Get<Streams<Session, SessionEvent>>().Execute(session.Value, new CancelSession("off", Somebody, Now), Execution(), Ct);

    internal Task<Outcome> Execute(Id<Session> session, ICommand<Session, SessionEvent> command) =>
        Get<Streams<Session, SessionEvent>>().Execute(session.Value, command, Execution(), Ct);

    internal Task<List<AllocationRow>> Allocations() =>
        Get<Database>().Query(
            ResourcesModule.Name,
            Statement.Of(ClusterNet.Resources.Sessions.Allocations.Table.Select("order by resource, unit, during")),
            ClusterNet.Resources.Sessions.Allocations.Table.Read, Ct);

    /// <summary>Replays all events and holds the live tables against them.</summary>
    /// <param name="more">Tables that have rows by now, beside those that every booking fills.</param>
    internal async Task ReplayEqualsLive(params string[] more)
    {
        // Verified is what the followers have seen: where they lag, their tables may still be empty.
        await _host.CaughtUp();
        var all = await Get<Replay>().Verify(null, Ct);
        var reports = all.Where(r => r.Table.StartsWith("resources.", StringComparison.Ordinal)).ToList();
        reports.Count.ShouldBeGreaterThanOrEqualTo(4);
        string[] filled = ["allocation", "pool", "session_changes", "sessions", .. more];
        reports.Where(r => r.LiveRows > 0).Select(r => r.Table["resources.".Length..]).ShouldBe(filled, ignoreOrder: true);
        reports.Where(r => !r.Equal).ShouldBeEmpty();
    }

    private Task<Outcome> Settle(Request request, Func<Timetable, ICommand<Session, SessionEvent>> command) =>
        Get<Timetables>().Settle(
            request,
            async timetable =>
            {
                var outcome = await Execute(request.Session, command(timetable));
                return (outcome, outcome is Outcome.GuardViolated);
            },
            Ct);

    private static Execution Execution() => new(CommandMetadata.System("test"));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}

/// <summary>Hours of one day for tests: <c>Hours.Of(9, 12)</c> is 09:00 to 12:00 UTC on Tuesday 5 January 2027.</summary>
internal static class Hours
{
    public static readonly DateTimeOffset Day = new(2027, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public static Slot Of(double from, double to) => new(Day.AddHours(from), Day.AddHours(to));

    /// <summary>Bookings as a problem names them.</summary>
    public static IReadOnlyList<Id<Session>> Named(this Refusal refusal) =>
        [
            .. from booking in (IEnumerable<InTheWay>)refusal.Details["bookings"]! // as Timetable makes them
               select booking.Session.Id,
        ];
}
