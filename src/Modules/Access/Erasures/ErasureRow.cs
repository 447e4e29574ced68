using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Access.Erasures;

/// <summary>Where a request for erasure stands.</summary>
[JsonConverter(typeof(WireNameConverter<ErasureStage>))]
internal enum ErasureStage
{
    [JsonStringEnumMemberName("under-way")]
    UnderWay,

    /// <summary>What could be erased is; the rest is held and goes when its reason ends.</summary>
    [JsonStringEnumMemberName("waiting")]
    Waiting,

    [JsonStringEnumMemberName("completed")]
    Completed,
}

/// <param name="Asked">The classes asked for.</param>
/// <param name="Erased">Those that were ordered to be erased so far.</param>
/// <param name="HeldUntil">The last day before which nothing of what is held can go; null when an event may end a hold at any time.</param>
internal sealed record ErasureRow(
    Id<PersonErasure> Id, Id<Person> Person, string[] Asked, string[] Erased, ErasureStage Stage, DateOnly? HeldUntil, DateTimeOffset RequestedAt,
    DateTimeOffset? CompletedAt, long Version);

/// <summary>All requests; also the guard that a person has one at a time under way.</summary>
internal sealed class ErasureRows() : InlineProjection<PersonErasureEvent, ErasureRow>(AccessModule.Name, Table)
{
    public static readonly Table<ErasureRow> Table = new(AccessModule.Name, "erasures", nameof(ErasureRow.Id))
    {
        Guard = true,
        Indexes = ["unique (person) where stage = 'under-way'", "(person)", "(stage) where stage <> 'completed'"],
    };

    public static Task<List<ErasureRow>> Of(Id<Person> person, Database database, CancellationToken ct) =>
        database.Query(AccessModule.Name, Statement.Of(Table.Select("where person = $1 order by requested_at, id"), person.Value), Table.Read, ct);

    protected override ErasureRow? Apply(ErasureRow? row, Recorded<PersonErasureEvent> recorded) => recorded.Fact switch
    {
        PersonErasureRequested e => new(
            new(recorded.Stream), e.Person, [.. e.Classes], [], ErasureStage.UnderWay, null, e.At, null, recorded.Version),
        _ when row is null => row,
        PersonErasureHeld e => row with
        {
            Stage = ErasureStage.Waiting,
            HeldUntil = e.Holds.Any(h => h.Until is null) ? null : e.Holds.Min(h => h.Until),
            Version = recorded.Version,
        },
        PersonErased e => row with { Stage = ErasureStage.UnderWay, Erased = [.. row.Erased, .. e.Classes], Version = recorded.Version },
        PersonErasureCompleted e => row with
        {
            Stage = row.Asked.Except(row.Erased).Any() ? ErasureStage.Waiting : ErasureStage.Completed,
            CompletedAt = e.At,
            Version = recorded.Version,
        },
        _ => row with { Version = recorded.Version },
    };
}

/// <summary>Tells modules above that a person was erased.</summary>
internal sealed class ErasedPersons : IFactSource
{
    public Type Family => typeof(PersonErasureEvent);

    public object? Publish(Recorded recorded) =>
        recorded.Fact is PersonErased e ? new PersonWasErased(e.Person, e.Classes, ErasureCase.Closes(e.Classes), e.At) : null;
}
