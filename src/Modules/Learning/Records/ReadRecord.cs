using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Records;

internal static class ReadRecordEndpoint
{
    private static readonly Refusal NotYet = new(
        "learning-record-not-yet", "At that point the record did not exist, or you could not have seen it. Ask for a later point.", 404);

    internal static void MapReadRecord(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/learning/records/{id}", Handle)
            .WithName("ReadLearningRecord").WithSummary("One learning record, now or as it was")
            .Produces<RecordAnswer>().SignedInMayCall("its owner, the people it names unless it is private, and whoever its visibility includes");

    private static async Task<IResult> Handle(
        Id<LearningRecord> id, Caller caller, RecordReader reader, Streams<Entry, EntryEvent> entries, Moments moments, HttpContext http, CancellationToken ct,
        long? asOfVersion = null, string? asOf = null, long? asOfPosition = null)
    {
        if (await reader.Find(id, caller, ct) is not { } seen) return Problems.From(Rules.Unknown);
        var query = new MomentQuery(asOfVersion, asOf, asOfPosition);
        if (query.IsNow)
        {
            if (ETags.NotModified(http, seen.Version)) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
            return TypedResults.Ok(RecordAnswer.Of(id, seen.State, caller.Person, seen.Version, null));
        }

        var moment = await moments.Find(query, seen.Version, ct);
        if (moment.Refusal is { } refusal) return Problems.From(refusal);
        var then = await entries.Load(id.Value, moment.AsOf, ct);
        if (then.State is not Entry.Kept kept || !await MaySee(kept)) return Problems.From(NotYet);
        ETags.Set(http, then.Version);
        return TypedResults.Ok(RecordAnswer.Of(id, kept, caller.Person, then.Version, moment.Position));

        // What was private then stays hidden although it is shared now.
        async Task<bool> MaySee(Entry.Kept past) => seen.Reader.MaySee(past) || (await reader.ReaderOf(caller, ct)).MaySee(past);
    }
}
