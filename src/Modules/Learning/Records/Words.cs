using System.Text.Json.Serialization;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Learning.Contracts;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Records;

/// <summary>The three parts of organisational learning that must be in balance (DELOS).</summary>
[JsonConverter(typeof(WireNameConverter<LearningPart>))]
internal enum LearningPart
{
    [JsonStringEnumMemberName("information-gathering")]
    InformationGathering,

    [JsonStringEnumMemberName("knowledge-acquisition")]
    KnowledgeAcquisition,

    [JsonStringEnumMemberName("competence-development")]
    CompetenceDevelopment,
}

internal static class Defaults
{
    public const int Minutes = 15;

    /// <summary>The part that a kind of learning serves unless its owner says otherwise.</summary>
    public static LearningPart PartOf(LearningKind kind) => kind switch
    {
        LearningKind.EventOrFair or LearningKind.ReadingOrMarketScan or LearningKind.CommunityDiscussion =>
            LearningPart.InformationGathering,
        LearningKind.Webinar or LearningKind.Observation or LearningKind.OnTheJob or LearningKind.PeerHelpReceived =>
            LearningPart.KnowledgeAcquisition,
        _ => LearningPart.CompetenceDevelopment,
    };

    /// <summary>
    /// The smallest circle that holds everybody named; private when nobody is: by default nothing is shown to people who were not chosen
    /// (Regulation (EU) 2016/679, Article 25(2)).
    /// </summary>
    public static Visibility VisibilityOf(Content content, EventStore.Id<Clusters.Contracts.Firm> firm) =>
        content.With.Count == 0 ? Visibility.Private
        : content.With.All(c => c.Firm == firm) ? Visibility.Firm
        : Visibility.Cluster;
}
