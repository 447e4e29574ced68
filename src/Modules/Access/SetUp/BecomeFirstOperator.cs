using System.Security.Cryptography;
using System.Text;
using ClusterNet.Access.Accounts;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.SignIn;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.SetUp;

/// <summary>Opens and activates the first operator's account.</summary>
internal sealed record BecomeFirstOperator(string Email, string Name, DateTimeOffset Now) : ICommand<Account, AccountEvent>
{
    public Decision<AccountEvent> Decide(Account state) => state is Account.Absent
        ? Decision<AccountEvent>.Of(new AccountOpened(Email, Name, Now), new AccountActivated(Now))
        : FirstOperatorEndpoint.Over;
}

internal static class FirstOperatorEndpoint
{
    internal static readonly Refusal Over = new("set-up-over", "This installation has its operator; sign in, or ask the operator for an account.");

    private static readonly Refusal WrongCode = new(
        "wrong-set-up-code", "This is not the code that the server printed at its start. Look at the console or the log of the newest start.", 403);

    internal sealed record Body(string Code, string Email, string Name, string Password) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("code", Code, 1, 100);
            faults.Email("email", Email);
            faults.Text("name", Name, 1, 200);
            Passwords.Validate(faults, "password", Password, Email, Name);
        }
    }

    internal static void MapFirstOperator(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/access/first-operator", Handle)
            .WithName("BecomeFirstOperator").WithSummary("Set a new installation up: become its first operator with the code from the console")
            .WithExample(new Body("7KQ2XH4M9PTB3WNCVE5R", "operator@cluster.example", "Olga Operator", "eleven quiet lathes at dawn"))
            .AnyoneMayCall("the code from the console is the permission").RequireRateLimiting(RateLimits.Secrets);

    internal static async Task<IResult> Handle(
        Body body, FirstOperatorCode code, IRoles roles, Streams<Account, AccountEvent> accounts, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        var right = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(body.Code.Trim()), Encoding.UTF8.GetBytes(code.Code));
        if (await code.OperatorExists(ct)) return Problems.From(Over);
        if (!right) return Problems.From(WrongCode);
        // One code, one operator: two requests with it meet in the same stream.
        var person = new Id<Person>(NamedGuid.Of("first-operator", code.Code));
        var now = clock.GetUtcNow();
        return await commands.Run(
            accounts, person.Value, new BecomeFirstOperator(body.Email, body.Name, now), Reply.Created("/api/v1/access/me", person), ct,
            onGuard: _ => Task.FromResult(OpenAccount.EmailTaken),
            also: async _ => [await roles.PrepareGrant(person, Role.Operator, RoleScope.Installation, null, "first operator", now, ct)],
            statements: [Passwords.Store(person, body.Password)]);
    }
}
