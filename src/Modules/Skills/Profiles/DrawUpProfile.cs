using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Levels;
using ClusterNet.Skills.Occupations;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Profiles;

/// <param name="Origin">The profile that this one is a copy of; null for none.</param>
/// <param name="Occupation">The occupation that it began with; null for none.</param>
internal sealed record DrawUpProfile(
    Id<Firm>? Firm, Id<Cluster>? Cluster, string Title, ValueList<RequiredSkill> Skills, Id<RoleProfile>? Origin, string? Occupation, Id<Person> By,
    DateTimeOffset Now) : ICommand<Profile, ProfileEvent>
{
    public Decision<ProfileEvent> Decide(Profile state) => state is Profile.Absent
        ? new RoleProfileDrawnUp(Firm, Cluster, Title, Skills, Origin, Occupation, By, Now)
        : Decision<ProfileEvent>.Nothing;
}

internal static class DrawUpProfileEndpoint
{
    /// <param name="Firm">Whose it is to be; leave out for a cluster's.</param>
    /// <param name="Cluster">Whose it is to be; leave out for a firm's.</param>
    /// <param name="Origin">The profile that this one was copied from and adapted; only one that you can see.</param>
    /// <param name="Occupation">The id or concept URI of the occupation that it began with; see GET /skills/occupations/{occupation}/profile.</param>
    internal sealed record Body(
        string Title, IReadOnlyList<ProfileRules.SkillBody> Skills, Id<Firm>? Firm = null, Id<Cluster>? Cluster = null, Id<RoleProfile>? Origin = null,
        string? Occupation = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            ProfileRules.Validate(faults, Title, Skills);
            faults.OptionalText("occupation", Occupation, ProfileRules.MaxUri).Check(Firm is null != Cluster is null, "firm", "one-owner", "Name either a firm or a cluster.");
        }
    }

    private static readonly Body Example = new(
        "Welder", [new("http://data.europa.eu/esco/skill/05fc6f8d-639c-4329-a6de-dfdd800ed091", 3)], Id<Firm>.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f", null));

    internal static void MapDrawUpProfile(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/skills/profiles", Handle)
            .WithName(nameof(DrawUpProfile)).WithSummary("Draw up a role profile: skills with the step of the scale that each needs")
            .WithExample(Example).SignedInMayCall("managers for their firm, coordinators for their cluster");

    internal static async Task<IResult> Handle(
        Body body, Caller caller, HttpRequest request, ProfileDesk desk, ISkillCatalogue skills, IOccupations occupations, Streams<Profile, ProfileEvent> profiles,
        Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (!ProfileDesk.MayOwn(body.Firm, body.Cluster, caller)) return Problems.From(ProfileDesk.NotManager);
        if (body.Origin is { } origin && await desk.Find(origin, caller, ct) is null) return Problems.From(ProfileRules.Unknown);
        if (await skills.Check([.. body.Skills.Select(s => s.SkillUri)], Languages.Of(null, request), ct) is { } unknown) return Problems.From(unknown);
        var begunWith = body.Occupation is { } named ? await occupations.Read(named, ct) : null;
        if (body.Occupation is not null && begunWith is not { Kind: OccupationKind.Occupation }) return Problems.From(ReadOccupationsEndpoints.Unknown with { Status = 422 });
        var id = Id<RoleProfile>.New(clock);
        var command = new DrawUpProfile(
            body.Firm, body.Cluster, body.Title.Trim(), ProfileRules.Of(body.Skills), body.Origin, begunWith?.Uri, caller.Person, clock.GetUtcNow());
        return await commands.Run(profiles, id.Value, command, Reply.Created($"/api/v1/skills/profiles/{id}", id), ct);
    }
}
