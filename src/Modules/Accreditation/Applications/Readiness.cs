using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Applications;

/// <summary>How far somebody's learning records go towards a standard, before anything is applied for.</summary>
/// <param name="Records">Those that touch its skill and count: neither disputed nor too old.</param>
/// <param name="Lacks">What its evidence rules still ask for; empty where there is enough to put to the criteria, which only the person can do.</param>
internal sealed record StandardReadiness(Id<Standard> Standard, string Title, int Version, int EqfLevel, string Skill, int Records, IReadOnlyList<Shortfall> Lacks)
{
    public bool Ready => Lacks.Count == 0;

    /// <summary>What records that touch the skill lack, and how many of them count. To which criteria a record belongs only the person can say: here each could belong to any.</summary>
    public static (int Counting, IReadOnlyList<Shortfall> Lacks) Judge(
        Id<Person> person, IReadOnlyCollection<RecordFacts> touching, StandardTerms terms, DateTimeOffset at)
    {
        ValueList<string> criteria = [.. terms.Criteria.Select(c => c.Code)];
        var verdict = EvidenceVerdict.Of(person, [.. touching.Select(r => EvidenceItem.Of(r, criteria))], terms, at);
        return (
            touching.Count - verdict.TooOld.Union(verdict.Disputed).Union(verdict.OtherKinds).Count(),
            [
                .. verdict.Shortfalls.Where(s => s.Rule is not (EvidenceVerdict.CriteriaCovered or EvidenceVerdict.MinOptional))
                    .Select(s => s with { Criterion = null }).Distinct(),
            ]);
    }
}

/// <summary>Stage one of the European guidelines, identification: what somebody has that could count (Cedefop 2015, section 4.1).</summary>
internal sealed class ReadinessDesk(
    Database database, Streams<Standard, StandardEvent> standards, IFirmDirectory directory, ILearningRecords records, TimeProvider clock)
{
    private const int Most = 200;

    private const string Newest = """
        s where published and retired_at is null and cluster = any($1) and not exists (select 1 from accreditation.standards n where n.former = s.id and n.published) order by id limit $2
        """;

    /// <summary>Of the newest standards of the caller's clusters, those towards which any record counts; the ready ones first.</summary>
    public async Task<IReadOnlyList<StandardReadiness>> Of(Caller caller, CancellationToken ct)
    {
        var rows = await NewestFor(caller, ct);
        if (rows.Count == 0) return [];
        var all = await records.Touching(caller.Person, [.. rows.Select(r => r.Skill).Distinct()], ct);
        var found = new List<StandardReadiness>();
        foreach (var row in rows)
        {
            var touching = all.Where(r => r.SkillUris.Contains(row.Skill)).ToList();
            if (touching.Count == 0 || (await standards.Load(row.Id.Value, ct)).State is not Standard.Existing { Terms: var terms }) continue;
            found.Add(Judge(caller.Person, row, touching, terms));
        }

        return [.. found.OrderByDescending(f => f.Ready).ThenBy(f => f.Lacks.Count).ThenByDescending(f => f.Records).ThenBy(f => f.Title, StringComparer.CurrentCulture)];
    }

    /// <summary>The newest versions of the standards of the caller's clusters by which one can apply.</summary>
    public async Task<IReadOnlyList<StandardRow>> NewestFor(Caller caller, CancellationToken ct)
    {
        Guid[] clusters = [.. (await directory.ClustersOf(caller, ct)).Select(c => c.Value)];
        return await database.Query(AccreditationModule.Name, Statement.Of(Standards.Standards.Table.Select(Newest), clusters, Most), Standards.Standards.Table.Read, ct);
    }

    private StandardReadiness Judge(Id<Person> person, StandardRow row, List<RecordFacts> touching, StandardTerms terms)
    {
        var (counting, lacks) = StandardReadiness.Judge(person, touching, terms, clock.GetUtcNow());
        return new(row.Id, row.Title, row.Number, row.EqfLevel, row.Skill, counting, lacks);
    }
}

internal static class ReadinessEndpoint
{
    internal sealed record Answer(IReadOnlyList<StandardReadiness> Items);

    internal static void MapReadiness(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/accreditation/me/readiness", Show)
            .WithName("ShowReadiness").WithSummary("For which standards my learning records are evidence enough, and what the others still ask for")
            .Produces<Answer>().SignedInMayCall("everybody about themselves").OwnData();

    private static async Task<IResult> Show(Caller caller, ReadinessDesk desk, HttpContext http, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new Answer(await desk.Of(caller, ct)));
    }
}
