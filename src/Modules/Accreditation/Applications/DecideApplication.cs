using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Applications;

/// <summary>How a certification decision ends.</summary>
[JsonConverter(typeof(WireNameConverter<CertificationOutcome>))]
internal enum CertificationOutcome
{
    [JsonStringEnumMemberName("granted")]
    Granted,

    [JsonStringEnumMemberName("declined")]
    Declined,
}

internal static class DecideApplicationEndpoint
{
    internal sealed record Body(CertificationOutcome Outcome, string Grounds) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("grounds", Grounds, 1, 4000);
    }

    internal static void MapDecideApplication(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/accreditation/applications/{id}/decision", Handle)
            .WithName("DecideApplication")
            .WithSummary("Stage 4, certification: grant or decline, with grounds; conflicts are checked again. A grant issues the " +
                "credential at once")
            .WithExample(new Body(CertificationOutcome.Granted,
                "All criteria are met by evidence from two firms; the assessor's ratings are well founded."))
            .SignedInMayCall("a decision maker of the cluster who took no part before");

    private static async Task<IResult> Handle(
        Id<Application> id, Body body, Caller caller, ApplicationDesk desk, Streams<Credential, CredentialEvent> credentials,
        IFirmDirectory firms, Database database, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        var opened = await desk.Open(id, caller, ct);
        if (opened.Standing == Standing.None) return Problems.From(OpenedApplication.Unknown);
        var (dossier, now) = (opened.Dossier, clock.GetUtcNow());
        var terms = await desk.TermsOf(dossier, ct);
        var facts = await FactsOf(caller.Person, dossier, terms, desk, now, ct);
        if (body.Outcome == CertificationOutcome.Declined)
            return await commands.Run(desk.Applications, id.Value, new DeclineApplication(facts, body.Grounds, terms, now),
                ApplicationDesk.Changed(id), ct);

        var (credential, number) = (Credential.IdOf(id), CredentialNumber.New(now));
        var held = await HeldCredentials.ActiveNumber(dossier.Candidate, dossier.Lineage, now, database, ct);
        var grant = new GrantApplication(facts, credential, number.Text, held, body.Grounds, terms, now);
        var issue = new IssueCredential(id, dossier, await firms.ClusterName(dossier.Cluster, ct) ?? "", number.Text, terms, caller.Person,
            now);
        return await commands.Run(
            desk.Applications, id.Value, grant,
            Reply.Changed(ApplicationDesk.Link(id), id, ("credential", credential.ToString()), ("number", number.Text)), ct,
            onGuard: _ => Task.FromResult(IssueCredential.NumberTaken),
            also: async _ => [await credentials.Prepare(credential.Value, issue, ct)]);
    }

    private static async Task<DecisionFacts> FactsOf(
        Id<Person> decider, Dossier dossier, StandardTerms terms, ApplicationDesk desk, DateTimeOffset now, CancellationToken ct)
    {
        var assessors = new List<ConflictFacts>();
        foreach (var assessor in dossier.Assessors) assessors.Add(await desk.FactsOf(assessor, Role.Assessor, dossier, terms, now, ct));
        return new(await desk.FactsOf(decider, Role.DecisionMaker, dossier, terms, now, ct), [.. assessors]);
    }
}
