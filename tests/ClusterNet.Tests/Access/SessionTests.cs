using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Access;

/// <summary>Where one is signed in, and how that ends.</summary>
public sealed class SessionTests(SignInScene scene) : IClassFixture<SignInScene>
{
    [Fact]
    public async Task Somebody_sees_the_own_sessions_ends_one_and_then_all()
    {
        var here = await scene.Newcomer();
        var there = await scene.Host.SignIn(here.Email);
        var items = (await here.Client.Get("/access/me/sessions")).Items;
        items.Count.ShouldBe(2);
        var other = items.Single(s => !s["current"]!.GetValue<bool>())["id"]!.ToString(); // every item says both
        var stranger = await scene.Newcomer();
        (await stranger.Client.Post($"/access/me/sessions/{other}/end", null)).ShouldBeProblem(HttpStatusCode.NotFound, "session-unknown");
        (await here.Client.Post($"/access/me/sessions/{other}/end", null)).ShouldBe(HttpStatusCode.NoContent);
        (await there.Client.Get("/access/me")).ShouldBe(HttpStatusCode.Unauthorized);
        (await here.Client.Post("/access/me/sessions/end", null)).ShouldBe(HttpStatusCode.NoContent);
        (await here.Client.Get("/access/me")).ShouldBe(HttpStatusCode.Unauthorized);
        (await stranger.Client.Get("/access/me")).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("last_seen_at = now() - interval '121 minutes'", HttpStatusCode.Unauthorized)]
    [InlineData("last_seen_at = now() - interval '119 minutes'", HttpStatusCode.OK)]
    [InlineData("expires_at = now() - interval '1 second'", HttpStatusCode.Unauthorized)]
    public async Task A_session_ends_idle_after_two_hours_and_in_any_case_after_twelve(string change, HttpStatusCode status)
    {
        var person = await scene.Newcomer();
        await scene.Sql($"update access.session set {change} where person = $1", Guid.Parse(person.Person));
        (await person.Client.Get("/access/me")).ShouldBe(status);
        if (status == HttpStatusCode.OK)
        {
            var seen = (await person.Client.Get("/access/me/sessions")).Items[0]["lastSeenAt"]!.GetValue<DateTimeOffset>(); // every item says it
            seen.ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(-5));
        }
    }

    [Fact]
    public async Task A_token_does_not_change_how_its_owner_signs_in()
    {
        var person = await scene.Newcomer();
        var plain = (await person.Client.Post("/access/tokens", new { label = "laptop", validForDays = 1 })).Text("token");
        var token = (await person.Client.Post("/access/tokens", new { label = "own affairs", validForDays = 1, scopes = new[] { "account" } })).Text("token");
        using var program = scene.Host.Anonymous();
        var bearer = ("Authorization", $"Bearer {token}");
        foreach (var (path, body) in new (string, object)[]
        {
            ("/access/me/password", new { currentPassword = Api.Password, newPassword = "seven ships without a harbour" }),
            ("/access/me/email", new { email = "thief@evil.example", password = Api.Password }),
            ("/access/me/passkeys/options", new { password = Api.Password }),
            ("/access/me/two-factor/secret", new { password = Api.Password }),
        })
        {
            (await program.Post(path, body, ("Authorization", $"Bearer {plain}"))).ShouldBeProblem(HttpStatusCode.Forbidden, "scope-missing");
            (await program.Post(path, body, bearer)).ShouldBeProblem(HttpStatusCode.Forbidden, "session-needed");
        }
    }
}
