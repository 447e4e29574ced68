using System.Text.Json.Serialization;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Accreditation.Standards;

/// <summary>What becomes of applications that are open under the version before.</summary>
[JsonConverter(typeof(WireNameConverter<OpenApplications>))]
internal enum OpenApplications
{
    /// <summary>They go on under the version by which they were opened.</summary>
    [JsonStringEnumMemberName("finish")]
    Finish,

    /// <summary>They are moved to the new version before they are submitted.</summary>
    [JsonStringEnumMemberName("move")]
    Move,
}

/// <summary>
/// How a new version takes over from the one before (ISO/IEC 17024:2012, 8.5, in spirit): stated when it is published. Days are whole days in UTC, the
/// last one included.
/// </summary>
/// <param name="FinishUntil">With <see cref="OpenApplications.Finish"/>: the last day for submitting under the version before; null sets no end.</param>
/// <param name="ApplyUntil">The last day for applying under the version before; null ends that with the publication.</param>
internal sealed record Transition(OpenApplications Open, DateOnly? FinishUntil, DateOnly? ApplyUntil)
{
    /// <summary>Nothing new under the version before, and no haste for what is open: what holds where nothing was stated.</summary>
    public static readonly Transition Usual = new(OpenApplications.Finish, null, null);

    public bool MayApply(DateTimeOffset at) => DayOf(at) <= ApplyUntil;

    public bool MaySubmit(DateTimeOffset at) => Open == OpenApplications.Finish && (FinishUntil is null || DayOf(at) <= FinishUntil);

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}

/// <summary>The version that takes the place of another.</summary>
internal sealed record Succession(Id<Standard> Successor, Transition Transition);
