using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Standards;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Applications;

internal sealed record AskForMoreEvidence(Id<Person> Assessor, ValueList<string> Criteria, string What, StandardTerms Terms,
    DateTimeOffset Now)
    : ICommand<Application, ApplicationEvent>
{
    public Decision<ApplicationEvent> Decide(Application state)
    {
        if (state is not (Application.InAssessment or Application.Assessed))
            return RateCriteria.NotInAssessment.With("phase", Phases.Of(state));
        var dossier = ((Application.Existing)state).Dossier;
        if (!dossier.Assessors.Contains(Assessor)) return RateCriteria.NotAssigned;
        var unknown = Criteria.Where(c => !Terms.Knows(c)).ToList();
        return unknown.Count > 0
            ? PutEvidence.CriterionUnknown.With("criteria", unknown).With("known", Terms.Criteria.Select(c => c.Code).ToList())
            : new ApplicationMoreEvidenceAsked(Assessor, dossier.Candidate, Criteria, What, Now);
    }
}

internal static class AskForMoreEvidenceEndpoint
{
    internal sealed record Body(IReadOnlyList<string> Criteria, string What) : IValidated
    {
        public void Validate(Faults faults) => faults.Count("criteria", Criteria, 1, 50).Text("what", What, 1, 4000);
    }

    internal static void MapAskForMoreEvidence(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/accreditation/applications/{id}/evidence-requests", Handle)
            .WithName(nameof(AskForMoreEvidence))
            .WithSummary("Ask the candidate for more evidence; after it is submitted, all criteria are rated again")
            .WithExample(new Body(["N3"], "Please show what you changed after the second negotiation."))
            .SignedInMayCall("assessors assigned to the application who hold the role");

    private static async Task<IResult> Handle(
        Id<Application> id, Body body, Caller caller, ApplicationDesk desk, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        var opened = await desk.Open(id, caller, ct);
        if (opened.RefusedWithout(Role.Assessor) is { } refusal) return Problems.From(refusal);
        var command = new AskForMoreEvidence(
            caller.Person, [.. body.Criteria.Distinct()], body.What, await desk.TermsOf(opened.Dossier, ct), clock.GetUtcNow());
        return await commands.Run(desk.Applications, id.Value, command, ApplicationDesk.Changed(id), ct);
    }
}
