using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Skills.Contracts;

/// <summary>Published when a skills audit was closed and its results can be read.</summary>
/// <param name="Cluster">The cluster that ran it; null for a firm's own.</param>
/// <param name="Firms">Those that took part.</param>
public sealed record SkillsAuditClosed(Id<Audit> Audit, Id<Cluster>? Cluster, IReadOnlyList<Id<Firm>> Firms, DateTimeOffset At);

/// <summary>Published for each person whose levels stay below what an audit asked for: for plans and for demand of training.</summary>
public sealed record SkillGapsFound(Id<Person> Person, Id<Firm> Firm, Id<Audit> Audit, IReadOnlyList<SkillGap> Gaps, DateTimeOffset At);

/// <param name="Level">The step that counted, 0 for not yet; null where nothing was known.</param>
public sealed record SkillGap(string SkillUri, int Required, int? Level);
