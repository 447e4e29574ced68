using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Access.Notices;

public sealed class NoticeHttpTests(NoticeHouse house) : IClassFixture<NoticeHouse>
{
    [Fact]
    public async Task What_is_told_twice_is_one_notice_and_is_read_once()
    {
        var (nora, eve) = (await house.Newcomer(), await house.Newcomer("Eve"));
        var cause = Guid.NewGuid();
        for (var i = 0; i < 3; i++) await house.Tell(nora, "learning-confirmed", eve, cause);
        await house.Tell(nora, "learning-endorsed", eve, cause);

        var list = (await nora.Client.Get("/access/me/notices")).ShouldBe(HttpStatusCode.OK);
        list.Items.Select(i => $"{i["kind"]}").ShouldBe(["learning-endorsed", "learning-confirmed"]);
        list.Headers["ClusterNet-Unread"].ShouldBe("2");
        $"{list.Items[0]["href"]}".ShouldStartWith("/learning/records/");
        var id = $"{list.Items[0]["id"]}";
        (await eve.Client.Post($"/access/me/notices/{id}/read", null)).ShouldBeProblem(HttpStatusCode.NotFound, "notice-unknown");
        (await nora.Client.Post($"/access/me/notices/{Guid.NewGuid()}/read", null)).ShouldBeProblem(HttpStatusCode.NotFound, "notice-unknown");
        for (var i = 0; i < 2; i++) (await nora.Client.Post($"/access/me/notices/{id}/read", null)).ShouldBe(HttpStatusCode.NoContent);
        (await nora.Client.Get("/access/me/notices")).Headers["ClusterNet-Unread"].ShouldBe("1");
        (await nora.Client.Post("/access/me/notices/read-all", null)).ShouldBe(HttpStatusCode.NoContent);
        (await nora.Client.Get("/access/me/notices")).Headers["ClusterNet-Unread"].ShouldBe("0");
        (await NoticeHouse.Texts(eve)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_long_list_comes_page_by_page()
    {
        var nora = await house.Newcomer();
        for (var i = 0; i < 5; i++) await house.Tell(nora, "membership-admitted", subject: $"Cluster {i}");

        var (seen, path) = (new List<string>(), "/access/me/notices?limit=2");
        while (true)
        {
            var page = await nora.Client.Get(path);
            seen.AddRange(page.Items.Select(i => $"{i["text"]}"));
            if (page.Json["next"] is not { } next) break;
            path = $"/access/me/notices?limit=2&cursor={next}";
        }

        seen.ShouldBe(Enumerable.Range(0, 5).Reverse().Select(i => $"Your firm was admitted to Cluster {i}."));
    }

    /// <summary>News of two modules come over two subscriptions, and either may be first.</summary>
    [Fact]
    public async Task Notices_stand_in_the_order_of_what_happened_not_of_what_was_told_first()
    {
        var (nora, now) = (await house.Newcomer(), DateTimeOffset.UtcNow);
        await house.Tell(nora, "learning-disputed", happened: now);
        await house.Tell(nora, "membership-admitted", subject: "Harz", happened: now.AddSeconds(-1));
        (await nora.Client.Get("/access/me/notices")).ShouldBe(HttpStatusCode.OK).Items.Select(i => $"{i["kind"]}").ShouldBe(["learning-disputed", "membership-admitted"]);
    }

    [Fact]
    public async Task A_notice_speaks_the_readers_language_and_names_nobody_who_was_erased()
    {
        var (nora, eve) = (await house.Newcomer(), await house.Newcomer("Eve Erased"));
        await house.Tell(nora, "learning-confirmed", eve);
        (await NoticeHouse.Texts(nora)).ShouldBe(["Eve Erased confirmed a learning record of yours."]);
        (await NoticeHouse.Texts(nora, "fr")).ShouldBe(["Eve Erased a confirmé l’une de vos notes d’apprentissage."]);
        (await nora.Client.Put("/access/me/settings", new { language = "de", timeZone = (string?)null })).ShouldBe(HttpStatusCode.OK);
        (await NoticeHouse.Texts(nora)).ShouldBe(["Eve Erased hat einen Ihrer Einträge bestätigt."]);

        (await eve.Client.Post("/access/me/erasure", new { confirm = "erase" })).ShouldBe(HttpStatusCode.Created);
        await Life.Carried(house.Host);

        (await NoticeHouse.Texts(nora)).ShouldBe(["Jemand hat einen Ihrer Einträge bestätigt."]);
    }

    [Fact]
    public async Task Settings_are_kept_whole_and_unknown_ones_refused()
    {
        var nora = await house.Newcomer();
        var fresh = (await nora.Client.Get("/access/me/settings")).ShouldBe(HttpStatusCode.OK);
        (fresh.Json["language"], fresh.Json["timeZone"]).ShouldBe((null, null));
        (await nora.Client.Put("/access/me/settings", new { language = "fr", timeZone = "Europe/Paris" })).ShouldBe(HttpStatusCode.OK);
        var kept = await nora.Client.Get("/access/me/settings");
        (kept.Text("language"), kept.Text("timeZone")).ShouldBe(("fr", "Europe/Paris"));
        foreach (var wrong in new object[] { new { language = "xx" }, new { timeZone = "Mars/Phobos" }, new { timeZone = "../../etc/passwd" }, new { person = Guid.NewGuid() } })
            (await nora.Client.Put("/access/me/settings", wrong)).Status.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity);
        (await nora.Client.Get("/access/me/settings")).Text("language").ShouldBe("fr");
    }

    [Fact]
    public async Task Choices_about_mail_are_kept_and_unknown_ones_refused()
    {
        var nora = await house.Newcomer();
        var fresh = await nora.Client.Get("/access/me/notice-preferences");
        fresh.Json["topics"].ShouldNotBeNull().AsArray().Select(t => $"{t}").ShouldBe(["learning", "accreditation", "firm", "resources", "privacy"]);
        fresh.Json["mail"].ShouldNotBeNull().AsObject().ShouldBeEmpty();
        var chosen = new { mail = new Dictionary<string, string?> { ["learning"] = "at-once", ["firm"] = "never", ["privacy"] = null } };
        (await nora.Client.Put("/access/me/notice-preferences", chosen)).ShouldBe(HttpStatusCode.OK);
        var kept = (await nora.Client.Get("/access/me/notice-preferences")).Json["mail"].ShouldNotBeNull().AsObject();
        kept.ToDictionary(p => p.Key, p => $"{p.Value}").ShouldBe(new Dictionary<string, string> { ["firm"] = "never", ["learning"] = "at-once" }, ignoreOrder: true);
        (await nora.Client.Put("/access/me/notice-preferences", new { mail = new Dictionary<string, string> { ["gossip"] = "never" } }))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "unknown-topic");
        (await nora.Client.Put("/access/me/notice-preferences", new { mail = new Dictionary<string, string> { ["firm"] = "hourly" } })).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Without_sign_in_there_are_no_notices()
    {
        using var nobody = house.Host.Anonymous();
        (await nobody.Get("/access/me/notices")).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
    }
}
