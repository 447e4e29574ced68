using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Standards;

internal sealed record PublishStandard(Id<Person> By, DateTimeOffset Now) : ICommand<Standard, StandardEvent>
{
    public static readonly Refusal Unknown = new(
        "standard-unknown", "There is no such standard here. See the cluster's list of standards.", 404);

    public static readonly Refusal Exists = new(
        "standard-exists", "The cluster has published a standard of this title and version. Draft the next version of it instead.");

    public static readonly Refusal Succeeded = new(
        "standard-already-succeeded", "The former version has a published successor already. Draft a new version of that one.");

    public static readonly Refusal NothingBefore = new(
        "no-former-version", "This is the first version: there is nothing from which to change over. Leave the transition out.", 422);

    /// <summary>What becomes of applications under the former version; null for the usual.</summary>
    public Transition? Transition { get; init; }

    public Decision<StandardEvent> Decide(Standard state) => state switch
    {
        Standard.Draft { Former: null } when Transition is not null => NothingBefore,
        Standard.Draft => new StandardPublished(By, Now) { Transition = Transition == Transition.Usual ? null : Transition },
        Standard.Published => Decision<StandardEvent>.Nothing,
        _ => Unknown,
    };
}

/// <summary>A standard ends without a newer one: nobody applies by it any more.</summary>
internal sealed record RetireStandard(string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<Standard, StandardEvent>
{
    public static readonly Refusal StillDraft = new("standard-not-published", "A draft is not retired: discard it instead.");

    public Decision<StandardEvent> Decide(Standard state) => state switch
    {
        Standard.Published { Retired: false } => new StandardRetired(Reason, By, Now),
        Standard.Published => Decision<StandardEvent>.Nothing,
        Standard.Draft => StillDraft,
        _ => PublishStandard.Unknown,
    };
}

internal static class PublishStandardEndpoint
{
    /// <param name="Transition">What becomes of applications under the former version; nothing new and no haste for what is open, if left out.</param>
    internal sealed record Body(Transition? Transition = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            if (Transition is not { } t) return;
            faults.In("transition")
                .Check(t.Open == OpenApplications.Finish || (t.FinishUntil is null && t.ApplyUntil is null), "open", "move-has-no-days",
                    "What has to be moved is neither finished nor opened under the former version. Leave the days out.")
                .Check(t.ApplyUntil is null || t.FinishUntil is null || t.ApplyUntil <= t.FinishUntil, "applyUntil", "applies-after-end",
                    "Nobody should apply after the last day for submitting. Choose an earlier day.");
        }
    }

    internal static void MapPublishStandard(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/accreditation/standards/{id}/publication", Handle)
            .WithName(nameof(PublishStandard)).WithSummary("Publish a standard; nothing of it changes from then on")
            .WithDescription("transition says what becomes of applications under the former version: open is finish (until finishUntil, a day) or " +
                "move; applyUntil is the last day for applying under the former one.")
            .WithExample(new Body())
            .SignedInMayCall("a coordinator of the cluster that drafted it");
        routes.MapPost("/accreditation/standards/{id}/retirement", Retire)
            .WithName(nameof(RetireStandard)).WithSummary("Retire a standard: nobody applies by it any more; what is open goes on")
            .WithExample(new Reason("The trade is gone from the valley."))
            .SignedInMayCall("a coordinator of the cluster that drafted it");
    }

    internal static async Task<IResult> Handle(
        Id<Standard> id, Body? body, Caller caller, StandardDesk desk, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await desk.Refused(id, caller, ct) is { } refusal) return Problems.From(refusal);
        return await commands.Run(
            desk.Standards, id.Value, new PublishStandard(caller.Person, clock.GetUtcNow()) { Transition = body?.Transition },
            Reply.Changed(StandardDesk.Link(id), id), ct,
            onGuard: constraint =>
                Task.FromResult(constraint == Standards.OneSuccessor ? PublishStandard.Succeeded : PublishStandard.Exists));
    }

    internal static async Task<IResult> Retire(
        Id<Standard> id, Reason body, Caller caller, StandardDesk desk, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await desk.Refused(id, caller, ct) is { } refusal) return Problems.From(refusal);
        return await commands.Run(
            desk.Standards, id.Value, new RetireStandard(body.Text.Trim(), caller.Person, clock.GetUtcNow()), Reply.Changed(StandardDesk.Link(id), id), ct);
    }
}
