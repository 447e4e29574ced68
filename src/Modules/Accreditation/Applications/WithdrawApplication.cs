using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Applications;

internal sealed record WithdrawApplication(Id<Person> By, DateTimeOffset Now) : ICommand<Application, ApplicationEvent>
{
    public Decision<ApplicationEvent> Decide(Application state) => state switch
    {
        Application.Absent => OpenedApplication.Unknown,
        Application.Withdrawn => Decision<ApplicationEvent>.Nothing,
        Application.Granted or Application.Declined => DecisionRules.AlreadyDecided,
        _ => new ApplicationWithdrawn(By, Now),
    };
}

internal static class WithdrawApplicationEndpoint
{
    internal static void MapWithdrawApplication(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/accreditation/applications/{id}/withdrawal", Handle)
            .WithName(nameof(WithdrawApplication)).WithSummary("Withdraw one's application before it is decided")
            .SignedInMayCall("the candidate");

    private static async Task<IResult> Handle(
        Id<Application> id, Caller caller, ApplicationDesk desk, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        var opened = await desk.Open(id, caller, ct);
        if (opened.Refused(Standing.Candidate) is { } refusal) return Problems.From(refusal);
        return await commands.Run(
            desk.Applications, id.Value, new WithdrawApplication(caller.Person, clock.GetUtcNow()), ApplicationDesk.Changed(id), ct);
    }
}
