using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Checks;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Resources;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Clusters.Readiness;

/// <summary>
/// Is a cluster ready to begin, and is a firm? The coordinator answers for the cluster, a firm's manager for the firm; a firm's answers are its own, and the
/// cluster's coordinator does not see them.
/// </summary>
internal static class CheckReadinessEndpoint
{
    /// <param name="Results">The newest first.</param>
    internal sealed record Answer(AskedQuestionnaire Questionnaire, IReadOnlyList<CheckResult> Results);

    internal static void MapCheckReadiness(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/clusters/{cluster}/readiness", OfCluster)
            .WithName("ShowClusterReadiness").WithSummary("The readiness questionnaire, and what a cluster's checks came to").Produces<Answer>()
            .InClusterMayCall("cluster", Role.Coordinator);
        routes.MapPost("/clusters/{cluster}/readiness", CheckCluster)
            .WithName("CheckClusterReadiness").WithSummary("Check a cluster's readiness: go, start smaller, or not yet")
            .WithExample(CheckDesk.Body.Example("readiness")).InClusterMayCall("cluster", Role.Coordinator);
        routes.MapGet("/clusters/firms/{firm}/readiness", OfFirm)
            .WithName("ShowFirmReadiness").WithSummary("The readiness questionnaire, and what a firm's checks came to").Produces<Answer>()
            .InFirmMayCall("firm", Role.Manager);
        routes.MapPost("/clusters/firms/{firm}/readiness", CheckFirm)
            .WithName("CheckFirmReadiness").WithSummary("Check a firm's readiness: go, start smaller, or not yet")
            .WithExample(CheckDesk.Body.Example("readiness")).InFirmMayCall("firm", Role.Manager);
    }

    private static async Task<IResult> OfCluster(Id<Cluster> cluster, CheckDesk desk, IStringLocalizer<CheckTexts> text, CancellationToken ct) =>
        TypedResults.Ok(await Show(CheckKind.ClusterReadiness, cluster.Value, desk, text, ct));

    private static async Task<IResult> OfFirm(Id<Firm> firm, CheckDesk desk, IStringLocalizer<CheckTexts> text, CancellationToken ct) =>
        TypedResults.Ok(await Show(CheckKind.FirmReadiness, firm.Value, desk, text, ct));

    internal static async Task<Answer> Show(CheckKind kind, Guid subject, CheckDesk desk, IStringLocalizer<CheckTexts> text, CancellationToken ct) => new(
        AskedQuestionnaire.Of(Questionnaires.Current(kind.Questionnaire()), text),
        [.. (await desk.Results(kind, subject, ct)).Select(r => ReadinessVerdict.Result(r, text))]);

    private static Task<IResult> CheckCluster(Id<Cluster> cluster, CheckDesk.Body body, Caller caller, CheckDesk desk, CancellationToken ct) =>
        desk.Answer(CheckKind.ClusterReadiness, cluster, body, caller.Person, $"/api/v1/clusters/{cluster}/readiness", ct);

    private static Task<IResult> CheckFirm(Id<Firm> firm, CheckDesk.Body body, Caller caller, CheckDesk desk, CancellationToken ct) =>
        desk.Answer(CheckKind.FirmReadiness, firm, body, caller.Person, $"/api/v1/clusters/firms/{firm}/readiness", ct);
}
