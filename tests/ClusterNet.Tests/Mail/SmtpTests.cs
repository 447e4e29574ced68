using ClusterNet.Mail;
using ClusterNet.Tests.EventStore.Fakes;
using MailKit.Security;
using Shouldly;

namespace ClusterNet.Tests.Mail;

/// <summary>Against a real mail server of others.</summary>
public sealed class SmtpTests
{
    private static MailMessage To(string address, string subject = "Hello") => new(address, subject, "One line.\n\nhttps://network.example/a?b=c&d=e\n");

    [Fact]
    public async Task Mail_arrives_signed_in_and_whole()
    {
        using var server = await SmtpProcess.Install(auth: true);
        await server.Up();
        await using var house = await MailHouse.Start(server.Settings(user: "post", password: "let me in"));
        await house.Queue(To("zoë.müller@bücher.example", "Größe → 寸法 🧰") with { Unsubscribe = "http://127.0.0.1:8080/account/notifications" });

        (await house.Worker.Pass(Rig.Ct)).ShouldBeTrue();

        await server.Down();
        var taken = server.Taken.ShouldHaveSingleItem();
        taken["user"]?.ToString().ShouldBe("1");
        taken["from"]?.ToString().ShouldBe("clusternet@network.example");
        var mail = SmtpProcess.Read(taken);
        mail.Subject.ShouldBe("Größe → 寸法 🧰");
        mail.Links.ShouldHaveSingleItem().ShouldBe(new("https://network.example/a?b=c&d=e"));
        mail.Html.ShouldContain("<a href=\"https://network.example/a?b=c&amp;d=e\">");
        mail.Message.Headers["Auto-Submitted"].ShouldBe("auto-generated");
        mail.Message.Headers["List-Unsubscribe"].ShouldBe("<http://127.0.0.1:8080/account/notifications>");
        (await house.Waiting()).ShouldBe(0);
    }

    [Fact]
    public async Task While_the_server_is_away_mail_waits_and_two_Hosts_send_each_once_when_it_is_back()
    {
        using var server = await SmtpProcess.Install();
        await using var house = await MailHouse.Start(server.Settings());
        await using var other = await house.Second();
        await house.Queue(Enumerable.Range(0, 40).Select(i => To($"person{i}@network.example")));
        (await house.Worker.Pass(Rig.Ct)).ShouldBeFalse();
        (await house.Waiting()).ShouldBe(40);
        house.Clock.Now += Retry.WaitAfter(1);
        other.Clock.Now = house.Clock.Now;

        await server.Up();
        (await Task.WhenAll(house.Worker.Pass(Rig.Ct), other.Worker.Pass(Rig.Ct))).ShouldBe([true, true]);

        (await house.Waiting()).ShouldBe(0);
        await server.Down();
        server.Taken.Count.ShouldBe(40);
        server.Taken.Select(t => t["to"]?[0]?.ToString()).Distinct().Count().ShouldBe(40);
    }

    [Fact]
    public async Task Who_is_unknown_there_is_given_up_at_once_and_who_shall_wait_waits()
    {
        using var server = await SmtpProcess.Install();
        await server.Up();
        await using var house = await MailHouse.Start(server.Settings());
        await house.Queue(To("nobody@network.example"), To("later@network.example"), To("ada@network.example"));

        (await house.Worker.Pass(Rig.Ct)).ShouldBeTrue();
        (await house.Waiting()).ShouldBe(1);
        (await house.Worker.Pass(Rig.Ct)).ShouldBeTrue();
        (await house.Waiting()).ShouldBe(1);
        house.Clock.Now += Retry.WaitAfter(1);
        await house.Worker.Pass(Rig.Ct);

        (await house.Waiting()).ShouldBe(0);
        await server.Down();
        server.Taken.Select(t => t["to"]?[0]?.ToString()).ShouldBe(["ada@network.example", "later@network.example"]);
    }

    [Theory]
    [InlineData(SecureSocketOptions.StartTls, null, null)]
    [InlineData(SecureSocketOptions.SslOnConnect, null, null)]
    [InlineData(SecureSocketOptions.None, "post", "wrong")]
    public async Task A_server_that_cannot_be_trusted_or_does_not_let_us_in_gets_nothing(SecureSocketOptions security, string? user, string? password)
    {
        using var server = await SmtpProcess.Install(auth: user is not null);
        await server.Up();
        await using var house = await MailHouse.Start(server.Settings(security, user, password));
        await house.Queue(To("ada@network.example"));

        (await house.Worker.Pass(Rig.Ct)).ShouldBeFalse();

        (await house.Waiting()).ShouldBe(1);
        await server.Down();
        server.Taken.ShouldBeEmpty();
    }
}
