using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Records;

internal static class ReadHistoryEndpoint
{
    /// <param name="Type">The event's stored name.</param>
    /// <param name="By">Who did it; null for the system.</param>
    /// <param name="Fact">The event's data; a personal value that was erased says so.</param>
    internal sealed record Step(long Version, Guid EventId, string Type, string? By, DateTimeOffset StoredAt, object Fact);

    internal sealed record Answer(Id<LearningRecord> Id, long Version, IReadOnlyList<Step> Items);

    /// <summary>What opens a file is nobody's to read, and who was there from outside its owner's only.</summary>
    private static EntryEvent Shown(EntryEvent fact, Id<Person> reader) => fact switch
    {
        LearningRecordFileAttached attached => attached with { Facts = attached.Facts.Select(f => f with { Key = "" }) },
        LearningRecordOutsiderNamed named when named.Person != reader => named with { Name = "" },
        _ => fact,
    };

    internal static void MapReadHistory(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/learning/records/{id}/events", Handle)
            .WithName("ReadLearningRecordHistory").WithSummary("The record's history, event by event")
            .WithDescription("Others than the owner see events after which they could see the record: what was said in private stays so.")
            .Produces<Answer>().SignedInMayCall("those who may see the record");

    private static async Task<IResult> Handle(
        Id<LearningRecord> id, Caller caller, RecordReader reader, HttpContext http, CancellationToken ct)
    {
        if (await reader.Find(id, caller, ct) is not { } seen) return Problems.From(Rules.Unknown);
        var sees = seen.State.Person == caller.Person ? seen.Reader : await reader.ReaderOf(caller, ct);
        var steps = new List<Step>();
        var state = Entry.Initial;
        foreach (var recorded in seen.Events)
        {
            if (recorded.Fact is not EntryEvent fact) continue;
            state = Entry.Evolve(state, fact);
            if (state is Entry.Kept kept && sees.MaySee(kept))
                steps.Add(new(recorded.Version, recorded.Id, recorded.StoredAs, recorded.Metadata.Actor, recorded.At, Shown(fact, caller.Person)));
        }

        ETags.Set(http, seen.Version);
        return TypedResults.Ok(new Answer(id, seen.Version, steps));
    }
}
