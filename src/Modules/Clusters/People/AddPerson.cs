using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Firms;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Clusters.People;

/// <param name="Founding">The person registers the firm in this same transaction.</param>
internal sealed record BeginEmployment(
    Id<Person> Person, Id<Firm> Firm, Position Position, string JobTitle, Id<Person> By, bool Founding, DateTimeOffset Now)
    : ICommand<Employment, EmploymentEvent>
{
    public static readonly Refusal Oneself = new(
        "own-employment", "Nobody adds themselves to a firm. Ask the firm's manager or another coordinator to do it.", 403);

    public static readonly Refusal OtherPosition = new(
        "already-employed", "This person works in the firm already, in another position. Change the position instead.");

    public Decision<EmploymentEvent> Decide(Employment state) => state switch
    {
        _ when By == Person && !Founding => Oneself,
        Employment.Current c when c.Position == Position => Decision<EmploymentEvent>.Nothing,
        Employment.Current => OtherPosition,
        _ => new EmploymentBegan(Person, Firm, Position, JobTitle, By, Now),
    };
}

internal static class AddPersonEndpoint
{
    private static readonly Refusal AddedMeanwhile = new(
        "email-taken", "Somebody got an account with this address at this moment. Send the same request again: it will find the person.");

    internal sealed record Body(string Email, string GivenName, string FamilyName, Position Position, string JobTitle, string Language) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Email("email", Email);
            faults.Text("givenName", GivenName, 1, 100);
            faults.Text("familyName", FamilyName, 1, 100);
            faults.Text("jobTitle", JobTitle);
            faults.Language("language", Language);
        }
    }

    internal static void MapAddPerson(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/clusters/firms/{firm}/people", Handle)
            .WithName("AddPerson").WithSummary("Add a person to a firm; an account is opened for an address that nobody has")
            .WithExample(new Body("pavel.peters@querform.example", "Pavel", "Peters", Position.Trainer, "Purchasing", "de"))
            .SignedInMayCall("manager of the firm, or coordinator of a cluster that has admitted it");

    internal static async Task<IResult> Handle(
        Id<Firm> firm, Body body, Caller caller, FirmQueries queries, IAccounts accounts, Streams<Employment, EmploymentEvent> employments,
        Staffing staffing, Consent consent, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if ((await queries.StandingOf(caller, firm, ct)).RefuseManaging is { } refusal) return Problems.From(refusal);
        var known = await accounts.FindByEmail(body.Email, ct);
        if (known is { } other && other != caller.Person && await consent.IsNeeded(other, [firm], ct)) return Problems.From(Consent.Needed);
        var (person, now) = (known ?? Id<Person>.New(clock), clock.GetUtcNow());
        var hire = new Hire(person, known is null, body.Email, body.GivenName.Trim(), body.FamilyName.Trim(), body.Language, caller.Person);
        var command = new BeginEmployment(person, firm, body.Position, body.JobTitle.Trim(), caller.Person, false, now);
        return await commands.Run(
            employments, Employment.IdOf(person, firm), command, Reply.Created($"/api/v1/clusters/firms/{firm}/people/{person}", person),
            ct,
            onGuard: _ => Task.FromResult(AddedMeanwhile),
            also: facts => staffing.PrepareHire(hire, facts, now, ct));
    }
}
