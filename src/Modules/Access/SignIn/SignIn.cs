using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.SignIn;

internal static class SignInEndpoint
{
    private const int FailuresBeforeLock = 10;
    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    private static readonly Refusal Failed = new(
        "sign-in-failed", "Address and password do not fit together, or the account is locked for some minutes after many tries. Check both and try again.", 401);

    internal sealed record Body(string Email, string Password) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("email", Email, 1, 320);
            faults.Text("password", Password, 1, 200);
        }
    }

    internal static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/access/sign-in", Handle)
            .WithName("SignIn").WithSummary("Sign in with address and password; the answer sets the session cookie")
            .WithExample(new Body("coordinator@cluster.example", "eleven quiet lathes at dawn"))
            .AnyoneMayCall("signing in comes before being known").RequireRateLimiting(RateLimits.Secrets);
        routes.MapPost("/access/sign-out", SignOut)
            .WithName("SignOut").WithSummary("End this session").AnyoneMayCall("ends only the session whose cookie is sent");
    }

    private static async Task<IResult> Handle(Body body, HttpContext http, Database database, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var known = await database.Query(
            AccessModule.Name,
            Statement.Of(
                "select a.id, p.hash, p.locked_until from access.accounts a join access.password p on p.person = a.id where a.email = $1",
                body.Email.ToLowerInvariant()),
            r => (Person: new Id<Person>(r.GetGuid(0)), Hash: r.GetString(1), Locked: !r.IsDBNull(2) && r.GetFieldValue<DateTimeOffset>(2) > now), ct);
        var matches = Passwords.Matches(known.Count == 0 ? null : known[0].Hash, body.Password);
        if (known.Count == 0) return Problems.From(Failed);
        var person = known[0].Person;
        if (!matches || known[0].Locked)
        {
            if (!known[0].Locked) await database.Execute(AccessModule.Name, [CountFailure(person, now)], ct);
            return Problems.From(Failed);
        }

        var secret = Secret.New("cns_");
        await database.Execute(AccessModule.Name, [.. Sessions.Begin(person, secret.Hash, now), ForgetFailures(person)], ct);
        http.Response.Cookies.Append(Sessions.Cookie, secret.Text, Sessions.Options(http, now + Sessions.Lasts));
        return Results.Ok(new { person, links = new { self = "/api/v1/access/me" } });
    }

    private static async Task<IResult> SignOut(HttpContext http, Database database, TimeProvider clock, CancellationToken ct)
    {
        if (http.Request.Cookies[Sessions.Cookie] is { } cookie) await database.Execute(AccessModule.Name, [Sessions.End(Secret.HashOf(cookie))], ct);
        http.Response.Cookies.Delete(Sessions.Cookie, Sessions.Options(http, clock.GetUtcNow()));
        return Results.NoContent();
    }

    private static Statement CountFailure(Id<Person> person, DateTimeOffset now) => Statement.Of(
        "update access.password set failures = case when failures + 1 >= $2 then 0 else failures + 1 end, locked_until = case when failures + 1 >= $2 then $3 else locked_until end where person = $1",
        person.Value, FailuresBeforeLock, now + LockedFor);

    private static Statement ForgetFailures(Id<Person> person) =>
        Statement.Of("update access.password set failures = 0, locked_until = null where person = $1 and failures > 0", person.Value);
}
