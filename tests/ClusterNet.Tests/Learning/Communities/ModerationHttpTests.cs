using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Learning.Communities;

/// <summary>Who can help, moderation, the wiki, search and the board of contributions over HTTP.</summary>
public sealed class ModerationHttpTests(LearningWorld world) : IClassFixture<LearningWorld>
{
    private async Task<string> Community(object? more = null, params Account[] members)
    {
        var founded = more ?? new { name = $"C {Guid.NewGuid():n}", objective = "Less waste", cluster = world.Cluster };
        var community = (await world.Anna.Client.Post("/learning/communities", founded)).ShouldBe(HttpStatusCode.Created).Id;
        foreach (var member in members) (await member.Client.Post($"/learning/communities/{community}/joining", null)).ShouldBe(HttpStatusCode.OK);
        return community;
    }

    private static async Task<string> Ask(Account by, string community, string text = "Why does it warp?", params string[] skills) =>
        (await by.Client.Post($"/learning/communities/{community}/discussions", new { title = "Warped", text, question = true, skillUris = skills })).ShouldBe(HttpStatusCode.Created).Id;

    private static string Status(Answer discussion, int post) => $"{discussion.Json["posts"]?[post]?["status"]}";

    [Fact]
    public async Task Who_can_help_is_found_with_reasons_as_far_as_each_shows_it_and_wants_to_be_found()
    {
        var community = await Community(null, world.Albert);
        (await world.Bernd.Client.Post("/skills/levels/claims", new { skillUri = LearningWorld.Accounting, level = 4 })).ShouldBe(HttpStatusCode.OK);
        (await world.Clara.Client.Post("/skills/levels/claims", new { skillUri = LearningWorld.Accounting, level = 5 })).ShouldBe(HttpStatusCode.OK);
        var record = await LearningWorld.Record(world.Albert, new { kind = "observation", what = "books", visibility = "cluster", with = (string[])[world.Bernd.Person], skillUris = (string[])[LearningWorld.Accounting] });
        (await world.Bernd.Client.Post($"/learning/records/{record}/confirmation", null)).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Post($"/learning/records/{record}/endorsements", new { skillUri = LearningWorld.Accounting })).ShouldBe(HttpStatusCode.OK);
        await world.Host.CaughtUp();
        var question = await Ask(world.Anna, community, skills: LearningWorld.Accounting);
        var address = $"/learning/discussions/{question}/helpers";

        var found = (await world.Anna.Client.Get(address)).ShouldBe(HttpStatusCode.OK).Json["helpers"].ShouldNotBeNull().AsArray();

        string[] Reasons(Account of) => [.. found.Where(h => $"{h?["person"]}" == of.Person).SelectMany(h => h.ShouldNotBeNull()["reasons"].ShouldNotBeNull().AsArray()).Select(r => $"{r?["kind"]}")];
        Reasons(world.Bernd).ShouldContain("claimed");
        Reasons(world.Albert).ShouldContain("endorsed");
        Reasons(world.Albert).ShouldContain("confirmed");
        Reasons(world.Clara).ShouldBeEmpty(); // in no firm of the cluster
        (await world.Albert.Client.Get(address)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-your-question");

        (await world.Bernd.Client.Put("/learning/help-offer", new { open = false })).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Get(address)).Body.ShouldNotContain(world.Bernd.Person);
        (await world.Anna.Client.Post(address, new { person = world.Bernd.Person })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "helper-not-found");
        (await world.Anna.Client.Post(address, new { person = world.Clara.Person })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "helper-not-found");
        (await world.Anna.Client.Post(address, new { person = world.Albert.Person })).ShouldBe(HttpStatusCode.OK);
        await world.Host.CaughtUp();
        (await world.Albert.Client.Get("/access/me/notices")).Items.Where(n => n.ToString().Contains(question, StringComparison.Ordinal)).Select(n => $"{n["kind"]}").ShouldContain("help-wanted");
        (await world.Bernd.Client.Put("/learning/help-offer", new { open = true })).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_flag_reaches_the_facilitator_who_hides_corrects_and_restores_and_members_read_why()
    {
        var community = await Community(null, world.Albert, world.Bernd);
        var question = await Ask(world.Albert, community, "Customer Meier complains.");
        var post = $"/learning/discussions/{question}/posts/{question}";

        (await world.Bernd.Client.Post($"{post}/flags", new { reason = "" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await world.Bernd.Client.Post($"{post}/flags", new { reason = "Names a customer" })).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Get($"/learning/communities/{community}/moderation")).Json["waiting"].ShouldNotBeNull().AsArray().Count.ShouldBe(1);
        (await world.Bernd.Client.Get($"/learning/communities/{community}/moderation")).Json["waiting"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
        (await world.Bernd.Client.Post($"{post}/moderation", new { step = "hide", reason = "x" })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-facilitator");

        (await world.Anna.Client.Post($"{post}/moderation", new { step = "hide", reason = "A customer is named" })).ShouldBe(HttpStatusCode.OK);
        var hidden = await world.Bernd.Client.Get($"/learning/discussions/{question}");
        hidden.Body.ShouldNotContain("Meier");
        Status(hidden, 0).ShouldBe("hidden");
        (await world.Albert.Client.Get($"/learning/discussions/{question}")).Body.ShouldContain("Meier");
        (await world.Bernd.Client.Get($"/learning/communities/{community}/discussions")).Items.ShouldBeEmpty();

        (await world.Anna.Client.Put($"{post}/correction", new { text = "A customer complains.", reason = "Name taken out" })).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Post($"{post}/moderation", new { step = "restore", reason = "In order now" })).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Get($"/learning/discussions/{question}")).Body.ShouldContain("A customer complains.");
        (await world.Bernd.Client.Get($"{post}/versions")).Body.ShouldNotContain("Meier");
        (await world.Albert.Client.Get($"{post}/versions")).Body.ShouldContain("Meier");
        var log = (await world.Bernd.Client.Get($"/learning/communities/{community}/moderation")).Json["log"].ShouldNotBeNull().AsArray();
        log.Select(l => $"{l?["step"]}").ShouldBe(["restore", "correct", "hide"]);
        (await world.Conrad.Client.Get($"/learning/communities/{community}/moderation")).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-member");
    }

    [Fact]
    public async Task A_facilitator_who_left_the_cluster_is_told_of_nothing_there_any_more()
    {
        var left = await world.Host.Newcomer(world.Operator, "Leaving Facilitator");
        var role = (await world.Conrad.Client.Post("/access/roles", new { person = left.Person, role = "assessor", scopeKind = "cluster", scopeId = world.Cluster, reason = "helps" })).ShouldBe(HttpStatusCode.Created).Id;
        var community = (await left.Client.Post("/learning/communities", new { name = $"C {Guid.NewGuid():n}", objective = "x", cluster = world.Cluster, kind = "organised", reviewed = true }))
            .ShouldBe(HttpStatusCode.Created).Id;
        var mine = (await left.Client.Post($"/learning/communities/{community}/discussions", new { title = "Old", text = "Words" })).ShouldBe(HttpStatusCode.Created).Id;
        await world.Host.CaughtUp(); // who joins later is not told of it
        foreach (var member in (Account[])[world.Albert, world.Bernd]) (await member.Client.Post($"/learning/communities/{community}/joining", null)).ShouldBe(HttpStatusCode.OK);
        (await left.Client.Post($"/learning/communities/{community}/facilitators", new { person = world.Bernd.Person })).ShouldBe(HttpStatusCode.OK);
        (await world.Conrad.Client.Post($"/access/roles/{role}/revocation", new { reason = "over" })).ShouldBe(HttpStatusCode.OK);
        (await left.Client.Get($"/learning/communities/{community}")).ShouldBeProblem(HttpStatusCode.NotFound, "community-unknown");

        await Ask(world.Albert, community);
        (await world.Albert.Client.Post($"/learning/communities/{community}/library", new { url = "https://example.org/a", title = "A" })).ShouldBe(HttpStatusCode.Created);
        (await world.Albert.Client.Post($"/learning/discussions/{mine}/posts/{mine}/flags", new { reason = "Old" })).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Post($"/learning/discussions/{mine}/posts/{mine}/moderation", new { step = "hide", reason = "Old" })).ShouldBe(HttpStatusCode.OK);
        await world.Host.CaughtUp();

        async Task<IReadOnlyList<string>> Told(Account of) =>
            [.. (await of.Client.Get("/access/me/notices")).Items.Where(n => n.ToString().Contains(community, StringComparison.Ordinal)).Select(n => $"{n["kind"]}").Order()];
        (await Told(world.Bernd)).ShouldBe(["community-facilitated", "library-to-review", "post-flagged", "post-to-review"]);
        (await Told(left)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_has_versions_differences_and_no_lost_text()
    {
        var community = await Community(null, world.Albert, world.Bernd);
        var page = (await world.Albert.Client.Post($"/learning/communities/{community}/pages", new { title = "Clamping", text = "Use copper bars.", kind = "faq" })).ShouldBe(HttpStatusCode.Created).Id;
        var address = $"/learning/pages/{page}";

        (await world.Bernd.Client.Put(address, new { title = "Clamping", text = "Use thick copper bars.", note = "thick" }, ("If-Match", "\"1\""))).ShouldBe(HttpStatusCode.OK);
        (await world.Albert.Client.Put(address, new { title = "Clamping", text = "Use steel bars." }, ("If-Match", "\"1\""))).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await world.Conrad.Client.Put(address, new { title = "Clamping", text = "x" })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-member");

        (await world.Conrad.Client.Get(address)).Text("text").ShouldBe("Use thick copper bars.");
        (await world.Conrad.Client.Get($"{address}?number=1")).Text("text").ShouldBe("Use copper bars.");
        (await world.Conrad.Client.Get($"{address}?number=9")).ShouldBeProblem(HttpStatusCode.NotFound, "wiki-version-unknown");
        (await world.Conrad.Client.Get($"{address}/versions")).Json.AsArray().Count.ShouldBe(2);
        (await world.Conrad.Client.Get($"{address}/differences")).Json["parts"].ShouldNotBeNull().AsArray().Select(p => $"{p?["kind"]}:{p?["text"]}")
            .ShouldBe(["same:Use ", "added:thick ", "same:copper bars."]);
        (await world.Clara.Client.Get(address)).ShouldBeProblem(HttpStatusCode.NotFound, "wiki-page-unknown");
        (await world.Clara.Client.Get($"{address}/versions")).ShouldBeProblem(HttpStatusCode.NotFound, "wiki-page-unknown");

        (await world.Bernd.Client.Post($"{address}/flags", new { reason = "Out of date" })).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Post($"{address}/moderation", new { step = "hide", reason = "Out of date" })).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Get(address)).ShouldBeProblem(HttpStatusCode.NotFound, "wiki-page-unknown");
        (await world.Bernd.Client.Get($"/learning/communities/{community}/pages")).Json.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_version_in_review_is_seen_by_its_author_and_the_facilitators_until_it_is_let_through()
    {
        var community = await Community(new { name = $"C {Guid.NewGuid():n}", objective = "x", cluster = world.Cluster, kind = "organised", reviewed = true }, world.Albert, world.Bernd);
        var page = (await world.Albert.Client.Post($"/learning/communities/{community}/pages", new { title = "Clamping", text = "First." })).ShouldBe(HttpStatusCode.Created).Id;
        (await world.Bernd.Client.Get($"/learning/pages/{page}")).ShouldBeProblem(HttpStatusCode.NotFound, "wiki-page-unknown");
        (await world.Albert.Client.Get($"/learning/pages/{page}")).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Post($"/learning/pages/{page}/publication", null)).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Put($"/learning/pages/{page}", new { title = "Clamping", text = "Second." })).ShouldBe(HttpStatusCode.OK);

        (await world.Albert.Client.Get($"/learning/pages/{page}")).Text("text").ShouldBe("First.");
        (await world.Albert.Client.Get($"/learning/pages/{page}/versions")).Json.AsArray().Count.ShouldBe(1);
        (await world.Anna.Client.Get($"/learning/pages/{page}/versions")).Json.AsArray().Count.ShouldBe(2);
        (await world.Anna.Client.Post($"/learning/pages/{page}/publication", null)).ShouldBe(HttpStatusCode.OK);
        (await world.Albert.Client.Get($"/learning/pages/{page}")).Text("text").ShouldBe("Second.");
    }

    [Fact]
    public async Task Search_finds_what_is_shown_to_whom_it_is_shown()
    {
        var word = $"quernstone{Guid.NewGuid():n}"[..20];
        var community = await Community(null, world.Bernd);
        var question = await Ask(world.Anna, community);
        (await world.Bernd.Client.Post($"/learning/discussions/{question}/posts", new { text = $"Try a {word}, über Nacht." })).ShouldBe(HttpStatusCode.Created);
        (await world.Bernd.Client.Post($"/learning/communities/{community}/discussions", new { title = "Draft", text = word, draft = true })).ShouldBe(HttpStatusCode.Created);
        var page = (await world.Bernd.Client.Post($"/learning/communities/{community}/pages", new { title = "Stones", text = $"The {word}." })).ShouldBe(HttpStatusCode.Created).Id;

        string[] Found(Answer search) => [.. search.ShouldBe(HttpStatusCode.OK).Json["hits"].ShouldNotBeNull().AsArray().Select(h => $"{h?["kind"]} {h?["href"]}").Order()];
        string[] both = [$"discussion /communities/{community}/discussions/{question}", $"wiki-page /communities/{community}/wiki/{page}"];
        Found(await world.Conrad.Client.Get($"/search?q={word}")).ShouldBe(both);
        Found(await world.Bernd.Client.Get($"/search?q={word} uber")).ShouldBe([both[0]]);
        Found(await world.Clara.Client.Get($"/search?q={word}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_board_counts_people_helped_and_hides_when_there_are_few()
    {
        var community = await Community(null, world.Albert, world.Bernd);
        var board = $"/learning/communities/{community}/contributions";
        (await world.Conrad.Client.Get(board)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-member");
        (await world.Anna.Client.Get(board)).Json["contributions"].ShouldBeNull();

        // Five authors, each marked by Anna; of Albert two posts, which count one person.
        var authors = new List<Account> { world.Albert, world.Bernd };
        for (var i = 0; i < 3; i++)
        {
            var coordinator = await world.Host.Newcomer(world.Operator, $"Helper {i}");
            (await world.Conrad.Client.Post("/access/roles", new { person = coordinator.Person, role = "assessor", scopeKind = "cluster", scopeId = world.Cluster, reason = "helps" })).ShouldBe(HttpStatusCode.Created);
            (await coordinator.Client.Post($"/learning/communities/{community}/joining", null)).ShouldBe(HttpStatusCode.OK);
            authors.Add(coordinator);
        }

        foreach (var author in authors.Append(world.Albert))
        {
            var post = await Ask(author, community);
            (await world.Anna.Client.Put($"/learning/discussions/{post}/posts/{post}/helpful", new { helpful = true })).ShouldBe(HttpStatusCode.OK);
        }

        JsonArray Entries(Answer answer) => answer.ShouldBe(HttpStatusCode.OK).Json["contributions"].ShouldNotBeNull().AsArray();
        var entries = Entries(await world.Anna.Client.Get(board));
        entries.Count.ShouldBe(5);
        entries.Select(e => e.ShouldNotBeNull()["people"].ShouldNotBeNull().GetValue<int>()).ShouldAllBe(p => p == 1);

        (await world.Bernd.Client.Put($"/learning/communities/{community}/listing", new { listed = false })).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Get(board)).Json["contributions"].ShouldBeNull();
    }
}
