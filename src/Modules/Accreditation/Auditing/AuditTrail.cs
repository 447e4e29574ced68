using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Accreditation.Auditing;

internal abstract record AuditTrailEvent;

/// <summary>A read of the time before grants; also of a cluster's list, whose trail is kept elsewhere since.</summary>
/// <param name="What">What was read, such as <c>events</c> or <c>dossier</c>, with the moment when one of the past was asked.</param>
/// <param name="Target">Path of what was read.</param>
/// <param name="Purpose">What the auditor gave as the purpose; empty when nothing.</param>
[StoredAs("auditor_read")]
internal sealed record AuditorRead(
    Id<Person> Auditor, string What, string Target, [PersonalData(nameof(Auditor), KeyClass.FreeText)] Personal<string> Purpose,
    DateTimeOffset At)
    : AuditTrailEvent;

/// <param name="What">What was read, such as <c>events</c> or <c>dossier</c>, with the moment when one of the past was asked.</param>
/// <param name="Target">Path of what was read.</param>
/// <param name="Persons">Whose data the dossier shows.</param>
/// <param name="Purpose">What the auditor added to the grant's purpose; empty for nothing.</param>
[StoredAs("auditor_read_within_grant")]
internal sealed record AuditorReadWithinGrant(
    Id<Person> Auditor, Id<AuditorGrant> Grant, string What, string Target, ValueList<Id<Person>> Persons,
    [PersonalData(nameof(Auditor), KeyClass.FreeText)] Personal<string> Purpose, DateTimeOffset At) : AuditTrailEvent;

/// <summary>What auditors read of one application: never unrecorded, and shown to the persons concerned.</summary>
internal sealed record AuditTrail : IState<AuditTrail, AuditTrailEvent>
{
    public static AuditTrail Initial { get; } = new();

    /// <summary>The trail of an application.</summary>
    public static Guid IdOf(Id<Application> application) => NamedGuid.Of("audit-trail", application.ToString());

    public static AuditTrail Evolve(AuditTrail state, AuditTrailEvent fact) => state;
}

internal sealed record RecordRead(AuditorReadWithinGrant Read) : ICommand<AuditTrail, AuditTrailEvent>
{
    public Decision<AuditTrailEvent> Decide(AuditTrail state) => Read;
}

/// <param name="Id">The trail's stream.</param>
/// <param name="Granted">The grant; null in the time before there were any.</param>
internal sealed record AuditorReadRow(Guid Id, long Version, Id<Person> Auditor, Id<AuditorGrant>? Granted, string What, string Target,
    Guid[] Persons, Personal<string> Purpose, DateTimeOffset At);

internal sealed class AuditorReads() : InlineRows<AuditTrailEvent, AuditorReadRow>(AccreditationModule.Name, Table, "id")
{
    public static readonly Table<AuditorReadRow> Table =
        new(AccreditationModule.Name, "auditor_reads", nameof(AuditorReadRow.Id), nameof(AuditorReadRow.Version))
        {
            Indexes = ["using gin (persons)"],
        };

    protected override IReadOnlyList<AuditorReadRow> Apply(IReadOnlyList<AuditorReadRow> rows, Recorded<AuditTrailEvent> recorded) =>
        recorded.Fact switch
        {
            AuditorRead e => [.. rows, new(recorded.Stream, recorded.Version, e.Auditor, null, e.What, e.Target, [], e.Purpose, e.At)],
            AuditorReadWithinGrant e =>
            [
                .. rows, new(recorded.Stream, recorded.Version, e.Auditor, e.Grant, e.What, e.Target, [.. e.Persons.Select(p => p.Value)], e.Purpose, e.At),
            ],
            _ => rows,
        };
}

/// <summary>Tells Access, which speaks to the persons concerned.</summary>
internal sealed class PublishedReads : IFactSource
{
    public Type Family => typeof(AuditTrailEvent);

    public object? Publish(Recorded recorded) =>
        recorded.Fact is AuditorReadWithinGrant e ? new AuditorHasRead(e.Auditor, e.Persons, e.At) : null;
}
