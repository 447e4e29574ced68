using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Access.Contracts;

/// <summary>What somebody from outside may read of a cluster's accreditation, why and until when.</summary>
public sealed class AuditorGrant
{
    private AuditorGrant()
    {
    }
}

/// <summary>Grants of auditors, for modules that are read under them. They are judged at this moment, also for reads of the past.</summary>
public interface IAuditorGrants
{
    /// <summary>
    /// The caller's grants in force in a cluster, the one that ends first at the start; empty for who is no auditor there, and for who has become one
    /// of the cluster's own.
    /// </summary>
    Task<IReadOnlyList<AuditorScope>> InForce(Caller caller, Guid cluster, CancellationToken ct);
}

/// <summary>What one grant opens.</summary>
/// <param name="Standard">A version of a standard; the first version stands for all of them, those to come included. Null for all standards.</param>
/// <param name="From">First day (UTC) of the period; with a period only what was submitted or decided within it is open.</param>
/// <param name="Until">Last day of the period.</param>
/// <param name="Persons">Whose applications; null for everybody's.</param>
/// <param name="Purpose">What the grant was given for.</param>
public sealed record AuditorScope(
    Id<AuditorGrant> Grant, Guid Cluster, Guid? Standard, DateOnly? From, DateOnly? Until, IReadOnlyCollection<Guid>? Persons,
    Personal<string> Purpose)
{
    /// <summary>When the grant ends by itself.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The one rule on what a grant opens; lists say the same in SQL, and a test holds both equal.</summary>
    public bool Covers(AuditedCase c) => c.Cluster == Cluster
        && (Standard is null || Standard == c.Standard || Standard == c.Lineage)
        && (Persons is null || Persons.Contains(c.Person.Value))
        && ((From is null && Until is null) || Within(c.SubmittedAt) || Within(c.DecidedAt));

    /// <summary>Whether the grant opens any case under a standard, and so what the standard itself says and how it came about.</summary>
    public bool CoversStandard(Guid standard, Guid lineage) => Standard is null || Standard == standard || Standard == lineage;

    private bool Within(DateTimeOffset? at) =>
        at is { } instant && DateOnly.FromDateTime(instant.UtcDateTime) is var day && !(day < From) && !(day > Until);
}

/// <summary>What of a case decides whether a grant opens it.</summary>
/// <param name="Person">Whose case it is.</param>
/// <param name="SubmittedAt">When it was submitted last; null for a draft.</param>
/// <param name="DecidedAt">Null while there is no decision.</param>
public sealed record AuditedCase(
    Guid Cluster, Guid Standard, Guid Lineage, Id<Person> Person, DateTimeOffset? SubmittedAt, DateTimeOffset? DecidedAt);
