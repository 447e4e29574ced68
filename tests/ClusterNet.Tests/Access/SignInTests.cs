using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Access;

/// <summary>Signing in by password, and what nobody learns from it.</summary>
public sealed class SignInTests(SignInScene scene) : IClassFixture<SignInScene>
{
    [Fact]
    public async Task A_hundred_failed_tries_lock_the_password_and_every_answer_is_the_same()
    {
        var person = await scene.Newcomer();
        var unknown = await scene.SignIn("nobody@cluster.example");
        unknown.ShouldBeProblem(HttpStatusCode.Unauthorized, "sign-in-failed");
        for (var i = 0; i < 100; i++) Same(await scene.SignIn(person.Email, $"wrong password {i}"), unknown);

        Same(await scene.SignIn(person.Email), unknown);
        (await person.Client.Get("/access/me")).ShouldBe(HttpStatusCode.OK);
        await scene.Sql("update access.password set locked_until = now() - interval '1 second' where person = $1", Guid.Parse(person.Person));
        (await scene.SignIn(person.Email)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_learns_whether_an_account_exists_is_activated_or_has_a_password()
    {
        var (_, invited, _) = await scene.Invited();
        var passwordless = await scene.Newcomer();
        await scene.Sql("delete from access.password where person = $1", Guid.Parse(passwordless.Person));
        var unknown = await scene.SignIn("nobody@cluster.example");
        foreach (var email in new[] { invited, passwordless.Email, "not an address", "<script>@\u202Eevil", new string('x', 320) })
            Same(await scene.SignIn(email), unknown);
    }

    [Fact]
    public async Task Nine_failed_tries_do_not_lock_and_success_forgets_them()
    {
        var person = await scene.Newcomer();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 9; i++) (await scene.SignIn(person.Email, "not the password")).ShouldBe(HttpStatusCode.Unauthorized);
            (await scene.SignIn(person.Email)).ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Tries_at_once_are_all_counted()
    {
        var person = await scene.Newcomer();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => scene.SignIn(person.Email, "not the password")));
        (await scene.SignIn(person.Email)).ShouldBeProblem(HttpStatusCode.Unauthorized, "sign-in-failed");
    }

    [Fact]
    public async Task A_session_is_always_new_and_ends_the_one_that_the_browser_came_with()
    {
        var person = await scene.Newcomer();
        using var browser = scene.Host.Anonymous();
        var planted = ("Cookie", "clusternet-session=cns_plantedByAnAttackerBeforeTheSignIn0000000000");
        var body = new { email = person.Email, password = Api.Password };
        var first = SignInScene.Cookie(await browser.Post("/access/sign-in", body, planted));
        first.ShouldNotContain("planted");
        (await browser.Get("/access/me", planted)).ShouldBe(HttpStatusCode.Unauthorized);
        var second = SignInScene.Cookie(await browser.Post("/access/sign-in", body, ("Cookie", first)));
        second.ShouldNotBe(first);
        (await browser.Get("/access/me", ("Cookie", first))).ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.Get("/access/me", ("Cookie", second))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Only_the_mailbox_hears_of_a_new_device()
    {
        var person = await scene.Newcomer();
        using var browser = scene.Host.Anonymous();
        browser.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0");
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");
        await browser.Post("/access/sign-in", new { email = person.Email, password = Api.Password });
        var mail = await scene.Host.LastMail(person.Email);
        mail.Text.ShouldContain("Firefox, Windows");
        mail.Links.ShouldContain(l => l.AbsolutePath == "/account/sessions");
        await browser.Post("/access/sign-in", new { email = person.Email, password = Api.Password });
        (await scene.Host.MailsTo(person.Email)).Count.ShouldBe(1);
    }

    /// <summary>Status, headers and body, but for what belongs to the request.</summary>
    private static void Same(Answer answer, Answer expected)
    {
        answer.ShouldBeProblem(HttpStatusCode.Unauthorized, "sign-in-failed");
        answer.Text("detail").ShouldBe(expected.Text("detail"));
        answer.Json.AsObject().Select(m => m.Key).ShouldBe(expected.Json.AsObject().Select(m => m.Key));
        answer.Headers.Keys.ShouldBe(expected.Headers.Keys, ignoreOrder: true);
    }
}
