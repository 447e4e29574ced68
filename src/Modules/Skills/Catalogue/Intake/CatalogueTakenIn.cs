using System.Diagnostics;
using System.Text.Json.Serialization;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Skills.Catalogue.Intake;

internal abstract record IntakeEvent;

/// <summary>A classification was taken in: which version of it, and what that changed. What it says of each concept stands in the concept's own history.</summary>
/// <param name="Source">Such as <c>ESCO 1.2.0</c>.</param>
/// <param name="Whole">All of that version: what it does not have any more was retired, and an older version undoes nothing of it.</param>
/// <param name="Languages">In order of letters.</param>
/// <param name="Concepts">How many skills the file holds, groups not counted.</param>
/// <param name="Gone">Skills in use that are not for new use any more, those used most first; the first ones of <paramref name="GoneCount"/>.</param>
[StoredAs("catalogue_taken_in")]
internal sealed record CatalogueTakenIn(
    string Source, bool Whole, ValueList<LanguageTakenIn> Languages, int Concepts, ValueList<PartTakenIn> Skills, ValueList<PartTakenIn> Groups,
    ValueList<PartTakenIn> Occupations, ValueList<UsedSkillGone> Gone, int GoneCount, DateTimeOffset At) : IntakeEvent;

/// <param name="Source">A language may come from another version than the rest.</param>
/// <param name="Labels">Concepts that have a label in it.</param>
internal sealed record LanguageTakenIn(string Language, string Source, int Labels);

/// <param name="First">The URIs of the first ones.</param>
internal sealed record PartTakenIn(IntakeChange Change, int Count, ValueList<string> First);

/// <param name="SuccessorUris">What stood in its place then; empty for nothing.</param>
/// <param name="Uses">Where it was used then.</param>
internal sealed record UsedSkillGone(string Uri, ValueList<string> SuccessorUris, ValueList<UseCount> Uses);

/// <param name="Kind">Such as <c>learning-records</c>.</param>
internal sealed record UseCount(string Kind, long Count);

/// <summary>What became of a concept.</summary>
[JsonConverter(typeof(WireNameConverter<IntakeChange>))]
internal enum IntakeChange
{
    [JsonStringEnumMemberName("added")]
    Added,

    /// <summary>Labels or descriptions.</summary>
    [JsonStringEnumMemberName("reworded")]
    Reworded,

    /// <summary>Type, reuse level, or what it stands in relation to.</summary>
    [JsonStringEnumMemberName("rearranged")]
    Rearranged,

    /// <summary>An occupation: its words, skills or groups.</summary>
    [JsonStringEnumMemberName("changed")]
    Changed,

    /// <summary>With nothing in its place.</summary>
    [JsonStringEnumMemberName("retired")]
    Retired,

    [JsonStringEnumMemberName("replaced")]
    Replaced,

    [JsonStringEnumMemberName("restored")]
    Restored,
}

/// <summary>One import that was finished and changed something. Only named by its id.</summary>
internal abstract record CatalogueIntake : IState<CatalogueIntake, IntakeEvent>
{
    public sealed record Open : CatalogueIntake;

    public sealed record Done : CatalogueIntake;

    public static CatalogueIntake Initial { get; } = new Open();

    public static CatalogueIntake Evolve(CatalogueIntake state, IntakeEvent fact) => fact switch
    {
        CatalogueTakenIn => new Done(),
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

/// <summary>Says once what an import did.</summary>
internal sealed record FinishIntake(CatalogueTakenIn Taken) : ICommand<CatalogueIntake, IntakeEvent>
{
    public Decision<IntakeEvent> Decide(CatalogueIntake state) => state is CatalogueIntake.Open ? Taken : Decision<IntakeEvent>.Nothing;
}

internal sealed record IntakeRow(
    Id<CatalogueIntake> Id, string Source, bool Whole, ValueList<LanguageTakenIn> Languages, int Concepts, ValueList<PartTakenIn> Skills,
    ValueList<PartTakenIn> Groups, ValueList<PartTakenIn> Occupations, ValueList<UsedSkillGone> Gone, int GoneCount, DateTimeOffset At);

/// <summary>All imports that changed something.</summary>
internal sealed class IntakeList() : InlineProjection<IntakeEvent, IntakeRow>(SkillsModule.Name, Table)
{
    public static readonly Table<IntakeRow> Table = new(SkillsModule.Name, "catalogue_intakes", nameof(IntakeRow.Id));

    protected override IntakeRow? Apply(IntakeRow? row, Recorded<IntakeEvent> recorded) => recorded.Fact switch
    {
        CatalogueTakenIn e => new(
            new(recorded.Stream), e.Source, e.Whole, e.Languages, e.Concepts, e.Skills, e.Groups, e.Occupations, e.Gone, e.GoneCount, e.At),
        _ => row,
    };
}
