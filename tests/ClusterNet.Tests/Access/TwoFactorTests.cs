using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Access;

/// <summary>The second factor by an authenticator app.</summary>
public sealed class TwoFactorTests(SignInScene scene) : IClassFixture<SignInScene>
{
    [Fact]
    public async Task With_the_second_factor_on_the_password_alone_does_not_sign_in()
    {
        var (person, secret, recovery) = await TurnedOn();
        var first = (await scene.SignIn(person.Email)).ShouldBeProblem(HttpStatusCode.Unauthorized, "second-factor-needed");
        first.Headers.ContainsKey("Set-Cookie").ShouldBeFalse();

        // The code that turned it on was used, so it is not taken a second time.
        (await Second(first.Text("attempt"), AppCodes.Of(secret))).ShouldBeProblem(HttpStatusCode.Unauthorized, "second-factor-failed");
        SignInScene.Cookie(await Second(first.Text("attempt"), AppCodes.Of(secret, 1))).ShouldContain("clusternet-session");
        (await Second(first.Text("attempt"), AppCodes.Of(secret, -1))).ShouldBeProblem(HttpStatusCode.Unauthorized, "second-factor-failed");
        (await Second(await Attempt(person), AppCodes.Of(secret, 1))).ShouldBeProblem(HttpStatusCode.Unauthorized, "second-factor-failed");

        (await Second(await Attempt(person), recovery[0].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal))).ShouldBe(HttpStatusCode.OK);
        (await Second(await Attempt(person), recovery[0])).ShouldBeProblem(HttpStatusCode.Unauthorized, "second-factor-failed");
        (await person.Client.Get("/access/me/two-factor")).Text("recoveryCodesLeft").ShouldBe("9");
    }

    [Fact]
    public async Task An_attempt_takes_five_codes_and_five_minutes()
    {
        var (person, secret, _) = await TurnedOn();
        var attempt = await Attempt(person);
        for (var i = 0; i < 5; i++) (await Second(attempt, Wrong(secret))).ShouldBe(HttpStatusCode.Unauthorized);
        (await Second(attempt, AppCodes.Of(secret, 1))).ShouldBeProblem(HttpStatusCode.Unauthorized, "second-factor-failed");
        var late = await Attempt(person);
        await scene.Sql("update access.one_time set expires_at = now() - interval '1 second' where person = $1", Guid.Parse(person.Person));
        (await Second(late, AppCodes.Of(secret, 1))).ShouldBe(HttpStatusCode.Unauthorized);
        (await Second("cna_madeUpByAnAttacker000000000000000000000000000", AppCodes.Of(secret, 1))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Guessing_codes_over_many_attempts_locks_the_account()
    {
        var (person, secret, _) = await TurnedOn();
        for (var i = 0; i < 2; i++)
        {
            var attempt = await Attempt(person);
            for (var k = 0; k < 5; k++) await Second(attempt, Wrong(secret));
        }

        (await scene.SignIn(person.Email)).ShouldBeProblem(HttpStatusCode.Unauthorized, "sign-in-failed");
    }

    [Fact]
    public async Task Turning_it_off_takes_a_code_ends_other_sessions_and_is_told_by_mail()
    {
        var (person, secret, _) = await TurnedOn();
        (await person.Client.Post("/access/me/two-factor/removal", new { code = Wrong(secret) })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "wrong-code");
        (await person.Client.Post("/access/me/two-factor/secret", new { })).ShouldBeProblem(HttpStatusCode.Conflict, "second-factor-on");
        var renewed = (await person.Client.Post("/access/me/two-factor/recovery-codes", new { code = AppCodes.Of(secret, 1) })).ShouldBe(HttpStatusCode.OK);
        renewed.Json["recoveryCodes"].ShouldNotBeNull().AsArray().Count.ShouldBe(10);
        (await person.Client.Post("/access/me/two-factor/removal", new { code = AppCodes.Of(secret, -1) })).ShouldBe(HttpStatusCode.NoContent);
        (await person.Client.Get("/access/me/two-factor")).Text("on").ShouldBe("false");
        (await scene.SignIn(person.Email)).ShouldBe(HttpStatusCode.OK);
        (await scene.Host.LastMail(person.Email)).Subject.ShouldContain("second factor");
    }

    [Fact]
    public async Task A_new_password_by_mail_does_not_take_the_second_factor_away()
    {
        var (person, _, _) = await TurnedOn();
        using var anyone = scene.Host.Anonymous();
        await anyone.Post("/access/password-reset", new { email = person.Email });
        var token = await scene.MailedToken(person.Email, "/reset-password");
        (await anyone.Post("/access/password-reset/completion", new { token, newPassword = "seven ships without a harbour" })).ShouldBe(HttpStatusCode.NoContent);
        (await scene.SignIn(person.Email, "seven ships without a harbour")).ShouldBeProblem(HttpStatusCode.Unauthorized, "second-factor-needed");
    }

    [Fact]
    public async Task An_older_session_proves_itself_by_the_password()
    {
        var person = await scene.Newcomer();
        await scene.Sql("update access.session set created_at = now() - interval '16 minutes' where person = $1", Guid.Parse(person.Person));
        (await person.Client.Post("/access/me/two-factor/secret", new { })).ShouldBeProblem(HttpStatusCode.Forbidden, "confirm-yourself");
        (await person.Client.Post("/access/me/two-factor/secret", new { password = "not this one" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "wrong-password");
        (await person.Client.Post("/access/me/two-factor/secret", new { password = Api.Password })).ShouldBe(HttpStatusCode.OK);
    }

    private async Task<(Account Person, string Secret, IReadOnlyList<string> Recovery)> TurnedOn()
    {
        var person = await scene.Newcomer();
        var prepared = (await person.Client.Post("/access/me/two-factor/secret", new { })).ShouldBe(HttpStatusCode.OK);
        var secret = prepared.Text("secret");
        prepared.Text("uri").ShouldStartWith($"otpauth://totp/ClusterNet:{Uri.EscapeDataString(person.Email)}?secret={secret}");
        (await person.Client.Post("/access/me/two-factor", new { code = Wrong(secret) })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "wrong-code");
        var on = (await person.Client.Post("/access/me/two-factor", new { code = AppCodes.Of(secret) })).ShouldBe(HttpStatusCode.OK);
        return (person, secret, [.. on.Json["recoveryCodes"].ShouldNotBeNull().AsArray().Select(c => $"{c}")]);
    }

    private async Task<string> Attempt(Account person) => (await scene.SignIn(person.Email)).ShouldBeProblem(HttpStatusCode.Unauthorized, "second-factor-needed").Text("attempt");

    private async Task<Answer> Second(string attempt, string code)
    {
        using var anonymous = scene.Host.Anonymous();
        return await anonymous.Post("/access/sign-in/second-factor", new { attempt, code });
    }

    /// <summary>A code of no moment near now.</summary>
    private static string Wrong(string secret)
    {
        var near = Enumerable.Range(-5, 11).Select(s => AppCodes.Of(secret, s)).ToHashSet();
        return Enumerable.Range(0, 20).Select(i => $"{i:D6}").First(c => !near.Contains(c));
    }
}
