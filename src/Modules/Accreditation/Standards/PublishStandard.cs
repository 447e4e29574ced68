using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Standards;

internal sealed record PublishStandard(Id<Person> By, DateTimeOffset Now) : ICommand<Standard, StandardEvent>
{
    public static readonly Refusal Unknown = new(
        "standard-unknown", "There is no such standard here. See the cluster's list of standards.", 404);

    public static readonly Refusal Exists = new(
        "standard-exists", "The cluster has published a standard of this title and version. Draft the next version of it instead.");

    public static readonly Refusal Succeeded = new(
        "standard-already-succeeded", "The former version has a published successor already. Draft a new version of that one.");

    public Decision<StandardEvent> Decide(Standard state) => state switch
    {
        Standard.Draft => new StandardPublished(By, Now),
        Standard.Published => Decision<StandardEvent>.Nothing,
        _ => Unknown,
    };
}

internal static class PublishStandardEndpoint
{
    internal static void MapPublishStandard(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/accreditation/standards/{id}/publication", Handle)
            .WithName(nameof(PublishStandard)).WithSummary("Publish a standard; nothing of it changes from then on")
            .SignedInMayCall("a coordinator of the cluster that drafted it");

    private static async Task<IResult> Handle(
        Id<Standard> id, Caller caller, Streams<Standard, StandardEvent> standards, Commands commands, TimeProvider clock,
        CancellationToken ct)
    {
        if ((await standards.Load(id.Value, ct)).State is not Standard.Existing standard) return Problems.From(PublishStandard.Unknown);
        var cluster = RoleScope.Cluster(standard.Cluster);
        if (standard is Standard.Draft && !caller.IsIn(cluster)) return Problems.From(PublishStandard.Unknown);
        if (!caller.Is(Role.Coordinator, cluster)) return Problems.From(AccreditationModule.NotAllowed);
        return await commands.Run(
            standards, id.Value, new PublishStandard(caller.Person, clock.GetUtcNow()),
            Reply.Changed($"/api/v1/accreditation/standards/{id}", id), ct,
            onGuard: constraint =>
                Task.FromResult(constraint == Standards.OneSuccessor ? PublishStandard.Succeeded : PublishStandard.Exists));
    }
}
