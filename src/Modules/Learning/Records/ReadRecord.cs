using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Ledger;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Records;

internal static class ReadRecordEndpoint
{
    private static readonly Refusal OutOfRange = new(
        "as-of-out-of-range",
        "The history does not reach there. Ask for a point within the range named here, or leave it out for the state now.");

    private static readonly Refusal NotYet = new(
        "learning-record-not-yet", "At that point the record did not exist, or you could not have seen it. Ask for a later point.", 404);

    private static readonly Refusal MalformedAsOf = new(
        "malformed-as-of", "Send asOf as a time such as 2026-05-31T09:30:00Z, or as a position of the log, a whole number.", 400);

    internal static void MapReadRecord(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/learning/records/{id}", Handle)
            .WithName("ReadLearningRecord").WithSummary("One learning record, now or as it was")
            .WithDescription("asOfVersion takes a version of it; asOf takes a time such as 2026-05-31T09:30:00Z, or a position of the log.")
            .Produces<RecordAnswer>()
            .SignedInMayCall("its owner, the people it names unless it is private, and whoever its visibility includes");

    private static async Task<IResult> Handle(
        Id<LearningRecord> id, Caller caller, RecordReader reader, Streams<Entry, EntryEvent> entries, LogTimes times, TimeProvider clock,
        HttpContext http,
        CancellationToken ct, long? asOfVersion = null, string? asOf = null)
    {
        if (await reader.Find(id, caller, ct) is not { } seen) return Problems.From(Rules.Unknown);
        if (asOfVersion is null && asOf is null)
        {
            if (ETags.NotModified(http, seen.Version)) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
            return TypedResults.Ok(RecordAnswer.Of(id, seen.State, seen.Version, null));
        }

        var (point, refusal) = asOfVersion is { } version
            ? OfVersion(version, seen.Version)
            : await OfText(asOf!, times, clock, ct); // one of them is given
        if (point is null) return Problems.From(refusal!); // the other of the two
        var then = await entries.Load(id.Value, point, ct);
        if (then.State is not Entry.Kept kept || !await MaySee(kept)) return Problems.From(NotYet);
        ETags.Set(http, then.Version);
        return TypedResults.Ok(RecordAnswer.Of(id, kept, then.Version, (point as AsOf.Position)?.Number));

        // What was private then stays hidden although it is shared now.
        async Task<bool> MaySee(Entry.Kept past) => seen.Reader.MaySee(past) || (await reader.ReaderOf(caller, ct)).MaySee(past);
    }

    private static (AsOf? Point, Refusal? Refusal) OfVersion(long version, long last) => version >= 1 && version <= last
        ? (new AsOf.Version(version), null)
        : (null, OutOfRange.With("firstVersion", 1).With("lastVersion", last));

    private static async Task<(AsOf? Point, Refusal? Refusal)> OfText(string text, LogTimes times, TimeProvider clock, CancellationToken ct)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            var head = await times.At(clock.GetUtcNow(), ct) is LogMoment.Known now ? now.Position : -1;
            return position <= head
                ? (new AsOf.Position(position), null)
                : (null, OutOfRange.With("firstPosition", 0).With("lastPosition", head));
        }

        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            || !text.Contains('T', StringComparison.OrdinalIgnoreCase))
            return (null, MalformedAsOf);
        return await times.At(instant, ct) switch
        {
            LogMoment.Known known => (new AsOf.Position(known.Position), null),
            LogMoment.OutOfRange range => (null, OutOfRange.With("first", range.First).With("last", range.Last)),
            _ => (null, OutOfRange),
        };
    }
}
