using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Auditing;

internal static class ReadApplicationEndpoint
{
    /// <param name="Grant">Null in the time before grants.</param>
    internal sealed record Read(
        long Number, Id<Person> Auditor, Id<AuditorGrant>? Grant, string What, string Target, Personal<string> Purpose, DateTimeOffset At);

    private const string Insiders = "the candidate, assigned assessors, the cluster's decision makers, and auditors whose grant " +
        "covers it (every look of whom is recorded)";

    internal static void MapReadApplication(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/accreditation/applications/{id}", One)
            .WithName("ReadApplication")
            .WithSummary("An application now, or as of a version (asOfVersion), a time (asOf) or a position of the log (asOfPosition)")
            .Produces<DossierView>()
            .SignedInMayCall($"{Insiders}; a coordinator without evidence, ratings and texts")
            .ReadsRecorded();
        routes.MapGet("/accreditation/applications/{id}/events", Events)
            .WithName("ReadApplicationEvents")
            .WithSummary("The events of an application and of the credential that it led to, as stored, in order")
            .SignedInMayCall(Insiders).ReadsRecorded();
        routes.MapGet("/accreditation/applications/{id}/reads", Reads)
            .WithName("ReadAuditTrail").WithSummary("What auditors read of an application, and for what purpose")
            .SignedInMayCall("the candidate; auditors whose grant covers the application").ReadsRecorded();
    }

    private static async Task<IResult> One(
        Id<Application> id, long? asOfVersion, string? asOf, long? asOfPosition, Caller caller, HttpContext http, ApplicationDesk desk,
        AuditDesk audit, Moments moments, EventLines lines, CancellationToken ct)
    {
        var opened = await desk.Open(id, caller, ct);
        if (opened.Standing == Standing.None) return Problems.From(OpenedApplication.Unknown);
        var query = new MomentQuery(asOfVersion, asOf, asOfPosition);
        var moment = await moments.Find(query, opened.Loaded.Version, ct);
        if (moment.Refusal is { } refusal) return Problems.From(refusal);
        if (await audit.Record(id, opened, $"application{query.InWords()}", ct) is { } unrecorded)
            return Problems.From(unrecorded);
        var loaded = query.IsNow ? opened.Loaded : await desk.Applications.Load(id.Value, moment.AsOf, ct);
        var position = moment.Position ?? await lines.PositionOfLast(loaded.Events, ct);
        if (DossierReading.Of(id, loaded, position, opened.Standing != Standing.Coordinator) is not { } view)
            return Problems.From(OpenedApplication.NotYet);
        if (query.IsNow) ETags.Set(http, loaded.Version);
        return Results.Ok(view);
    }

    private static async Task<IResult> Events(
        Id<Application> id, Caller caller, PageRequest page, ApplicationDesk desk, AuditDesk audit, DossierEvents events, EventLines lines,
        CancellationToken ct)
    {
        var opened = await desk.Open(id, caller, ct);
        if (opened.Refused(Standing.Candidate, Standing.Auditor, Standing.Assessor, Standing.DecisionMaker) is { } refusal)
            return Problems.From(refusal);
        if (await audit.Record(id, opened, "events", ct) is { } unrecorded) return Problems.From(unrecorded);
        IEnumerable<Recorded> all = await events.Of(id, opened.Loaded.Events, ct);
        if (page.After<(Guid Stream, long Version)>() is { } last) all = all.SkipWhile(e => (e.Stream, e.Version) != last).Skip(1);
        return page.Answer(await lines.Of([.. all.Take(page.Fetch)], ct), e => (e.Stream, e.Version));
    }

    private static async Task<IResult> Reads(
        Id<Application> id, Caller caller, PageRequest page, ApplicationDesk desk, AuditDesk audit, Database database, CancellationToken ct)
    {
        var opened = await desk.Open(id, caller, ct);
        if (opened.Refused(Standing.Candidate, Standing.Auditor) is { } refusal) return Problems.From(refusal);
        if (await audit.Record(id, opened, "audit trail", ct) is { } unrecorded) return Problems.From(unrecorded);
        var rows = await database.Query(
            AccreditationModule.Name,
            Statement.Of(
                AuditorReads.Table.Select("where id = $1 and version < $2 order by version desc limit $3"),
                AuditTrail.IdOf(id), page.After<long>() ?? long.MaxValue, page.Fetch),
            AuditorReads.Table.Read, ct);
        return page.Answer([.. rows.Select(r => new Read(r.Version, r.Auditor, r.Granted, r.What, r.Target, r.Purpose, r.At))], r => r.Number);
    }
}
