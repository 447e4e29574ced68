using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Skills.Contracts;

/// <summary>Gaps that closed skills audits found, for plans and for planning training.</summary>
public interface ISkillGaps
{
    /// <summary>A person's gaps, as the newest audit of each skill found them: for the person, and for managers of the firm where they were found.</summary>
    Task<IReadOnlyList<PersonGap>> Of(Caller caller, Id<Person> person, CancellationToken ct);

    /// <summary>
    /// How many people of a cluster miss a skill, by the newest closed audit. No figure stands for fewer than five people: smaller firms are put
    /// together (<see cref="SkillDemand.Firm"/> is null), or left out.
    /// </summary>
    Task<IReadOnlyList<SkillDemand>> DemandOf(Id<Cluster> cluster, CancellationToken ct);

    /// <summary>
    /// How many of the levels that roles ask for were reached in a cluster, audit by closed audit, the oldest first: the newest one, and those before it that measured one of
    /// the same role profiles. Each counts what coordinators are told of that audit, so nobody is in a figure who is not in one of five or more (ADR 24).
    /// </summary>
    /// <param name="since">Others than the newest that were closed before are left out.</param>
    Task<IReadOnlyList<GapClosure>> ClosureOf(Id<Cluster> cluster, DateTimeOffset since, CancellationToken ct);

    /// <summary>
    /// What the closed audits of a cluster found of these skills, the newest audit first: what was below the level before a training, and after it. Each counts what
    /// coordinators are told of that audit (ADR 24); a skill of which nothing is told is missing.
    /// </summary>
    Task<IReadOnlyList<SkillMeasure>> MeasuresOf(Id<Cluster> cluster, IReadOnlyCollection<string> skillUris, CancellationToken ct);
}

/// <summary>What a person lacks of a skill.</summary>
/// <param name="Level">Null where nobody said anything.</param>
/// <param name="Gap">The steps that are missing; null with <paramref name="Level"/>.</param>
public sealed record PersonGap(string SkillUri, int Required, int? Level, int? Gap, DateTimeOffset At);

/// <summary>How far gaps were closed when an audit closed.</summary>
/// <param name="Asked">Levels that roles ask for: one for each person and skill.</param>
/// <param name="Reached">How many of them were reached.</param>
public sealed record GapClosure(DateTimeOffset ClosedAt, int Asked, int Reached);

/// <summary>What an audit found of a skill in all of a cluster's firms that may be told of.</summary>
/// <param name="People">Of whom it was required.</param>
/// <param name="BelowLevel">Who of them were below.</param>
public sealed record SkillMeasure(string SkillUri, DateTimeOffset ClosedAt, int People, int BelowLevel);

/// <summary>What a firm, or several small ones together, lack of a skill.</summary>
/// <param name="People">Of whom it is required.</param>
/// <param name="BelowLevel">Who of them are below.</param>
public sealed record SkillDemand(string SkillUri, Id<Firm>? Firm, int People, int BelowLevel, int MeanGapHundredths);
