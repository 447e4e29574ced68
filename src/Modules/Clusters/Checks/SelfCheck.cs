using System.Diagnostics;
using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Clusters.Checks;

/// <summary>Answers with the version of the questionnaire that they were given to. They are the cluster's or firm's own word, nobody's private one.</summary>
internal abstract record SelfCheckEvent;

[StoredAs("cluster_readiness_checked")]
internal sealed record ClusterReadinessChecked(Id<Cluster> Cluster, int Questionnaire, ValueList<CheckAnswer> Answers, Id<Person> By, DateTimeOffset At)
    : SelfCheckEvent;

[StoredAs("firm_readiness_checked")]
internal sealed record FirmReadinessChecked(Id<Firm> Firm, int Questionnaire, ValueList<CheckAnswer> Answers, Id<Person> By, DateTimeOffset At)
    : SelfCheckEvent;

[StoredAs("firm_culture_checked")]
internal sealed record FirmCultureChecked(Id<Firm> Firm, int Questionnaire, ValueList<CheckAnswer> Answers, Id<Person> By, DateTimeOffset At)
    : SelfCheckEvent;

/// <summary>The checks of one kind that a cluster or a firm made of itself, one after the other. Nothing about the next one depends on them.</summary>
internal sealed record SelfCheck : IState<SelfCheck, SelfCheckEvent>
{
    public static SelfCheck Initial { get; } = new();

    /// <param name="subject">The cluster's or firm's id.</param>
    public static Guid IdOf(CheckKind kind, Guid subject) => NamedGuid.Of("self-check", WireNames.Of(kind), subject.ToString());

    public static SelfCheck Evolve(SelfCheck state, SelfCheckEvent fact) => state;
}

[JsonConverter(typeof(WireNameConverter<CheckKind>))]
internal enum CheckKind
{
    [JsonStringEnumMemberName("cluster-readiness")]
    ClusterReadiness,

    [JsonStringEnumMemberName("firm-readiness")]
    FirmReadiness,

    [JsonStringEnumMemberName("firm-culture")]
    FirmCulture,
}

internal static class CheckKinds
{
    /// <summary>The name of the questionnaire that is asked.</summary>
    public static string Questionnaire(this CheckKind kind) => kind == CheckKind.FirmCulture ? "culture" : "readiness";
}

/// <param name="Subject">The cluster or firm.</param>
/// <param name="Score">By the version that was answered.</param>
internal sealed record CheckRow(
    Guid Id, long Version, CheckKind Kind, Guid Subject, int Questionnaire, ValueList<CheckAnswer> Answers, int Score, Id<Person> By, DateTimeOffset At)
{
    public IReadOnlyList<PartScore> Parts => Questionnaires.Of(Kind.Questionnaire(), Questionnaire).PartScores(Answers);
}

/// <summary>Every check that was ever made; none replaces another.</summary>
internal sealed class CheckRows() : InlineRows<SelfCheckEvent, CheckRow>(ClustersModule.Name, Table, "id")
{
    public static readonly Table<CheckRow> Table = new(ClustersModule.Name, "self_checks", nameof(CheckRow.Id), nameof(CheckRow.Version))
    {
        Indexes = ["(kind, subject, at)"],
    };

    protected override IReadOnlyList<CheckRow> Apply(IReadOnlyList<CheckRow> rows, Recorded<SelfCheckEvent> recorded) => [.. rows, Row(recorded)];

    private static CheckRow Row(Recorded<SelfCheckEvent> recorded) => recorded.Fact switch
    {
        ClusterReadinessChecked e => Row(recorded, CheckKind.ClusterReadiness, e.Cluster.Value, e.Questionnaire, e.Answers, e.By, e.At),
        FirmReadinessChecked e => Row(recorded, CheckKind.FirmReadiness, e.Firm.Value, e.Questionnaire, e.Answers, e.By, e.At),
        FirmCultureChecked e => Row(recorded, CheckKind.FirmCulture, e.Firm.Value, e.Questionnaire, e.Answers, e.By, e.At),
        _ => throw new UnreachableException(recorded.Fact.GetType().Name),
    };

    private static CheckRow Row(
        Recorded<SelfCheckEvent> recorded, CheckKind kind, Guid subject, int version, ValueList<CheckAnswer> answers, Id<Person> by, DateTimeOffset at) =>
        new(recorded.Stream, recorded.Version, kind, subject, version, answers, Questionnaires.Of(kind.Questionnaire(), version).Score(answers), by, at);
}
