using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Access.Grants;

internal abstract record AuditGrantEvent;

/// <param name="Organisation">For whom the auditor works; shown to the persons whose data is read.</param>
/// <param name="Purpose">Of the audit, in the giver's words: it is the giver's text, whomever it may name.</param>
/// <param name="Standard">See <see cref="AuditorScope"/>, as for the period and the persons.</param>
[StoredAs("auditor_grant_given")]
internal sealed record AuditorGrantGiven(
    Id<Person> Auditor, [PersonalData(nameof(Auditor), KeyClass.Identity)] Personal<string> Organisation, Guid Cluster, Guid? Standard,
    DateOnly? From, DateOnly? Until, ValueList<Id<Person>>? Persons, [PersonalData(nameof(By), KeyClass.FreeText)] Personal<string> Purpose,
    Id<Person> By, DateTimeOffset ExpiresAt, DateTimeOffset At) : AuditGrantEvent;

[StoredAs("auditor_grant_ended")]
internal sealed record AuditorGrantEnded(
    Id<Person> By, [PersonalData(nameof(By), KeyClass.FreeText)] Personal<string> Reason, DateTimeOffset At) : AuditGrantEvent;

/// <summary>
/// One permission for one auditor from outside to read part of a cluster's accreditation: scope, purpose, expiry. It never grows: more, or longer, is
/// another grant (Regulation (EU) 2016/679, Article 5(1)(b) and (c): purpose limitation and data minimisation).
/// </summary>
internal abstract record AuditGrant : IState<AuditGrant, AuditGrantEvent>
{
    public sealed record Absent : AuditGrant;

    /// <summary>Given; whether it still counts also depends on the time.</summary>
    public sealed record Given(Id<Person> Auditor, Guid Cluster, DateTimeOffset ExpiresAt) : AuditGrant;

    public sealed record Ended : AuditGrant;

    public static AuditGrant Initial { get; } = new Absent();

    public static AuditGrant Evolve(AuditGrant state, AuditGrantEvent fact) => fact switch
    {
        AuditorGrantGiven e => new Given(e.Auditor, e.Cluster, e.ExpiresAt),
        AuditorGrantEnded => new Ended(),
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}
