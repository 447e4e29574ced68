using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Applications;

/// <param name="Succession">The published version after this one, and how it takes over.</param>
/// <param name="CandidateFirms">The candidate's firms that the standard's cluster has admitted.</param>
/// <param name="ActiveCredential">Number of the credential that the candidate holds by any version of this standard.</param>
internal sealed record OpenApplication(
    Id<Person> Candidate, Id<Standard> Standard, Standard StandardState, Succession? Succession, ValueList<Id<Firm>> CandidateFirms,
    string? ActiveCredential, string Statement, DateTimeOffset Now) : ICommand<Application, ApplicationEvent>
{
    public static readonly Refusal StandardUnknown = new(
        "standard-unknown", "There is no such published standard. Choose one from a cluster's list of standards.", 422);

    public static readonly Refusal StandardSuperseded = new(
        "standard-superseded", "A newer version of this standard is published. Apply under that one (successor).");

    public static readonly Refusal StandardRetired = new(
        "standard-retired", "This standard is retired: nobody applies by it any more. Choose another one from the cluster's list.");

    public static readonly Refusal NotOfCluster = new(
        "candidate-not-of-cluster",
        "Only people of the cluster's admitted firms apply under its standards. Ask your firm to join the cluster.", 403);

    public static readonly Refusal AlreadyOpen = new(
        "application-already-open", "You have an open application under this standard. Go on with that one, or withdraw it first.");

    public Decision<ApplicationEvent> Decide(Application state)
    {
        if (state is not Application.Absent) return Decision<ApplicationEvent>.Nothing;
        if (StandardState is not Standards.Standard.Published published) return StandardUnknown;
        if (CandidateFirms.Count == 0) return NotOfCluster;
        if (published.Retired) return StandardRetired;
        if (Succession is { } next && !next.Transition.MayApply(Now)) return StandardSuperseded.With("successor", next.Successor);
        if (ActiveCredential is { } number) return IssueCredential.AlreadyHeld.With("number", number);
        return new ApplicationOpened(
            Candidate, published.Cluster, Standard, published.Lineage, published.Terms.Version, CandidateFirms, Statement, Now);
    }
}

internal static class OpenApplicationEndpoint
{
    internal sealed record Body(Id<Standard> Standard, string? Statement = null) : IValidated
    {
        public void Validate(Faults faults) => faults.OptionalText("statement", Statement, 4000);
    }

    internal static void MapOpenApplication(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/accreditation/applications", Handle)
            .WithName(nameof(OpenApplication)).WithSummary("Stage 1, identification: apply for oneself under a standard")
            .WithExample(new Body(new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f")),
                "I negotiate with our two biggest buyers every spring."))
            .SignedInMayCall("people of the cluster's admitted firms, for themselves");

    internal static async Task<IResult> Handle(
        Body body, Caller caller, Streams<Application, ApplicationEvent> applications, Streams<Standard, StandardEvent> standards,
        IFirmDirectory firms, Database database, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        var standard = (await standards.Load(body.Standard.Value, ct)).State;
        var id = Id<Application>.New(clock);
        var now = clock.GetUtcNow();
        var published = standard as Standard.Published;
        var command = new OpenApplication(
            caller.Person, body.Standard, standard, await Standards.Standards.SuccessionOf(body.Standard, database, ct),
            published is null ? [] : await FirmsWithin(published.Cluster, caller.Person, firms, ct),
            published is null ? null : await HeldCredentials.ActiveNumber(caller.Person, published.Lineage, now, database, ct),
            body.Statement ?? "", now);
        return await commands.Run(
            applications, id.Value, command, Reply.Created($"/api/v1/accreditation/applications/{id}", id), ct,
            onGuard: async _ => OpenApplication.AlreadyOpen.With("application", await OpenOne(caller.Person, published, database, ct)));
    }

    internal static async Task<ValueList<Id<Firm>>> FirmsWithin(Id<Cluster> cluster, Id<Person> person, IFirmDirectory firms,
        CancellationToken ct)
    {
        var within = new List<Id<Firm>>();
        foreach (var firm in (await firms.EmploymentsOf(person, ct)).Select(e => e.Firm).Distinct())
            if ((await firms.ClustersOf(firm, ct)).Contains(cluster)) within.Add(firm);
        return [.. within];
    }

    private static async Task<Id<Application>?> OpenOne(Id<Person> candidate, Standard.Published? standard, Database database,
        CancellationToken ct)
    {
        if (standard is null) return null;
        var rows = await database.Query(
            AccreditationModule.Name,
            Statement.Of(Applications.Table.Select("where candidate = $1 and lineage = $2 and open"), candidate.Value,
                standard.Lineage.Value),
            Applications.Table.Read, ct);
        return rows.Count == 0 ? null : rows[0].Id;
    }
}
