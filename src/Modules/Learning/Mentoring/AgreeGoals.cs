using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Records;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Mentoring;

internal sealed record AgreeGoals(Id<Person> By, ValueList<string> Goals, ValueList<string> SkillUris, Rhythm Rhythm, DateTimeOffset Now) : PairCommand(By)
{
    protected override Decision<PairEvent> Decide(Pair.Kept pair)
    {
        if (pair.Status is not (PairStatus.Asked or PairStatus.Active)) return MentoringRules.NotActive;
        return pair.Goals.Or([]).Equals(Goals) && pair.SkillUris.Equals(SkillUris) && pair.Rhythm == Rhythm
            ? Decision<PairEvent>.Nothing
            : new MentoringGoalsAgreed(By, pair.Mentee, Goals, SkillUris, Rhythm, Now);
    }
}

internal sealed record TellNeeds(Id<Person> By, string Needs, DateTimeOffset Now) : PairCommand(By)
{
    public static readonly Refusal MenteesAlone = new("needs-are-the-mentees", "The mentee alone says what the mentee needs. Talk about it, and let the mentee write it.", 403);

    protected override Decision<PairEvent> Decide(Pair.Kept pair)
    {
        if (By != pair.Mentee) return MenteesAlone;
        if (pair.Status is not (PairStatus.Asked or PairStatus.Active)) return MentoringRules.NotActive;
        return pair.Needs == Needs ? Decision<PairEvent>.Nothing : new MentoringNeedsTold(By, Needs, Now);
    }
}

internal static class AgreeGoalsEndpoint
{
    /// <param name="Goals">What the mentee wants to be able to do.</param>
    internal sealed record Body(IReadOnlyList<string> Goals, IReadOnlyList<string>? SkillUris = null, Rhythm Rhythm = Rhythm.Weekly) : IValidated
    {
        public void Validate(Faults faults) => faults.Count("goals", Goals, 0, MentoringRules.MaxGoals)
            .Each("goals", Goals.Select(g => new Item(g)), (item, f) => f.Text("", item.Text, 1, 500)).Count("skillUris", SkillUris, 0, MentoringRules.MaxSkills);

        private sealed record Item(string Text);
    }

    internal sealed record NeedsBody(string Needs) : IValidated
    {
        public void Validate(Faults faults) => faults.OptionalText("needs", Needs, MentoringRules.MaxText);
    }

    internal static void MapAgreeGoals(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/learning/mentoring/pairs/{id}/goals", Agree)
            .WithName(nameof(AgreeGoals)).WithSummary("Say what the mentee wants to reach, which skills that touches and how often the two meet")
            .WithExample(new Body(["Lead a price talk alone by summer"], ["http://data.europa.eu/esco/skill/05fc6f8d-639c-4329-a6de-dfdd800ed091"])).SignedInMayCall("the two");
        routes.MapPut("/learning/mentoring/pairs/{id}/needs", Needs)
            .WithName(nameof(TellNeeds)).WithSummary("Say what one needs to be able to take part; only the two see it").WithExample(new NeedsBody("I hear badly: quiet rooms help"))
            .SignedInMayCall("the mentee");
    }

    internal static async Task<IResult> Agree(
        Id<Pair> id, Body body, IfMatch ifMatch, Caller caller, PairDesk desk, ISkillCatalogue skills, HttpRequest request, CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is null) return Problems.From(MentoringRules.Unknown);
        if (await skills.Check(body.SkillUris ?? [], Language.Of(request), ct) is { } unknown) return Problems.From(unknown);
        return await desk.Run(
            id, caller,
            new AgreeGoals(caller.Person, ValueList.Of<string>([.. body.Goals.Select(g => g.Trim())]), [.. (body.SkillUris ?? []).Distinct()], body.Rhythm, desk.Now), ct);
    }

    internal static Task<IResult> Needs(Id<Pair> id, NeedsBody body, IfMatch ifMatch, Caller caller, PairDesk desk, CancellationToken ct) =>
        desk.Run(id, caller, new TellNeeds(caller.Person, body.Needs.Trim(), desk.Now), ct);
}
