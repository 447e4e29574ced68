using System.Net;
using ClusterNet.Projections;
using ClusterNet.Tests.Access;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Learning.Signals;

/// <summary>Signals over HTTP: who sees them, what others say of them, and what becomes of them.</summary>
public sealed class SignalHttpTests(LearningWorld world) : IClassFixture<LearningWorld>
{
    private const string Signals = "/learning/signals";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static object Body(string visibility = "cluster", string what = "Copper is dear", string? link = "https://example.org/copper", string? soWhat = "Buy now") =>
        new { what, soWhat, link, tags = (string[])["economic"], visibility };

    private static async Task<string> Share(Account by, string visibility = "cluster", string what = "Copper is dear") =>
        (await by.Client.Post(Signals, Body(visibility, what))).ShouldBe(HttpStatusCode.Created).Id;

    private static async Task<string> Community(Account by, string? cluster, params Account[] members)
    {
        var community = (await by.Client.Post("/learning/communities", new { name = $"C {Guid.NewGuid():n}", objective = "Buy well", cluster })).ShouldBe(HttpStatusCode.Created).Id;
        foreach (var member in members) (await member.Client.Post($"/learning/communities/{community}/joining", null)).ShouldBe(HttpStatusCode.OK);
        return community;
    }

    [Theory]
    [InlineData("firm", true, false, false)]
    [InlineData("cluster", true, true, false)]
    [InlineData("network", true, true, true)]
    public async Task Each_circle_sees_what_is_shown_to_it_and_no_other(string visibility, bool colleague, bool neighbour, bool stranger)
    {
        var signal = await Share(world.Anna, visibility, $"Numbat {Guid.NewGuid():n}");
        foreach (var (who, sees) in new[] { (world.Albert, colleague), (world.Bernd, neighbour), (world.Conrad, neighbour), (world.Clara, stranger), (world.Operator, stranger) })
        {
            foreach (var address in new[] { "", "/versions" })
            {
                var answer = await who.Client.Get($"{Signals}/{signal}{address}");
                if (sees) answer.ShouldBe(HttpStatusCode.OK);
                else answer.ShouldBeProblem(HttpStatusCode.NotFound, "signal-unknown");
            }

            (await who.Client.Get($"{Signals}?q=Numbat&limit=200")).Items.Any(p => p["id"]?.ToString() == signal).ShouldBe(sees);
            (await who.Client.Get("/search?q=Numbat")).Body.Contains(signal, StringComparison.Ordinal).ShouldBe(sees);
            if (sees) continue;
            (await who.Client.Put($"{Signals}/{signal}/view", new { text = "Mine" })).ShouldBeProblem(HttpStatusCode.NotFound, "signal-unknown");
            (await who.Client.Put($"{Signals}/{signal}/helpful", new { helpful = true })).ShouldBeProblem(HttpStatusCode.NotFound, "signal-unknown");
            (await who.Client.Post($"{Signals}/{signal}/learning", new { })).ShouldBeProblem(HttpStatusCode.NotFound, "signal-unknown");
        }
    }

    [Fact]
    public async Task Others_say_what_it_means_for_them_once_each_and_its_author_hears_of_it()
    {
        var signal = await Share(world.Anna, "network");
        (await world.Bernd.Client.Put($"{Signals}/{signal}/view", new { text = "We sell scrap" })).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Put($"{Signals}/{signal}/view", new { text = "We sell chips" })).ShouldBe(HttpStatusCode.OK);
        (await world.Clara.Client.Put($"{Signals}/{signal}/view", new { text = "Nothing yet" })).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Put($"{Signals}/{signal}/view", new { text = "Mine" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "own-signal");
        (await world.Bernd.Client.Put($"{Signals}/{signal}/helpful", new { helpful = true })).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Put($"{Signals}/{signal}/helpful", new { helpful = true })).ShouldBe(HttpStatusCode.OK);

        var seen = (await world.Bernd.Client.Get($"{Signals}/{signal}")).Json;
        seen["views"].ShouldNotBeNull().AsArray().Select(v => $"{v?["text"]}").ShouldBe(["We sell chips", "Nothing yet"]);
        ((int?)seen["helpful"], (bool?)seen["markedByMe"]).ShouldBe((1, true));
        (await world.Clara.Client.Put($"{Signals}/{signal}/view", new { text = "" })).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Get($"{Signals}/{signal}")).Json["views"].ShouldNotBeNull().AsArray().Count.ShouldBe(1);
        await world.Host.CaughtUp();
        (await world.Anna.Client.Get("/access/me/notices")).Items.ShouldContain(n => n["kind"]!.ToString() == "signal-view" && n.ToString().Contains(signal, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_talked_about_once_in_a_community_whose_readers_may_all_see_it()
    {
        var signal = await Share(world.Anna, what: "Copper is dear.\nAsk @[Bernd] <b>");
        var community = await Community(world.Bernd, world.Cluster, world.Albert);
        var address = $"{Signals}/{signal}/discussions";
        (await world.Anna.Client.Post(address, new { community })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-member");
        (await world.Anna.Client.Post(address, new { community = Guid.NewGuid() })).ShouldBeProblem(HttpStatusCode.NotFound, "community-unknown");
        var wide = await Community(world.Bernd, null);
        (await world.Bernd.Client.Post(address, new { community = wide })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "signal-narrower");

        var first = (await world.Bernd.Client.Post(address, new { community, text = "What do we do?" })).ShouldBe(HttpStatusCode.Created).Id;
        (await world.Bernd.Client.Post(address, new { community, text = "What do we do?" })).Id.ShouldBe(first);
        (await world.Albert.Client.Post(address, new { community })).Id.ShouldBe(first);

        var post = (await world.Albert.Client.Get($"/learning/discussions/{first}")).Json["posts"].ShouldNotBeNull()[0].ShouldNotBeNull();
        post["text"].ShouldNotBeNull().ToString().ShouldStartWith("What do we do?\n\n> Copper is dear.\n> Ask   <b>\n> \n> Buy now\n\nhttp");
        post["text"].ShouldNotBeNull().ToString().ShouldEndWith($"/signals/{signal}");
        var talks = (await world.Anna.Client.Get($"{Signals}/{signal}")).Json["talks"].ShouldNotBeNull().AsArray();
        talks.Select(t => $"{t?["discussion"]}").ShouldBe([first]);
        (await world.Albert.Client.Get($"/learning/communities/{community}/discussions")).Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Kept_twice_it_is_one_private_record_with_a_link_back()
    {
        var signal = await Share(world.Anna);
        var record = (await world.Bernd.Client.Post($"{Signals}/{signal}/learning", new { learnt = "Prices move fast" })).ShouldBe(HttpStatusCode.Created).Id;
        (await world.Bernd.Client.Post($"{Signals}/{signal}/learning", new { learnt = "Prices move fast" })).Id.ShouldBe(record);

        var kept = await world.Bernd.Client.Get($"/learning/records/{record}");
        (kept.Text("kind"), kept.Text("visibility"), kept.Text("learnt")).ShouldBe(("reading-or-market-scan", "private", "Prices move fast"));
        kept.Json["links"].ShouldNotBeNull().AsArray().Select(l => $"{l}").Last().ShouldEndWith($"/signals/{signal}");
        (await world.Conrad.Client.Post($"{Signals}/{signal}/learning", new { })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "not-employed");
    }

    [Fact]
    public async Task A_correction_keeps_what_was_said_and_what_is_withdrawn_is_read_no_more()
    {
        var signal = await Share(world.Anna);
        var etag = (await world.Anna.Client.Get($"{Signals}/{signal}")).Headers["ETag"];
        (await world.Bernd.Client.Put($"{Signals}/{signal}", Body(soWhat: "Mine"))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-your-signal");
        (await world.Anna.Client.Put($"{Signals}/{signal}", Body(soWhat: "Buy soon"), ("If-Match", etag))).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Put($"{Signals}/{signal}", Body(soWhat: "Buy later"), ("If-Match", etag))).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await world.Bernd.Client.Get($"{Signals}/{signal}/versions")).Json.AsArray().Select(v => $"{v?["soWhat"]}").ShouldBe(["Buy soon", "Buy now"]);

        (await world.Anna.Client.Post($"{Signals}/{signal}/withdrawal", new { reason = "A rumour" })).ShouldBe(HttpStatusCode.OK);
        var seen = await world.Bernd.Client.Get($"{Signals}/{signal}");
        (seen.Json["what"], seen.Text("reason")).ShouldBe((null, "A rumour"));
        (await world.Bernd.Client.Get($"{Signals}?limit=200")).Items.ShouldNotContain(s => s["id"]!.ToString() == signal);
        (await world.Bernd.Client.Get($"{Signals}/{signal}/versions")).ShouldBeProblem(HttpStatusCode.NotFound, "signal-unknown");
        (await world.Bernd.Client.Put($"{Signals}/{signal}/view", new { text = "Late" })).ShouldBeProblem(HttpStatusCode.Conflict, "signal-withdrawn");
        (await world.Bernd.Client.Post($"{Signals}/{signal}/learning", new { })).ShouldBeProblem(HttpStatusCode.Conflict, "signal-withdrawn");
        (await world.Anna.Client.Get($"{Signals}?mine=true&limit=200")).Items.ShouldContain(s => s["id"]!.ToString() == signal);
    }

    [Fact]
    public async Task Lists_are_narrowed_by_tag_and_words()
    {
        var signal = await Share(world.Anna, what: "Zinc is scarce");
        async Task<bool> Listed(string query) => (await world.Bernd.Client.Get($"{Signals}?limit=200&{query}")).Items.Any(s => s["id"]?.ToString() == signal);
        (await Listed("tag=economic&q=zinc+buy")).ShouldBeTrue();
        (await Listed("tag=legal")).ShouldBeFalse();
        (await Listed("q=qqzz")).ShouldBeFalse();
        (await world.Bernd.Client.Get($"{Signals}?tag=weather")).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-filter");
    }

    [Fact]
    public async Task A_form_sent_twice_makes_one_signal_and_bad_ones_none()
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var first = await world.Anna.Client.Post(Signals, Body(), key);
        (await world.Anna.Client.Post(Signals, Body(), key)).Id.ShouldBe(first.ShouldBe(HttpStatusCode.Created).Id);
        foreach (var link in new[] { "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://example.org/x", "//example.org", "https://user:pass@example.org/", "copper" })
            (await world.Anna.Client.Post(Signals, Body(link: link))).ShouldBe(HttpStatusCode.UnprocessableEntity).Body.ShouldContain("malformed-url", Case.Sensitive, link);
        foreach (object body in new object[]
        {
            new { what = " ", tags = (string[])["legal"] }, new { what = new string('x', 501), tags = (string[])["legal"] }, new { what = "x", tags = Array.Empty<string>() },
            new { what = "x", tags = (string[])["legal"], visibility = "private" }, new { what = "x", tags = (string[])["legal"], soWhat = new string('x', 1_001) },
        }) (await world.Anna.Client.Post(Signals, body)).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await world.Anna.Client.Post(Signals, new { what = "x", tags = (string[])["weather"] })).ShouldBe(HttpStatusCode.BadRequest);
        (await world.Conrad.Client.Post(Signals, Body())).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "not-employed");
    }

    [Fact]
    public async Task A_link_into_the_own_network_is_text_and_hostile_words_do_nothing()
    {
        var signal = (await world.Anna.Client.Post(Signals, Body(what: "<script>alert(1)</script>", link: "http://169.254.169.254/latest/\"onmouseover=alert(2)"))).ShouldBe(HttpStatusCode.Created).Id;
        foreach (var address in new[] { $"/signals/{signal}", "/signals" })
        {
            var page = await world.Bernd.Client.GetStringAsync(new Uri(address, UriKind.Relative), Ct);
            page.ShouldNotContain("<script>alert");
            page.ShouldNotContain("\"onmouseover");
            page.ShouldContain("rel=\"noopener noreferrer nofollow ugc\"");
        }
    }

    [Fact]
    public async Task Who_is_erased_leaves_no_word_and_others_views_stay()
    {
        var nora = await world.Host.Newcomer(world.Operator, "Nora");
        (await nora.Client.Post("/clusters/firms", new { name = "Noras", registrationNumber = $"HRB {Guid.NewGuid():n}"[..14], country = "DE", nuts = "DEA58", city = "Menden", nace = "25.62" })).ShouldBe(HttpStatusCode.Created);
        var own = await Share(nora, "network", "norasays copper");
        (await world.Bernd.Client.Put($"{Signals}/{own}/view", new { text = "Bolt sells scrap" })).ShouldBe(HttpStatusCode.OK);
        var other = await Share(world.Anna, "network");
        (await nora.Client.Put($"{Signals}/{other}/view", new { text = "norasays view" })).ShouldBe(HttpStatusCode.OK);
        (await nora.Client.Post("/access/me/erasure", new { confirm = "erase" })).ShouldBe(HttpStatusCode.Created);
        await Life.Carried(world.Host);

        ((bool?)(await world.Bernd.Client.Get($"{Signals}/{own}")).Json["withdrawn"]).ShouldBe(true);
        foreach (var address in new[] { $"{Signals}/{own}", $"{Signals}/{other}", Signals, "/search?q=norasays" })
            (await world.Bernd.Client.Get(address)).ShouldBe(HttpStatusCode.OK).Body.Replace("\"norasays\"", "", StringComparison.Ordinal).ShouldNotContain("norasays", Case.Insensitive, address);
        (await world.Host.Services.GetRequiredService<Replay>().Verify(null, Ct)).ShouldAllBe(r => r.Equal);
    }
}
