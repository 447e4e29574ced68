using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Profiles;

internal sealed record GiveProfile(Id<Person> Person, Id<Firm> Firm, Id<Person> By, DateTimeOffset Now) : ICommand<Profile, ProfileEvent>
{
    public Decision<ProfileEvent> Decide(Profile state) => state switch
    {
        Profile.Current c when c.Holders.Contains(new(Person, Firm)) => Decision<ProfileEvent>.Nothing,
        Profile.Current => new RoleProfileGiven(Person, Firm, By, Now),
        Profile.Retired => ProfileRules.Retired,
        _ => ProfileRules.Unknown,
    };
}

internal sealed record TakeProfileBack(Id<Person> Person, Id<Firm> Firm, Id<Person> By, DateTimeOffset Now) : ICommand<Profile, ProfileEvent>
{
    public Decision<ProfileEvent> Decide(Profile state) => state switch
    {
        Profile.Current c when c.Holders.Contains(new(Person, Firm)) => new RoleProfileTakenBack(Person, Firm, By, Now),
        Profile.Current or Profile.Retired => Decision<ProfileEvent>.Nothing,
        _ => ProfileRules.Unknown,
    };
}

internal static class GiveProfileEndpoint
{
    private static readonly Refusal OutOfReach = new(
        "profile-out-of-reach", "The firm's people hold profiles of the firm and of its clusters. Copy this one to the firm first.", 422);

    private static readonly Refusal NotOfFirm = new("person-not-of-firm", "Nobody of this id works in the firm. Look the firm's people up.", 404);

    internal static void MapGiveProfile(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/skills/profiles/{id}/firms/{firm}/holders/{person}", Give)
            .WithName(nameof(GiveProfile)).WithSummary("Say that somebody of the firm has this role").InFirmMayCall("firm", Role.Manager);
        routes.MapDelete("/skills/profiles/{id}/firms/{firm}/holders/{person}", TakeBack)
            .WithName(nameof(TakeProfileBack)).WithSummary("Say that somebody of the firm has this role no more").InFirmMayCall("firm", Role.Manager);
    }

    internal static async Task<IResult> Give(
        Id<RoleProfile> id, Id<Firm> firm, Id<Person> person, IfMatch ifMatch, Caller caller, ProfileDesk desk, IFirmDirectory directory,
        Streams<Profile, ProfileEvent> profiles, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is not { } row) return Problems.From(ProfileRules.Unknown);
        if ((await directory.EmploymentsOf(person, ct)).All(e => e.Firm != firm)) return Problems.From(NotOfFirm);
        if (!row.Retired && (await desk.Of(firm, ct)).All(p => p.Id != id)) return Problems.From(OutOfReach);
        return await commands.Run(
            profiles, id.Value, new GiveProfile(person, firm, caller.Person, clock.GetUtcNow()), Reply.Changed($"/api/v1/skills/profiles/{id}", id), ct);
    }

    internal static async Task<IResult> TakeBack(
        Id<RoleProfile> id, Id<Firm> firm, Id<Person> person, IfMatch ifMatch, Caller caller, ProfileDesk desk, Streams<Profile, ProfileEvent> profiles,
        Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is null) return Problems.From(ProfileRules.Unknown);
        return await commands.Run(
            profiles, id.Value, new TakeProfileBack(person, firm, caller.Person, clock.GetUtcNow()), Reply.Changed($"/api/v1/skills/profiles/{id}", id), ct);
    }
}
