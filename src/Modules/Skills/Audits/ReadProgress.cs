using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Audits;

/// <summary>How far a firm is.</summary>
/// <param name="Raters">How many people are asked to rate, and of them how many have sent all that they were asked for.</param>
/// <param name="Sheets">How many ratings of a person are asked for, and of them how many were sent.</param>
internal sealed record FirmProgress(Id<Firm> Firm, int People, int Raters, int RatersDone, int Sheets, int SheetsSent, IReadOnlyList<RaterProgress> Each);

/// <summary>How far one rater is: numbers only. Whom somebody has rated would tell who rates whom.</summary>
internal sealed record RaterProgress(Id<Person> Person, int Asked, int Sent);

internal static class ReadProgressEndpoint
{
    internal static void MapReadProgress(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/skills/audits/{id}/progress", Handle)
            .WithName("ReadAuditProgress").WithSummary("Who of how many raters has answered, firm by firm; no answers")
            .Produces<IReadOnlyList<FirmProgress>>()
            .SignedInMayCall("who runs the audit sees all firms, managers theirs");

    private static async Task<IResult> Handle(Id<Audit> id, Caller caller, AuditDesk desk, AuditReads reads, CancellationToken ct)
    {
        if (await desk.Open(id, caller, ct) is not { } audit) return Problems.From(AuditRules.Unknown);
        if (!audit.Runs && audit.ManagedFirms.Count == 0) return Problems.From(AuditRules.NotRunner);
        return TypedResults.Ok(await Of(audit, reads, ct));
    }

    internal static async Task<IReadOnlyList<FirmProgress>> Of(OpenedAudit audit, AuditReads reads, CancellationToken ct) =>
        [.. Count(audit.Row, await reads.People(audit.Row.Id, ct), await reads.Sheets(audit.Row.Id, ct)).Where(f => audit.Runs || audit.Manages(f.Firm))];

    internal static IReadOnlyList<FirmProgress> Count(AuditRow audit, IReadOnlyCollection<RatedRow> people, IEnumerable<SheetRow> sheets)
    {
        var sent = sheets.Where(s => s.SentAt is not null).Select(s => (s.Rater, s.Person)).ToHashSet();
        var asked = AuditReads.Assignments(audit, people).ToList();
        return
        [
            .. audit.Joined.Select(f => new Id<Firm>(f)).Order().Select(firm =>
            {
                var ofFirm = asked.Where(a => a.Firm == firm).ToList();
                List<RaterProgress> each =
                [
                    .. ofFirm.GroupBy(a => a.Rater).OrderBy(g => g.Key)
                        .Select(g => new RaterProgress(g.Key, g.Count(), g.Count(a => sent.Contains((a.Rater, a.Person))))),
                ];
                return new FirmProgress(
                    firm, people.Count(p => p.Firm == firm && !p.HasLeft), each.Count, each.Count(e => e.Sent == e.Asked), ofFirm.Count, each.Sum(e => e.Sent), each);
            }),
        ];
    }
}
