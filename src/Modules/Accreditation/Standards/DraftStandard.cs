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

    /// <summary>The lineage that a file names from which it is imported.</summary>
    public Id<Standard>? ImportedFrom { get; init; }

    public Decision<StandardEvent> Decide(Standard state)
    {
        if (state is not Standard.Absent) return Decision<StandardEvent>.Nothing;
        if (Refused(Terms, Former?.State) is { } refusal) return refusal;
        return Former switch
        {
            null => new StandardDrafted(Cluster, Id, null, Terms, By, Now) { ImportedFrom = ImportedFrom },
            (var former, Standard.Published p) when p.Cluster == Cluster =>
                new StandardDrafted(Cluster, p.Lineage, former, Terms, By, Now) { ImportedFrom = p.ImportedFrom },
            _ => FormerUnknown,
        };
    }

    /// <summary>What the network owes to every candidate, whatever a standard says, and that versions go up.</summary>
    public static Refusal? Refused(StandardTerms terms, Standard? former) => former switch
    {
        _ when terms.EqfLevel >= StandardBody.TwoAssessorsFromLevel && terms.AssessorsNeeded() < 2 => TooFewAssessors,
        _ when terms.Assessors.SameFirm => SameFirm,
        Standard.Published p when terms.Version <= p.Terms.Version => NotNewer.With("formerVersion", p.Terms.Version),
        _ => null,
    };
}

internal static class DraftStandardEndpoint
{
    internal sealed record Body(
        string Title, int Version, int EqfLevel, string Skill, int ValidityMonths, IReadOnlyList<LearningOutcome> Outcomes,
        IReadOnlyList<Criterion> Criteria, EvidenceRules EvidenceRules, AssessorRules Assessors, Id<Standard>? Former = null)
        : StandardBody(Title, Version, EqfLevel, Skill, ValidityMonths, Outcomes, Criteria, EvidenceRules, Assessors);

    internal static readonly Body Example = new(
        "Negotiating as a small supplier", 1, 4, "http://data.europa.eu/esco/skill/5f2efbdf-08a2-49cd-9c06-bd284e4f0fbf", 36,
        [new(OutcomeType.Skill, "prepares, leads and records a negotiation")],
        [new("N1", "prepares goals, limits and alternatives in writing")],
        new(4, 2, 24, 180, 2, 1) { Recent = new(1, 12), OtherFirmsPercent = 30, MinPerCriterion = 2 },
        new(1, false, 24) { SecondFromLevel = 5, BlindPercent = 10, DaysToAssess = 30 })
    {
        Decisions = new(1, 14),
        Renewal = new(6, 2, 12),
        Surveillance = new(10, 12),
    };

    internal static void MapDraftStandard(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/accreditation/clusters/{cluster}/standards", Handle)
            .WithName(nameof(DraftStandard)).WithSummary("Draft a standard, or a new version of one (former)").WithExample(Example)
            .InClusterMayCall("cluster", Role.Coordinator);

    internal static async Task<IResult> Handle(
        Id<Cluster> cluster, Body body, Caller caller, Streams<Standard, StandardEvent> standards, ISkillCatalogue skills,
        Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (!caller.Is(Role.Coordinator, RoleScope.Cluster(cluster))) return Problems.From(AccreditationModule.NotAllowed);
        if (await skills.Check([body.Skill], "en", ct) is { } unknown) return Problems.From(unknown);
        (Id<Standard>, Standard)? former = body.Former is { } f ? (f, (await standards.Load(f.Value, ct)).State) : null;
        var id = Id<Standard>.New(clock);
        var command = new DraftStandard(id, cluster, former, body.ToTerms(), caller.Person, clock.GetUtcNow());
        return await commands.Run(standards, id.Value, command, Reply.Created($"/api/v1/accreditation/standards/{id}", id), ct);
    }
}
