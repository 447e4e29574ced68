using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;

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

/// <param name="GivenName">Empty for who has one name only.</param>
[StoredAs("person_renamed")]
internal sealed record PersonRenamed(
    Id<Person> Person,
    [PersonalData(nameof(PersonRenamed.Person), KeyClass.Identity)] Personal<string> GivenName,
    [PersonalData(nameof(PersonRenamed.Person), KeyClass.Identity)] Personal<string> FamilyName, DateTimeOffset At) : PersonProfileEvent;

/// <summary>The whole of what the person tells about themselves from now on.</summary>
/// <param name="Skills">What the person can help with, in own words.</param>
/// <param name="Languages">ISO 639.</param>
[StoredAs("person_profile_changed")]
internal sealed record PersonProfileChanged(
    Id<Person> Person,
    [PersonalData(nameof(PersonProfileChanged.Person), KeyClass.FreeText)] Personal<string> AboutMe,
    [PersonalData(nameof(PersonProfileChanged.Person), KeyClass.FreeText)] Personal<ValueList<string>> Interests,
    [PersonalData(nameof(PersonProfileChanged.Person), KeyClass.FreeText)] Personal<ValueList<string>> Skills,
    [PersonalData(nameof(PersonProfileChanged.Person), KeyClass.FreeText)] Personal<ValueList<string>> Languages,
    [PersonalData(nameof(PersonProfileChanged.Person), KeyClass.FreeText)] Personal<string> Place, DateTimeOffset At) : PersonProfileEvent;

[StoredAs("person_profile_visibility_changed")]
internal sealed record PersonProfileVisibilityChanged(Id<Person> Person, Visibility Visibility, DateTimeOffset At) : PersonProfileEvent;

/// <summary>A person as the network knows them, and to whom they show it; the account (Access) only knows how they sign in.</summary>
internal abstract record PersonProfile : IState<PersonProfile, PersonProfileEvent>
{
    public sealed record Absent : PersonProfile;

    public sealed record Registered(
        Personal<string> GivenName, Personal<string> FamilyName, ProfileContent Content, Visibility Visibility) : PersonProfile;

    public static PersonProfile Initial { get; } = new Absent();

    /// <summary>The stream of a person's profile; the person's own id is the account's stream.</summary>
    public static Guid IdOf(Id<Person> person) => NamedGuid.Of("person-profile", person.ToString());

    public static PersonProfile Evolve(PersonProfile state, PersonProfileEvent fact) => (state, fact) switch
    {
        (_, PersonRegistered e) => new Registered(e.GivenName, e.FamilyName, ProfileContent.Empty, ProfileContent.Usual),
        (Registered r, PersonRenamed e) => r with { GivenName = e.GivenName, FamilyName = e.FamilyName },
        (Registered r, PersonProfileChanged e) => r with { Content = ProfileContent.Of(e) },
        (Registered r, PersonProfileVisibilityChanged e) => r with { Visibility = e.Visibility },
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
