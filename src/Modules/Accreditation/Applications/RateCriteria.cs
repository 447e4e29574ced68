using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Standards;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Applications;

/// <summary>One assessor's ratings. A second rating of a criterion is added to the first, and counts in its place.</summary>
internal sealed record RateCriteria(Id<Person> Assessor, ValueList<GivenRating> Ratings, StandardTerms Terms, DateTimeOffset Now)
    : ICommand<Application, ApplicationEvent>
{
    public static readonly Refusal NotInAssessment = new(
        "application-not-in-assessment", "Criteria are rated between submission and decision. See the application's phase.");

    public static readonly Refusal NotAssigned = new(
        "not-assigned", "Only assessors whom the coordinator has assigned rate this application. Ask the coordinator.", 403);

    public static readonly Refusal Contradiction = new(
        "rating-contradicts-itself",
        "A criterion is met only by evidence that is valid, authentic, current and sufficient (criteria). Correct one or the other.",
        422);

    public Decision<ApplicationEvent> Decide(Application state)
    {
        if (state is not (Application.InAssessment or Application.Assessed)) return NotInAssessment.With("phase", Phases.Of(state));
        var dossier = ((Application.Existing)state).Dossier;
        if (!dossier.Assessors.Contains(Assessor)) return NotAssigned;
        var unknown = Ratings.Select(r => r.Criterion).Where(c => !Terms.Knows(c)).Distinct().ToList();
        if (unknown.Count > 0)
            return PutEvidence.CriterionUnknown.With("criteria", unknown).With("known", Terms.Criteria.Select(c => c.Code).ToList());
        var contradictions = Ratings.Where(r => r.Judgement.Contradicts()).Select(r => r.Criterion).ToList();
        if (contradictions.Count > 0) return Contradiction.With("criteria", contradictions);

        List<ApplicationEvent> facts =
        [
            .. Ratings.Select((r, i) => new ApplicationCriterionRated(
                dossier.Ratings.Count + i + 1, Assessor, dossier.Candidate, r.Criterion, r.Judgement, r.Comment, Now)),
        ];
        var after = facts.Aggregate(state, Application.Evolve);
        if (after is Application.InAssessment { Dossier: var rated } && rated.Unrated(Terms).Count == 0)
            facts.Add(new ApplicationAssessed(Assessor, dossier.StandardVersion, Now));
        return Decision<ApplicationEvent>.Of([.. facts]);
    }
}

internal sealed record GivenRating(string Criterion, Judgement Judgement, string Comment);

internal static class RateCriteriaEndpoint
{
    internal sealed record Item(string Criterion, bool Met, bool Valid, bool Authentic, bool Current, bool Sufficient, string Comment);

    internal sealed record Body(IReadOnlyList<Item> Ratings) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Count("ratings", Ratings, 1, 50)
                .Each("ratings", Ratings, (r, f) => f.Text("criterion", r.Criterion, 1, 20).Text("comment", r.Comment, 1, 4000));
            faults.Check(Ratings.DistinctBy(r => r.Criterion).Count() == Ratings.Count, "ratings", "criteria-repeat",
                "Rate every criterion once.");
        }
    }

    internal static void MapRateCriteria(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/accreditation/applications/{id}/ratings", Handle)
            .WithName(nameof(RateCriteria)).WithSummary("Rate criteria by the submitted evidence; every rating stays in the dossier")
            .WithExample(new Body([new("N1", true, true, true, true, true,
                "Goals, limits and alternatives are written down in three of four cases.")]))
            .SignedInMayCall("assessors assigned to the application who hold the role");

    private static async Task<IResult> Handle(
        Id<Application> id, Body body, Caller caller, ApplicationDesk desk, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        var opened = await desk.Open(id, caller, ct);
        if (opened.RefusedWithout(Role.Assessor) is { } refusal) return Problems.From(refusal);
        ValueList<GivenRating> ratings =
        [
            .. body.Ratings.Select(r => new GivenRating(r.Criterion, new(r.Met, r.Valid, r.Authentic, r.Current, r.Sufficient), r.Comment)),
        ];
        var command = new RateCriteria(caller.Person, ratings, await desk.TermsOf(opened.Dossier, ct), clock.GetUtcNow());
        return await commands.Run(desk.Applications, id.Value, command, ApplicationDesk.Changed(id), ct);
    }
}
