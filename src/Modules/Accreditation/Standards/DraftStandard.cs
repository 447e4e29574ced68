using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Standards;

/// <param name="Former">The version before this one, as it stands now; null for the first.</param>
internal sealed record DraftStandard(
    Id<Standard> Id, Id<Cluster> Cluster, (Id<Standard> Id, Standard State)? Former, StandardTerms Terms, Id<Person> By, DateTimeOffset Now)
    : ICommand<Standard, StandardEvent>
{
    public static readonly Refusal TooFewAssessors = new(
        "too-few-assessors", "From EQF level 5 on, at least two assessors have to rate. Set assessors.count to 2 or more.", 422);

    public static readonly Refusal SameFirm = new(
        "same-firm-assessors", "In this network nobody is assessed by the own firm. Set assessors.sameFirm to false.", 422);

    public static readonly Refusal FormerUnknown = new(
        "former-standard-unknown",
        "The former version is no published standard of this cluster. Name one from the cluster's list, or leave 'former' out.", 422);

    public static readonly Refusal NotNewer = new(
        "version-not-newer", "A new version takes a higher number than the former one. Raise 'version'.", 422);

    private const int TwoAssessorsFromLevel = 5;

    public Decision<StandardEvent> Decide(Standard state) => Former switch
    {
        _ when state is not Standard.Absent => Decision<StandardEvent>.Nothing,
        _ when Terms.EqfLevel >= TwoAssessorsFromLevel && Terms.Assessors.Count < 2 => TooFewAssessors,
        _ when Terms.Assessors.SameFirm => SameFirm,
        null => new StandardDrafted(Cluster, Id, null, Terms, By, Now),
        (_, Standard.Published p) when p.Cluster == Cluster && Terms.Version <= p.Terms.Version =>
            NotNewer.With("formerVersion", p.Terms.Version),
        (var former, Standard.Published p) when p.Cluster == Cluster => new StandardDrafted(Cluster, p.Lineage, former, Terms, By, Now),
        _ => FormerUnknown,
    };
}

internal static class DraftStandardEndpoint
{
    /// <summary>What the network owes to every candidate; a standard may ask for more.</summary>
    private const int LeastCoolingOffMonths = 24;

    internal sealed record Body(
        string Title, int Version, int EqfLevel, string Skill, int ValidityMonths, IReadOnlyList<LearningOutcome> Outcomes,
        IReadOnlyList<Criterion> Criteria, EvidenceRules EvidenceRules, AssessorRules Assessors, Id<Standard>? Former = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("title", Title).Whole("version", Version, 1, 10_000).Whole("eqfLevel", EqfLevel, 1, 8);
            faults.Text("skill", Skill, 1, 500).Whole("validityMonths", ValidityMonths, 1, 240);
            faults.Count("outcomes", Outcomes, 1, 50).Each("outcomes", Outcomes, (o, f) => f.Text("text", o.Text, 1, 1000));
            faults.Count("criteria", Criteria, 1, 50)
                .Each("criteria", Criteria, (c, f) => f.Text("code", c.Code, 1, 20).Text("text", c.Text, 1, 1000));
            faults.Check(Criteria.DistinctBy(c => c.Code).Count() == Criteria.Count, "criteria", "codes-repeat",
                "Every criterion needs a code of its own.");
            Validate(faults.In("evidenceRules"), EvidenceRules);
            faults.In("assessors").Whole("count", Assessors.Count, 1, 10).Whole("coolingOffMonths", Assessors.CoolingOffMonths, LeastCoolingOffMonths, 240);
        }

        public StandardTerms ToTerms() => new(
            Title.Trim(), Version, EqfLevel, Skill, [.. Outcomes], [.. Criteria], EvidenceRules, Assessors, ValidityMonths);

        private static void Validate(Faults faults, EvidenceRules rules) => faults
            .Whole("minItems", rules.MinItems, 1, 100).Whole("minKinds", rules.MinKinds, 0, rules.MinItems)
            .Whole("maxAgeMonths", rules.MaxAgeMonths, 1, 240)
            .Whole("minMinutes", rules.MinMinutes, 0, 100_000).Whole("minConfirmed", rules.MinConfirmed, 0, 100)
            .Whole("minFromOtherFirms", rules.MinFromOtherFirms, 0, 100);
    }

    internal static readonly Body Example = new(
        "Negotiating as a small supplier", 1, 4, "http://data.europa.eu/esco/skill/5f2efbdf-08a2-49cd-9c06-bd284e4f0fbf", 36,
        [new(OutcomeType.Skill, "prepares, leads and records a negotiation")],
        [new("N1", "prepares goals, limits and alternatives in writing")], new(4, 2, 24, 180, 2, 1), new(1, false, 24));

    internal static void MapDraftStandard(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/accreditation/clusters/{cluster}/standards", Handle)
            .WithName(nameof(DraftStandard)).WithSummary("Draft a standard, or a new version of one (former)").WithExample(Example)
            .InClusterMayCall("cluster", Role.Coordinator);

    private static async Task<IResult> Handle(
        Id<Cluster> cluster, Body body, Caller caller, Streams<Standard, StandardEvent> standards, ISkillCatalogue skills,
        Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await skills.Check([body.Skill], "en", ct) is { } unknown) return Problems.From(unknown);
        (Id<Standard>, Standard)? former = body.Former is { } f ? (f, (await standards.Load(f.Value, ct)).State) : null;
        var id = Id<Standard>.New(clock);
        var command = new DraftStandard(id, cluster, former, body.ToTerms(), caller.Person, clock.GetUtcNow());
        return await commands.Run(standards, id.Value, command, Reply.Created($"/api/v1/accreditation/standards/{id}", id), ct);
    }
}
