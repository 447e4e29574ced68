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

namespace ClusterNet.Clusters.Culture;

/// <summary>How a firm decides and learns, by the word of its owners and managers, repeated over time. Nobody else sees it.</summary>
internal static class CheckCultureEndpoint
{
    /// <param name="Results">The newest first.</param>
    /// <param name="Comparison">Null with fewer than five other firms in the firm's clusters that were checked before this month.</param>
    internal sealed record Answer(AskedQuestionnaire Questionnaire, IReadOnlyList<CheckResult> Results, CultureComparison? Comparison);

    internal static void MapCheckCulture(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/clusters/firms/{firm}/culture", Show)
            .WithName("ShowCulture").WithSummary("The questionnaire on how a firm decides and learns, and what its checks came to").Produces<Answer>()
            .InFirmMayCall("firm", Role.Manager);
        routes.MapPost("/clusters/firms/{firm}/culture", Check)
            .WithName("CheckCulture").WithSummary("Check how a firm decides and learns: crisis-driven, directive or participative")
            .WithExample(CheckDesk.Body.Example("culture")).InFirmMayCall("firm", Role.Manager);
    }

    private static async Task<IResult> Show(Id<Firm> firm, CultureView view, CancellationToken ct) => TypedResults.Ok(await view.Of(firm, ct));

    private static Task<IResult> Check(Id<Firm> firm, CheckDesk.Body body, Caller caller, CheckDesk desk, CancellationToken ct) =>
        desk.Answer(CheckKind.FirmCulture, firm, body, caller.Person, $"/api/v1/clusters/firms/{firm}/culture", ct);
}

/// <summary>A firm's own results beside what may be told of the other firms.</summary>
internal sealed class CultureView(CheckDesk desk, IFirmDirectory directory, TimeProvider clock, IStringLocalizer<CheckTexts> text)
{
    public async Task<CheckCultureEndpoint.Answer> Of(Id<Firm> firm, CancellationToken ct)
    {
        var own = await desk.Results(CheckKind.FirmCulture, firm.Value, ct);
        HashSet<Guid> others = [];
        foreach (var cluster in await directory.ClustersOf(firm, ct)) others.UnionWith((await directory.AdmittedTo(cluster, ct)).Select(f => f.Firm.Value));
        others.Remove(firm.Value);
        var newest = await desk.Newest(CheckKind.FirmCulture, others, CultureComparison.EndOfLastMonth(clock.GetUtcNow()), ct);
        return new(
            AskedQuestionnaire.Of(Questionnaires.Current("culture"), text), [.. own.Select(r => CultureProfile.Result(r, text))], CultureComparison.Of(newest));
    }
}
