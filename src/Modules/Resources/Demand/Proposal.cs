using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Resources.Sessions;

namespace ClusterNet.Resources.Demand;

internal abstract record DemandEvent;

/// <summary>What was proposed became a session.</summary>
/// <param name="Firms">At least.</param>
/// <param name="PeopleAtLeast">Who could use it then; <paramref name="PeopleAtMost"/> when nobody was counted twice.</param>
/// <param name="PooledCents">A head; null where no resource had a value.</param>
/// <param name="Seats">Of the session.</param>
/// <param name="GapPeople">Of whom the newest audit required the skill; null where it told nothing.</param>
/// <param name="GapBelow">Who of them were below.</param>
[StoredAs("demand_proposal_planned")]
internal sealed record DemandProposalPlanned(
    Id<Cluster> Cluster, string SkillUri, Id<Session> Session, int Firms, int PeopleAtLeast, int PeopleAtMost, int Seats, long AloneCents, long? PooledCents, int? GapPeople, int? GapBelow,
    Id<Person> By, DateTimeOffset At) : DemandEvent;

[StoredAs("demand_proposal_set_aside")]
internal sealed record DemandProposalSetAside(
    Id<Cluster> Cluster, string SkillUri, [PersonalData(nameof(By), KeyClass.FreeText)] Personal<string> Reason, Id<Person> By, DateTimeOffset At) : DemandEvent;

/// <summary>A proposal that was set aside is one again.</summary>
[StoredAs("demand_proposal_resumed")]
internal sealed record DemandProposalResumed(Id<Person> By, DateTimeOffset At) : DemandEvent;

/// <summary>The proposal to train a skill in a cluster together: what it says is computed; what became of it is kept.</summary>
/// <param name="Session">The newest session that was planned from it; null for none.</param>
internal sealed record Proposal(Id<Session>? Session, bool SetAside) : IState<Proposal, DemandEvent>
{
    public static readonly Refusal AlreadyPlanned = new(
        "already-planned", "A session for this skill is planned already; session names it. Have more seats there, or cancel it first.");

    public static Proposal Initial { get; } = new(null, false);

    public static Id<Proposal> IdOf(Id<Cluster> cluster, string skillUri) => new(NamedGuid.Of("demand-proposal", cluster.ToString(), skillUri));

    public static Proposal Evolve(Proposal state, DemandEvent fact) => fact switch
    {
        DemandProposalPlanned e => new(e.Session, false),
        DemandProposalSetAside => state with { SetAside = true },
        DemandProposalResumed => state with { SetAside = false },
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    /// <summary>Why nothing else can become of it now: a session that is neither over nor cancelled.</summary>
    /// <param name="done">The session that is known to be over or cancelled.</param>
    public Refusal? Planned(Id<Session>? done) => Session is { } planned && planned != done ? AlreadyPlanned.With("session", planned) : null;
}

/// <summary>A proposal of which something became.</summary>
/// <param name="SetAsideAt">Null while it is not set aside.</param>
internal sealed record ProposalRow(
    Id<Proposal> Id, Id<Cluster> Cluster, string SkillUri, Id<Session>? Session, Personal<string> Reason, DateTimeOffset? SetAsideAt, long Version);

internal sealed class ProposalRows() : InlineProjection<DemandEvent, ProposalRow>(ResourcesModule.Name, Table)
{
    public static readonly Table<ProposalRow> Table = new(ResourcesModule.Name, "demand_proposals", nameof(ProposalRow.Id)) { Indexes = ["(cluster)"] };

    protected override ProposalRow? Apply(ProposalRow? row, Recorded<DemandEvent> recorded) => recorded.Fact switch
    {
        DemandProposalPlanned e => new(new(recorded.Stream), e.Cluster, e.SkillUri, e.Session, "", null, recorded.Version),
        DemandProposalSetAside e => new(new(recorded.Stream), e.Cluster, e.SkillUri, row?.Session, e.Reason, e.At, recorded.Version),
        DemandProposalResumed when row is not null => row with { Reason = "", SetAsideAt = null, Version = recorded.Version },
        _ => row,
    };
}

/// <summary>A session that came of a proposal, and what was known when it was planned.</summary>
internal sealed record PlannedRow(
    Id<Session> Session, Id<Proposal> Proposal, Id<Cluster> Cluster, string SkillUri, int Firms, int PeopleAtLeast, int PeopleAtMost, int Seats, long AloneCents, long? PooledCents,
    int? GapPeople, int? GapBelow, DateTimeOffset PlannedAt, long Version);

internal sealed class PlannedRows() : InlineRows<DemandEvent, PlannedRow>(ResourcesModule.Name, Table, "proposal")
{
    public static readonly Table<PlannedRow> Table = new(ResourcesModule.Name, "demand_planned", nameof(PlannedRow.Session)) { Indexes = ["(cluster, planned_at)", "(proposal)"] };

    protected override IReadOnlyList<PlannedRow> Apply(IReadOnlyList<PlannedRow> rows, Recorded<DemandEvent> recorded) => recorded.Fact is DemandProposalPlanned e
        ?
        [
            .. rows,
            new(
                e.Session, new(recorded.Stream), e.Cluster, e.SkillUri, e.Firms, e.PeopleAtLeast, e.PeopleAtMost, e.Seats, e.AloneCents, e.PooledCents, e.GapPeople, e.GapBelow, e.At,
                recorded.Version),
        ]
        : rows;
}
