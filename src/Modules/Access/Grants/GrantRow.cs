using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Access.Grants;

/// <param name="FromDay">First day of the period.</param>
/// <param name="EndedAt">When it was ended before its expiry.</param>
internal sealed record GrantRow(
    Id<AuditorGrant> Id, Id<Person> Auditor, Personal<string> Organisation, Guid Cluster, Guid? Standard, DateOnly? FromDay, DateOnly? UntilDay,
    Guid[]? Persons, Personal<string> Purpose, Id<Person> GivenBy, DateTimeOffset GivenAt, DateTimeOffset ExpiresAt, DateTimeOffset? EndedAt,
    Id<Person>? EndedBy, Personal<string> Reason, long Version)
{
    public AuditorScope Scope => new(Id, Cluster, Standard, FromDay, UntilDay, Persons, Purpose) { ExpiresAt = ExpiresAt };

    public bool InForceAt(DateTimeOffset now) => EndedAt is null && ExpiresAt > now;
}

/// <summary>All grants, those over included.</summary>
internal sealed class Grants() : InlineProjection<AuditGrantEvent, GrantRow>(AccessModule.Name, Table)
{
    /// <summary>Said of the table's columns, with the time as $1.</summary>
    public const string InForce = "ended_at is null and expires_at > $1";

    public static readonly Table<GrantRow> Table = new(AccessModule.Name, "audit_grants", nameof(GrantRow.Id))
    {
        Indexes = ["(auditor, cluster)", "(cluster, id)"],
    };

    /// <summary>Said of access.role_assignments as r: an auditor's role without a grant in force is none.</summary>
    /// <param name="now">The parameter with the time.</param>
    public static string RoleCounts(string now) => $"""
        (r.role <> 'auditor' or exists (
            select from access.audit_grants g where g.auditor = r.person and g.cluster = r.scope_id and g.ended_at is null and g.expires_at > {now}))
        """;

    public static Task<List<GrantRow>> Rows(string where, Database database, CancellationToken ct, params object[] values) =>
        database.Query(AccessModule.Name, Statement.Of(Table.Select(where), values), Table.Read, ct);

    protected override GrantRow? Apply(GrantRow? row, Recorded<AuditGrantEvent> recorded) => recorded.Fact switch
    {
        AuditorGrantGiven e => new(
            new(recorded.Stream), e.Auditor, e.Organisation, e.Cluster, e.Standard, e.From, e.Until,
            e.Persons is null ? null : [.. e.Persons.Select(p => p.Value)], e.Purpose, e.By, e.At, e.ExpiresAt, null, null, default, recorded.Version),
        AuditorGrantEnded e when row is not null => row with { EndedAt = e.At, EndedBy = e.By, Reason = e.Reason, Version = recorded.Version },
        _ => row,
    };
}
