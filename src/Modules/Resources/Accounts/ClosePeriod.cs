using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Accounts;

/// <param name="Last">The last month that is closed; null for none.</param>
/// <param name="Earliest">The first month with an entry; null for none.</param>
internal sealed record ClosePeriod(
    Id<Cluster> Cluster, string Period, int Entries, long DebitCents, string? Last, string? Earliest, Id<Person> By, DateTimeOffset Now) : ICommand<PoolPeriod, PoolPeriodEvent>
{
    public static readonly Refusal NotOver = new("period-not-over", "The month is not over, so entries will still come. Close it when it is.");

    public static readonly Refusal AlreadyClosed = new("period-closed", "The month is closed already. Nothing is left to do.");

    public static readonly Refusal EarlierOpen = new("earlier-period-open", "Months are closed in their order. Close the one that 'period' names first.");

    public static readonly Refusal BeforeBooks = new("period-before-books", "The month lies before the first that can be closed, which 'period' names. Close that one.");

    public static readonly Refusal Changed = new("period-changed", "Entries came into the month since you looked. Look at it again, then close it with its new totals.", 412);

    public Decision<PoolPeriodEvent> Decide(PoolPeriod state)
    {
        if (state is PoolPeriod.Closed) return AlreadyClosed;
        if (string.CompareOrdinal(Period, Accounts.Period.Of(DateOnly.FromDateTime(Now.UtcDateTime))) >= 0) return NotOver;
        var first = Last is null ? Earliest : Accounts.Period.Next(Last);
        if (first is not null && string.CompareOrdinal(Period, first) < 0) return BeforeBooks.With("period", first);
        if (first is not null && string.CompareOrdinal(Period, first) > 0) return EarlierOpen.With("period", first);
        return new PoolPeriodClosed(Cluster, Period, Entries, DebitCents, By, Now);
    }
}

internal static class ClosePeriodEndpoint
{
    private static readonly Refusal NoMonth = new("period-unknown", "A month is written like 2027-03.", 404);

    /// <summary>The totals that the caller saw: when entries have come in since, the month stays open.</summary>
    /// <param name="DebitCents">All debits of the month together.</param>
    internal sealed record Body(int Entries, long DebitCents) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Whole("entries", Entries, 0, int.MaxValue);
            faults.Whole("debitCents", DebitCents, 0, long.MaxValue);
        }
    }

    internal static void MapClosePeriod(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/resources/clusters/{cluster}/periods/{period}/closing", Handle)
            .WithName(nameof(ClosePeriod))
            .WithSummary("Close a month of the pool's books for good, with the totals that one saw")
            .WithDescription("What comes later goes into the next month that is open. Months are closed in their order, when they are over.")
            .WithExample(new Body(42, 1_250_000))
            .SignedInMayCall("the cluster's coordinator; for people outside the cluster it does not exist");

    internal static async Task<IResult> Handle(
        Id<Cluster> cluster, string period, Body body, Caller caller, Standing standing, Books books, Streams<PoolPeriod, PoolPeriodEvent> periods, Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        if (await standing.MayKeepBooks(caller, cluster, ct) is { } refusal) return Problems.From(refusal);
        if (!Period.IsOne(period)) return Problems.From(NoMonth);
        var all = await books.Periods(cluster, ct);
        var command = new ClosePeriod(
            cluster, period, body.Entries, body.DebitCents, all.Where(p => p.ClosedAt is not null).Select(p => p.Period).Max(), all.Select(p => p.Period).Min(), caller.Person, clock.GetUtcNow());
        var id = PoolPeriod.IdOf(cluster, period);
        return await commands.Run(
            periods, id.Value, command, Reply.Changed($"/api/v1/resources/clusters/{cluster}/periods", id), ct, onGuard: _ => Task.FromResult(ClosePeriod.Changed));
    }
}
