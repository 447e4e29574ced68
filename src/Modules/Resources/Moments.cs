using System.Globalization;
using ClusterNet.EventStore;
using ClusterNet.Ledger;

namespace ClusterNet.Resources;

/// <summary>Which moment of the past a read asks for: <c>asOfVersion</c> or <c>asOf</c>, an instant; neither means now.</summary>
internal sealed class Moments(LogTimes log)
{
    private static readonly Refusal Both = new("as-of-twice", "Name a version or an instant, not both: send asOfVersion or asOf.", 422);

    private static readonly Refusal OutOfRange = new(
        "as-of-out-of-range",
        "The log knows nothing of that moment. Ask for a version from 1, or an instant from the log's first to now.", 422);

    public async Task<(AsOf At, Refusal? Refusal)> Of(long? version, DateTimeOffset? instant, CancellationToken ct) =>
        (version, instant) switch
    {
        (null, null) => (AsOf.Now, null),
        ({ }, { }) => (AsOf.Now, Both),
        ({ } number, null) => number >= 1 ? (new AsOf.Version(number), null) : (AsOf.Now, OutOfRange),
        (null, { } at) => await log.At(at.ToUniversalTime(), ct) switch
        {
            LogMoment.Known known => (new AsOf.Position(known.Position), null),
            LogMoment.OutOfRange range => (AsOf.Now, OutOfRange.With("first", Text(range.First)).With("last", Text(range.Last))),
            _ => (AsOf.Now, OutOfRange),
        },
    };

    private static string? Text(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
