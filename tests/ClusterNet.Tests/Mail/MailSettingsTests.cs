using ClusterNet.Host.Composition;
using ClusterNet.Tests.Hosting;
using MailKit.Security;
using Microsoft.Extensions.Configuration;
using Shouldly;

namespace ClusterNet.Tests.Mail;

public sealed class MailSettingsTests
{
    [Fact]
    public void Without_settings_mail_goes_into_the_data_directory()
    {
        var settings = Of(("ClusterNet:DataDirectory", "/srv/cn"));
        settings.Mail.Smtp.ShouldBeNull();
        settings.Mail.Folder.ShouldBe(Path.GetFullPath("/srv/cn/mail"));
    }

    [Fact]
    public void A_mail_server_is_spoken_to_in_cipher_unless_told_otherwise()
    {
        Of(Server()).Mail.Smtp.ShouldNotBeNull().ShouldSatisfyAllConditions(
            s => s.Port.ShouldBe(587), s => s.Security.ShouldBe(SecureSocketOptions.StartTls));
        Of([.. Server(), ("ClusterNet:Mail:Port", "465")]).Mail.Smtp.ShouldNotBeNull().Security.ShouldBe(SecureSocketOptions.SslOnConnect);
        Of([.. Server(), ("ClusterNet:Mail:Security", "none")]).Mail.Smtp.ShouldNotBeNull().Security.ShouldBe(SecureSocketOptions.None);
    }

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var said = Should.Throw<SettingsException>(() => Of(
            ("ClusterNet:Mail:Host", "mail server"), ("ClusterNet:Mail:Port", "0"), ("ClusterNet:Mail:From", "us"), ("ClusterNet:Mail:User", "u"),
            ("ClusterNet:Mail:Security", "ssl"), ("ClusterNet:Mail:Folder", "/tmp/x"), ("ClusterNet:PublicUrl", "https://x.example/cn"))).Message;
        foreach (var name in new[] { "Host is", "Port", "From", "User and", "Security", "are both set", "PublicUrl" }) said.ShouldContain(name);
        Should.Throw<SettingsException>(() => Of([.. Server(), ("ClusterNet:Mail:Security", "none"), ("ClusterNet:Mail:User", "u"), ("ClusterNet:Mail:Password", "p")]))
            .Message.ShouldContain("in the clear");
        Should.Throw<SettingsException>(() => Of(("ClusterNet:Mail:Port", "25"))).Message.ShouldContain("without ClusterNet__Mail__Host");
    }

    private static (string, string)[] Server() => [("ClusterNet:Mail:Host", "mail.example.org"), ("ClusterNet:Mail:From", "ClusterNet <cn@example.org>")];

    private static HostSettings Of(params (string Key, string Value)[] values) =>
        HostSettings.From(new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))).Build());
}

/// <summary>On the real Host.</summary>
public sealed class HostMailTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task The_worker_of_a_running_Host_sends_what_a_module_queued()
    {
        var mailer = (ClusterNet.Mail.IMailer)host.Services.GetService(typeof(ClusterNet.Mail.IMailer)).ShouldNotBeNull();
        var database = (ClusterNet.EventStore.Database)host.Services.GetService(typeof(ClusterNet.EventStore.Database)).ShouldNotBeNull();
        foreach (var module in new[] { "access", "clusters", "skills", "learning", "resources", "accreditation" })
            await database.Execute(module, [mailer.Queue(new("ada@network.example", $"From {module}", "Text"))], TestContext.Current.CancellationToken);

        var mails = await host.MailsTo("ada@network.example", 6);

        mails.Count.ShouldBe(6);
        mailer.ReachesPeople.ShouldBeFalse();
        mailer.LinkTo("/reset?code=a&b").ShouldBe($"{host.Url}reset?code=a&b");
        (await host.MailsTo("nobody@network.example", 0)).ShouldBeEmpty();
    }
}
