using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Standards;

/// <param name="Former">The version before this one, as it stands now; null for the first.</param>
internal sealed record ReviseStandard(StandardTerms Terms, Standard? Former, Id<Person> By, DateTimeOffset Now) : ICommand<Standard, StandardEvent>
{
    public static readonly Refusal Fixed = new(
        "standard-published", "A published standard never changes: people rely on it. Draft a new version of it instead.");

    public Decision<StandardEvent> Decide(Standard state) => state switch
    {
        Standard.Draft d when d.Terms == Terms => Decision<StandardEvent>.Nothing,
        Standard.Draft => DraftStandard.Refused(Terms, Former) is { } refusal ? refusal : new StandardRevised(Terms, By, Now),
        Standard.Published => Fixed,
        _ => PublishStandard.Unknown,
    };
}

internal sealed record DiscardStandard(Id<Person> By, DateTimeOffset Now) : ICommand<Standard, StandardEvent>
{
    public Decision<StandardEvent> Decide(Standard state) => state switch
    {
        Standard.Draft => new StandardDiscarded(By, Now),
        Standard.Discarded => Decision<StandardEvent>.Nothing,
        Standard.Published => ReviseStandard.Fixed,
        _ => PublishStandard.Unknown,
    };
}

internal static class ReviseStandardEndpoint
{
    private static readonly StandardBody Example = StandardBody.Of(DraftStandardEndpoint.Example.ToTerms());

    internal static void MapReviseStandard(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/accreditation/standards/{id}", Revise)
            .WithName(nameof(ReviseStandard)).WithSummary("Change a draft: the whole of it, as it is from now on").WithExample(Example)
            .SignedInMayCall("a coordinator of the cluster that drafted it");
        routes.MapDelete("/accreditation/standards/{id}", Discard)
            .WithName(nameof(DiscardStandard)).WithSummary("Give up a draft; published standards are retired instead")
            .SignedInMayCall("a coordinator of the cluster that drafted it");
    }

    internal static async Task<IResult> Revise(
        Id<Standard> id, StandardBody body, Caller caller, StandardDesk desk, ISkillCatalogue skills, Commands commands, TimeProvider clock,
        CancellationToken ct)
    {
        var opened = await desk.Open(id, caller, ct);
        if (opened is not { Coordinates: true }) return Problems.From(StandardDesk.WhyNot(opened));
        if (opened.State.Terms.Skill != body.Skill && await skills.Check([body.Skill], "en", ct) is { } unknown) return Problems.From(unknown);
        var command = new ReviseStandard(body.ToTerms(), await desk.FormerOf(opened, ct), caller.Person, clock.GetUtcNow());
        return await commands.Run(desk.Standards, id.Value, command, Reply.Changed(StandardDesk.Link(id), id), ct);
    }

    internal static async Task<IResult> Discard(
        Id<Standard> id, Caller caller, StandardDesk desk, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await desk.Refused(id, caller, ct) is { } refusal) return Problems.From(refusal);
        return await commands.Run(
            desk.Standards, id.Value, new DiscardStandard(caller.Person, clock.GetUtcNow()), Reply.Changed(StandardDesk.Link(id), id), ct);
    }
}
