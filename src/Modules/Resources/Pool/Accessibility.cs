using System.Text.Json.Serialization;
using ClusterNet.Projections;

namespace ClusterNet.Resources.Pool;

/// <summary>What makes a place usable for everybody.</summary>
[JsonConverter(typeof(WireNameConverter<Accessibility>))]
internal enum Accessibility
{
    [JsonStringEnumMemberName("step-free")]
    StepFree,

    [JsonStringEnumMemberName("lift")]
    Lift,

    [JsonStringEnumMemberName("accessible-toilet")]
    AccessibleToilet,

    [JsonStringEnumMemberName("induction-loop")]
    InductionLoop,
}
