using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Records;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Mentoring;

internal sealed record OfferMentoring(MentorOffered Offer) : ICommand<Offer, OfferEvent>
{
    public Decision<OfferEvent> Decide(Offer state) =>
        state.Said is { } said && said == Offer with { At = said.At } ? Decision<OfferEvent>.Nothing : Offer;
}

internal sealed record PauseOffer(bool Pause, DateTimeOffset Now) : ICommand<Offer, OfferEvent>
{
    public Decision<OfferEvent> Decide(Offer state)
    {
        if (!state.Stands) return MentoringRules.OfferUnknown;
        if (state.Paused == Pause) return Decision<OfferEvent>.Nothing;
        return Pause ? new MentorPaused(Now) : new MentorResumed(Now);
    }
}

internal sealed record WithdrawOffer(DateTimeOffset Now) : ICommand<Offer, OfferEvent>
{
    public Decision<OfferEvent> Decide(Offer state) => state.Stands ? new MentorOfferWithdrawn(Now) : Decision<OfferEvent>.Nothing;
}

internal static class OfferMentoringEndpoint
{
    /// <param name="Languages">BCP 47, such as de.</param>
    /// <param name="Availability">When, in one's own words.</param>
    /// <param name="Capacity">How many people at once.</param>
    /// <param name="Reach">own-firm, other-firms or everybody.</param>
    /// <param name="Visibility">Who may see the offer: private is nobody.</param>
    /// <param name="Site">Where a peer coach is at hand.</param>
    /// <param name="Accommodates">Which special needs one can meet, in one's own words.</param>
    internal sealed record Body(
        IReadOnlyList<string> SkillUris, IReadOnlyList<string> Languages, string Availability, int HoursPerMonth, int Capacity, Reach Reach, Visibility Visibility,
        IReadOnlyList<string>? Interests = null, string? Site = null, string? Accommodates = null) : IValidated
    {
        public void Validate(Faults faults) => faults.Count("skillUris", SkillUris, 1, MentoringRules.MaxSkills)
            .Each("skillUris", SkillUris.Select(t => new Item(t)), (item, f) => f.Text("", item.Text, 1, 500))
            .Count("languages", Languages, 1, MentoringRules.MaxLanguages)
            .Each("languages", Languages.Select(t => new Item(t)), (item, f) => f.Check(Tongues.IsKnown(item.Text), "", "unknown-language", $"One of {Tongues.Codes} is expected."))
            .Count("interests", Interests, 0, MentoringRules.MaxInterests)
            .Each("interests", (Interests ?? []).Select(t => new Item(t)), (item, f) => f.Text("", item.Text, 1, 60))
            .Text("availability", Availability, 1, MentoringRules.MaxShort).OptionalText("site", Site, MentoringRules.MaxShort)
            .OptionalText("accommodates", Accommodates, MentoringRules.MaxText).Whole("hoursPerMonth", HoursPerMonth, 1, MentoringRules.MaxHours)
            .Whole("capacity", Capacity, 1, MentoringRules.MaxCapacity);

        private sealed record Item(string Text);
    }

    private static readonly Body Example = new(
        ["http://data.europa.eu/esco/skill/05fc6f8d-639c-4329-a6de-dfdd800ed091"], ["en", "de"], "Fridays after two, or by phone on the way home", 4, 2, Reach.Everybody,
        Visibility.Cluster, ["selling abroad"], null, "I know sign language, and can write instead of phoning");

    internal static void MapOfferMentoring(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/learning/mentoring/me/offers/{kind}", Put)
            .WithName(nameof(OfferMentoring)).WithSummary("Offer to mentor, or to help as a peer coach, in these words from now on")
            .WithDescription("The kind is mentor or peer-coach. The whole offer as it is to be.").WithExample(Example).SignedInMayCall("everybody for themselves");
        routes.MapPost("/learning/mentoring/me/offers/{kind}/pause", (string kind, IfMatch ifMatch, Caller caller, OfferDesk desk, CancellationToken ct) =>
                desk.Run(kind, caller, now => new PauseOffer(true, now), ct))
            .WithName("PauseMentorOffer").WithSummary("Take nobody new for now; who is mentored goes on").SignedInMayCall("everybody for themselves");
        routes.MapPost("/learning/mentoring/me/offers/{kind}/resumption", (string kind, IfMatch ifMatch, Caller caller, OfferDesk desk, CancellationToken ct) =>
                desk.Run(kind, caller, now => new PauseOffer(false, now), ct))
            .WithName("ResumeMentorOffer").WithSummary("Take new people again").SignedInMayCall("everybody for themselves");
        routes.MapPost("/learning/mentoring/me/offers/{kind}/withdrawal", (string kind, IfMatch ifMatch, Caller caller, OfferDesk desk, CancellationToken ct) =>
                desk.Run(kind, caller, now => new WithdrawOffer(now), ct))
            .WithName("WithdrawMentorOffer").WithSummary("Offer it no more; who is mentored goes on").SignedInMayCall("everybody for themselves");
    }

    internal static async Task<IResult> Put(
        string kind, Body body, IfMatch ifMatch, Caller caller, OfferDesk desk, ISkillCatalogue skills, HttpRequest request, CancellationToken ct)
    {
        if (OfferDesk.KindOf(kind) is not { } known) return Problems.From(MentoringRules.OfferUnknown);
        if (await skills.Check(body.SkillUris, Language.Of(request), ct) is { } unknown) return Problems.From(unknown);
        return await desk.Run(kind, caller, now => new OfferMentoring(OfferDesk.Said(caller.Person, known, body, now)), ct);
    }
}
