using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Firms;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Clusters.People;

internal sealed record EndEmployment(string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<Employment, EmploymentEvent>
{
    public Decision<EmploymentEvent> Decide(Employment state) => state switch
    {
        Employment.Current c => new EmploymentEnded(c.Person, c.Firm, c.Position, Reason, By, Now),
        Employment.Ended => Decision<EmploymentEvent>.Nothing,
        _ => Refusals.PersonUnknown,
    };
}

internal static class EndEmploymentEndpoint
{
    internal sealed record Body(string Reason) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("reason", Reason, 1, 500);
    }

    internal static void MapEndEmployment(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/clusters/firms/{firm}/people/{person}/departure", Handle)
            .WithName(nameof(EndEmployment)).WithSummary("Somebody leaves the firm; the roles there end at once")
            .WithExample(new Body("Moved to another town"))
            .SignedInMayCall("manager of the firm, coordinator of a cluster that has admitted it, or the person");

    private static Task<IResult> Handle(Id<Firm> firm, Id<Person> person, Body body, Caller caller, Departure departure, CancellationToken ct) =>
        departure.Run(firm, person, body.Reason, caller, ct);
}

/// <summary>Carries a departure out, for the API and the page alike. What the person learnt stays with the person.</summary>
internal sealed class Departure(
    FirmQueries queries, Streams<Employment, EmploymentEvent> employments, Staffing staffing, Commands commands, TimeProvider clock)
{
    public async Task<IResult> Run(Id<Firm> firm, Id<Person> person, string reason, Caller by, CancellationToken ct)
    {
        var standing = await queries.StandingOf(by, firm, ct);
        var own = person == by.Person && standing.WorksThere;
        if (!own && standing.RefuseManaging is { } refusal) return Problems.From(refusal);
        var now = clock.GetUtcNow();
        return await commands.Run(
            employments, Employment.IdOf(person, firm), new EndEmployment(reason, by.Person, now),
            Reply.Changed($"/api/v1/clusters/firms/{firm}/people/{person}", person), ct,
            also: facts => staffing.Follow(facts, now, ct));
    }
}
