using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Records;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Practices;

internal sealed record DescribePractice(Id<Firm> Firm, Id<Practice>? From, Description Said, Id<Person> Author, bool Draft, DateTimeOffset Now) : ICommand<PracticeLife, PracticeEvent>
{
    public Decision<PracticeEvent> Decide(PracticeLife state) => state is PracticeLife.Absent
        ? new PracticeDescribed(
            Firm, From, Said.Title, Said.Problem, Said.How, Said.Needs, Said.Gave, Said.SkillUris, Said.Level, Said.Visibility, Author, Draft, Now)
        : Decision<PracticeEvent>.Nothing;
}

internal static class DescribePracticeEndpoint
{
    /// <param name="Problem">What it answers.</param>
    /// <param name="How">How it is done: Markdown, without HTML.</param>
    /// <param name="Needs">What it takes: time, tools, money, people.</param>
    /// <param name="Gave">What came of it where it was found out.</param>
    /// <param name="Level">What it does with knowledge: leverage what is known, expand it, bring it in from outside, evaluate its fit.</param>
    /// <param name="Visibility">firm, cluster or network.</param>
    /// <param name="From">The practice that this one is an adaptation of.</param>
    /// <param name="Firm">Where it was found out; needed only by people who work in several firms.</param>
    /// <param name="Draft">Only oneself sees it, until it is published.</param>
    internal sealed record Body(
        string Title, string Problem, string How, string? Needs = null, string? Gave = null, IReadOnlyList<string>? SkillUris = null, UseLevel Level = UseLevel.Leverage,
        Visibility Visibility = Visibility.Cluster, Id<Practice>? From = null, Id<Firm>? Firm = null, bool Draft = false) : IValidated
    {
        public void Validate(Faults faults) => PracticeRules.Validate(faults, Title, Problem, How, Needs, Gave, SkillUris, Visibility);

        internal Description Said => new(
            Title.Trim(), Problem.Trim(), How.Trim(), (Needs ?? "").Trim(), (Gave ?? "").Trim(), [.. (SkillUris ?? []).Distinct()], Level, Visibility);
    }

    internal static readonly Body Example = new(
        "Copper bars below thin sheet", "Stainless sheet under 1 mm warps when it is welded.", "- copper bars on both sides\n- a tack every 30 mm\n- 70 A at the most",
        "Two bars of copper, half a day to try.", "A third of the rejects.");

    internal static void MapDescribePractice(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/learning/practices", Handle)
            .WithName(nameof(DescribePractice)).WithSummary("Describe what one's firm found out, for others to adopt or adapt").WithExample(Example)
            .SignedInMayCall("everybody who works in a firm");

    internal static async Task<IResult> Handle(Body body, Caller caller, PracticeDesk practices, Company company, ISkillCatalogue skills, HttpRequest request, CancellationToken ct)
    {
        var (firm, noFirm) = await company.FirmOf(caller.Person, body.Firm, ct);
        if (firm is not { } there) return Problems.From(noFirm!); // one of the two is given
        if (await skills.Check(body.SkillUris ?? [], Language.Of(request), ct) is { } unknown) return Problems.From(unknown);
        if (body.From is { } from && await practices.Find(from, caller, ct) is not { State.Status: not PracticeStatus.Draft }) return Problems.From(PracticeRules.OriginUnknown);
        return await practices.Describe(practices.NewId<Practice>(), new(there, body.From, body.Said, caller.Person, body.Draft, practices.Now), ct);
    }
}
