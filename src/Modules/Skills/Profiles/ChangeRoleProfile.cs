using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Levels;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Profiles;

internal sealed record ChangeRoleProfile(string Title, ValueList<RequiredSkill> Skills, Id<Person> By, DateTimeOffset Now) : ICommand<Profile, ProfileEvent>
{
    public Decision<ProfileEvent> Decide(Profile state) => state switch
    {
        Profile.Current c when c.Title == Title && c.Skills.Equals(Skills) => Decision<ProfileEvent>.Nothing,
        Profile.Current => new RoleProfileChanged(Title, Skills, By, Now),
        Profile.Retired => ProfileRules.Retired,
        _ => ProfileRules.Unknown,
    };
}

/// <summary>Names the skills that stand in the place of others, instead of those.</summary>
internal sealed record TakeSuccessors(Succession Names, Id<Person> By, DateTimeOffset Now) : ICommand<Profile, ProfileEvent>
{
    public static readonly Refusal Nameless = new("profile-nameless", "The profile's name was erased. Give it a name, which takes the skills over as well.");

    public Decision<ProfileEvent> Decide(Profile state) => state switch
    {
        Profile.Current c when c.Skills.All(s => Names.Was(s.SkillUri) is null) => Decision<ProfileEvent>.Nothing,
        Profile.Current { Title.IsKnown: false } => Nameless,
        Profile.Current c => new RoleProfileChanged(c.Title, [.. Names.Of(c.Skills).Select(s => new RequiredSkill(s.SkillUri, s.Level))], By, Now),
        Profile.Retired => ProfileRules.Retired,
        _ => ProfileRules.Unknown,
    };
}

internal sealed record RetireProfile(Id<Person> By, DateTimeOffset Now) : ICommand<Profile, ProfileEvent>
{
    public Decision<ProfileEvent> Decide(Profile state) => state switch
    {
        Profile.Current => new RoleProfileRetired(By, Now),
        Profile.Retired => Decision<ProfileEvent>.Nothing,
        _ => ProfileRules.Unknown,
    };
}

internal static class ChangeRoleProfileEndpoint
{
    internal sealed record Body(string Title, IReadOnlyList<ProfileRules.SkillBody> Skills) : IValidated
    {
        public void Validate(Faults faults) => ProfileRules.Validate(faults, Title, Skills);
    }

    private static readonly Body Example = new("Welder", [new("http://data.europa.eu/esco/skill/05fc6f8d-639c-4329-a6de-dfdd800ed091", 4)]);

    internal static void MapChangeRoleProfile(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/skills/profiles/{id}", Handle)
            .WithName(nameof(ChangeRoleProfile)).WithSummary("Change a role profile: its whole content as it is to be")
            .WithDescription("Audits that took the profile up before keep what it asked for then.")
            .WithExample(Example).SignedInMayCall("managers for their firm's, coordinators for their cluster's");
        routes.MapPost("/skills/profiles/{id}/successors", Follow)
            .WithName(nameof(TakeSuccessors)).WithSummary("Take over the skills that stand in the place of merged and replaced ones")
            .SignedInMayCall("managers for their firm's, coordinators for their cluster's");
        routes.MapPost("/skills/profiles/{id}/retirement", Retire)
            .WithName(nameof(RetireProfile)).WithSummary("Retire a role profile: nobody holds it any more, audits under way go on")
            .SignedInMayCall("managers for their firm's, coordinators for their cluster's");
    }

    internal static async Task<IResult> Handle(
        Id<RoleProfile> id, Body body, IfMatch ifMatch, Caller caller, HttpRequest request, ProfileDesk desk, ISkillCatalogue skills,
        Streams<Profile, ProfileEvent> profiles, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await Refused(id, caller, desk, ct) is { } refusal) return Problems.From(refusal);
        if (await skills.Check([.. body.Skills.Select(s => s.SkillUri)], Languages.Of(null, request), ct) is { } unknown) return Problems.From(unknown);
        var command = new ChangeRoleProfile(body.Title.Trim(), ProfileRules.Of(body.Skills), caller.Person, clock.GetUtcNow());
        return await commands.Run(profiles, id.Value, command, Reply.Changed($"/api/v1/skills/profiles/{id}", id), ct);
    }

    internal static async Task<IResult> Follow(
        Id<RoleProfile> id, IfMatch ifMatch, Caller caller, ProfileDesk desk, Streams<Profile, ProfileEvent> profiles, Commands commands, TimeProvider clock,
        CancellationToken ct)
    {
        if (await Refused(id, caller, desk, ct) is { } refusal) return Problems.From(refusal);
        var named = (await profiles.Load(id.Value, ct)).State is Profile.Current c ? c.Skills.Select(s => s.SkillUri) : [];
        var command = new TakeSuccessors(await desk.Names(named, ct), caller.Person, clock.GetUtcNow());
        return await commands.Run(profiles, id.Value, command, Reply.Changed($"/api/v1/skills/profiles/{id}", id), ct);
    }

    internal static async Task<IResult> Retire(
        Id<RoleProfile> id, IfMatch ifMatch, Caller caller, ProfileDesk desk, Streams<Profile, ProfileEvent> profiles, Commands commands, TimeProvider clock,
        CancellationToken ct) => await Refused(id, caller, desk, ct) is { } refusal
        ? Problems.From(refusal)
        : await commands.Run(
            profiles, id.Value, new RetireProfile(caller.Person, clock.GetUtcNow()), Reply.Changed($"/api/v1/skills/profiles/{id}", id), ct);

    private static async Task<Refusal?> Refused(Id<RoleProfile> id, Caller caller, ProfileDesk desk, CancellationToken ct) =>
        await desk.Find(id, caller, ct) is not { } row ? ProfileRules.Unknown : ProfileDesk.MayChange(row, caller) ? null : ProfileRules.NotYours;
}
