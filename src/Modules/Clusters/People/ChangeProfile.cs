using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Clusters.People;

/// <summary>Somebody tells about themselves; who is in no firm's list yet enters the network with it.</summary>
internal sealed record ChangeProfile(
    Id<Person> Person, string GivenName, string FamilyName, ProfileContent Content, string Language, DateTimeOffset Now)
    : ICommand<PersonProfile, PersonProfileEvent>
{
    public Decision<PersonProfileEvent> Decide(PersonProfile state)
    {
        var known = state as PersonProfile.Registered;
        List<PersonProfileEvent> facts = [];
        if (known is null) facts.Add(new PersonRegistered(Person, GivenName, FamilyName, Language, Person, Now));
        else if (known.GivenName != GivenName || known.FamilyName != FamilyName) facts.Add(new PersonRenamed(Person, GivenName, FamilyName, Now));
        if ((known?.Content ?? ProfileContent.Empty) != Content)
            facts.Add(new PersonProfileChanged(Person, Content.AboutMe, Content.Interests, Content.Skills, Content.Languages, Content.Place, Now));
        return Decision<PersonProfileEvent>.Of([.. facts]);
    }
}

internal static class ChangeProfileEndpoint
{
    private const string Self = "/api/v1/clusters/me/profile";

    /// <param name="GivenName">Empty for who has one name only.</param>
    /// <param name="Skills">What one can help with: words of one's own, or URIs of the catalogue.</param>
    /// <param name="Languages">ISO 639 codes, the best first.</param>
    internal sealed record Body(
        string GivenName, string FamilyName, string AboutMe, IReadOnlyList<string> Interests, IReadOnlyList<string> Skills,
        IReadOnlyList<string> Languages, string Place) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("givenName", GivenName, 0, ProfileContent.MaxName);
            faults.Text("familyName", FamilyName, 1, ProfileContent.MaxName);
            faults.OptionalText("aboutMe", AboutMe, ProfileContent.MaxAboutMe);
            Tags(faults, "interests", Interests);
            Tags(faults, "skills", Skills);
            faults.Count("languages", Languages, 0, ProfileContent.MaxLanguages);
            faults.Each("languages", (Languages ?? []).Select(l => new Item(l)), (item, f) => f.Language("", item.Text));
            faults.OptionalText("place", Place, ProfileContent.MaxPlace);
        }

        public ChangeProfile Command(Id<Person> person, DateTimeOffset now)
        {
            var languages = ProfileContent.Tidy(Languages);
            return new(
                person, GivenName.Trim(), FamilyName.Trim(),
                new(AboutMe.Trim(), ProfileContent.Tidy(Interests), ProfileContent.Tidy(Skills), languages, Place.Trim()),
                languages.Count == 0 ? "en" : languages[0], now);
        }

        private static void Tags(Faults faults, string member, IReadOnlyList<string> tags)
        {
            faults.Count(member, tags, 0, ProfileContent.MaxTags);
            faults.Each(member, (tags ?? []).Select(t => new Item(t)), (item, f) => f.Text("", item.Text, 1, ProfileContent.MaxTag));
        }
    }

    private sealed record Item(string Text);

    internal static void MapChangeProfile(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/clusters/me/profile", Handle)
            .WithName(nameof(ChangeProfile)).WithSummary("Tell about oneself: the whole profile as it is from now on")
            .WithDescription("Send the ETag that GET answered as If-Match: what somebody changed in another window is not overwritten then.")
            .WithExample(new Body(
                "Björn", "Quast", "Toolmaker; I explain drawings gladly.", ["lean production"], ["reading drawings", "negotiating"], ["de", "en"], "Menden"))
            .OwnAffairs().SignedInMayCall("everybody about themselves");

    private static Task<IResult> Handle(
        Body body, IfMatch ifMatch, Caller caller, Streams<PersonProfile, PersonProfileEvent> profiles, Commands commands, TimeProvider clock,
        CancellationToken ct) => Run(body, caller, profiles, commands, clock, ct);

    internal static Task<IResult> Run(
        Body body, Caller caller, Streams<PersonProfile, PersonProfileEvent> profiles, Commands commands, TimeProvider clock, CancellationToken ct) =>
        commands.Run(
            profiles, PersonProfile.IdOf(caller.Person), body.Command(caller.Person, clock.GetUtcNow()), Reply.Changed(Self, caller.Person), ct);
}
