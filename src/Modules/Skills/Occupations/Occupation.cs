using System.Diagnostics;
using System.Text.Json.Serialization;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Skills.Catalogue;

namespace ClusterNet.Skills.Occupations;

internal abstract record OccupationEvent;

/// <summary>The whole content as it is from now on, with all its skills: one fact for an occupation, not one for each relation.</summary>
[StoredAs("occupation_imported")]
internal sealed record OccupationImported(
    string Uri, OccupationShape Shape, ValueList<SkillWords> Words, string Source, DateTimeOffset At) : OccupationEvent;

/// <summary>A complete newer version has it no more. Taken in again, it is back.</summary>
[StoredAs("occupation_retired")]
internal sealed record OccupationRetired(string Source, DateTimeOffset At) : OccupationEvent;

/// <param name="Code">ESCO's code of an occupation, such as <c>2654.1.7</c>, or ISCO-08's of a group.</param>
/// <param name="IscoGroup">Four digits of ISCO-08; empty for a group.</param>
internal sealed record OccupationShape(
    OccupationKind Kind, string Code, string IscoGroup, ValueList<string> BroaderUris, ValueList<string> EssentialUris, ValueList<string> OptionalUris);

/// <summary>Groups are those of the International Standard Classification of Occupations (ISCO-08).</summary>
[JsonConverter(typeof(WireNameConverter<OccupationKind>))]
internal enum OccupationKind
{
    [JsonStringEnumMemberName("occupation")]
    Occupation,

    [JsonStringEnumMemberName("group")]
    Group,
}

/// <summary>An occupation of ESCO with the skills that it takes, or a group of ISCO.</summary>
internal abstract record Occupation : IState<Occupation, OccupationEvent>
{
    public sealed record Absent : Occupation;

    public sealed record Listed(OccupationShape Shape, ValueList<SkillWords> Words, string Source, bool IsRetired) : Occupation;

    public static Occupation Initial { get; } = new Absent();

    public static Occupation Evolve(Occupation state, OccupationEvent fact) => (state, fact) switch
    {
        (_, OccupationImported e) => new Listed(e.Shape, e.Words, e.Source, false),
        (Listed known, OccupationRetired) => known with { IsRetired = true },
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    public static Guid StreamOf(string uri) => NamedGuid.Of("occupation", uri);
}

/// <summary>Takes an occupation in. An older version undoes nothing; relations that were not given stay.</summary>
/// <param name="Skills">Essential and optional ones; null where the file of relations was not given.</param>
/// <param name="Floor">The newest versions that were taken in whole: see <see cref="ImportSkill"/>.</param>
internal sealed record ImportOccupation(
    string Uri, OccupationKind Kind, string Code, string IscoGroup, ValueList<string>? BroaderUris, (ValueList<string> Essential, ValueList<string> Optional)? Skills,
    ValueList<SkillWords> Words, string Source, CatalogueVersions Floor, DateTimeOffset Now) : ICommand<Occupation, OccupationEvent>
{
    public Decision<OccupationEvent> Decide(Occupation state)
    {
        var known = state as Occupation.Listed;
        var isOlder = SourceVersion.IsOlder(Source, Floor.Shape);
        // A newer version has it no more.
        if (isOlder && known is null or { IsRetired: true }) return Decision<OccupationEvent>.Nothing;
        var isOld = known is not null && (isOlder || SourceVersion.IsOlder(Source, known.Source));
        var shape = isOld ? known!.Shape : new OccupationShape( // older than something: known
            Kind, Code.Length > 0 ? Code : known?.Shape.Code ?? "", IscoGroup.Length > 0 ? IscoGroup : known?.Shape.IscoGroup ?? "",
            BroaderUris ?? known?.Shape.BroaderUris ?? [], Skills?.Essential ?? known?.Shape.EssentialUris ?? [],
            Skills?.Optional ?? known?.Shape.OptionalUris ?? []);
        if (known is null) return new OccupationImported(Uri, shape, Words, Source, Now);
        var words = Words.Where(w => known.Words.FirstOrDefault(k => k.Language == w.Language) is not { } k
            || (!k.SaysTheSame(w) && !SourceVersion.IsOlder(w.Source, k.Source) && !SourceVersion.IsOlder(w.Source, Floor.Of(w.Language))));
        ValueList<SkillWords> changed = [.. words];
        return shape == known.Shape && changed.Count == 0 && !known.IsRetired
            ? Decision<OccupationEvent>.Nothing
            : new OccupationImported(Uri, shape, Skill.Merged(known.Words, changed), isOld ? known.Source : Source, Now);
    }
}

/// <summary>Takes an occupation out that a complete newer version has no more.</summary>
internal sealed record RetireOccupation(string Source, DateTimeOffset Now) : ICommand<Occupation, OccupationEvent>
{
    public Decision<OccupationEvent> Decide(Occupation state) =>
        state is Occupation.Listed { IsRetired: false } ? new OccupationRetired(Source, Now) : Decision<OccupationEvent>.Nothing;
}

internal sealed record OccupationRow(
    Id<Occupation> Id, string Uri, OccupationKind Kind, string Code, string IscoGroup, ValueList<SkillWords> Words, string[] BroaderUris,
    string[] EssentialUris, string[] OptionalUris, bool Retired, string Source, long Version)
{
    internal string LabelIn(string language) => Languages.Choose(Labels, language).Label;

    internal Dictionary<string, string> Labels => Words.ToDictionary(w => w.Language, w => w.Preferred);

    internal Occupation.Listed ToState() => new(
        new(Kind, Code, IscoGroup, [.. BroaderUris], [.. EssentialUris], [.. OptionalUris]), Words, Source, Retired);
}

/// <summary>Occupations and their groups.</summary>
internal sealed class OccupationList() : InlineProjection<OccupationEvent, OccupationRow>(SkillsModule.Name, Table)
{
    public static readonly Table<OccupationRow> Table = new(SkillsModule.Name, "occupations", nameof(OccupationRow.Id))
    {
        Indexes = ["unique (uri)", "using gin (broader_uris)"],
    };

    protected override OccupationRow? Apply(OccupationRow? row, Recorded<OccupationEvent> recorded) => recorded.Fact switch
    {
        OccupationImported e => new(
            new(recorded.Stream), e.Uri, e.Shape.Kind, e.Shape.Code, e.Shape.IscoGroup, e.Words, [.. e.Shape.BroaderUris], [.. e.Shape.EssentialUris],
            [.. e.Shape.OptionalUris], false, e.Source, recorded.Version),
        OccupationRetired when row is not null => row with { Retired = true, Version = recorded.Version },
        _ => row,
    };
}
