using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Skills.Audits;

/// <summary>Where an audit stands.</summary>
[JsonConverter(typeof(WireNameConverter<AuditState>))]
internal enum AuditState
{
    /// <summary>Firms are asked; none takes part yet.</summary>
    [JsonStringEnumMemberName("open")]
    Open,

    [JsonStringEnumMemberName("running")]
    Running,

    [JsonStringEnumMemberName("closed")]
    Closed,

    [JsonStringEnumMemberName("cancelled")]
    Cancelled,
}

/// <param name="Invited">Firms that have not answered.</param>
internal sealed record AuditRow(
    Id<Audit> Id, Id<Cluster>? Cluster, Personal<string> Title, Guid[] Invited, Guid[] Joined, Guid[] Declined, ValueList<AuditProfile> Profiles, RaterScheme Raters,
    AuditState State, DateTimeOffset Deadline, Id<Person> By, DateTimeOffset OpenedAt, DateTimeOffset? RemindedAt, DateTimeOffset? EndedAt, long Version)
{
    internal bool Takes => State is AuditState.Open or AuditState.Running;
}

/// <summary>Skills audits as they are now.</summary>
internal sealed class AuditRows() : InlineProjection<CampaignEvent, AuditRow>(SkillsModule.Name, Table)
{
    public static readonly Table<AuditRow> Table = new(SkillsModule.Name, "audits", nameof(AuditRow.Id))
    {
        Indexes = ["(cluster, id)", "using gin (joined)", "using gin (invited)", "(deadline) where state in ('open', 'running')"],
    };

    protected override AuditRow? Apply(AuditRow? row, Recorded<CampaignEvent> recorded) => recorded.Fact switch
    {
        AuditOpened e => new(
            new(recorded.Stream), e.Cluster, e.Title, [.. e.Firms.Select(f => f.Value)], [], [], e.Profiles, e.Raters,
            AuditState.Open, e.Deadline, e.By, e.At, null, null, recorded.Version),
        _ when row is null => row,
        AuditFirmJoined e => row with
        {
            Invited = [.. row.Invited.Where(f => f != e.Firm.Value)],
            Declined = [.. row.Declined.Where(f => f != e.Firm.Value)],
            Joined = [.. row.Joined, e.Firm.Value],
            State = AuditState.Running,
            Version = recorded.Version,
        },
        AuditFirmDeclined e => row with
        {
            Invited = [.. row.Invited.Where(f => f != e.Firm.Value)],
            Declined = [.. row.Declined, e.Firm.Value],
            Version = recorded.Version,
        },
        AuditDeadlineMoved e => row with { Deadline = e.Deadline, Version = recorded.Version },
        AuditReminded e => row with { RemindedAt = e.At, Version = recorded.Version },
        AuditClosed e => row with { State = AuditState.Closed, EndedAt = e.At, Version = recorded.Version },
        AuditCancelled e => row with { State = AuditState.Cancelled, EndedAt = e.At, Version = recorded.Version },
        _ => row with { Version = recorded.Version },
    };
}

/// <summary>Somebody who is rated in an audit.</summary>
/// <param name="HasLeft">Works in the firm no more: neither rated nor rating.</param>
internal sealed record RatedRow(
    Id<Audit> Audit, Id<Person> Person, Id<Firm> Firm, Guid[] Profiles, Id<Person>? Manager, Guid[] Peers, bool HasLeft);

/// <summary>Who is rated in which audit, and by whom.</summary>
internal sealed class RatedRows() : InlineRows<CampaignEvent, RatedRow>(SkillsModule.Name, Table, "audit")
{
    public static readonly Table<RatedRow> Table = new(
        SkillsModule.Name, "audit_people", nameof(RatedRow.Audit), nameof(RatedRow.Person), nameof(RatedRow.Firm))
    {
        Indexes = ["(person)", "(manager)", "using gin (peers)"],
    };

    protected override IReadOnlyList<RatedRow> Apply(IReadOnlyList<RatedRow> rows, Recorded<CampaignEvent> recorded) => recorded.Fact switch
    {
        AuditFirmJoined e =>
        [
            .. rows,
            .. e.People.Select(p => new RatedRow(
                new(recorded.Stream), p.Person, e.Firm, [.. p.Profiles.Select(i => i.Value)], p.Manager, [.. p.Peers.Select(i => i.Value)], false)),
        ],
        AuditPeersChosen e => [.. rows.Select(r => r.Person == e.Person ? r with { Peers = [.. e.Peers.Select(p => p.Value)] } : r)],
        AuditPersonLeft e => [.. rows.Select(r => r.Person == e.Person && r.Firm == e.Firm ? r with { HasLeft = true } : r)],
        _ => rows,
    };
}

/// <param name="SentAt">Null while it is only saved.</param>
internal sealed record SheetRow(
    Guid Id, Id<Audit> Audit, Id<Person> Rater, Id<Person> Person, Id<Firm> Firm, RaterKind Kind, Personal<ValueList<SheetAnswer>> Answers,
    Personal<ValueList<SheetComment>> Comments, DateTimeOffset SavedAt, DateTimeOffset? SentAt, long Version);

/// <summary>What raters have said.</summary>
internal sealed class SheetRows() : InlineProjection<SheetEvent, SheetRow>(SkillsModule.Name, Table)
{
    public static readonly Table<SheetRow> Table = new(SkillsModule.Name, "audit_sheets", nameof(SheetRow.Id))
    {
        Indexes = ["(audit, person)", "(rater)"],
    };

    protected override SheetRow? Apply(SheetRow? row, Recorded<SheetEvent> recorded) => recorded.Fact switch
    {
        RatingSaved e => new(
            recorded.Stream, e.Audit, e.Rater, e.Person, e.Firm, e.Kind, e.Answers, e.Comments, e.At, row?.SentAt, recorded.Version),
        RatingSent e when row is not null => row with { SentAt = e.At, Version = recorded.Version },
        _ => row,
    };
}
