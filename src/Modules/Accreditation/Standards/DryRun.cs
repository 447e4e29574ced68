using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Standards;

/// <summary>
/// How far the people of a cluster would be by a standard today, from their records that are open to the cluster; to which criteria they would put
/// them nobody knows. Numbers below five are not told (ADR 24).
/// </summary>
/// <param name="People">Who has at least one record that counts.</param>
/// <param name="Ready">Whose records are enough by number, kinds, time and confirmations.</param>
/// <param name="LackOne">Who lacks one rule only.</param>
/// <param name="Stops">The rules that stop somebody, the one that stops most first.</param>
internal sealed record DryRun(DateTimeOffset AsOf, int? People, int? Ready, int? LackOne, IReadOnlyList<Stop> Stops)
{
    /// <summary>Smaller groups have no figures.</summary>
    public const int Fewest = 5;

    public static DryRun Of(IEnumerable<IGrouping<Id<Person>, RecordFacts>> records, StandardTerms terms, DateTimeOffset at)
    {
        var judged = records.Select(r => StandardReadiness.Judge(r.Key, [.. r], terms, at)).Where(j => j.Counting > 0).Select(j => j.Lacks).ToList();
        var stops = judged.SelectMany(lacks => lacks.Select(l => (l.Rule, l.Kind)).Distinct()).GroupBy(l => l)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Rule, StringComparer.Ordinal).ThenBy(g => g.Key.Kind);
        return new(
            at, Told(judged.Count), Told(judged.Count(lacks => lacks.Count == 0)), Told(judged.Count(lacks => lacks.Count == 1)),
            // Not even the order of what is not told.
            [.. stops.Where(g => g.Count() >= Fewest).Select(g => new Stop(g.Key.Rule, g.Count(), g.Key.Kind))]);
    }

    private static int? Told(int number) => number < Fewest ? null : number;
}

/// <summary>A rule, and how many people it stops.</summary>
internal sealed record Stop(string Rule, int People, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LearningKind? Kind = null);

/// <summary>Counts a dry run: one query for who works in the cluster, and one for every few thousand records.</summary>
internal sealed class DryRunDesk(IOpenRecords records, IFirmDirectory directory, TimeProvider clock)
{
    private const int Batch = 2_000;

    public async Task<DryRun> Of(Id<Cluster> cluster, StandardTerms terms, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        Id<Firm>[] firms = [.. (await directory.AdmittedTo(cluster, ct)).Select(f => f.Firm)];
        var employed = (await directory.EmployedBy(firms, ct)).Select(e => e.Person).ToHashSet();
        var (found, last) = (new List<RecordFacts>(), (Id<LearningRecord>?)null);
        for (var more = true; more;)
        {
            var batch = await records.Touching(firms, terms.Skill, now.AddMonths(-terms.EvidenceRules.MaxAgeMonths), last, Batch, ct);
            found.AddRange(batch.Where(r => employed.Contains(r.Person)));
            (more, last) = (batch.Count == Batch, batch.Count > 0 ? batch[^1].Record : last);
        }

        return DryRun.Of(found.GroupBy(r => r.Person), terms, now);
    }
}

internal static class DryRunEndpoint
{
    internal static void MapDryRun(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/accreditation/standards/{id}/dry-run", Handle)
            .WithName("DryRunStandard").WithSummary("How many people of the cluster would be ready by this standard today; numbers below five are left out")
            .Produces<DryRun>().SignedInMayCall("a coordinator of the cluster that drafted it");

    private static async Task<IResult> Handle(Id<Standard> id, Caller caller, StandardDesk desk, DryRunDesk dryRun, HttpContext http, CancellationToken ct)
    {
        var opened = await desk.Open(id, caller, ct);
        if (opened is not { Coordinates: true }) return Problems.From(StandardDesk.WhyNot(opened));
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await dryRun.Of(opened.State.Cluster, opened.State.Terms, ct));
    }
}
