using System.Globalization;
using System.Text.RegularExpressions;
using ClusterNet.EventStore;
using ClusterNet.Ledger;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Web;

/// <summary>Which moment of the past a reader asks for, by the query of a request.</summary>
public sealed partial record MomentQuery(long? AsOfVersion = null, string? AsOf = null, long? AsOfPosition = null)
{
    public bool IsNow => AsOfVersion is null && AsOf is null && AsOfPosition is null;

    /// <summary>For the audit trail: <c> as of version 3</c>; empty for now.</summary>
    public string InWords() => this switch
    {
        { AsOfVersion: { } version } => string.Create(CultureInfo.InvariantCulture, $" as of version {version}"),
        { AsOf: { } time } => $" as of {time}",
        { AsOfPosition: { } position } => string.Create(CultureInfo.InvariantCulture, $" as of position {position}"),
        _ => "",
    };

    /// <summary>An instant by RFC 3339; without an offset it would mean the server's own time zone.</summary>
    public bool TryInstant(out DateTimeOffset instant)
    {
        instant = default;
        return AsOf is not null && Rfc3339().IsMatch(AsOf)
            && DateTimeOffset.TryParse(AsOf, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc3339();
}

/// <summary>A moment that the history can show, or why it cannot.</summary>
/// <param name="Position">The position that the moment stands for; null when it was asked by version, or for now.</param>
/// <param name="At">The time that was asked for, or when the position was first signed; null when it was asked by version, or for now.</param>
public sealed record Moment(AsOf AsOf, long? Position, Refusal? Refusal, DateTimeOffset? At = null);

/// <summary>Finds moments of the past in the log: by version, by position, or by time through signed checkpoints. The answer's headers name what was used.</summary>
public sealed class Moments(LogTimes times, LogPositions positions, IHttpContextAccessor http)
{
    /// <summary>The last position that the answer knows.</summary>
    public const string PositionHeader = "ClusterNet-As-Of-Position";

    /// <summary>The size of the first checkpoint over that position.</summary>
    public const string CheckpointHeader = "ClusterNet-As-Of-Checkpoint";

    private static readonly Refusal OneOnly = new(
        "one-moment-only", "Ask as of one version, one time or one position, not several at once.", 400);

    private static readonly Refusal Malformed = new(
        "malformed-moment",
        "asOf takes an instant with its offset such as 2026-05-31T09:30:00Z; asOfVersion takes a whole number from 1, asOfPosition from 0.",
        400);

    private static readonly Refusal TimeOutOfRange = new(
        "time-outside-log", "The log does not know this time: it reaches from 'first' to 'last'. Ask for a time within.");

    private static readonly Refusal PositionOutOfRange = new(
        "position-outside-log", "The log does not reach this position: it ends at 'last'. Ask for a position from 0 to there.");

    private static readonly Refusal VersionOutOfRange = new(
        "version-outside-stream", "There is no such version yet: the newest is 'last'. Ask for a version from 1 to there.");

    /// <param name="newestVersion">The stream's version now.</param>
    public async Task<Moment> Find(MomentQuery query, long newestVersion, CancellationToken ct) => query switch
    {
        { IsNow: true } => new(AsOf.Now, null, null),
        { AsOfVersion: { } v, AsOf: null, AsOfPosition: null } => ByVersion(v, newestVersion),
        { AsOfVersion: null, AsOf: null, AsOfPosition: { } p } => await ByPosition(p, ct),
        { AsOfVersion: null, AsOfPosition: null } => query.TryInstant(out var instant) ? await ByTime(instant, ct) : No(Malformed),
        _ => No(OneOnly),
    };

    private static Moment ByVersion(long version, long newest) => version switch
    {
        < 1 => No(Malformed),
        _ when version > newest => No(VersionOutOfRange.With("last", newest)),
        _ => new(new AsOf.Version(version), null, null),
    };

    private async Task<Moment> ByPosition(long position, CancellationToken ct)
    {
        if (position < 0) return No(Malformed);
        var last = await positions.Last(ct);
        return position > last ? No(PositionOutOfRange.With("last", last)) : await At(position, null, ct);
    }

    private async Task<Moment> ByTime(DateTimeOffset instant, CancellationToken ct) => await times.At(instant, ct) switch
    {
        LogMoment.Known known => await At(known.Position, instant, ct),
        LogMoment.OutOfRange range => No(TimeOutOfRange.With("first", range.First).With("last", range.Last)),
        _ => No(TimeOutOfRange),
    };

    private async Task<Moment> At(long position, DateTimeOffset? instant, CancellationToken ct)
    {
        var checkpoint = await times.Covering(position, ct);
        if (http.HttpContext is { Response.Headers: var headers })
        {
            headers[PositionHeader] = position.ToString(CultureInfo.InvariantCulture);
            if (checkpoint is { Size: var size }) headers[CheckpointHeader] = size.ToString(CultureInfo.InvariantCulture);
        }

        return new(new AsOf.Position(position), position, null, instant ?? checkpoint?.SignedAt);
    }

    private static Moment No(Refusal refusal) => new(AsOf.Now, null, refusal);
}
