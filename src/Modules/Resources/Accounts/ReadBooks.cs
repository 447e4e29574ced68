using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Accounts;

/// <summary>Reads a pool's books: the coordinator all of them, a firm's manager what concerns the firm.</summary>
internal static class ReadBooksEndpoint
{
    /// <param name="Cents">In favour of the account's owner above zero; of the bank, what is there.</param>
    internal sealed record AccountView(AccountKind Kind, Guid? Owner, Personal<string>? Name, long Cents);

    internal sealed record PeriodView(string Period, int Entries, long DebitCents, DateTimeOffset? ClosedAt);

    internal sealed record FunderView(Id<Funder> Id, Personal<string> Name);

    internal sealed record LineView(AccountKind Kind, Guid? Owner, long DebitCents, long CreditCents, Guid? Resource);

    /// <param name="Lines">All of them for the coordinator; for a firm's manager the firm's and the pool's own.</param>
    /// <param name="By">Who entered it.</param>
    internal sealed record EntryView(
        Id<PoolEntry> Id, Id<Cluster> Cluster, EntryKind Kind, DateOnly On, string Period, IReadOnlyList<LineView> Lines, Guid? Source, Guid? Reverses, Personal<string> Text, Id<Person> By,
        DateTimeOffset At);

    internal static void MapReadBooks(this IEndpointRouteBuilder routes)
    {
        const string statement = "from and to: days, both included; this year where they are left out. format: json, csv, xlsx or pdf.";
        routes.MapGet("/resources/clusters/{cluster}/accounts", Balances)
            .WithName("ListAccounts").WithSummary("What the accounts of the pool have; for a firm's manager the firm's own and the pool's")
            .Produces<IReadOnlyList<AccountView>>().SignedInMayCall("the coordinator of the cluster; managers of its firms their part");
        routes.MapGet("/resources/clusters/{cluster}/accounts/firms/{firm}", OfFirm)
            .WithName("ShowFirmStatement").WithSummary("What a firm has given to the pool and taken from it")
            .WithDescription(statement).Produces<AccountStatement>().SignedInMayCall("managers of the firm, and the coordinator of the cluster");
        routes.MapGet("/resources/clusters/{cluster}/accounts/funders/{funder}", OfFunder)
            .WithName("ShowFunderStatement").WithSummary("What a funder has given, and what was spent of it")
            .WithDescription(statement).Produces<AccountStatement>().SignedInMayCall("the coordinator of the cluster");
        routes.MapGet("/resources/clusters/{cluster}/funders", Funders)
            .WithName("ListFunders").WithSummary("The pool's funders").Produces<IReadOnlyList<FunderView>>().SignedInMayCall("who belongs to the cluster");
        routes.MapGet("/resources/clusters/{cluster}/periods", Periods)
            .WithName("ListPeriods").WithSummary("The months of the pool's books with their totals, the newest first")
            .Produces<IReadOnlyList<PeriodView>>().SignedInMayCall("the coordinator of the cluster");
        routes.MapGet("/resources/clusters/{cluster}/periods/{period}/entries", OfPeriod)
            .WithName("ListEntries").WithSummary("The entries of a month, in the order in which they were made")
            .Produces<Page<EntryView>>().SignedInMayCall("the coordinator of the cluster");
        routes.MapGet("/resources/entries/{id}", One)
            .WithName("ShowEntry").WithSummary("One entry of the books, with the session that it comes from")
            .Produces<EntryView>().SignedInMayCall("the coordinator of the cluster, and managers of the firms on whose accounts it is");
    }

    private static async Task<IResult> Balances(Id<Cluster> cluster, Caller caller, Standing standing, Books books, HttpContext http, CancellationToken ct)
    {
        if (!await standing.MaySee(caller, cluster, ct)) return Problems.From(Standing.ClusterUnknown);
        http.Response.Headers.CacheControl = "no-store";
        var seen = (await books.Balances(cluster, ct)).Where(b => MaySee(b.Key, caller, cluster)).ToList();
        var (firms, funders) = (await standing.NamesOf(seen.Select(b => b.Key.FirmId).OfType<Id<Firm>>(), ct), await books.Funders(cluster, ct));
        return Results.Ok(seen.OrderBy(b => b.Key.Kind).ThenBy(b => b.Key.Owner).Select(b => new AccountView(
            b.Key.Kind, b.Key.Owner, NameOf(b.Key, firms, funders), b.Key.Kind == AccountKind.Bank ? b.Value : -b.Value)));
    }

    private static async Task<IResult> OfFirm(
        Id<Cluster> cluster, Id<Firm> firm, Caller caller, Standing standing, Books books, StatementPaper paper, TimeProvider clock, HttpContext http, CancellationToken ct,
        DateOnly? from = null, DateOnly? to = null, string? format = null)
    {
        if (!await standing.MaySee(caller, cluster, ct) && !await books.HasLeft(caller, cluster, firm, ct)) return Problems.From(Standing.ClusterUnknown);
        if (!Standing.IsFor(caller, cluster, firm)) return Problems.From(Standing.NotForFirm);
        if (!await books.HasPart(cluster, firm, ct)) return Problems.From(Standing.FirmNotAdmitted);
        var name = (await standing.NamesOf([firm], ct)).GetValueOrDefault(firm) ?? "";
        return await Statement(cluster, Account.Firm(firm.Value), name, books, paper, clock, http, from, to, format, ct);
    }

    private static async Task<IResult> OfFunder(
        Id<Cluster> cluster, Id<Funder> funder, Caller caller, Standing standing, Books books, StatementPaper paper, TimeProvider clock, HttpContext http, CancellationToken ct,
        DateOnly? from = null, DateOnly? to = null, string? format = null)
    {
        if (await standing.MayKeepBooks(caller, cluster, ct) is { } refusal) return Problems.From(refusal);
        if (!(await books.Funders(cluster, ct)).TryGetValue(funder, out var known)) return Problems.From(FunderUnknown);
        return await Statement(cluster, Account.Funder(funder.Value), known.Name.Or(""), books, paper, clock, http, from, to, format, ct);
    }

    private static async Task<IResult> Statement(
        Id<Cluster> cluster, Account account, string name, Books books, StatementPaper paper, TimeProvider clock, HttpContext http, DateOnly? from, DateOnly? to, string? format,
        CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var (first, last) = (from ?? new DateOnly(today.Year, 1, 1), to ?? new DateOnly(today.Year, 12, 31));
        if (last < first) return Problems.Of(400, "wrong-time-range", "The parameter 'to' is not before 'from'.", ("parameter", "to"));
        http.Response.Headers.CacheControl = "no-store";
        var statement = await books.Statement(cluster, account, first, last, ct);
        if (format == "pdf") return TypedResults.File(await paper.Of(cluster, name, statement, ct), "application/pdf", "statement.pdf");
        return SheetTable.Answer(http, format, statement, s => new(
            "statement", ["date", "month", "kind", "text", "entry", "session", "resource", "cents", "balance_cents"],
            [
                Row(s.From, null, "opening", "", null, null, null, null, s.OpeningCents),
                .. s.Lines.Select(l => Row(l.On, l.Period, WireNames.Of(l.Kind), l.Text.Or(""), l.Entry.Value, l.Source, l.Resource, l.Cents, l.BalanceCents)),
            ]));

        static IReadOnlyList<object?> Row(DateOnly on, string? period, string kind, string text, Guid? entry, Guid? source, Guid? resource, long? cents, long balance) =>
            [on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), period, kind, text, entry?.ToString(), source?.ToString(), resource?.ToString(), cents, balance];
    }

    private static async Task<IResult> Funders(Id<Cluster> cluster, Caller caller, Standing standing, Books books, CancellationToken ct) =>
        await standing.MaySee(caller, cluster, ct)
            ? Results.Ok((await books.Funders(cluster, ct)).Values.Select(f => new FunderView(f.Id, f.Name))) : Problems.From(Standing.ClusterUnknown);

    private static async Task<IResult> Periods(Id<Cluster> cluster, Caller caller, Standing standing, Books books, CancellationToken ct) =>
        await standing.MayKeepBooks(caller, cluster, ct) is { } refusal
            ? Problems.From(refusal) : Results.Ok((await books.Periods(cluster, ct)).Select(p => new PeriodView(p.Period, p.Entries, p.DebitCents, p.ClosedAt)));

    private static async Task<IResult> OfPeriod(Id<Cluster> cluster, string period, Caller caller, Standing standing, Books books, PageRequest page, CancellationToken ct)
    {
        if (await standing.MayKeepBooks(caller, cluster, ct) is { } refusal) return Problems.From(refusal);
        var rows = await books.Of(cluster, period, page.After<Guid>() ?? Guid.Empty, page.Fetch, ct);
        return page.Answer(rows, r => r.Id.Value, r => Of(r, caller));
    }

    private static async Task<IResult> One(Id<PoolEntry> id, Caller caller, Standing standing, Books books, HttpContext http, CancellationToken ct)
    {
        if (await books.Find(id, ct) is not { } row || !await standing.MaySee(caller, row.Cluster, ct)) return Problems.From(PoolEntry.Unknown);
        if (!caller.Is(Role.Coordinator, RoleScope.Cluster(row.Cluster)) && !row.Lines.Any(l => l.Kind == AccountKind.Firm && MaySee(l.Account, caller, row.Cluster)))
            return Problems.From(PoolEntry.Unknown);
        http.Response.Headers.CacheControl = "no-store";
        ETags.Set(http, row.Version);
        return Results.Ok(Of(row, caller));
    }

    internal static readonly Refusal FunderUnknown = new("funder-unknown", "The pool has no such funder. Check the address.", 404);

    private static EntryView Of(EntryRow row, Caller caller) => new(
        row.Id, row.Cluster, row.Kind, row.Day, row.Period,
        [.. row.Lines.Where(l => MaySee(l.Account, caller, row.Cluster)).Select(l => new LineView(l.Kind, l.Owner, Math.Max(l.Cents, 0), Math.Max(-l.Cents, 0), l.Resource))],
        row.Source, row.Reverses, row.Text, row.By, row.At);

    /// <summary>What the pool has is for all its firms to see, a firm's account for the firm, a funder's for the coordinator.</summary>
    private static bool MaySee(Account account, Caller caller, Id<Cluster> cluster) => account switch
    {
        { FirmId: { } firm } => Standing.IsFor(caller, cluster, firm),
        { Kind: AccountKind.Funder } => caller.Is(Role.Coordinator, RoleScope.Cluster(cluster)),
        _ => caller.Is(Role.Coordinator, RoleScope.Cluster(cluster)) || caller.ScopesOf(ScopeKind.Firm, Role.Manager).Any(),
    };

    private static Personal<string>? NameOf(Account account, IReadOnlyDictionary<Id<Firm>, string> firms, IReadOnlyDictionary<Id<Funder>, FunderRow> funders) => account switch
    {
        { FirmId: { } firm } => firms.TryGetValue(firm, out var name) ? (Personal<string>?)name : null,
        { Kind: AccountKind.Funder, Owner: { } funder } => funders.GetValueOrDefault(new(funder))?.Name,
        _ => null,
    };
}
