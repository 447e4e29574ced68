using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Accounts;

/// <summary>Works out what a session cost, and enters it.</summary>
internal sealed class Settlements(
    SessionDesk desk, Streams<Resource, ResourceEvent> resources, Books books, Standing standing, TimeProvider clock)
{
    private static readonly Refusal NotOver = new("session-not-over", "The session has not ended. Settle it when it has.");

    private static readonly Refusal Settled = new("session-settled", "The session is settled; 'entry' names the entry. Take that back first if it is wrong.");

    private static readonly Refusal FunderUnknown = new("funder-unknown", "The pool has no such funder. Name it first, or leave it out.", 422);

    private static readonly Refusal PayerUnknown = new("payer-unknown", "A firm that paid something must belong to the cluster. Correct it, or leave it out for the pool's bank account.", 422);

    /// <summary>What the session cost: as it was entered, or as it would be with nothing paid and granted.</summary>
    /// <returns>null for a session that the caller may not see.</returns>
    public async Task<(SessionRow? Session, SessionCosts? Costs, EntryRow? Entry, Refusal? Refusal)> Show(Id<Session> id, Caller caller, CancellationToken ct)
    {
        if (await desk.Seen(id, caller, ct) is not { } session) return (null, null, null, Session.Unknown);
        if ((await Entered(id, ct)).FirstOrDefault(e => e.Standing) is (true, { } entry)) return (session, null, entry, null);
        var (costs, refusal) = await Of(session, [], [], ct);
        return (session, costs, null, refusal);
    }

    public async Task<IResult> Settle(Id<Session> id, IReadOnlyList<OutsideCost> outside, IReadOnlyList<Grant> grants, Caller caller, CancellationToken ct)
    {
        if (await desk.Seen(id, caller, ct) is not { } session) return Problems.From(Session.Unknown);
        if (await standing.MayKeepBooks(caller, session.Cluster, ct) is { } forbidden) return Problems.From(forbidden);
        if (session.Standing == SessionStanding.Cancelled) return Problems.From(Session.IsCancelled);
        if (session.IsRequest) return Problems.From(Session.NotBooked);
        if (session.EndsAt > clock.GetUtcNow()) return Problems.From(NotOver);
        var earlier = await Entered(id, ct);
        if (earlier.FirstOrDefault(e => e.Standing) is (true, { } entered)) return Problems.From(Settled.With("entry", entered.Id));
        var funders = await books.Funders(session.Cluster, ct);
        if (grants.Any(g => !funders.ContainsKey(g.Funder))) return Problems.From(FunderUnknown);
        foreach (var payer in outside.Select(o => o.PaidBy).OfType<Id<Firm>>().Distinct())
            if (!await books.HasPart(session.Cluster, payer, ct)) return Problems.From(PayerUnknown.With("firm", payer));
        var (costs, refusal) = await Of(session, outside, grants, ct);
        if (costs is null) return Problems.From(refusal ?? SessionCosts.NothingToShare);
        // After each entry that was taken back there is room for one more: two who settle at once write the same one.
        var entry = new Id<PoolEntry>(NamedGuid.Of("session-costs", id.ToString(), $"{earlier.Count}"));
        var day = DateOnly.FromDateTime(session.EndsAt.UtcDateTime);
        return await books.Post(new(entry, session.Cluster, EntryKind.Session, day, costs.Lines, "", id.Value), caller, ct);
    }

    /// <summary>What an entry says of a session's costs.</summary>
    public static (IReadOnlyList<Given> Given, IReadOnlyList<Share> Shares) Read(SessionRow session, EntryRow entry)
    {
        var weights = Weights(session);
        var firms = (from line in entry.Lines where line.Account.FirmId is not null select (Firm: line.Account.FirmId ?? default, line.Cents, line.Resource)).ToList();
        return (
            [.. firms.Where(l => l.Resource is not null).Select(l => new Given(new(l.Resource ?? default), l.Firm, -l.Cents))],
            [.. firms.Where(l => l.Cents > 0).Select(l => new Share(l.Firm, weights.GetValueOrDefault(l.Firm), l.Cents))]);
    }

    /// <summary>The session's entries, those that were taken back too.</summary>
    private async Task<IReadOnlyList<(bool Standing, EntryRow Entry)>> Entered(Id<Session> id, CancellationToken ct)
    {
        var all = await books.From(id.Value, ct);
        var reversed = all.Select(e => e.Reverses).OfType<Guid>().ToHashSet();
        return [.. all.Where(e => e.Kind == EntryKind.Session).Select(e => (!reversed.Contains(e.Id.Value), e))];
    }

    private async Task<(SessionCosts? Costs, Refusal? Refusal)> Of(SessionRow session, IReadOnlyList<OutsideCost> outside, IReadOnlyList<Grant> grants, CancellationToken ct)
    {
        var slot = new Slot(session.StartsAt, session.EndsAt);
        var given = new List<Given>();
        var rows = (await desk.ResourcesOf(session, ct)).ToDictionary(r => r.Id);
        foreach (var use in session.Uses)
        {
            var row = rows[use.Resource];
            var hourly = HourlyCents((await resources.Load(use.Resource.Value, ct)).Events, session);
            given.Add(new(use.Resource, row.Firm, SessionCosts.Worth(hourly, use.Units.Count, row.Availability.OpenTime(slot))));
        }

        return SessionCosts.Of(given, outside, grants, Weights(session));
    }

    /// <summary>Seats that each firm held at the end. A session without any is for whoever called it.</summary>
    public static IReadOnlyDictionary<Id<Firm>, long> Weights(SessionRow session)
    {
        var seats = session.Reservations.Where(r => r.Held).GroupBy(r => r.Firm).ToDictionary(f => f.Key, f => f.Sum(r => (long)r.Count));
        return seats.Count > 0 ? seats : new Dictionary<Id<Firm>, long> { [session.Firm] = 1 };
    }

    /// <summary>The value in force when the session was booked; of a resource that was valued later, its first.</summary>
    private static long HourlyCents(IEnumerable<Recorded> events, SessionRow session)
    {
        var values = events.Select(e => e.Fact).OfType<ResourceValued>().ToList();
        return (values.LastOrDefault(v => v.At <= session.BookedAt) ?? values.FirstOrDefault())?.HourlyCents ?? 0;
    }
}

internal static class SettleSessionEndpoint
{
    internal sealed record Paid(long Cents, Id<Firm>? PaidBy = null);

    internal sealed record Granted(Id<Funder> Funder, long Cents);

    /// <param name="Outside">What was paid in money, such as a trainer's fee: by a firm, or by the pool.</param>
    /// <param name="Grants">What funders bear of it.</param>
    internal sealed record Body(IReadOnlyList<Paid>? Outside = null, IReadOnlyList<Granted>? Grants = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Count("outside", Outside, 0, 20);
            faults.Each("outside", Outside, (o, f) => f.Whole("cents", o.Cents, 1, PayMoneyEndpoint.MaxCents));
            faults.Count("grants", Grants, 0, 20);
            faults.Each("grants", Grants, (g, f) => f.Whole("cents", g.Cents, 1, PayMoneyEndpoint.MaxCents));
        }
    }

    /// <param name="Entry">Null until it is settled: then the amounts are what they would be.</param>
    internal sealed record Answer(Id<Session> Session, Id<PoolEntry>? Entry, long TotalCents, IReadOnlyList<Given> Given, IReadOnlyList<Share> Shares);

    internal static void MapSettleSession(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/resources/sessions/{id}/costs", Show)
            .WithName("ShowSessionCosts")
            .WithSummary("What a session costs and who bears it, before it is settled")
            .Produces<Answer>().SignedInMayCall("who belongs to the cluster");
        routes.MapPost("/resources/sessions/{id}/costs", Handle)
            .WithName("SettleSession")
            .WithSummary("Enter what a session cost: what firms gave, what was paid, what funders bear; the rest is shared by seats, to the cent")
            .WithDescription("Each resource counts with its value an hour when the session was booked. Cents left over go to the firms that lost most by rounding, of two the same to the one with more seats.")
            .WithExample(new Body([new(60_000)]))
            .SignedInMayCall("the coordinator of the cluster");
    }

    private static async Task<IResult> Show(Id<Session> id, Caller caller, Settlements settlements, CancellationToken ct)
    {
        var (session, costs, entry, refusal) = await settlements.Show(id, caller, ct);
        if (session is null) return Problems.From(Session.Unknown);
        if (entry is not null) return Results.Ok(Of(session, entry));
        return costs is null ? Problems.From(refusal ?? SessionCosts.NothingToShare) : Results.Ok(new Answer(id, null, costs.TotalCents, costs.Given, costs.Shares));
    }

    internal static Task<IResult> Handle(Id<Session> id, Body body, Caller caller, Settlements settlements, CancellationToken ct) => settlements.Settle(
        id, [.. (body.Outside ?? []).Select(o => new OutsideCost(o.Cents, o.PaidBy))], [.. (body.Grants ?? []).Select(g => new Grant(g.Funder, g.Cents))], caller, ct);

    private static Answer Of(SessionRow session, EntryRow entry)
    {
        var (given, shares) = Settlements.Read(session, entry);
        return new(session.Id, entry.Id, entry.Lines.Where(l => l.Cents > 0).Sum(l => l.Cents), given, shares);
    }
}
