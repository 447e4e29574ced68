using ClusterNet.EventStore;

namespace ClusterNet.Access.Contracts;

/// <summary>What has to be known of clusters before somebody is let in from outside; the module of clusters answers.</summary>
public interface IAuditedClusters
{
    /// <returns>Its public name; null when there is no such cluster.</returns>
    Task<string?> NameOf(Guid cluster, CancellationToken ct);

    /// <summary>Whether somebody is one of the cluster's own: by a role in it, or as one of a firm that it has admitted.</summary>
    /// <param name="roles">What the person holds now; being its auditor does not count.</param>
    Task<bool> Involves(Guid cluster, Id<Person> person, IReadOnlyList<HeldRole> roles, CancellationToken ct);
}

/// <summary>The standards by which a grant can be narrowed; the module of accreditation answers.</summary>
public interface IAuditedStandards
{
    /// <returns>The published standards of a cluster, the newest first.</returns>
    Task<IReadOnlyList<AuditedStandard>> Of(Guid cluster, CancellationToken ct);
}

/// <summary>One version of a standard.</summary>
public sealed record AuditedStandard(Guid Id, string Title, int Version);
