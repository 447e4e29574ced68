using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Access.Notices;

public sealed class NoticeMailTests(NoticeHouse house) : IClassFixture<NoticeHouse>
{
    private static readonly DateTimeOffset Tomorrow = DateTimeOffset.UtcNow.AddDays(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_pressing_goes_by_mail_at_once_in_the_readers_language()
    {
        var (nora, eve) = (await house.Newcomer(), await Named("Ève <b>Été</b>"));
        (await nora.Client.Put("/access/me/settings", new { language = "de" })).ShouldBe(HttpStatusCode.OK);
        await house.Tell(nora, "learning-disputed", eve);

        var mail = (await house.Host.MailsTo(nora.Email)).ShouldHaveSingleItem();

        mail.Subject.ShouldStartWith("Ève <b>Été</b> bestreitet einen Ihrer Einträge.");
        mail.Html.ShouldNotContain("<b>");
        mail.Links[0].AbsolutePath.ShouldStartWith("/learning/records/");
        mail.Links.Skip(1).ShouldBe([new Uri(house.Host.Url, "/account/notifications")]);
        mail.Message.Headers["List-Unsubscribe"].ShouldBe($"<{new Uri(house.Host.Url, "/account/notifications")}>");
        mail.Message.Headers["Auto-Submitted"].ShouldBe("auto-generated");
    }

    [Theory]
    [InlineData("Your account is locked, visit http://evil.example")]
    [InlineData("Eve www.evil.example")]
    [InlineData("Eve evil.example/login now")]
    [InlineData("eve@evil.example")]
    public async Task A_name_that_looks_like_a_link_is_not_said_in_a_mail(string name)
    {
        var (nora, eve) = (await house.Newcomer(), await Named(name));
        await house.Tell(nora, "learning-disputed", eve);

        var mail = (await house.Host.MailsTo(nora.Email)).ShouldHaveSingleItem();

        mail.Text.ShouldStartWith("Somebody disputes a learning record of yours.");
        (mail.Text + mail.Html + mail.Subject).ShouldNotContain("evil");
        (await NoticeHouse.Texts(nora)).ShouldHaveSingleItem().ShouldStartWith(name);
    }

    [Fact]
    public async Task Marks_that_turn_the_direction_of_text_do_not_reach_beyond_a_name()
    {
        var (nora, eve) = (await house.Newcomer(), await Named("Eve\u202e gnidart\u2066\tX"));
        await house.Tell(nora, "learning-disputed", eve);
        (await NoticeHouse.Texts(nora)).ShouldHaveSingleItem().ShouldStartWith("Eve gnidart X disputes");
    }

    [Fact]
    public async Task The_rest_comes_once_a_day_in_one_mail_however_many_Hosts_there_are()
    {
        var (nora, eve) = (await house.Newcomer(), await house.Newcomer("Eve"));
        for (var i = 0; i < 3; i++) await house.Tell(nora, "learning-confirmed", eve);
        await house.Tell(nora, "membership-admitted", subject: "Lenne valley");
        (await house.Host.MailsTo(nora.Email)).ShouldHaveSingleItem().Subject.ShouldBe("Your firm was admitted to Lenne valley.");
        (await house.PostAt(DateTimeOffset.UtcNow).Pass(Ct)).ShouldBe(0);

        var posts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => house.PostAt(Tomorrow).Pass(Ct))));

        posts.Sum().ShouldBeGreaterThanOrEqualTo(1);
        (await house.PostAt(Tomorrow).Pass(Ct)).ShouldBe(0);
        var mails = await house.Host.MailsTo(nora.Email, 2);
        mails.Count.ShouldBe(2);
        mails[1].Subject.ShouldBe("ClusterNet: 3 things concern you");
        mails[1].Text.Split("Eve confirmed").Length.ShouldBe(4);
    }

    [Fact]
    public async Task What_was_read_in_the_app_does_not_come_by_mail_and_neither_does_what_was_switched_off()
    {
        var nora = await house.Newcomer();
        await house.Tell(nora, "learning-confirmed");
        (await nora.Client.Post("/access/me/notices/read-all", null)).ShouldBe(HttpStatusCode.NoContent);
        await house.Tell(nora, "learning-endorsed");
        (await nora.Client.Put("/access/me/notice-preferences", new { mail = new Dictionary<string, string> { ["learning"] = "never", ["firm"] = "never" } }))
            .ShouldBe(HttpStatusCode.OK);
        await house.Tell(nora, "membership-admitted", subject: "Lenne valley");

        await house.PostAt(Tomorrow).Pass(Ct);

        (await house.Host.MailsTo(nora.Email, 0)).ShouldBeEmpty();
        (await NoticeHouse.Texts(nora)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Everybody_gets_the_daily_mail_at_seven_of_their_own()
    {
        var nora = await house.Newcomer();
        (await nora.Client.Put("/access/me/settings", new { timeZone = "Pacific/Kiritimati" })).ShouldBe(HttpStatusCode.OK);
        await house.Tell(nora, "learning-confirmed");
        var seven = ClusterNet.Access.Notices.NoticeRules.LastDigest(Tomorrow, TimeZoneInfo.FindSystemTimeZoneById("Pacific/Kiritimati"));

        await house.PostAt(seven.AddMinutes(-1)).Pass(Ct); // others' mail may have fallen due
        (await house.Host.MailsTo(nora.Email, 0)).ShouldBeEmpty();

        await house.PostAt(seven).Pass(Ct);
        (await house.Host.MailsTo(nora.Email)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Read_notices_go_after_ninety_days_and_all_after_a_year()
    {
        var nora = await house.Newcomer();
        await house.Tell(nora, "learning-confirmed");
        (await nora.Client.Post("/access/me/notices/read-all", null)).ShouldBe(HttpStatusCode.NoContent);
        await house.Tell(nora, "learning-endorsed");

        await house.ListAt(DateTimeOffset.UtcNow.AddDays(89)).Purge(Ct);
        (await NoticeHouse.Texts(nora)).Count.ShouldBe(2);
        await house.ListAt(DateTimeOffset.UtcNow.AddDays(91)).Purge(Ct);
        (await NoticeHouse.Texts(nora)).ShouldHaveSingleItem();
        await house.ListAt(DateTimeOffset.UtcNow.AddDays(366)).Purge(Ct);
        (await NoticeHouse.Texts(nora)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Erasure_and_export_know_of_notices_choices_settings_and_waiting_mail()
    {
        var nora = await house.Newcomer();
        await house.Tell(nora, "learning-disputed");
        (await nora.Client.Put("/access/me/settings", new { language = "fr" })).ShouldBe(HttpStatusCode.OK);
        (await nora.Client.Put("/access/me/notice-preferences", new { mail = new Dictionary<string, string> { ["firm"] = "never" } })).ShouldBe(HttpStatusCode.OK);
        (await house.Host.MailsTo(nora.Email)).ShouldNotBeEmpty();
        var data = await Exported(nora);
        foreach (var said in new[] { "\"learning-disputed\"", "\"mail-about\"", "\"firm\"", "\"setting\"", "\"fr\"" }) data.ShouldContain(said);

        var asked = (await nora.Client.Post("/access/me/erasure", new { confirm = "erase" })).ShouldBe(HttpStatusCode.Created);
        await Life.Carried(house.Host);

        foreach (var table in new[] { "notice", "notice_preference", "account_settings" }) (await Count(table, nora)).ShouldBe(0, table);
        (await house.Host.MailsTo(nora.Email, 0)).ShouldBeEmpty();
        using var anybody = house.Host.Anonymous();
        (await anybody.Get($"/access/erasures/{asked.Id}")).Body.ShouldContain("mail.outbox");
        await house.Tell(nora, "learning-disputed");
        (await Count("notice", nora)).ShouldBe(0);
    }

    private async Task<Account> Named(string name)
    {
        var email = $"eve-{Guid.NewGuid():n}@cluster.example";
        var opened = (await house.Olga.Client.Post("/access/accounts", new { email, name })).ShouldBe(HttpStatusCode.Created);
        return new(new(), opened.Id, email);
    }

    private async Task<long> Count(string table, Account person)
    {
        await using var count = house.Get<ClusterNet.EventStore.Database>().Source.CreateCommand($"select count(*) from access.{table} where person = $1");
        count.Parameters.Add(new() { Value = Guid.Parse(person.Person) });
        return (long)(await count.ExecuteScalarAsync(Ct))!; // a count is never null
    }

    private static async Task<string> Exported(Account who)
    {
        await using var stream = await who.Client.GetStreamAsync("/api/v1/access/me/export", Ct);
        using var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer, Ct);
        using var zip = new System.IO.Compression.ZipArchive(buffer);
        using var reader = new StreamReader((zip.GetEntry("data.json")).ShouldNotBeNull().Open());
        return await reader.ReadToEndAsync(Ct);
    }
}
