using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace ClusterNet.Accreditation.Standards;

/// <summary>A standard in a file: what it says, and by which id it is known wherever it went. Described in docs/standards-file.md.</summary>
/// <param name="Format"><see cref="Current"/>; another number is another layout.</param>
/// <param name="Lineage">The same for all versions of a standard, in every cluster and installation.</param>
internal sealed record StandardFile(string Format, Id<Standard> Lineage, StandardBody Standard) : IValidated
{
    public const string Current = "clusternet-standard/1";

    public const string FileName = "standard.json";

    /// <summary>Everything at once: a file that somebody else wrote is put right in one go.</summary>
    public void Validate(Faults faults)
    {
        faults.Check(Format == Current, "format", "format-unknown", $"This is not a file of the format {Current}.", Current);
        Standard.Validate(faults.In("standard"));
        if (faults.All.Count > 0) return;
        var refused = DraftStandard.Refused(Standard.ToTerms(), null);
        faults.In("standard").In("assessors")
            .Check(refused != DraftStandard.TooFewAssessors, "count", DraftStandard.TooFewAssessors.Code, DraftStandard.TooFewAssessors.Text)
            .Check(refused != DraftStandard.SameFirm, "sameFirm", DraftStandard.SameFirm.Code, DraftStandard.SameFirm.Text);
    }
}

internal static class StandardFileEndpoint
{
    public static readonly Refusal AlreadyThere = new(
        "standard-already-there", "The cluster has exactly this standard already (standard). There is nothing to import.");

    internal static void MapStandardFile(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/accreditation/standards/{id}/export", Export)
            .WithName("ExportStandard").WithSummary("A standard as a file, for other clusters and installations").Produces<StandardFile>()
            .SignedInMayCall("everybody; drafts only who has a role in the cluster, other than auditor");
        routes.MapPost("/accreditation/clusters/{cluster}/standards/import", Import)
            .WithName("ImportStandard").WithSummary("Draft a standard from a file; a version of one that the cluster has published becomes its next version")
            .WithExample(new StandardFile(
                StandardFile.Current, new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f")), StandardBody.Of(DraftStandardEndpoint.Example.ToTerms())))
            .InClusterMayCall("cluster", Role.Coordinator);
    }

    private static async Task<IResult> Export(
        Id<Standard> id, Caller caller, HttpContext http, StandardDesk desk, CancellationToken ct)
    {
        if (await desk.Open(id, caller, ct) is not { State: var state }) return Problems.From(PublishStandard.Unknown);
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = StandardFile.FileName }.ToString();
        return TypedResults.Ok(new StandardFile(StandardFile.Current, state.ImportedFrom ?? state.Lineage, StandardBody.Of(state.Terms)));
    }

    internal static async Task<IResult> Import(
        Id<Cluster> cluster, StandardFile body, Caller caller, Streams<Standard, StandardEvent> standards, ISkillCatalogue skills, Database database,
        Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (!caller.Is(Role.Coordinator, RoleScope.Cluster(cluster))) return Problems.From(AccreditationModule.NotAllowed);
        if (await skills.Check([body.Standard.Skill], "en", ct) is { } unknown) return Problems.From(unknown.With("at", "#/standard/skill"));
        var terms = body.Standard.ToTerms();
        var kin = await Standards.Rows(
            "where cluster = $1 and (origin = $2 or lineage = $2) order by number, id", database, ct, cluster.Value, body.Lineage.Value);
        foreach (var row in kin.Where(r => r.Number == terms.Version))
        {
            if ((await standards.Load(row.Id.Value, ct)).State is Standard.Existing { Terms: var there } && there == terms)
                return Problems.From(AlreadyThere.With("standard", row.Id));
        }

        (Id<Standard>, Standard)? former = kin.FindLast(r => r.Published) is { } newest ? (newest.Id, (await standards.Load(newest.Id.Value, ct)).State) : null;
        var id = Id<Standard>.New(clock);
        var command = new DraftStandard(id, cluster, former, terms, caller.Person, clock.GetUtcNow()) { ImportedFrom = body.Lineage };
        return await commands.Run(standards, id.Value, command, Reply.Created(StandardDesk.Link(id), id), ct);
    }
}
