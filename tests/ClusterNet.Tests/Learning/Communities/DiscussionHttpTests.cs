using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Tests.Access;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Learning.Communities;

/// <summary>Discussions over HTTP: asked, answered, accepted, marked, edited, withdrawn, named people, notices, and who sees what.</summary>
public sealed class DiscussionHttpTests(LearningWorld world) : IClassFixture<LearningWorld>
{
    private async Task<string> Community(object? more = null, params Account[] members)
    {
        var founded = more ?? new { name = $"C {Guid.NewGuid():n}", objective = "Less waste", cluster = world.Cluster };
        var community = (await world.Anna.Client.Post("/learning/communities", founded)).ShouldBe(HttpStatusCode.Created).Id;
        foreach (var member in members) (await member.Client.Post($"/learning/communities/{community}/joining", null)).ShouldBe(HttpStatusCode.OK);
        return community;
    }

    private Task<string> Reviewed(params Account[] members) =>
        Community(new { name = $"C {Guid.NewGuid():n}", objective = "Less waste", cluster = world.Cluster, kind = "organised", reviewed = true }, members);

    private static async Task<string> Ask(Account by, string community, string text = "Why does it warp?", bool question = true, bool draft = false) =>
        (await by.Client.Post($"/learning/communities/{community}/discussions", new { title = "Warped", text, question, draft })).ShouldBe(HttpStatusCode.Created).Id;

    private static async Task<string> Say(Account by, string discussion, string text = "Clamp it.") =>
        (await by.Client.Post($"/learning/discussions/{discussion}/posts", new { text })).ShouldBe(HttpStatusCode.Created).Id;

    private static JsonNode Post(Answer discussion, int index) => discussion.ShouldBe(HttpStatusCode.OK).Json["posts"].ShouldNotBeNull()[index].ShouldNotBeNull();

    [Fact]
    public async Task A_question_is_asked_answered_and_the_answer_accepted_and_those_concerned_are_told()
    {
        var community = await Community(null, world.Albert, world.Bernd);
        var question = await Ask(world.Albert, community);
        var answer = await Say(world.Bernd, question);

        (await world.Bernd.Client.Put($"/learning/discussions/{question}/accepted", new { post = answer })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-the-asker");
        (await world.Albert.Client.Put($"/learning/discussions/{question}/accepted", new { post = question })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "question-itself");
        (await world.Albert.Client.Put($"/learning/discussions/{question}/accepted", new { post = answer })).ShouldBe(HttpStatusCode.OK);

        (await world.Conrad.Client.Get($"/learning/discussions/{question}")).Text("accepted").ShouldBe(answer);
        (await world.Bernd.Client.Get($"/learning/communities/{community}/discussions?unanswered=true")).Items.Count.ShouldBe(0);
        (await world.Notices(world.Anna, question)).ShouldBe(["question-asked"]);
        (await world.Notices(world.Albert, question)).ShouldBe(["discussion-answered"]);
        (await world.Notices(world.Bernd, question)).ShouldBe(["answer-accepted", "question-asked"], ignoreOrder: true);
        (await world.Notices(world.Clara, question)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_members_write_and_others_read()
    {
        var question = await Ask(world.Anna, await Community());

        (await world.Bernd.Client.Get($"/learning/discussions/{question}")).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Post($"/learning/discussions/{question}/posts", new { text = "Clamp it." })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-member");
        (await world.Clara.Client.Get($"/learning/discussions/{question}")).ShouldBeProblem(HttpStatusCode.NotFound, "discussion-unknown");
        (await world.Clara.Client.Post($"/learning/discussions/{question}/posts", new { text = "Clamp it." })).ShouldBeProblem(HttpStatusCode.NotFound, "discussion-unknown");
    }

    [Fact]
    public async Task Members_are_named_and_told_and_strangers_cannot_be_named()
    {
        var community = await Community(null, world.Albert);
        var question = await Ask(world.Anna, community, "Does @[albert ahrens] know?");

        var post = Post(await world.Bernd.Client.Get($"/learning/discussions/{question}"), 0);
        post["text"].ShouldNotBeNull().ToString().ShouldBe($"Does @[{world.Albert.Person}] know?");
        post["mentions"].ShouldNotBeNull()[0].ShouldNotBeNull().ToString().ShouldBe(world.Albert.Person);
        (await world.Notices(world.Albert, question)).ShouldBe(["discussion-mentioned"]);

        var stranger = await world.Anna.Client.Post($"/learning/discussions/{question}/posts", new { text = $"Ask @[{world.Clara.Person}], @[Nobody] and @[Albert Ahrens]" });
        stranger.ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "mention-not-possible").Json["names"].ShouldNotBeNull().AsArray().Select(n => $"{n}").ShouldBe([world.Clara.Person, "Nobody"]);
        (await world.Anna.Client.Post($"/learning/discussions/{question}/posts", new { text = "And you?", mention = world.Bernd.Person })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "mention-not-possible");
        (await world.Anna.Client.Post($"/learning/discussions/{question}/posts", new { text = "And you?", mention = world.Albert.Person })).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Whom_one_may_not_see_one_cannot_find_among_the_members_by_an_id()
    {
        var community = await Community(null, world.Albert, world.Bernd);
        await Show(world.Bernd, "private");
        try
        {
            var mention = new { title = "Ask", text = $"Do you know it, @[{world.Bernd.Person}]?" };
            (await world.Anna.Client.Post($"/learning/communities/{community}/discussions", mention)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "mention-not-possible");
            var question = await Ask(world.Albert, community, "Why?");
            await Say(world.Bernd, question, "I know."); // and so stands before all readers
            (await world.Anna.Client.Post($"/learning/communities/{community}/discussions", mention)).ShouldBe(HttpStatusCode.Created);
        }
        finally
        {
            await Show(world.Bernd, "cluster");
        }

        static async Task Show(Account person, string visibility) => (await person.Client.Put("/clusters/me/profile/visibility", new { visibility })).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_was_edited_keeps_its_versions_and_what_was_withdrawn_is_gone()
    {
        var community = await Community(null, world.Bernd);
        var question = await Ask(world.Anna, community);
        var answer = await Say(world.Bernd, question);
        var address = $"/learning/discussions/{question}/posts/{answer}";
        var etag = (await world.Bernd.Client.Get($"/learning/discussions/{question}")).Headers["ETag"];

        (await world.Anna.Client.Put(address, new { text = "Mine now" })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-the-author");
        (await world.Bernd.Client.Put(address, new { text = "Clamp it well." }, ("If-Match", etag))).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Put(address, new { text = "Clamp it hard." }, ("If-Match", etag))).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await world.Anna.Client.Get($"{address}/versions")).Json.AsArray().Select(v => $"{v?["text"]}").ShouldBe(["Clamp it.", "Clamp it well."]);

        (await world.Bernd.Client.Post($"{address}/withdrawal", null)).ShouldBe(HttpStatusCode.OK);
        var gone = Post(await world.Anna.Client.Get($"/learning/discussions/{question}"), 1);
        ($"{gone["status"]}", gone["text"]).ShouldBe(("withdrawn", null));
        (await world.Anna.Client.Get($"{address}/versions")).ShouldBeProblem(HttpStatusCode.NotFound, "post-unknown");
        (await world.Anna.Client.Put($"{address}/helpful", new { helpful = true })).ShouldBeProblem(HttpStatusCode.Conflict, "post-not-shown");
    }

    [Fact]
    public async Task Drafts_are_their_authors_and_what_is_in_review_the_facilitators_too()
    {
        var community = await Reviewed(world.Bernd, world.Albert);
        var draft = await Ask(world.Bernd, community, draft: true);
        foreach (var other in new[] { world.Anna, world.Albert }) (await other.Client.Get($"/learning/discussions/{draft}")).ShouldBeProblem(HttpStatusCode.NotFound, "discussion-unknown");

        (await world.Bernd.Client.Post($"/learning/discussions/{draft}/posts/{draft}/publication", null)).ShouldBe(HttpStatusCode.OK);
        (await world.Albert.Client.Get($"/learning/discussions/{draft}")).ShouldBeProblem(HttpStatusCode.NotFound, "discussion-unknown");
        (await world.Albert.Client.Get($"/learning/communities/{community}/discussions")).Items.Count.ShouldBe(0);
        (await world.Anna.Client.Get($"/learning/communities/{community}/discussions")).Items.Count.ShouldBe(1);
        (await world.Notices(world.Anna, draft)).ShouldBe(["post-to-review"]);
        (await world.Notices(world.Albert, draft)).ShouldBeEmpty();
        (await world.Bernd.Client.Post($"/learning/discussions/{draft}/posts/{draft}/publication", null)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-facilitator");

        (await world.Anna.Client.Post($"/learning/discussions/{draft}/posts/{draft}/publication", null)).ShouldBe(HttpStatusCode.OK);
        (await world.Albert.Client.Get($"/learning/discussions/{draft}")).ShouldBe(HttpStatusCode.OK);
        (await world.Notices(world.Albert, draft)).ShouldBe(["question-asked"]);
        (await world.Notices(world.Bernd, draft)).ShouldBe(["post-published"]);
    }

    [Fact]
    public async Task What_one_learnt_from_a_discussion_is_one_record_that_names_who_answered_and_leads_back()
    {
        var community = await Community(null, world.Albert, world.Bernd);
        var question = (await world.Albert.Client.Post(
            $"/learning/communities/{community}/discussions", new { title = "Warped", text = "Why?", question = true, skillUris = (string[])[LearningWorld.Accounting] })).ShouldBe(HttpStatusCode.Created).Id;
        await Say(world.Bernd, question);
        var taken = await Say(world.Anna, question);
        (await world.Anna.Client.Post($"/learning/discussions/{question}/posts/{taken}/withdrawal", null)).ShouldBe(HttpStatusCode.OK);
        var keep = $"/learning/discussions/{question}/learning";

        var record = (await world.Albert.Client.Post(keep, new { learnt = "Clamp first.", minutes = 20 })).ShouldBe(HttpStatusCode.Created).Id;
        (await world.Albert.Client.Post(keep, new { learnt = "Again" })).ShouldBe(HttpStatusCode.Created).Id.ShouldBe(record);

        var kept = (await world.Albert.Client.Get($"/learning/records/{record}")).ShouldBe(HttpStatusCode.OK);
        (kept.Text("kind"), kept.Text("what"), kept.Text("learnt"), kept.Text("visibility")).ShouldBe(("community-discussion", "Warped", "Clamp first.", "cluster"));
        kept.Json["with"].ShouldNotBeNull().AsArray().Select(w => $"{w?["person"]}").ShouldBe([world.Bernd.Person]);
        kept.Json["skillUris"].ShouldNotBeNull().AsArray().Select(s => $"{s}").ShouldBe([LearningWorld.Accounting]);
        kept.Json["links"].ShouldNotBeNull()[0].ShouldNotBeNull().ToString().ShouldEndWith($"/communities/{community}/discussions/{question}");
        (await world.Conrad.Client.Post(keep, new { })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "not-employed");
        (await world.Clara.Client.Post(keep, new { })).ShouldBeProblem(HttpStatusCode.NotFound, "discussion-unknown");
        (await world.Anna.Client.Post($"/learning/discussions/{await Ask(world.Anna, community, draft: true)}/learning", new { })).ShouldBeProblem(HttpStatusCode.Conflict, "post-not-shown");
    }

    [Fact]
    public async Task Ten_thousand_marks_by_one_count_one()
    {
        var community = await Community(null, world.Bernd);
        var question = await Ask(world.Anna, community);
        var address = $"/learning/discussions/{question}/posts/{question}/helpful";
        (await world.Anna.Client.Put(address, new { helpful = true })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "own-post");

        var answers = new List<Answer>();
        for (var i = 0; i < 120; i++) answers.Add(await world.Bernd.Client.Put(address, new { helpful = true }));

        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBeInRange(1, 119);
        answers[^1].Status.ShouldBe(HttpStatusCode.TooManyRequests);
        Post(await world.Anna.Client.Get($"/learning/discussions/{question}"), 0)["helpful"].ShouldNotBeNull().GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Who_unfollows_hears_no_more_and_who_follows_does()
    {
        var community = await Community(null, world.Bernd, world.Albert);
        var question = await Ask(world.Albert, community);
        (await world.Albert.Client.Put($"/learning/discussions/{question}/following", new { following = false })).ShouldBe(HttpStatusCode.OK);
        (await world.Conrad.Client.Put($"/learning/discussions/{question}/following", new { following = true })).ShouldBe(HttpStatusCode.OK);

        await Say(world.Bernd, question);

        (await world.Notices(world.Albert, question)).ShouldBeEmpty();
        (await world.Notices(world.Conrad, question)).ShouldBe(["discussion-answered"]);
    }

    [Fact]
    public async Task Bad_input_is_refused_with_its_reason()
    {
        var community = await Community();
        var address = $"/learning/communities/{community}/discussions";
        foreach (object body in new object[] { new { title = "", text = "x" }, new { title = "x", text = " " }, new { title = new string('x', 151), text = "x" }, new { title = "x", text = new string('x', 10_001) } })
            (await world.Anna.Client.Post(address, body)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await world.Anna.Client.Post(address, new { title = "x", text = string.Concat(Enumerable.Range(0, 21).Select(i => $"@[n{i}] ")) })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "too-many-mentions");
        (await world.Anna.Client.Post(address, new { title = "x", text = "x", skillUris = (string[])["urn:none"] })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "skill-unknown");
        var key = Guid.NewGuid().ToString();
        var first = await world.Anna.Client.Post(address, new { title = "x", text = "y" }, ("Idempotency-Key", key));
        (await world.Anna.Client.Post(address, new { title = "x", text = "y" }, ("Idempotency-Key", key))).Id.ShouldBe(first.Id);
        (await world.Anna.Client.Get(address)).Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Erased_people_are_named_nowhere_and_their_words_are_gone()
    {
        var gone = await world.Host.Newcomer(world.Operator, "Gustav Gone");
        (await gone.Client.Post("/clusters/firms", Clusters.World.FirmBody("Gone Ltd", $"HRB {Guid.NewGuid():n}"))).ShouldBe(HttpStatusCode.Created);
        var community = await Community(new { name = $"C {Guid.NewGuid():n}", objective = "Less waste" }, gone, world.Bernd);
        var question = await Ask(gone, community, "A word of gustav");
        await Say(world.Bernd, question, $"Good, @[{gone.Person}].");

        (await gone.Client.Post("/access/me/erasure", new { confirm = "erase" })).ShouldBe(HttpStatusCode.Created);
        await Life.Carried(world.Host);

        var read = await world.Bernd.Client.Get($"/learning/discussions/{question}");
        Post(read, 0)["text"].ShouldNotBeNull()["erased"].ShouldNotBeNull().GetValue<bool>().ShouldBeTrue();
        read.Body.ShouldNotContain("gustav", Case.Insensitive);
        var page = await world.Bernd.Client.GetStringAsync(new Uri($"/communities/{community}/discussions/{question}", UriKind.Relative), TestContext.Current.CancellationToken);
        page.ShouldNotContain("gustav", Case.Insensitive);
        page.ShouldContain("@somebody");
    }
}
