using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Accounts;

/// <summary>Corrects by a counter-entry: what is in the books stays there.</summary>
internal static class ReverseEntryEndpoint
{
    private static readonly Refusal AlreadyReversed = new("entry-reversed", "The entry has been taken back already. Enter what is right, if it is missing.");

    private static readonly Refusal IsReversal = new("entry-is-reversal", "This entry takes another back, and cannot be taken back itself. Enter anew what was right.");

    internal sealed record Body(string Reason) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("reason", Reason, 1, 200);
    }

    internal static void MapReverseEntry(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/resources/entries/{id}/reversal", Handle)
            .WithName("ReverseEntry")
            .WithSummary("Take an entry back by a counter-entry of today, with a reason")
            .WithExample(new Body("Entered for the wrong firm"))
            .SignedInMayCall("the coordinator of the cluster whose books it is in; for others it does not exist");

    internal static async Task<IResult> Handle(
        Id<PoolEntry> id, Body body, Caller caller, Standing standing, Books books, TimeProvider clock, CancellationToken ct)
    {
        if (await books.Find(id, ct) is not { } entry || await standing.MayKeepBooks(caller, entry.Cluster, ct) is not null) return Problems.From(PoolEntry.Unknown);
        if (entry.Kind == EntryKind.Reversal) return Problems.From(IsReversal);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return await books.Post(
            new(Id<PoolEntry>.New(clock), entry.Cluster, EntryKind.Reversal, today, [.. entry.Lines.Select(l => l with { Cents = -l.Cents })], body.Reason.Trim(), entry.Source, id.Value),
            caller, ct, guard => Task.FromResult(guard == Entries.ReversedTwice ? AlreadyReversed : null));
    }
}
