using System.Text.Json.Serialization;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Signals;

/// <summary>
/// Where in the world around the firm a signal comes from: the political, economic, social and technological surroundings of F. J. Aguilar's Scanning the
/// Business Environment (1967), with the environmental and legal ones that later practice adds (PESTEL).
/// </summary>
[JsonConverter(typeof(WireNameConverter<SignalTag>))]
internal enum SignalTag
{
    [JsonStringEnumMemberName("political")]
    Political,

    /// <summary>Markets, prices, customers, competitors.</summary>
    [JsonStringEnumMemberName("economic")]
    Economic,

    [JsonStringEnumMemberName("social")]
    Social,

    [JsonStringEnumMemberName("technological")]
    Technological,

    [JsonStringEnumMemberName("environmental")]
    Environmental,

    [JsonStringEnumMemberName("legal")]
    Legal,
}
