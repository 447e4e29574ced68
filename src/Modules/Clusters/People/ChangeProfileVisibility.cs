using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Clusters.People;

internal sealed record ChangeProfileVisibility(Id<Person> Person, Visibility Visibility, DateTimeOffset Now)
    : ICommand<PersonProfile, PersonProfileEvent>
{
    public static readonly Refusal NoProfile = new(
        "profile-missing", "There is no profile to show yet. Fill it in first: PUT /api/v1/clusters/me/profile.");

    public Decision<PersonProfileEvent> Decide(PersonProfile state) => state switch
    {
        PersonProfile.Registered r when r.Visibility == Visibility => Decision<PersonProfileEvent>.Nothing,
        PersonProfile.Registered => new PersonProfileVisibilityChanged(Person, Visibility, Now),
        _ => NoProfile,
    };
}

internal static class ChangeProfileVisibilityEndpoint
{
    internal sealed record Body(Visibility Visibility);

    internal static void MapChangeProfileVisibility(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/clusters/me/profile/visibility", Handle)
            .WithName(nameof(ChangeProfileVisibility)).WithSummary("Say who sees one's profile: private, firm, cluster or network")
            .WithDescription(
                "Whatever it says, managers of one's firms and coordinators of their clusters see the name and where one works, never the profile.")
            .WithExample(new Body(Visibility.Firm)).OwnAffairs().SignedInMayCall("everybody about themselves");

    private static Task<IResult> Handle(
        Body body, IfMatch ifMatch, Caller caller, Streams<PersonProfile, PersonProfileEvent> profiles, Commands commands, TimeProvider clock,
        CancellationToken ct) => Run(body.Visibility, caller, profiles, commands, clock, ct);

    internal static Task<IResult> Run(
        Visibility visibility, Caller caller, Streams<PersonProfile, PersonProfileEvent> profiles, Commands commands, TimeProvider clock,
        CancellationToken ct) => commands.Run(
            profiles, PersonProfile.IdOf(caller.Person), new ChangeProfileVisibility(caller.Person, visibility, clock.GetUtcNow()),
            Reply.Changed("/api/v1/clusters/me/profile", caller.Person), ct);
}
