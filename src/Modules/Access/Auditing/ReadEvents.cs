using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Ledger;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Auditing;

internal static class ReadEventsEndpoint
{
    private static readonly Refusal Unknown = new("event-unknown", "There is no such event for you. Take its id from the events of a stream that you may read.", 404);

    private static readonly Refusal NoStream = new("stream-unknown", "There are no events in this stream for you at that moment. Check the id, or ask for a later moment.", 404);

    private const string Readers =
        "whoever has personal data in the event; beside them those to whom the module shows it, such as the cluster's auditors, every look of whom is recorded";

    internal static void MapReadEvents(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/audit/events/{id:guid}", One)
            .WithName("ReadEvent").WithSummary("An event with header, salt and data, so that its seal can be checked; personal members decrypted, or \"erased\"")
            .Produces<EventAnswer>().Produces(202).SignedInMayCall(Readers).ReadsRecorded();
        routes.MapGet("/audit/streams/{id:guid}/events", Stream)
            .WithName("ReadStream").WithSummary("Any stream's events, now or as of a version (asOfVersion), a time (asOf) or a position of the log (asOfPosition)")
            .SignedInMayCall(Readers).ReadsRecorded();
    }

    private static async Task<IResult> One(Guid id, Caller caller, HttpContext http, EventViews views, EventReading reading, LogProofs proofs, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        if (await views.Find(id, ct) is not { } found) return await proofs.OfEvent(id, ct) is EventProof.Waiting ? ReadProofsEndpoint.ComeAgain(http) : Problems.From(Unknown);
        var opened = await reading.OpenOne(caller, found, $"event {id}", ct);
        return (await reading.For(caller, [found], opened, ct)).SingleOrDefault() is { } answer ? Results.Ok(answer) : Problems.From(Unknown);
    }

    private static async Task<IResult> Stream(
        Guid id, long? asOfVersion, string? asOf, long? asOfPosition, Caller caller, PageRequest page, HttpContext http, EventViews views, EventReading reading,
        Moments moments, LogPositions positions, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        var query = new MomentQuery(asOfVersion, asOf, asOfPosition);
        // What the log has no moment for is told to everybody alike, and first: a look that gets no answer is not recorded.
        var moment = await moments.Find(query, long.MaxValue, ct);
        if (moment.Refusal is { } impossible) return Problems.From(impossible);
        var head = await positions.Last(ct);
        if (await views.OfStream(id, head, long.MaxValue, 0, 1, ct) is not [var first]) return Problems.From(NoStream);
        if (moment.AsOf is AsOf.Version) moment = await moments.Find(query, await views.VersionAt(id, head, ct), ct);
        var opened = await reading.Open(caller, first, moment.Refusal is null ? $"stream {id}{query.InWords()}" : null, ct);
        // Only who may read something of the stream is told which versions it has.
        if (opened is null && (await Readable(head, long.MaxValue, 0, 1)).Count == 0) return Problems.From(NoStream);
        if (moment.Refusal is { } refusal) return Problems.From(refusal);
        var until = moment.AsOf is AsOf.Position position ? position.Number : head;
        var version = moment.AsOf is AsOf.Version v ? v.Number : long.MaxValue;
        return page.Answer(await Readable(until, version, page.After<long>() ?? 0, page.Fetch), e => e.Version);

        async Task<List<EventAnswer>> Readable(long position, long version, long after, int count)
        {
            var readable = new List<EventAnswer>();
            while (readable.Count < count && await views.OfStream(id, position, version, after, page.Fetch, ct) is { Count: > 0 } events)
            {
                after = events[^1].Stored.Version;
                readable.AddRange(await reading.For(caller, events, opened, ct));
            }

            return [.. readable.Take(count)];
        }
    }
}
