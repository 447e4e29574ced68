using ClusterNet.Mail;
using ClusterNet.Tests.EventStore.Fakes;
using ClusterNet.Tests.Hosting;
using Npgsql;
using Shouldly;

namespace ClusterNet.Tests.Mail;

public sealed class OutboxTests
{
    private const string Secret = "cnr_AbCdEf0123456789";

    [Fact]
    public async Task What_a_mail_says_cannot_be_read_in_the_database()
    {
        await using var house = await MailHouse.Start();
        await house.Queue(new MailMessage("ada@network.example", $"Subject {Secret}", $"https://network.example/reset/{Secret}"));

        var row = await house.Rig.Scalar<string>("select encode(body, 'escape') || encode(address_hash, 'escape') from mail.outbox");

        row.ShouldNotContain(Secret);
        row.ShouldNotContain("ada@");
    }

    [Fact]
    public async Task A_module_may_put_mail_in_and_take_none_out()
    {
        await using var house = await MailHouse.Start();
        await house.Queue(new MailMessage("ada@network.example", "S", "T"));

        foreach (var sql in new[] { "select body from mail.outbox", "delete from mail.outbox", "update mail.outbox set attempts = 0" })
        {
            var refused = await Should.ThrowAsync<PostgresException>(() => house.Rig.Database.Execute(Fake.Module, [new(sql, [])], Rig.Ct));
            refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        }
    }

    [Fact]
    public async Task Mail_of_a_transaction_that_failed_is_none()
    {
        await using var house = await MailHouse.Start();
        var mail = house.Outbox.Queue(new MailMessage("ada@network.example", "S", "T"));

        await Should.ThrowAsync<PostgresException>(() => house.Rig.Database.Execute(Fake.Module, [mail, new("select 1 / 0", [])], Rig.Ct));

        (await house.Waiting()).ShouldBe(0);
    }

    [Fact]
    public async Task Hostile_text_stays_text()
    {
        var settings = MailSettings.ToFolder(TestServer.NewFolder());
        await using var house = await MailHouse.Start(settings);
        await house.Queue(
            new MailMessage("ada@network.example", "Hi\r\nBcc: everybody@network.example\r\n\r\nbody\u2028x\0", "<script>alert(1)</script>\r\n.\r\n\"&<b>"),
            new MailMessage("eve@network.example>\r\nBcc: all@network.example", "S", "T"),
            new MailMessage("a@network.example, b@network.example", "S", "T"),
            new MailMessage("Eve <eve@network.example>", "S", "T"));

        (await house.Worker.Pass(Rig.Ct)).ShouldBeTrue();

        (await house.Waiting()).ShouldBe(0);
        var mail = Mails.Read(settings.Folder).ShouldHaveSingleItem();
        mail.To.ShouldBe("ada@network.example");
        mail.Subject.ShouldBe("Hi Bcc: everybody@network.example body x");
        mail.Message.Bcc.ShouldBeEmpty();
        mail.Text.ShouldContain("<script>alert(1)</script>\n.\n\"&<b>");
        mail.Html.ShouldNotContain("<script>");
        mail.Html.ShouldNotContain("<b>");
    }

    [Fact]
    public async Task After_three_days_it_is_given_up_and_not_before()
    {
        // A file where the folder should be: nothing can be written.
        var blocked = Path.Combine(TestServer.NewFolder(), "mail");
        await File.WriteAllTextAsync(blocked, "", Rig.Ct);
        await using var house = await MailHouse.Start(MailSettings.ToFolder(blocked));
        await house.Queue(new MailMessage("ada@network.example", "S", "T"));
        var begun = house.Clock.Now;

        while (await house.Waiting() > 0)
        {
            (house.Clock.Now - begun).ShouldBeLessThan(Retry.GiveUpAfter + TimeSpan.FromHours(4));
            await house.Worker.Pass(Rig.Ct);
            house.Clock.Now = await house.Waiting() == 0 ? house.Clock.Now : await house.Rig.Scalar<DateTime>("select next_at from mail.outbox");
        }

        (house.Clock.Now - begun).ShouldBeGreaterThanOrEqualTo(Retry.GiveUpAfter);
    }

    [Fact]
    public async Task The_waits_grow()
    {
        var waits = Enumerable.Range(1, 40).Select(Retry.WaitAfter).ToList();
        waits.ShouldBe(waits.Order());
        waits[0].ShouldBe(TimeSpan.FromSeconds(30));
        waits[^1].ShouldBe(TimeSpan.FromHours(4));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_Host_that_died_while_sending_leaves_the_mail_to_the_next()
    {
        var settings = MailSettings.ToFolder(TestServer.NewFolder());
        await using var house = await MailHouse.Start(settings);
        await house.Queue(new MailMessage("ada@network.example", "S", "T"));
        await using var dying = await house.Rig.Source.OpenConnectionAsync(Rig.Ct);
        await using (var transaction = await dying.BeginTransactionAsync(Rig.Ct))
        {
            (await Outbox.Claim(dying, house.Clock.Now, Rig.Ct)).ShouldNotBeNull();
            await house.Worker.Pass(Rig.Ct);
            Mails.Read(settings.Folder).ShouldBeEmpty();
        }

        await house.Worker.Pass(Rig.Ct);

        Mails.Read(settings.Folder).ShouldHaveSingleItem();
        (await house.Waiting()).ShouldBe(0);
    }

    [Fact]
    public async Task Mail_of_an_erased_person_goes_from_outbox_and_folder()
    {
        var settings = MailSettings.ToFolder(TestServer.NewFolder());
        await using var house = await MailHouse.Start(settings);
        await house.Queue(new MailMessage("ada@network.example", "S", "T"), new MailMessage("bo@network.example", "S", "T"));
        await house.Worker.Pass(Rig.Ct);
        await house.Queue(new MailMessage("Ada@network.example", "S", "T"), new MailMessage("bo@network.example", "S", "T"));

        (await house.Outbox.Forget("ADA@network.example", Rig.Ct)).ShouldBe(2);

        (await house.Waiting()).ShouldBe(1);
        Mails.Read(settings.Folder).Select(m => m.To).ShouldBe(["bo@network.example"]);
    }
}
