using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Clusters.People;

internal abstract record PersonProfileEvent;

/// <param name="GivenName">Empty for who has one name only.</param>
/// <param name="Language">ISO 639: the language in which the person is addressed.</param>
[StoredAs("person_registered")]
internal sealed record PersonRegistered(
    Id<Person> Person,
    [PersonalData(nameof(PersonRegistered.Person), KeyClass.Identity)] Personal<string> GivenName,
    [PersonalData(nameof(PersonRegistered.Person), KeyClass.Identity)] Personal<string> FamilyName,
    string Language, Id<Person> By, DateTimeOffset At) : PersonProfileEvent;

/// <summary>A person as the network knows them; the account (Access) only knows how they sign in.</summary>
internal abstract record PersonProfile : IState<PersonProfile, PersonProfileEvent>
{
    public sealed record Absent : PersonProfile;

    public sealed record Registered : PersonProfile;

    public static PersonProfile Initial { get; } = new Absent();

    /// <summary>The stream of a person's profile; the person's own id is the account's stream.</summary>
    public static Guid IdOf(Id<Person> person) => NamedGuid.Of("person-profile", person.ToString());

    public static PersonProfile Evolve(PersonProfile state, PersonProfileEvent fact) => fact switch
    {
        PersonRegistered => new Registered(),
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

/// <summary>Adds a person to the network; one who is known already keeps the name that the network knows.</summary>
internal sealed record RegisterPerson(Id<Person> Person, string GivenName, string FamilyName, string Language, Id<Person> By, DateTimeOffset Now)
    : ICommand<PersonProfile, PersonProfileEvent>
{
    public Decision<PersonProfileEvent> Decide(PersonProfile state) => state is PersonProfile.Absent
        ? new PersonRegistered(Person, GivenName, FamilyName, Language, By, Now)
        : Decision<PersonProfileEvent>.Nothing;
}

/// <param name="SortName">Lower-case, family name first.</param>
internal sealed record PersonRow(
    Guid Id, Id<Person> Person, Personal<string> GivenName, Personal<string> FamilyName, Personal<string> SortName, string Language,
    DateTimeOffset RegisteredAt, long Version);

internal sealed class PersonRows() : InlineProjection<PersonProfileEvent, PersonRow>(ClustersModule.Name, Table)
{
    public static readonly Table<PersonRow> Table = new(ClustersModule.Name, "people", nameof(PersonRow.Id)) { Indexes = ["unique (person)"] };

    protected override PersonRow? Apply(PersonRow? row, Recorded<PersonProfileEvent> recorded) => recorded.Fact switch
    {
        PersonRegistered e => new(
            recorded.Stream, e.Person, e.GivenName, e.FamilyName, Sorted(e.FamilyName, e.GivenName), e.Language, e.At, recorded.Version),
        _ => row,
    };

    private static Personal<string> Sorted(Personal<string> family, Personal<string> given) =>
        family.With(given, (f, g) => $"{f} {g}".Trim().ToLowerInvariant());
}
