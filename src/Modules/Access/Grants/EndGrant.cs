using ClusterNet.Access.Contracts;
using ClusterNet.Access.Tokens;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Grants;

internal sealed record EndGrant(Id<Person> By, string Reason, DateTimeOffset Now) : ICommand<AuditGrant, AuditGrantEvent>
{
    public static readonly Refusal Unknown = new("grant-unknown", "There is no such grant for you. See the list of grants.", 404);

    public Decision<AuditGrantEvent> Decide(AuditGrant state) => state switch
    {
        AuditGrant.Given => new AuditorGrantEnded(By, Reason, Now),
        AuditGrant.Ended => Decision<AuditGrantEvent>.Nothing,
        _ => Unknown,
    };
}

internal static class EndGrantEndpoint
{
    internal const int MaxReason = 500;

    internal sealed record Body(string Reason) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("reason", Reason, 1, MaxReason);
    }

    internal static void MapEndGrant(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/access/auditor-grants/{id}/end", (Id<AuditorGrant> id, Body body, Caller caller, GrantDesk desk, CancellationToken ct) =>
                desk.End(id, body.Reason, caller, ct))
            .WithName(nameof(EndGrant)).WithSummary("End a grant before it expires, with a reason; from that moment it opens nothing")
            .WithExample(new Body("The audit is finished"))
            // Who gives a grant back gives up what it opens, and changes nothing else.
            .SignedInMayCall("a coordinator of the cluster, the operator, and the auditor").OwnAffairs().WithMetadata(TokensToo.Instance);
}
