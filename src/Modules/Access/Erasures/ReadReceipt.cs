using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Ledger;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Erasures;

/// <summary>What became of a request for erasure. No personal data is in it: whoever was given the id may read it.</summary>
internal static class ReadReceiptEndpoint
{
    /// <param name="EventId">The event that ordered it.</param>
    /// <param name="Position">Its place in the log; null for the moment until it has one.</param>
    /// <param name="Proof">That the log holds it (C2SP tlog-proof); null while no checkpoint covers it.</param>
    internal sealed record Order(IReadOnlyList<string> Classes, DateTimeOffset At, Guid EventId, long? Position, string? Proof);

    /// <param name="At">When data was disclosed first. Which auditor or firm it was stands in the event, not here.</param>
    internal sealed record Told(string Role, DateTimeOffset At);

    /// <param name="OnRequestBy">The person, or an operator on the person's request.</param>
    /// <param name="Held">What is still kept, with reason, legal basis and last day.</param>
    /// <param name="UnreadableFrom">The day on which the last copy, in logs and backups, cannot be read any more.</param>
    /// <param name="Notes">What is to be known besides, in plain words.</param>
    internal sealed record Answer(
        Id<PersonErasure> Id, ErasureStage Stage, DateTimeOffset RequestedAt, string OnRequestBy, ErasureBasis Basis, IReadOnlyList<string> Asked,
        bool AccountClosed, IReadOnlyList<Order> Erased, IReadOnlyList<Hold> Held, IReadOnlyList<StoreCount> Stores,
        IReadOnlyList<Told> Recipients, DateTimeOffset? CompletedAt, DateOnly? UnreadableFrom, IReadOnlyList<string> Notes);

    internal sealed record Entry(
        Id<PersonErasure> Id, Id<Person> Person, IReadOnlyList<string> Asked, IReadOnlyList<string> Erased, ErasureStage Stage,
        DateTimeOffset RequestedAt, DateTimeOffset? CompletedAt);

    private static readonly Refusal Unknown = new(
        "erasure-unknown", "There is no such receipt. Compare the id with the one that you were given.", 404);

    private static readonly string[] Notes =
    [
        "Your person id, a random number, stays in the history; nothing leads from it to you any more.",
        "Credentials rest on a legal obligation, none on consent: they stay valid under the random number, and nobody is shown their holder.",
        "The recipients listed had data of you disclosed to them; the network tells its firms and auditors by this event.",
        "Copies of the databases that the operator made before can still hold data; from the day named their keys are gone.",
    ];

    internal static void MapReadReceipt(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/access/erasures/{id}", Handle)
            .WithName("ReadErasureReceipt").WithSummary("The receipt of an erasure").Produces<Answer>()
            .AnyoneMayCall("the id cannot be guessed, was given to the person only, and the receipt names nobody");
        routes.MapGet("/access/erasures", List)
            .WithName("ListErasures").WithSummary("All requests for erasure, newest first").Produces<Page<Entry>>().OperatorMayCall();
    }

    private static async Task<IResult> Handle(
        Id<PersonErasure> id, HttpContext http, Streams<PersonErasure, PersonErasureEvent> erasures, LogPositions positions, LogProofs proofs,
        CancellationToken ct)
    {
        var loaded = await erasures.Load(id.Value, ct);
        if (await Of(id, loaded, positions, proofs, ct) is not { } receipt) return Problems.From(Unknown);
        ETags.Set(http, loaded.Version);
        return TypedResults.Ok(receipt);
    }

    /// <returns>null where there is no such request.</returns>
    internal static async Task<Answer?> Of(
        Id<PersonErasure> id, Loaded<PersonErasure> loaded, LogPositions positions, LogProofs proofs, CancellationToken ct)
    {
        if (loaded.State is not PersonErasure.Existing { Case: var c }) return null;
        var facts = loaded.Events.Select(e => e.Fact).ToList();
        var requested = facts.OfType<PersonErasureRequested>().Single();
        var completed = facts.OfType<PersonErasureCompleted>().LastOrDefault();
        var stores = facts.OfType<PersonErasureStepTaken>().SelectMany(s => s.Stores).GroupBy(s => s.Store);
        var by = requested.By == requested.Person ? "the person" : "an operator, for the person";
        return new(
            id, StageOf(loaded.State), requested.At, by, c.Basis, c.Asked, ErasureCase.Closes(c.Erased), await Orders(loaded.Events, positions, proofs, ct),
            [.. c.Holds.Where(h => c.Remaining.Contains(h.Class))],
            [.. stores.Select(g => new StoreCount(g.Key, g.Sum(s => s.Count)))],
            [.. (completed?.Recipients ?? []).Select(r => new Told(r.Role, r.At))], completed?.At, completed?.UnreadableFrom, completed is null ? [] : Notes);
    }

    private static async Task<IResult> List(PageRequest page, Database database, CancellationToken ct)
    {
        var after = page.After<(DateTimeOffset At, Guid Id)>() ?? (DateTimeOffset.MaxValue, Guid.AllBitsSet);
        var rows = await database.Query(
            AccessModule.Name,
            Statement.Of(
                ErasureRows.Table.Select("where (requested_at, id) < ($1, $2) order by requested_at desc, id desc limit $3"),
                after.At, after.Id, page.Fetch),
            ErasureRows.Table.Read, ct);
        return page.Answer(
            [.. rows.Select(r => new Entry(r.Id, r.Person, r.Asked, r.Erased, r.Stage, r.RequestedAt, r.CompletedAt))],
            e => (e.RequestedAt, e.Id.Value));
    }

    private static async Task<IReadOnlyList<Order>> Orders(
        IReadOnlyList<Recorded> events, LogPositions positions, LogProofs proofs, CancellationToken ct)
    {
        var known = await positions.Of([.. events.Select(e => e.SeqId)], ct);
        List<Order> orders = [];
        foreach (var recorded in events)
        {
            if (recorded.Fact is not PersonErased e) continue;
            long? position = known.TryGetValue(recorded.SeqId, out var place) ? place : null;
            var proof = await proofs.OfEvent(recorded.Id, ct) is EventProof.Proven proven ? proven.Proof.ToString() : null;
            orders.Add(new(e.Classes, e.At, recorded.Id, position, proof));
        }

        return orders;
    }

    private static ErasureStage StageOf(PersonErasure state) => state switch
    {
        PersonErasure.Completed => ErasureStage.Completed,
        PersonErasure.Waiting => ErasureStage.Waiting,
        _ => ErasureStage.UnderWay,
    };
}
