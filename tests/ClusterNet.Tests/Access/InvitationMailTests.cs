using System.Net;
using ClusterNet.EventStore;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tests.Mail;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Access;

/// <summary>Invitations to sign in reach people by mail; who invites sees the secret only where no mail server can carry it.</summary>
public sealed class InvitationMailTests
{
    [Fact]
    public async Task With_a_mail_server_the_link_goes_to_the_invited_alone_and_using_it_confirms_the_address()
    {
        using var server = await SmtpProcess.Install();
        await server.Up();
        await using var host = new RunningHost { Mail = server.Settings() };
        await host.InitializeAsync();
        var inviter = await host.Operator();
        var (person, email) = await Open(inviter);

        var invited = await inviter.Client.Post($"/access/accounts/{person}/invitation", null);
        invited.ShouldBe(HttpStatusCode.OK).Json["invitationToken"].ShouldBeNull();

        while (server.Taken.All(t => SmtpProcess.Read(t).To != email)) await Task.Yield();
        var mail = SmtpProcess.Read(server.Taken.Single(t => SmtpProcess.Read(t).To == email));
        mail.Text.ShouldContain("Olga Operator");
        var link = mail.Links.ShouldHaveSingleItem();
        link.AbsolutePath.ShouldBe("/accept-invitation");
        using var anyone = host.Anonymous();
        var accept = new { invitationToken = link.Query.Split('=')[1], password = Api.Password };
        (await anyone.Post("/access/invitations/accept", accept)).ShouldBe(HttpStatusCode.OK);
        (await anyone.Post("/access/invitations/accept", accept)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invitation-not-open");
        (await ConfirmedAddresses(host, person)).ShouldBe(1);
    }

    [Fact]
    public async Task Without_one_the_inviter_gets_the_link_and_it_proves_no_address()
    {
        await using var host = new RunningHost();
        await host.InitializeAsync();
        var inviter = await host.Operator();
        var (person, email) = await Open(inviter);
        var token = (await inviter.Client.Post($"/access/accounts/{person}/invitation", null)).ShouldBe(HttpStatusCode.OK).Text("invitationToken");
        (await host.MailsTo(email, invitations: true))[^1].Links.ShouldHaveSingleItem().Query.ShouldBe("?token=" + token);

        using var anyone = host.Anonymous();
        (await anyone.Post("/access/invitations/accept", new { invitationToken = token, password = Api.Password })).ShouldBe(HttpStatusCode.OK);
        (await ConfirmedAddresses(host, person)).ShouldBe(0);
    }

    private static async Task<long> ConfirmedAddresses(RunningHost host, string person) => (await host.Services.GetRequiredService<Database>().Query(
        "access",
        Statement.Of("select count(*) from events.mt_events where stream_id = $1 and type = 'account_email_confirmed'", Guid.Parse(person)),
        r => r.GetInt64(0), TestContext.Current.CancellationToken))[0];

    private static async Task<(string Person, string Email)> Open(Account by)
    {
        var email = $"ines-{Guid.NewGuid():n}@cluster.example";
        return ((await by.Client.Post("/access/accounts", new { email, name = "Ines Invited" })).Id, email);
    }
}
