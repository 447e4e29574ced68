using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Access;

/// <summary>Changing a password and setting a new one by mail.</summary>
public sealed class PasswordTests(SignInScene scene) : IClassFixture<SignInScene>
{
    private const string Other = "seven ships without a harbour";

    [Fact]
    public async Task A_password_is_changed_with_the_current_one_and_ends_all_other_sessions()
    {
        var here = await scene.Newcomer();
        var there = await scene.Host.SignIn(here.Email);
        (await Change(here, "not the current one", Other)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "wrong-password");
        (await Change(here, null, Other)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "wrong-password");
        (await Change(here, Api.Password, "Nora Newcomer 12")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request").Body.ShouldContain("password-personal");
        (await Change(here, Api.Password, "P@ssw0rd!2024")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request").Body.ShouldContain("password-common");

        (await Change(here, Api.Password, Other)).ShouldBe(HttpStatusCode.NoContent);

        (await here.Client.Get("/access/me")).ShouldBe(HttpStatusCode.OK);
        (await there.Client.Get("/access/me")).ShouldBe(HttpStatusCode.Unauthorized);
        (await scene.SignIn(here.Email)).ShouldBe(HttpStatusCode.Unauthorized);
        (await scene.SignIn(here.Email, Other)).ShouldBe(HttpStatusCode.OK);
        (await scene.Host.LastMail(here.Email)).Subject.ShouldBe("Your ClusterNet password was changed");
    }

    [Fact]
    public async Task Ten_wrong_current_passwords_lock_here_as_at_sign_in()
    {
        var person = await scene.Newcomer();
        for (var i = 0; i < 10; i++) (await Change(person, "not the current one", Other)).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Change(person, Api.Password, Other)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "wrong-password");
        (await scene.SignIn(person.Email)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_mailed_link_sets_a_new_password_once_and_ends_every_session()
    {
        var person = await scene.Newcomer();
        using var anyone = scene.Host.Anonymous();
        for (var i = 0; i < 12; i++) await scene.SignIn(person.Email, "not the password");
        (await anyone.Post("/access/password-reset", new { email = person.Email.ToUpperInvariant() })).ShouldBe(HttpStatusCode.Accepted);
        var token = await scene.MailedToken(person.Email, "/reset-password");
        (await Reset(token, "nora.newcomer at the mill")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");

        (await Reset(token, Other)).ShouldBe(HttpStatusCode.NoContent);

        (await Reset(token, Other)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "reset-link-over");
        (await person.Client.Get("/access/me")).ShouldBe(HttpStatusCode.Unauthorized);
        (await scene.SignIn(person.Email, Other)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_two_uses_of_a_link_at_once_one_sets_the_password()
    {
        var person = await scene.Newcomer();
        using var anyone = scene.Host.Anonymous();
        await anyone.Post("/access/password-reset", new { email = person.Email });
        var token = await scene.MailedToken(person.Email, "/reset-password");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Reset(token, Other)));
        answers.Count(a => a.Status == HttpStatusCode.NoContent).ShouldBe(1);
        answers.Count(a => a.Status == HttpStatusCode.UnprocessableEntity).ShouldBe(3);
    }

    [Fact]
    public async Task An_older_or_made_up_link_sets_nothing_and_no_address_is_told_apart()
    {
        var person = await scene.Newcomer();
        var (_, invited, _) = await scene.Invited();
        using var anyone = scene.Host.Anonymous();
        var answers = new List<Answer>();
        foreach (var email in new[] { person.Email, invited, "nobody@cluster.example", "no address at all" })
            answers.Add((await anyone.Post("/access/password-reset", new { email })).ShouldBe(HttpStatusCode.Accepted));
        answers.ShouldAllBe(a => a.Body == answers[0].Body);
        (await scene.Host.MailsTo(invited, 0)).ShouldBeEmpty();
        var token = await scene.MailedToken(person.Email, "/reset-password");
        await scene.Sql("update access.one_time set expires_at = now() - interval '1 second' where person = $1", Guid.Parse(person.Person));
        foreach (var wrong in new[] { token, "cnr_madeUpByAnAttacker000000000000000000000000000" })
            (await Reset(wrong, Other)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "reset-link-over");
    }

    [Fact]
    public async Task Nobody_fills_a_mailbox_with_links()
    {
        var person = await scene.Newcomer();
        using var anyone = scene.Host.Anonymous();
        for (var i = 0; i < 6; i++) (await anyone.Post("/access/password-reset", new { email = person.Email })).ShouldBe(HttpStatusCode.Accepted);
        (await scene.Host.MailsTo(person.Email, 3)).Count.ShouldBe(3);
    }

    private static Task<Answer> Change(Account account, string? current, string password) =>
        account.Client.Post("/access/me/password", new { currentPassword = current, newPassword = password });

    private async Task<Answer> Reset(string token, string password)
    {
        using var anyone = scene.Host.Anonymous();
        return await anyone.Post("/access/password-reset/completion", new { token, newPassword = password });
    }
}
