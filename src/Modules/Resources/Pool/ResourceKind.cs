using System.Text.Json.Serialization;
using ClusterNet.Projections;

namespace ClusterNet.Resources.Pool;

/// <summary>What a firm puts into the pool.</summary>
[JsonConverter(typeof(WireNameConverter<ResourceKind>))]
internal enum ResourceKind
{
    [JsonStringEnumMemberName("trainer")]
    Trainer,

    [JsonStringEnumMemberName("room")]
    Room,

    [JsonStringEnumMemberName("equipment")]
    Equipment,

    /// <summary>Seats in a course that runs anyway.</summary>
    [JsonStringEnumMemberName("seats")]
    Seats,

    [JsonStringEnumMemberName("licence")]
    Licence,

    /// <summary>Shared out by the pool's accounts, never booked.</summary>
    [JsonStringEnumMemberName("money")]
    Money,
}

internal static class ResourceKinds
{
    /// <summary>Its units, 1 to capacity, can be used by several sessions at the same time; all else is booked as a whole.</summary>
    public static bool IsShared(this ResourceKind kind) => kind is ResourceKind.Seats or ResourceKind.Licence;

    public static bool IsBookable(this ResourceKind kind) => kind is not ResourceKind.Money;
}
