using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Standards;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Applications;

internal sealed record AssignAssessor(ConflictFacts Assessor, Id<Person> By, StandardTerms Terms, DateTimeOffset Now)
    : ICommand<Application, ApplicationEvent>
{
    public static readonly Refusal NotAssignable = new(
        "application-not-assignable",
        "Assessors are assigned between submission and decision, while no more evidence is awaited. See the application's phase.");

    public static readonly Refusal ByCandidate = new(
        "assignment-by-candidate", "Nobody chooses their own assessors. Ask another coordinator of the cluster.");

    public static readonly Refusal Complete = new(
        "assessors-complete", "The application has all the assessors that its standard asks for. Release one first, with a reason.");

    public Decision<ApplicationEvent> Decide(Application state) => state switch
    {
        Application.Submitted { Dossier: var d } => Assign(d),
        Application.InAssessment { Dossier: var d } => Assign(d),
        _ => NotAssignable.With("phase", Phases.Of(state)),
    };

    private Decision<ApplicationEvent> Assign(Dossier dossier)
    {
        if (dossier.Assessors.Contains(Assessor.Person)) return Decision<ApplicationEvent>.Nothing;
        if (By == dossier.Candidate) return ByCandidate;
        if (!Assessor.HoldsRole) return Conflicts.NotAssessor;
        if (Conflicts.OfAssessor(Assessor, dossier) is { } conflict) return conflict;
        if (dossier.Assessors.Count >= Terms.AssessorsNeeded()) return Complete;
        return new ApplicationAssessorAssigned(By, Assessor, dossier.StandardVersion, Now);
    }
}

internal sealed record ReleaseAssessor(Id<Person> Assessor, Id<Person> By, string Reason, DateTimeOffset Now)
    : ICommand<Application, ApplicationEvent>
{
    public static readonly Refusal NotAssigned = new(
        "assessor-not-assigned", "This person is no assessor of the application now. See its assessors.");

    public Decision<ApplicationEvent> Decide(Application state) => state switch
    {
        Application.Granted or Application.Declined or Application.Withdrawn =>
            AssignAssessor.NotAssignable.With("phase", Phases.Of(state)),
        Application.Existing { Dossier: var d } when By == d.Candidate => AssignAssessor.ByCandidate,
        Application.Existing { Dossier: var d } when d.Assessors.Contains(Assessor) =>
            new ApplicationAssessorReleased(By, Assessor, Reason, Now),
        _ => NotAssigned,
    };
}

internal static class AssignAssessorEndpoint
{
    internal sealed record Body(Id<Person> Assessor);

    internal static void MapAssignAssessor(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/accreditation/applications/{id}/assessors", Assign)
            .WithName(nameof(AssignAssessor))
            .WithSummary("Stage 3, assessment: assign an assessor; conflicts are checked and their facts kept")
            .WithExample(new Body(new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f"))))
            .SignedInMayCall("a coordinator of the application's cluster");
        routes.MapPost("/accreditation/applications/{id}/assessors/{assessor}/release", Release)
            .WithName(nameof(ReleaseAssessor))
            .WithSummary("Release an assessor, with a reason; ratings given stay in the dossier and no longer count")
            .WithExample(new Reason("Will mentor the candidate from May on."))
            .SignedInMayCall("a coordinator of the application's cluster; the assessor, of oneself");
    }

    private static async Task<IResult> Assign(
        Id<Application> id, Body body, Caller caller, ApplicationDesk desk, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        var opened = await desk.Open(id, caller, ct);
        if (opened.RefusedWithout(Role.Coordinator) is { } refusal) return Problems.From(refusal);
        var (terms, now) = (await desk.TermsOf(opened.Dossier, ct), clock.GetUtcNow());
        var facts = await desk.FactsOf(body.Assessor, Role.Assessor, opened.Dossier, terms, now, ct);
        return await commands.Run(desk.Applications, id.Value, new AssignAssessor(facts, caller.Person, terms, now),
            ApplicationDesk.Changed(id), ct);
    }

    private static async Task<IResult> Release(
        Id<Application> id, Id<Person> assessor, Reason body, Caller caller, ApplicationDesk desk, Commands commands, TimeProvider clock,
        CancellationToken ct)
    {
        var opened = await desk.Open(id, caller, ct);
        if (assessor != caller.Person && opened.RefusedWithout(Role.Coordinator) is { } refusal) return Problems.From(refusal);
        if (opened.Standing == Standing.None) return Problems.From(OpenedApplication.Unknown);
        var command = new ReleaseAssessor(assessor, caller.Person, body.Text, clock.GetUtcNow());
        return await commands.Run(desk.Applications, id.Value, command, ApplicationDesk.Changed(id), ct);
    }
}
