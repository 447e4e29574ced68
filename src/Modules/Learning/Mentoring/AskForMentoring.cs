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

internal sealed record AskForMentoring(MentoringAsked Asked) : ICommand<Pair, PairEvent>
{
    public static readonly Refusal AskedAlready = new(
        "mentoring-exists", "You two are asking or working together already. Go on there, or end it first.");

    public Decision<PairEvent> Decide(Pair state)
    {
        if (state is not Pair.Absent) return Decision<PairEvent>.Nothing;
        return Asked.Mentor == Asked.Mentee ? MentoringRules.WithOneself : Asked;
    }
}

internal static class AskForMentoringEndpoint
{
    public static readonly Refusal Paused = new("mentor-paused", "This mentor takes nobody new for now. Ask again later, or ask somebody else.");

    public static readonly Refusal OutOfReach = new(
        "mentor-reaches-others", "This mentor offers help to people of other firms than yours, or of the own firm alone. Ask somebody else.");

    /// <param name="Words">What one hopes for.</param>
    /// <param name="Needs">What one needs to be able to take part; only the two see it.</param>
    internal sealed record Body(
        Id<Person> Mentor, string Words, IReadOnlyList<string>? SkillUris = null, MentorKind Kind = MentorKind.Mentor, Rhythm Rhythm = Rhythm.Weekly,
        string? Needs = null) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("words", Words, 1, MentoringRules.MaxText).OptionalText("needs", Needs, MentoringRules.MaxText)
            .Count("skillUris", SkillUris, 0, MentoringRules.MaxSkills);
    }

    private static readonly Body Example = new(
        Id<Person>.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f", null), "I am to take over our sales, and have never negotiated.",
        ["http://data.europa.eu/esco/skill/05fc6f8d-639c-4329-a6de-dfdd800ed091"], Needs: "I hear badly: quiet rooms help");

    internal static void MapAskForMentoring(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/learning/mentoring/pairs", Handle)
            .WithName(nameof(AskForMentoring)).WithSummary("Ask somebody to be one's mentor or peer coach").WithExample(Example)
            .SignedInMayCall("everybody for themselves, of people whom they may see");

    internal static async Task<IResult> Handle(
        Body body, Caller caller, PairDesk desk, OfferDesk offers, IPeopleNames names, IFirmDirectory directory, ISkillCatalogue skills, HttpRequest request,
        CancellationToken ct)
    {
        if (body.Mentor == caller.Person) return Problems.From(MentoringRules.WithOneself);
        var offer = await offers.Find(Offer.StreamOf(body.Mentor, body.Kind), caller, ct);
        if (offer is null && !(await names.SeenBy(caller, [body.Mentor], ct)).ContainsKey(body.Mentor)) return Problems.From(MentoringRules.OfferUnknown with { Status = 422 });
        if (offer is { Paused: true }) return Problems.From(Paused);
        if (offer is not null && !Reaches(offer.Reach, await SharesFirm(caller.Person, body.Mentor, directory, ct))) return Problems.From(OutOfReach);
        if (await skills.Check(body.SkillUris ?? [], Language.Of(request), ct) is { } unknown) return Problems.From(unknown);
        return await desk.Ask(
            new(
                body.Mentor, caller.Person, body.Kind, caller.Person, null, body.Words.Trim(), (body.Needs ?? "").Trim(), [.. (body.SkillUris ?? []).Distinct()],
                body.Rhythm, desk.Now), ct);
    }

    public static bool Reaches(Reach reach, bool sameFirm) => reach switch
    {
        Reach.OwnFirm => sameFirm,
        Reach.OtherFirms => !sameFirm,
        _ => true,
    };

    private static async Task<bool> SharesFirm(Id<Person> one, Id<Person> other, IFirmDirectory directory, CancellationToken ct)
    {
        var firms = await directory.FirmsOf([one, other], ct);
        return firms.GetValueOrDefault(one)?.Any(f => firms.GetValueOrDefault(other)?.Contains(f) == true) == true;
    }
}
