using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Learning.Communities;

/// <summary>Who is named in pages of a wiki, who hears of new pages and versions, and what authors and facilitators are told.</summary>
public sealed class WikiHttpTests(LearningWorld world) : IClassFixture<LearningWorld>
{
    private async Task<string> Community(bool reviewed, params Account[] members)
    {
        var community = (await world.Anna.Client.Post(
            "/learning/communities", new { name = $"C {Guid.NewGuid():n}", objective = "Less waste", cluster = world.Cluster, kind = "organised", reviewed })).ShouldBe(HttpStatusCode.Created).Id;
        foreach (var member in members) (await member.Client.Post($"/learning/communities/{community}/joining", null)).ShouldBe(HttpStatusCode.OK);
        return community;
    }

    private static async Task<string> Write(Account by, string community, string text) =>
        (await by.Client.Post($"/learning/communities/{community}/pages", new { title = "Clamping", text })).ShouldBe(HttpStatusCode.Created).Id;

    private static async Task Revise(Account by, string page, string text) =>
        (await by.Client.Put($"/learning/pages/{page}", new { title = "Clamping", text })).ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task Members_are_named_on_a_page_and_told_once_and_strangers_cannot_be_named()
    {
        var community = await Community(false, world.Albert, world.Bernd);
        var page = await Write(world.Anna, community, "Ask @[albert ahrens].");

        (await world.Bernd.Client.Get($"/learning/pages/{page}")).Text("text").ShouldBe($"Ask @[{world.Albert.Person}].");
        (await world.Notices(world.Albert, page)).ShouldBe(["wiki-mentioned"]);
        (await world.Notices(world.Bernd, page)).ShouldBe(["wiki-written"]);
        (await world.Notices(world.Anna, page)).ShouldBeEmpty();

        // Who stays named is told of the version no second time; a stranger is refused in a new page and in a new version.
        await Revise(world.Bernd, page, $"Ask @[{world.Albert.Person}] first.");
        (await world.Notices(world.Albert, page)).ShouldBe(["wiki-mentioned"]);
        (await world.Notices(world.Anna, page)).ShouldBe(["wiki-revised"]);
        (await world.Anna.Client.Put($"/learning/pages/{page}", new { title = "Clamping", text = $"Ask @[{world.Clara.Person}]." })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "mention-not-possible");
        (await world.Anna.Client.Post($"/learning/communities/{community}/pages", new { title = "x", text = "@[Nobody]" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "mention-not-possible");
    }

    [Fact]
    public async Task Who_follows_a_page_hears_of_its_versions_and_who_does_not_hears_nothing()
    {
        var community = await Community(false, world.Albert, world.Bernd);
        var page = await Write(world.Albert, community, "Use bars.");
        (await world.Conrad.Client.Put($"/learning/pages/{page}/following", new { following = true })).ShouldBe(HttpStatusCode.OK);
        (await world.Albert.Client.Put($"/learning/pages/{page}/following", new { following = false })).ShouldBe(HttpStatusCode.OK);
        (await world.Clara.Client.Put($"/learning/pages/{page}/following", new { following = true })).ShouldBeProblem(HttpStatusCode.NotFound, "wiki-page-unknown");
        (await world.Conrad.Client.Get($"/learning/pages/{page}")).Json["following"].ShouldNotBeNull().GetValue<bool>().ShouldBeTrue();

        await Revise(world.Bernd, page, "Use copper bars.");

        (await world.Notices(world.Conrad, page)).ShouldBe(["wiki-revised"]);
        (await world.Notices(world.Albert, page)).ShouldBeEmpty();
        (await world.Notices(world.Anna, page)).ShouldBe(["wiki-written"]); // follows the community, not the page
    }

    [Fact]
    public async Task What_waits_is_told_to_facilitators_and_once_let_through_to_those_it_names()
    {
        var community = await Community(true, world.Albert, world.Bernd);
        var page = await Write(world.Albert, community, $"Ask @[{world.Bernd.Person}].");
        (await world.Notices(world.Anna, page)).ShouldBe(["wiki-to-review"]);
        (await world.Notices(world.Bernd, page)).ShouldBeEmpty();

        (await world.Anna.Client.Post($"/learning/pages/{page}/publication", null)).ShouldBe(HttpStatusCode.OK);

        (await world.Notices(world.Bernd, page)).ShouldBe(["wiki-mentioned"]);
        (await world.Notices(world.Albert, page)).ShouldBe(["wiki-published"]);
    }

    [Fact]
    public async Task A_flag_reaches_the_facilitators_and_who_began_a_page_that_is_hidden_still_reads_it()
    {
        var community = await Community(false, world.Albert, world.Bernd);
        var page = await Write(world.Albert, community, "Customer Meier.");
        (await world.Bernd.Client.Post($"/learning/pages/{page}/flags", new { reason = "Names a customer" })).ShouldBe(HttpStatusCode.OK);
        (await world.Notices(world.Anna, page)).ShouldContain("wiki-flagged");

        (await world.Anna.Client.Post($"/learning/pages/{page}/moderation", new { step = "hide", reason = "A customer is named" })).ShouldBe(HttpStatusCode.OK);

        (await world.Notices(world.Albert, page)).ShouldBe(["wiki-moderated"]);
        (await world.Albert.Client.Get($"/learning/pages/{page}")).Text("text").ShouldBe("Customer Meier.");
        (await world.Bernd.Client.Get($"/learning/pages/{page}")).ShouldBeProblem(HttpStatusCode.NotFound, "wiki-page-unknown");
    }
}
