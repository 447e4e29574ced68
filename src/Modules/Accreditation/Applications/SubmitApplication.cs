using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Applications;

/// <param name="Records">The facts of the mapped records now; from here on they are fixed in the dossier.</param>
internal sealed record SubmitApplication(
    ValueList<RecordFacts> Records, ValueList<Id<Firm>> CandidateFirms, StandardTerms Terms, DateTimeOffset Now)
        : ICommand<Application, ApplicationEvent>
{
    public static readonly Refusal VersionOver = new(
        "standard-version-over",
        "A newer version of the standard has taken over, and its time for submitting under this one is past. Move the application to the newer " +
        "version (successor), look at what that asks for, and submit it there; or withdraw it.");

    public static readonly Refusal NotSubmittable = new(
        "application-not-submittable", "An application is submitted as a draft, or again when more evidence is asked. See its phase.");

    public static readonly Refusal Insufficient = new(
        "evidence-insufficient",
        "The evidence does not satisfy the standard's rules yet: each entry of shortfalls names a rule, what counts and what is needed. " +
        "Put more records to it.",
        422);

    /// <summary>The candidate declares that the evidence is their own and true (Cedefop 2015, section 4.1: authentic).</summary>
    public bool Declared { get; init; }

    /// <summary>The version after the application's, and how it takes over.</summary>
    public Succession? Succession { get; init; }

    public Decision<ApplicationEvent> Decide(Application state)
    {
        if (state is not (Application.Draft or Application.MoreEvidenceAsked)) return NotSubmittable.With("phase", Phases.Of(state));
        if (Succession is { } next && !next.Transition.MaySubmit(Now)) return VersionOver.With("successor", next.Successor);
        var dossier = ((Application.Existing)state).Dossier;
        var facts = Records.Where(f => f.Person == dossier.Candidate).ToDictionary(f => f.Record);
        var gone = dossier.Mapping.Keys.Where(r => !facts.ContainsKey(r)).Order().ToList();
        if (gone.Count > 0) return PutEvidence.RecordUnknown.With("records", gone);
        ValueList<EvidenceItem> evidence = [.. dossier.Mapping.OrderBy(m => m.Key).Select(m => EvidenceItem.Of(facts[m.Key], m.Value))];
        var verdict = EvidenceVerdict.Of(dossier.Candidate, evidence, Terms, Now);
        return verdict.Sufficient
            ? new ApplicationSubmitted(dossier.Candidate, dossier.StandardVersion, CandidateFirms, evidence, Now) { Declared = Declared }
            : Refused(verdict);
    }

    private static Refusal Refused(EvidenceVerdict verdict) => Insufficient
        .With("shortfalls", verdict.Shortfalls).With("tooOld", verdict.TooOld).With("disputed", verdict.Disputed)
        .With("otherKinds", verdict.OtherKinds).With("uncoveredCriteria", verdict.Uncovered);
}

internal static class SubmitApplicationEndpoint
{
    /// <param name="Declared">That the evidence is one's own and true.</param>
    internal sealed record Body(bool Declared = false);

    internal static void MapSubmitApplication(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/accreditation/applications/{id}/submission", Handle)
            .WithName(nameof(SubmitApplication))
            .WithSummary("Submit the evidence for assessment; the standard's evidence rules are checked")
            .WithExample(new Body(true))
            .SignedInMayCall("the candidate");

    internal static async Task<IResult> Handle(
        Id<Application> id, Body? body, Caller caller, ApplicationDesk desk, ILearningRecords records, IFirmDirectory firms, Database database,
        Commands commands, TimeProvider clock, CancellationToken ct)
    {
        var opened = await desk.Open(id, caller, ct);
        if (opened.Refused(Standing.Candidate) is { } refusal) return Problems.From(refusal);
        var facts = await records.Find([.. opened.Dossier.Mapping.Keys], ct);
        var employments = await firms.EmploymentsOf(caller.Person, ct);
        var command = new SubmitApplication(
            [.. facts.Values], [.. employments.Select(e => e.Firm).Distinct().Order()], await desk.TermsOf(opened.Dossier, ct),
            clock.GetUtcNow())
        {
            Declared = body?.Declared == true,
            Succession = await Standards.Standards.SuccessionOf(opened.Dossier.Standard, database, ct),
        };
        return await commands.Run(desk.Applications, id.Value, command, ApplicationDesk.Changed(id), ct);
    }
}
