using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Accounts;

[JsonConverter(typeof(WireNameConverter<Direction>))]
internal enum Direction
{
    [JsonStringEnumMemberName("in")]
    In,

    [JsonStringEnumMemberName("out")]
    Out,
}

/// <summary>Money that comes into the pool's bank account or leaves it, from or to a firm or funder.</summary>
internal static class PayMoneyEndpoint
{
    internal const long MaxCents = 100_000_000_00;

    private static readonly Refusal FunderUnknown = new("funder-unknown", "The pool has no such funder. Name it first, or choose another.", 422);

    private static readonly Refusal Uncovered = new(
        "account-too-low", "No more is paid out than the account and the pool's bank have. 'account' and 'bank' say how many cents that is.");

    /// <param name="Firm">Who paid or is paid, unless it is <paramref name="Funder"/>.</param>
    /// <param name="On">The day of the bank's statement.</param>
    internal sealed record Body(Direction Direction, long AmountCents, DateOnly On, string Text, Id<Firm>? Firm = null, Id<Funder>? Funder = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Whole("amountCents", AmountCents, 1, MaxCents);
            faults.Text("text", Text, 1, 200);
            faults.Day("on", On, Earliest);
            faults.Check(Firm is null != Funder is null, "firm", "one-account", "Name either a firm or a funder.");
        }

        [JsonIgnore]
        public Account Account => Firm is { } firm ? Account.Firm(firm.Value) : Account.Funder(Funder!.Value.Value); // checked: one of them is named
    }

    internal static DateOnly Earliest => new(2000, 1, 1);

    private static readonly Refusal DayToCome = new("day-to-come", "That day is still to come. Enter the payment when the bank's statement shows it, or correct 'on'.", 422);

    internal static void MapPayMoney(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/resources/clusters/{cluster}/payments", Handle)
            .WithName("PayMoney")
            .WithSummary("Enter money that came into the pool's bank account or left it")
            .WithExample(new Body(Direction.In, 250_000, new(2026, 3, 2), "Contribution for 2026", new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f"))))
            .SignedInMayCall("the cluster's coordinator; for people outside the cluster it does not exist");

    internal static async Task<IResult> Handle(
        Id<Cluster> cluster, Body body, Caller caller, Standing standing, Books books, TimeProvider clock, CancellationToken ct)
    {
        if (await standing.MayKeepBooks(caller, cluster, ct) is { } refusal) return Problems.From(refusal);
        // Anywhere on earth it may be tomorrow already.
        if (body.On > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1)) return Problems.From(DayToCome);
        if (body.Firm is { } firm && !await books.HasPart(cluster, firm, ct)) return Problems.From(Standing.FirmNotAdmitted);
        if (body.Funder is { } funder && !(await books.Funders(cluster, ct)).ContainsKey(funder)) return Problems.From(FunderUnknown);
        ValueList<Line> lines = body.Direction == Direction.In
            ? [Line.Debit(Account.Bank, body.AmountCents), Line.Credit(body.Account, body.AmountCents)]
            : [Line.Debit(body.Account, body.AmountCents), Line.Credit(Account.Bank, body.AmountCents)];
        var kind = body.Direction == Direction.In ? EntryKind.PaymentIn : EntryKind.PaymentOut;
        return await books.Post(
            new(Id<PoolEntry>.New(clock), cluster, kind, body.On, lines, body.Text.Trim()), caller, ct,
            async guard => guard == Entries.Uncovered ? await NotEnough(cluster, body.Account, books, ct) : null);
    }

    private static async Task<Refusal> NotEnough(Id<Cluster> cluster, Account account, Books books, CancellationToken ct)
    {
        var balances = await books.Balances(cluster, ct);
        return Uncovered.With("account", -balances.GetValueOrDefault(account)).With("bank", balances.GetValueOrDefault(Account.Bank));
    }
}
