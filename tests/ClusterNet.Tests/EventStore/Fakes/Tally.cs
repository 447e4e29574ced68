using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Tests.EventStore.Fakes;

internal sealed record Person;

/// <summary>A sum that many add to: the busiest kind of stream.</summary>
internal abstract record TallyFact;

[StoredAs("tally_opened")]
internal sealed record TallyOpened(string Title, TallyKind Kind) : TallyFact;

/// <summary>Schema 1 called the amount <c>N</c>; schema 2 had no unit and called the note <c>Remark</c>.</summary>
[StoredAs("tally_added", schema: 3)]
internal sealed record TallyAdded(
    long Amount, string Unit, Id<Person> By, [PersonalData(nameof(By), KeyClass.Learning)] Personal<string> Note) : TallyFact;

[StoredAs("tally_closed")]
internal sealed record TallyClosed(DateOnly? On) : TallyFact;

[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<TallyKind>))]
internal enum TallyKind
{
    Hours,
    [System.Text.Json.Serialization.JsonStringEnumMemberName("learning-records")]
    LearningRecords,
}

internal sealed record Tally(bool Open, bool Closed, long Sum, int Count) : IState<Tally, TallyFact>
{
    public static Tally Initial => new(false, false, 0, 0);

    public static Tally Evolve(Tally state, TallyFact fact) => fact switch
    {
        TallyOpened => state with { Open = true },
        TallyAdded added => state with { Sum = state.Sum + added.Amount, Count = state.Count + 1 },
        TallyClosed => state with { Closed = true },
        _ => state,
    };
}

internal sealed record OpenTally(string Title) : ICommand<Tally, TallyFact>
{
    public Decision<TallyFact> Decide(Tally state) => state.Open ? new Refusal("tally-open", "It is open already.") : new TallyOpened(Title, TallyKind.LearningRecords);
}

internal sealed record AddToTally(long Amount, string Unit, Id<Person> By, string Note, int Times = 1) : ICommand<Tally, TallyFact>
{
    public Decision<TallyFact> Decide(Tally state)
    {
        if (state.Closed) return new Refusal("tally-closed", "Open another one.");
        return Decision<TallyFact>.Of([.. Enumerable.Repeat(new TallyAdded(Amount, Unit, By, Note), Times)]);
    }
}

internal sealed record CloseTally : ICommand<Tally, TallyFact>
{
    public Decision<TallyFact> Decide(Tally state) => state.Closed ? Decision<TallyFact>.Nothing : new TallyClosed(null);
}

internal sealed record TallyRow(Guid Id, long Version, long Sum, TallyKind? Kind, Personal<string> LastNote);

internal sealed class TallyList() : InlineProjection<TallyFact, TallyRow>(Fake.Module, Table)
{
    public static readonly Table<TallyRow> Table = new(Fake.Module, "tallies", nameof(TallyRow.Id)) { Indexes = ["(sum)"] };

    protected override TallyRow? Apply(TallyRow? row, Recorded<TallyFact> recorded)
    {
        var next = (row ?? new(recorded.Stream, 0, 0, null, default)) with { Version = recorded.Version };
        return recorded.Fact switch
        {
            TallyOpened opened => next with { Kind = opened.Kind },
            TallyAdded added => next with { Sum = next.Sum + added.Amount, LastNote = added.Note },
            TallyClosed => null,
            _ => next,
        };
    }
}

internal sealed record UnitTotal(string Unit, long Sum, int Count, long LastPosition);

/// <summary>Over all tallies, in ledger order.</summary>
internal sealed class UnitTotals() : LedgerProjection(Fake.Module, Title)
{
    public const string Title = "fake/unit-totals";

    public static readonly Table<UnitTotal> Table = new(Fake.Module, "unit_totals", nameof(UnitTotal.Unit));

    /// <summary>Makes the projection fail at this unit, until it is unset.</summary>
    public string? Chokes { get; set; }

    public override IReadOnlyList<ITable> Tables { get; } = [Table];

    public override IReadOnlyList<Type> Families { get; } = [typeof(TallyFact)];

    public override async Task Apply(Rows rows, Positioned fact, CancellationToken ct)
    {
        if (fact.Event.Fact is not TallyAdded added) return;
        if (added.Unit == Chokes) throw new InvalidOperationException("choked");
        var total = await rows.Find(Table, [added.Unit], ct) ?? new(added.Unit, 0, 0, -1);
        rows.Put(Table, total with { Sum = total.Sum + added.Amount, Count = total.Count + 1, LastPosition = fact.Position });
    }
}

public sealed record SomebodyAdded(long Amount);

internal sealed class TallyFacts : IFactSource
{
    public Type Family => typeof(TallyFact);

    public object? Publish(Recorded recorded) => recorded.Fact is TallyAdded added ? new SomebodyAdded(added.Amount) : null;
}

internal sealed class Listener : ISubscription
{
    public string Name => "listener";

    public string Module => Fake.Module;

    public List<PublishedFact> Heard { get; } = [];

    public long? FailsOnceAt { get; set; }

    public Task Handle(PublishedFact fact, CancellationToken ct)
    {
        if (fact.Fact is SomebodyAdded added && added.Amount == FailsOnceAt)
        {
            FailsOnceAt = null;
            throw new InvalidOperationException("not now");
        }

        Heard.Add(fact);
        return Task.CompletedTask;
    }
}
