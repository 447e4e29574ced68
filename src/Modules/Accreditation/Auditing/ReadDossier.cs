using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Auditing;

/// <summary>All on which a credential rests, in one answer.</summary>
internal static class ReadDossierEndpoint
{
    internal sealed record CredentialView(
        Id<Credential> Id, string Number, Id<Person> Holder, Id<Cluster> IssuedBy, string IssuingBody, CredentialStatus Status,
        DateTimeOffset StatusSince, DateOnly IssuedOn, DateOnly ValidUntil, string Skill, int EqfLevel);

    internal sealed record StandardView(
        Id<Standard> Id, string Title, int Version, int EqfLevel, string Skill, int ValidityMonths, IReadOnlyList<LearningOutcome> Outcomes,
        IReadOnlyList<Criterion> Criteria, EvidenceRules EvidenceRules, AssessorRules Assessors, SchemeTexts? Scheme, DecisionTerms Decisions,
        RenewalTerms? Renewal, SurveillanceTerms? Surveillance);

    /// <param name="Events">Of the standard, the application, the credential and the audit trail, each in its order.</param>
    internal sealed record Answer(CredentialView Credential, StandardView Standard, DossierView Application,
        IReadOnlyList<EventLine> Events);

    internal static void MapReadDossier(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/accreditation/credentials/{number}/dossier", Handle)
            .WithName("ReadDossier")
            .WithSummary("A credential's dossier: standard, evidence, ratings, decision, and all events of the streams involved")
            .Produces<Answer>()
            .SignedInMayCall("the holder; assigned assessors; the cluster's decision makers; auditors whose grant covers it (recorded)")
            .ReadsRecorded();

    private static async Task<IResult> Handle(
        string number, Caller caller, ApplicationDesk desk, AuditDesk audit, Streams<Standard, StandardEvent> standards,
        DossierEvents events, EventLines lines, Database database, TimeProvider clock, CancellationToken ct)
    {
        if (CredentialNumber.Read(number) is not { } read) return Problems.From(VerifyCredentialEndpoint.Mistyped);
        if (await HeldCredentials.Find(read, database, ct) is not { } row) return Problems.From(VerifyCredentialEndpoint.Unknown);
        var opened = await desk.Open(row.Application, caller, ct);
        if (opened.Refused(Standing.Candidate, Standing.Auditor, Standing.Assessor, Standing.DecisionMaker) is { } refusal)
            return Problems.From(refusal);
        if (await audit.Record(row.Application, opened, "dossier", ct) is { } unrecorded) return Problems.From(unrecorded);

        var standard = await standards.Load(row.Standard.Value, ct);
        IReadOnlyList<Recorded> all =
        [
            .. standard.Events, .. await events.Of(row.Application, opened.Loaded.Events, ct), .. await events.Reads(row.Application, ct),
        ];
        var position = await lines.PositionOfLast(opened.Loaded.Events, ct);
        return DossierReading.Of(row.Application, opened.Loaded, position, contents: true) is { } application
            && standard.State is Standard.Published s
            ? Results.Ok(new Answer(ViewOf(row, clock.GetUtcNow()), ViewOf(row.Standard, s.Terms), application, await lines.Of(all, ct)))
            : Problems.From(VerifyCredentialEndpoint.Unknown);
    }

    private static CredentialView ViewOf(CredentialRow row, DateTimeOffset now) => new(
        row.Id, row.Number, row.Holder, row.Cluster, row.IssuingBody, row.StatusAt(now), row.StandingSince, row.IssuedOn, row.ValidUntil,
        row.Skill, row.EqfLevel);

    private static StandardView ViewOf(Id<Standard> id, StandardTerms t) => new(
        id, t.Title, t.Version, t.EqfLevel, t.Skill, t.ValidityMonths, t.Outcomes, t.Criteria, t.EvidenceRules, t.Assessors, t.Scheme, t.Deciding(),
        t.Renewal, t.Surveillance);
}
