using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Resources.Attending;

/// <summary>Sessions at any time, also over or under way: booked as if it were earlier.</summary>
internal static class HeldSession
{
    /// <param name="starts">From now; the session takes two hours.</param>
    /// <param name="seats">Of firms, with who comes on them.</param>
    public static async Task<string> Book(
        RunningHost host, PoolCluster c, TimeSpan starts, Account? trainer = null, SessionKind kind = SessionKind.Workshop,
        params IReadOnlyList<(string Firm, int Count, IReadOnlyList<Account> People)> seats)
    {
        var start = new DateTimeOffset(DateTimeOffset.UtcNow.Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero) + starts;
        var (booked, cora, ct) = (start.AddDays(-7), PersonOf(c.Coordinator), TestContext.Current.CancellationToken);
        var (session, streams) = (new Id<Session>(Guid.CreateVersion7()), host.Services.GetRequiredService<Streams<Session, SessionEvent>>());
        var room = await c.Contribute();
        var request = new Request(session, new(Guid.Parse(c.Id)), [new(new(Guid.Parse(room)), 1)], new(start, start.AddHours(2)), trainer is null ? null : PersonOf(trainer));
        var timetable = await host.Services.GetRequiredService<Timetables>().Read(request, ct);
        await Do(new BookSession(request, timetable, new(Guid.Parse(c.Acme)), kind, "Held", 10, null, cora, booked));
        await Do(new DescribeSession(new("", ["http://data.europa.eu/esco/skill/05fc6f8d-639c-4329-a6de-dfdd800ed091"], "", kind == SessionKind.Webinar ? "https://meet.example/x" : "", null, cora, booked)));
        foreach (var (firm, count, people) in seats)
            await Do(new ReserveSeats(Id<Reservation>.New(TimeProvider.System), new(Guid.Parse(firm)), count, [.. people.Select(PersonOf)], cora, booked));
        return session.ToString();

        async Task Do(ICommand<Session, SessionEvent> command) =>
            (await streams.Execute(session.Value, command, new(CommandMetadata.System("test")), ct)).ShouldBeOfType<Outcome.Written>();
    }

    /// <summary>A workshop without a trainer.</summary>
    public static Task<string> Workshop(RunningHost host, PoolCluster c, TimeSpan starts, params IReadOnlyList<(string Firm, int Count, IReadOnlyList<Account> People)> seats) =>
        Book(host, c, starts, seats: seats);

    public static Id<Person> PersonOf(Account account) => new(Guid.Parse(account.Person));
}
