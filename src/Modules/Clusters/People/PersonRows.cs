using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Search;

namespace ClusterNet.Clusters.People;

/// <param name="SortName">Lower-case, family name first.</param>
/// <param name="FoldedName">As search compares it: see <see cref="Folding.ForIndex"/>.</param>
/// <param name="FoldedTags">Interests, skills and place, for those who may see the profile.</param>
internal sealed record PersonRow(
    Guid Id, Id<Person> Person, Personal<string> GivenName, Personal<string> FamilyName, Personal<string> SortName, string Language,
    Visibility Visibility, Personal<string> AboutMe, Personal<ValueList<string>> Interests, Personal<ValueList<string>> Skills,
    Personal<ValueList<string>> Languages, Personal<string> Place, Personal<string> FoldedName, Personal<string> FoldedTags,
    DateTimeOffset RegisteredAt, long Version);

internal sealed class PersonRows() : InlineProjection<PersonProfileEvent, PersonRow>(ClustersModule.Name, Table)
{
    /// <summary>The words of a name, folded, as an array.</summary>
    public const string NameWords = "string_to_array(folded_name, ' ')";

    public static readonly Table<PersonRow> Table = new(ClustersModule.Name, "people", nameof(PersonRow.Id))
    {
        Indexes = ["unique (person)", "using gin (folded_name gin_trgm_ops)", "using gin (folded_tags gin_trgm_ops)", $"using gin ({NameWords})"],
    };

    protected override PersonRow? Apply(PersonRow? row, Recorded<PersonProfileEvent> recorded) => recorded.Fact switch
    {
        PersonRegistered e => Named(New(recorded, e), e.GivenName, e.FamilyName),
        _ when row is null => row,
        PersonRenamed e => Named(row, e.GivenName, e.FamilyName) with { Version = recorded.Version },
        PersonProfileChanged e => Telling(row, ProfileContent.Of(e)) with { Version = recorded.Version },
        PersonProfileVisibilityChanged e => row with { Visibility = e.Visibility, Version = recorded.Version },
        _ => row,
    };

    private static PersonRow New(Recorded<PersonProfileEvent> recorded, PersonRegistered e)
    {
        var c = ProfileContent.Empty;
        return new(
            recorded.Stream, e.Person, e.GivenName, e.FamilyName, "", e.Language, ProfileContent.Usual, c.AboutMe, c.Interests, c.Skills,
            c.Languages, c.Place, "", "", e.At, recorded.Version);
    }

    private static PersonRow Named(PersonRow row, Personal<string> given, Personal<string> family) => row with
    {
        GivenName = given,
        FamilyName = family,
        SortName = family.With(given, (f, g) => $"{f} {g}".Trim().ToLowerInvariant()),
        FoldedName = given.With(family, (g, f) => Folding.ForIndex($"{g} {f}")),
    };

    private static PersonRow Telling(PersonRow row, ProfileContent c) => row with
    {
        AboutMe = c.AboutMe,
        Interests = c.Interests,
        Skills = c.Skills,
        Languages = c.Languages,
        Place = c.Place,
        FoldedTags = c.Skills.With(c.Interests, (s, i) => s.Concat(i)).With(c.Place, (tags, place) => Folding.ForIndex(string.Join(' ', tags.Append(place)))),
    };
}
