using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Firms;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Clusters.People;

internal sealed record ChangePosition(Position Position, string JobTitle, Id<Person> By, DateTimeOffset Now) : ICommand<Employment, EmploymentEvent>
{
    public static readonly Refusal Oneself = new(
        "own-position", "Nobody makes themselves owner or manager. Ask somebody who leads the firm already, or another coordinator.", 403);

    public Decision<EmploymentEvent> Decide(Employment state) => state switch
    {
        Employment.Current c when c.Position == Position && c.JobTitle == JobTitle => Decision<EmploymentEvent>.Nothing,
        Employment.Current c when c.Person == By && Position.Leads() && !c.Position.Leads() => Oneself,
        Employment.Current c => new EmploymentPositionChanged(c.Person, c.Firm, c.Position, Position, JobTitle, By, Now),
        _ => Refusals.PersonUnknown,
    };
}

internal static class ChangePositionEndpoint
{
    internal sealed record Body(Position Position, string JobTitle) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("jobTitle", JobTitle);
    }

    internal static void MapChangePosition(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/clusters/firms/{firm}/people/{person}/position", Handle)
            .WithName(nameof(ChangePosition)).WithSummary("Change somebody's position or job title; the roles follow at once")
            .WithExample(new Body(Position.Manager, "Head of production"))
            .SignedInMayCall("manager of the firm, or coordinator of a cluster that has admitted it");

    internal static async Task<IResult> Handle(
        Id<Firm> firm, Id<Person> person, Body body, Caller caller, FirmQueries queries, Streams<Employment, EmploymentEvent> employments,
        Staffing staffing, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if ((await queries.StandingOf(caller, firm, ct)).RefuseManaging is { } refusal) return Problems.From(refusal);
        var now = clock.GetUtcNow();
        return await commands.Run(
            employments, Employment.IdOf(person, firm), new ChangePosition(body.Position, body.JobTitle.Trim(), caller.Person, now),
            Reply.Changed($"/api/v1/clusters/firms/{firm}/people/{person}", person), ct,
            also: facts => staffing.Follow(facts, now, ct));
    }
}
