using System.Net;
using ClusterNet.Access.Accounts;
using ClusterNet.Tests.Hosting;
using Shouldly;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Access.Accounts.Account, ClusterNet.Access.Accounts.AccountEvent>;

namespace ClusterNet.Tests.Access;

/// <summary>Confirming and changing one's own address.</summary>
public sealed class EmailTests(SignInScene scene) : IClassFixture<SignInScene>
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly AccountEvent[] Active = [new AccountOpened("a@b.example", "Ada", Now), new AccountInvited(new(Guid.NewGuid()), Now, Now), new AccountActivated(Now)];

    [Fact]
    public void An_address_changes_only_while_the_account_can_sign_in()
    {
        Spec.Given(Active).When(new ChangeEmail("c@d.example", Now)).Then(new AccountEmailChanged("c@d.example", Now));
        Spec.Given(Active[0], Active[1]).When(new ChangeEmail("c@d.example", Now)).ThenRefused(ChangeEmail.NotActive);
        Spec.Given([.. Active, new AccountClosed(Now)]).When(new ChangeEmail("c@d.example", Now)).ThenRefused(ChangeEmail.NotActive);
    }

    [Fact]
    public void An_address_is_confirmed_once_and_a_mailed_invitation_confirms_it()
    {
        Spec.Given(Active).When(new ConfirmEmail(Now)).Then(new AccountEmailConfirmed(Now));
        Spec.Given([.. Active, new AccountEmailConfirmed(Now)]).When(new ConfirmEmail(Now)).Then();
        Spec.Given([.. Active, new AccountEmailChanged("c@d.example", Now)]).When(new ConfirmEmail(Now)).Then();
        Spec.Given(Active[0], Active[1]).When(new AcceptInvitation(Now, ByMail: true)).Then(new AccountActivated(Now), new AccountEmailConfirmed(Now));
        Spec.Given(Active[0], Active[1]).When(new AcceptInvitation(Now)).Then(new AccountActivated(Now));
    }

    [Fact]
    public async Task The_new_address_gets_the_link_the_old_one_the_warning_and_then_the_news()
    {
        var person = await scene.Newcomer();
        var address = $"New-{Guid.NewGuid():n}@cluster.example";
        (await person.Client.Post("/access/me/email", new { email = address })).ShouldBe(HttpStatusCode.Accepted);
        (await person.Client.Get("/access/me")).Text("email").ShouldBe(person.Email);
        (await scene.Host.LastMail(person.Email)).Subject.ShouldContain("is to get another address");
        var token = await scene.MailedToken(address, "/confirm-email");

        (await Confirm(token)).ShouldBe(HttpStatusCode.NoContent);

        (await Confirm(token)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "email-link-over");
        (await person.Client.Get("/access/me")).Text("email").ShouldBe(address.ToLowerInvariant());
        (await person.Client.Get("/access/me/email")).Text("confirmed").ShouldBe("true");
        (await scene.Host.MailsTo(person.Email, 2))[^1].Subject.ShouldContain("has another address");
        (await scene.SignIn(address)).ShouldBe(HttpStatusCode.OK);
        (await scene.SignIn(person.Email)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Somebody_elses_address_is_not_taken_over_and_nobody_is_told_whose_it_is()
    {
        var (person, other) = (await scene.Newcomer(), await scene.Newcomer());
        (await person.Client.Post("/access/me/email", new { email = other.Email })).ShouldBe(HttpStatusCode.Accepted);
        (await Confirm(await scene.MailedToken(other.Email, "/confirm-email"))).ShouldBeProblem(HttpStatusCode.Conflict, "email-taken");
        (await scene.SignIn(person.Email)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_present_address_is_confirmed_by_a_link_to_it()
    {
        var person = await scene.Newcomer();
        (await person.Client.Get("/access/me/email")).Text("confirmed").ShouldBe("false");
        (await person.Client.Post("/access/me/email", new { email = person.Email })).ShouldBe(HttpStatusCode.Accepted);
        (await Confirm(await scene.MailedToken(person.Email, "/confirm-email"))).ShouldBe(HttpStatusCode.NoContent);
        (await person.Client.Get("/access/me/email")).Text("confirmed").ShouldBe("true");
    }

    [Fact]
    public async Task A_malformed_address_is_refused()
    {
        var person = await scene.Newcomer();
        foreach (var email in new[] { "no address", "two@at@signs", "a@b", "x@y.example\r\nBcc: all@evil.example" })
            (await person.Client.Post("/access/me/email", new { email })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
    }

    private async Task<Answer> Confirm(string token)
    {
        using var anyone = scene.Host.Anonymous();
        return await anyone.Post("/access/email-confirmation", new { token });
    }
}
