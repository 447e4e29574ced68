using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Accreditation.Auditing;

internal abstract record AuditTrailEvent;

/// <param name="What">What was read, such as <c>events</c> or <c>dossier</c>, with the moment when one of the past was asked.</param>
/// <param name="Target">Path of what was read.</param>
/// <param name="Purpose">What the auditor gave as the purpose; empty when nothing.</param>
[StoredAs("auditor_read")]
internal sealed record AuditorRead(
    Id<Person> Auditor, string What, string Target, [PersonalData(nameof(Auditor), KeyClass.FreeText)] Personal<string> Purpose,
    DateTimeOffset At)
    : AuditTrailEvent;

/// <summary>What auditors read of one application, or of one cluster's list: never unrecorded, and shown to the person concerned.</summary>
internal sealed record AuditTrail : IState<AuditTrail, AuditTrailEvent>
{
    public static AuditTrail Initial { get; } = new();

    /// <summary>The trail of an application or of a cluster.</summary>
    public static Guid IdOf(IId subject) => NamedGuid.Of("audit-trail", subject.Value.ToString("D"));

    public static AuditTrail Evolve(AuditTrail state, AuditTrailEvent fact) => state;
}

internal sealed record RecordRead(Id<Person> Auditor, string What, string Target, string Purpose, DateTimeOffset Now)
    : ICommand<AuditTrail, AuditTrailEvent>
{
    public Decision<AuditTrailEvent> Decide(AuditTrail state) => new AuditorRead(Auditor, What, Target, Purpose, Now);
}

/// <param name="Id">The trail's stream.</param>
internal sealed record AuditorReadRow(Guid Id, long Version, Id<Person> Auditor, string What, string Target, Personal<string> Purpose,
    DateTimeOffset At);

internal sealed class AuditorReads() : InlineRows<AuditTrailEvent, AuditorReadRow>(AccreditationModule.Name, Table, "id")
{
    public static readonly Table<AuditorReadRow> Table =
        new(AccreditationModule.Name, "auditor_reads", nameof(AuditorReadRow.Id), nameof(AuditorReadRow.Version));

    protected override IReadOnlyList<AuditorReadRow> Apply(IReadOnlyList<AuditorReadRow> rows, Recorded<AuditTrailEvent> recorded) =>
        recorded.Fact switch
        {
            AuditorRead e => [.. rows, new(recorded.Stream, recorded.Version, e.Auditor, e.What, e.Target, e.Purpose, e.At)],
            _ => rows,
        };
}
