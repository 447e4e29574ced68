using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Tests.EventStore.Fakes;

/// <summary>The same table in a newer program: it counts as well, and there is a second one.</summary>
internal sealed record NewerTallyRow(Guid Id, long Version, long Sum, TallyKind? Kind, Personal<string> LastNote, int? Count);

internal sealed class NewerTallyList() : InlineProjection<TallyFact, NewerTallyRow>(Fake.Module, Table)
{
    public static readonly Table<NewerTallyRow> Table = new(Fake.Module, "tallies", nameof(NewerTallyRow.Id)) { Indexes = ["(sum)", "(count)"] };

    protected override NewerTallyRow? Apply(NewerTallyRow? row, Recorded<TallyFact> recorded)
    {
        var next = (row ?? new(recorded.Stream, 0, 0, null, default, 0)) with { Version = recorded.Version };
        return recorded.Fact switch
        {
            TallyAdded added => next with { Sum = next.Sum + added.Amount, LastNote = added.Note, Count = next.Count + 1 },
            TallyClosed => null,
            _ => next,
        };
    }
}

internal sealed record TallyUnit(Guid Tally, string Unit);

/// <summary>Rows without a version, of a table that the older program does not know.</summary>
internal sealed class TallyUnits() : InlineRows<TallyFact, TallyUnit>(Fake.Module, Table, "tally")
{
    public static readonly Table<TallyUnit> Table = new(Fake.Module, "tally_units", nameof(TallyUnit.Tally), nameof(TallyUnit.Unit));

    protected override IReadOnlyList<TallyUnit> Apply(IReadOnlyList<TallyUnit> rows, Recorded<TallyFact> recorded) => recorded.Fact switch
    {
        TallyAdded added when rows.All(r => r.Unit != added.Unit) => [.. rows, new(recorded.Stream, added.Unit)],
        TallyClosed => [],
        _ => rows,
    };
}

/// <summary>The same rows by code that says that it changed.</summary>
internal sealed class NewerUnitTotals() : LedgerProjection(Fake.Module, UnitTotals.Title)
{
    public override int CodeVersion => 2;

    public override IReadOnlyList<ITable> Tables { get; } = [UnitTotals.Table];

    public override IReadOnlyList<Type> Families { get; } = [typeof(TallyFact)];

    public override async Task Apply(Rows rows, Positioned fact, CancellationToken ct)
    {
        if (fact.Event.Fact is not TallyAdded added) return;
        var total = await rows.Find(UnitTotals.Table, [added.Unit], ct) ?? new(added.Unit, 0, 0, -1);
        rows.Put(UnitTotals.Table, total with { Sum = total.Sum + (added.Amount * 1000), Count = total.Count + 1, LastPosition = fact.Position });
    }
}

internal static class NewerProgram
{
    public static void AddNewerTallies(this IServiceCollection services)
    {
        foreach (var older in services.Where(s => s.ImplementationType == typeof(TallyList) || s.ImplementationType == typeof(UnitTotals)).ToList()) services.Remove(older);
        services.AddInline<NewerTallyList>().AddInline<TallyUnits>().AddLedgerProjection<NewerUnitTotals>();
    }
}
