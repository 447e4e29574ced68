using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Clusters.People;

internal static class ShowProfileEndpoint
{
    /// <param name="Skills">What the person can help with.</param>
    internal sealed record Profile(
        Personal<string> AboutMe, Personal<ValueList<string>> Interests, Personal<ValueList<string>> Skills,
        Personal<ValueList<string>> Languages, Personal<string> Place)
    {
        public static Profile? Of(ProfileContent? c) => c is null ? null : new(c.AboutMe, c.Interests, c.Skills, c.Languages, c.Place);
    }

    /// <param name="Work">Where the person works, as far as the caller may know.</param>
    /// <param name="Tells">Null where the person shows the caller name and work only.</param>
    internal sealed record Answer(
        Id<Person> Person, Personal<string> GivenName, Personal<string> FamilyName, IReadOnlyList<Workplace> Work, Profile? Tells);

    /// <param name="Registered">False for who is in no firm's list and has told nothing yet.</param>
    internal sealed record Own(
        Id<Person> Person, Personal<string> GivenName, Personal<string> FamilyName, Profile Tells, Visibility Visibility, bool Registered,
        long Version);

    private static readonly Refusal Unknown = new(
        "person-unknown", "There is no such person for you. Look people up in the lists of your firm and of your clusters.", 404);

    internal static void MapShowProfile(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/clusters/people/{person}", Show)
            .WithName("ShowPerson").WithSummary("A person: name, work, and what the person tells, each as far as the person shows it").Produces<Answer>()
            .SignedInMayCall("whoever the person's visibility includes; managers of the person's firms and coordinators of their clusters see name and work");
        routes.MapGet("/clusters/me/profile", ShowOwn)
            .WithName("ShowMyProfile").WithSummary("One's own profile, with who may see it").Produces<Own>()
            .SignedInMayCall("everybody about themselves");
    }

    private static async Task<IResult> Show(Id<Person> person, Caller caller, Viewers viewers, PeopleQueries people, CancellationToken ct) =>
        await people.Find(await viewers.Of(caller, ct), person, ct) is { } seen
            ? TypedResults.Ok(new Answer(seen.Row.Person, seen.Row.GivenName, seen.Row.FamilyName, seen.Work, Profile.Of(seen.Tells)))
            : Problems.From(Unknown);

    private static async Task<IResult> ShowOwn(
        Caller caller, HttpContext http, Streams<PersonProfile, PersonProfileEvent> profiles, IAccounts accounts, CancellationToken ct)
    {
        var own = await OwnOf(caller.Person, await profiles.Load(PersonProfile.IdOf(caller.Person), ct), accounts, ct);
        return ETags.NotModified(http, own.Version) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(own);
    }

    /// <summary>Who has no profile yet is called what the account says.</summary>
    internal static async Task<Own> OwnOf(Id<Person> person, Loaded<PersonProfile> loaded, IAccounts accounts, CancellationToken ct)
    {
        if (loaded.State is PersonProfile.Registered r)
            return new(person, r.GivenName, r.FamilyName, Profile.Of(r.Content)!, r.Visibility, true, loaded.Version); // content gives a profile
        var name = (await accounts.Cards([person], ct)).GetValueOrDefault(person)?.Name ?? Personal<string>.Erased;
        return new(person, "", name, Profile.Of(ProfileContent.Empty)!, ProfileContent.Usual, false, loaded.Version); // content gives a profile
    }
}
