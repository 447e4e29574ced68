using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Accounts;

internal sealed record OpenAccount(string Email, string Name, DateTimeOffset Now) : ICommand<Account, AccountEvent>
{
    public static readonly Refusal EmailTaken = new(
        "email-taken", "Somebody has an account with this address already. Look the person up by the address instead of adding a new one.");

    public Decision<AccountEvent> Decide(Account state) => state switch
    {
        Account.Absent => new AccountOpened(Email, Name, Now),
        _ => Decision<AccountEvent>.Nothing,
    };
}

internal static class OpenAccountEndpoint
{
    internal sealed record Body(string Email, string Name) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Email("email", Email);
            faults.Text("name", Name, 1, 200);
        }
    }

    internal static void MapOpenAccount(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/access/accounts", Handle)
            .WithName(nameof(OpenAccount)).WithSummary("Open an account for somebody of no firm: a coordinator, an auditor, an assessor from outside")
            .WithExample(new Body("carla.auditor@audit.example", "Carla Auditor"))
            .SignedInMayCall("the operator, or a coordinator of any cluster");

    private static Task<IResult> Handle(
        Body body, Caller caller, Streams<Account, AccountEvent> accounts, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (!caller.IsOperator && caller.ScopesOf(ScopeKind.Cluster, Role.Coordinator).Count == 0)
            return Task.FromResult<IResult>(Problems.From(Permissions.NotAllowed));
        var person = Id<Person>.New(clock);
        return commands.Run(
            accounts, person.Value, new OpenAccount(body.Email, body.Name, clock.GetUtcNow()),
            Reply.Created($"/api/v1/access/accounts/{person}", person), ct, onGuard: _ => Task.FromResult(OpenAccount.EmailTaken));
    }
}
