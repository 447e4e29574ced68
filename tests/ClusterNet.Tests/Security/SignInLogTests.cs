using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Security;

/// <summary>Who signs in, who fails to and who is refused stands in the technical log, by id (OWASP ASVS 5.0, 16.2.1, 16.3.1 to 16.3.3).</summary>
public sealed class SignInLogTests
{
    private const string SignIns = "ClusterNet.Access.SignIn.SignInLog", Requests = "ClusterNet.Web.RequestLog";

    [Fact]
    public async Task Each_sign_in_is_logged_with_who_how_and_why_not_and_without_what_was_typed()
    {
        var log = new LogLines();
        await using var host = new RunningHost { Log = log };
        await host.InitializeAsync();
        var person = await host.Newcomer(await host.Operator(), "Lola Logged");
        log.Of(SignIns)[^1].ShouldBe($"{person.Person} signed in by password");

        using var anyone = host.Anonymous();
        Task<Answer> SignIn(string email, string password) => anyone.Post("/access/sign-in", new { email, password });
        (await SignIn(person.Email, "a wrong one, typed twice")).ShouldBe(HttpStatusCode.Unauthorized);
        log.Of(SignIns)[^1].ShouldBe($"Sign-in of {person.Person} by password failed: wrong password");
        (await SignIn("typed-my-secret@cluster.example", "a wrong one, typed twice")).ShouldBe(HttpStatusCode.Unauthorized);
        log.Of(SignIns)[^1].ShouldBe("Sign-in of (null) by password failed: unknown address");
        for (var i = 0; i < 10; i++) await SignIn(person.Email, "a wrong one, typed twice");
        log.Of(SignIns)[^1].ShouldBe($"Sign-in of {person.Person} by password failed: locked");
        log.Of(SignIns).ShouldAllBe(line => !line.Contains("typed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refused_requests_are_logged_with_who_called()
    {
        var log = new LogLines();
        await using var host = new RunningHost { Log = log };
        await host.InitializeAsync();
        var person = await host.Newcomer(await host.Operator(), "Lola Logged");
        using var anyone = host.Anonymous();

        (await person.Client.Post("/access/accounts", new { email = "a@b.example", name = "Anna" })).ShouldBe(HttpStatusCode.Forbidden);
        log.Of(Requests)[^1].ShouldStartWith($"POST /api/v1/access/accounts answered 403 to {person.Person} in ");
        (await anyone.Get("/access/me")).ShouldBe(HttpStatusCode.Unauthorized);
        log.Of(Requests)[^1].ShouldStartWith("GET /api/v1/access/me answered 401 to nobody in ");
    }
}
