using System.Text.Json.Serialization;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Resources.Pool;

/// <summary>Why a resource has other hours than in other weeks.</summary>
[JsonConverter(typeof(WireNameConverter<ExceptionCause>))]
internal enum ExceptionCause
{
    [JsonStringEnumMemberName("holiday")]
    Holiday,

    [JsonStringEnumMemberName("maintenance")]
    Maintenance,

    /// <summary>The firm needs it itself.</summary>
    [JsonStringEnumMemberName("own-use")]
    OwnUse,

    [JsonStringEnumMemberName("other")]
    Other,
}

/// <summary>Days on which a resource is closed or has other hours than the week says, on the clocks of its place.</summary>
/// <param name="To">The last day.</param>
/// <param name="Open">Hours of each of these days, such as <c>09:00-12:00; 13:00-15:00</c>; null when it is closed.</param>
internal sealed record HoursException(Id<HoursException> Id, DateOnly From, DateOnly To, string? Open, ExceptionCause Cause)
{
    public bool Has(DateOnly day) => From <= day && day <= To;

    public bool Meets(HoursException other) => From <= other.To && other.From <= To;
}
