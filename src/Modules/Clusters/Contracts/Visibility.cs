using System.Text.Json.Serialization;
using ClusterNet.Projections;

namespace ClusterNet.Clusters.Contracts;

/// <summary>To whom somebody shows something of their own; docs/access/visibility.md has the table, each module the rule for what it keeps.</summary>
[JsonConverter(typeof(WireNameConverter<Visibility>))]
public enum Visibility
{
    /// <summary>Nobody. Of a record not even the people it names: they are not asked to confirm it. Of a profile, managers and coordinators still see the work.</summary>
    [JsonStringEnumMemberName("private")]
    Private,

    /// <summary>People of the person's firm: of a record, the one where its owner worked then.</summary>
    [JsonStringEnumMemberName("firm")]
    Firm,

    /// <summary>People of the clusters of that firm.</summary>
    [JsonStringEnumMemberName("cluster")]
    Cluster,

    /// <summary>Everybody signed in.</summary>
    [JsonStringEnumMemberName("network")]
    Network,
}
