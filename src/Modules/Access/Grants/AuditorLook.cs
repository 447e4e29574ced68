using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Access.Grants;

internal abstract record AuditorLookEvent;

/// <param name="What">See <see cref="IAuditorReads"/>.</param>
/// <param name="Target">Path of what was read.</param>
/// <param name="Persons">Whose data the answer held, as far as known.</param>
/// <param name="Purpose">What the auditor added to the grant's purpose; empty for nothing.</param>
[StoredAs("auditor_look_recorded")]
internal sealed record AuditorLookRecorded(
    Id<Person> Auditor, Id<AuditorGrant>? Grant, string What, string Target, ValueList<Id<Person>> Persons,
    [PersonalData(nameof(Auditor), KeyClass.FreeText)] Personal<string> Purpose, DateTimeOffset At) : AuditorLookEvent;

/// <summary>One look of an auditor. Each has a stream of its own: to record one costs the same however many there were.</summary>
internal sealed record AuditorLook : IState<AuditorLook, AuditorLookEvent>
{
    public static AuditorLook Initial { get; } = new();

    public static AuditorLook Evolve(AuditorLook state, AuditorLookEvent fact) => state;
}

internal sealed record RecordLook(AuditorLookRecorded Look) : ICommand<AuditorLook, AuditorLookEvent>
{
    public Decision<AuditorLookEvent> Decide(AuditorLook state) => Look;
}

internal sealed record AuditorLookRow(
    Guid Id, Id<Person> Auditor, Id<AuditorGrant>? Granted, string What, string Target, Guid[] Persons, Personal<string> Purpose, DateTimeOffset At,
    long Version);

internal sealed class AuditorLooks() : InlineProjection<AuditorLookEvent, AuditorLookRow>(AccessModule.Name, Table)
{
    public static readonly Table<AuditorLookRow> Table = new(AccessModule.Name, "auditor_looks", nameof(AuditorLookRow.Id))
    {
        Indexes = ["using gin (persons)", "(auditor, at)"],
    };

    protected override AuditorLookRow? Apply(AuditorLookRow? row, Recorded<AuditorLookEvent> recorded) => recorded.Fact switch
    {
        AuditorLookRecorded e => new(
            recorded.Stream, e.Auditor, e.Grant, e.What, e.Target, [.. e.Persons.Select(p => p.Value)], e.Purpose, e.At, recorded.Version),
        _ => row,
    };
}

/// <summary>Tells the subscription that speaks to the persons concerned.</summary>
internal sealed class PublishedLooks : IFactSource
{
    public Type Family => typeof(AuditorLookEvent);

    public object? Publish(Recorded recorded) =>
        recorded.Fact is AuditorLookRecorded { Persons.Count: > 0 } e ? new AuditorHasRead(e.Auditor, e.Persons, e.At) : null;
}
