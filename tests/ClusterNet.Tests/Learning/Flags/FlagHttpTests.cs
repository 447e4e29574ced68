using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Learning.Flags;

/// <summary>Flags on practices and signals over HTTP: who looks at them, who still sees what was hidden, and who is told.</summary>
public sealed class FlagHttpTests(LearningWorld world) : IClassFixture<LearningWorld>
{
    private static async Task<(string Kind, string Id, string Address)> Write(string kind, Account by, string visibility = "cluster")
    {
        var word = $"quoll{Guid.NewGuid():n}";
        object body = kind == "practice"
            ? new { title = word, problem = "Thin sheet warps.", how = "Clamp it.", visibility }
            : new { what = word, tags = (string[])["economic"], visibility };
        var id = (await by.Client.Post($"/learning/{kind}s", body)).ShouldBe(HttpStatusCode.Created).Id;
        return (kind, id, $"/learning/{kind}s/{id}");
    }

    private Task<Answer> Log(Account of) => of.Client.Get($"/learning/clusters/{world.Cluster}/moderation");

    private static IEnumerable<JsonNode> About(Answer answer, string part, string id) =>
        answer.ShouldBe(HttpStatusCode.OK).Json[part].ShouldNotBeNull().AsArray().OfType<JsonNode>().Where(n => $"{n["item"]}" == id);

    [Theory]
    [InlineData("practice")]
    [InlineData("signal")]
    public async Task A_flag_reaches_the_coordinator_who_hides_and_shows_again_and_the_cluster_reads_why(string kind)
    {
        var (_, id, address) = await Write(kind, world.Albert);
        (await world.Albert.Client.Post($"{address}/flags", new { reason = "Mine" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "flag-own-post");
        (await world.Bernd.Client.Post($"{address}/flags", new { reason = "" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await world.Clara.Client.Post($"{address}/flags", new { reason = "x" })).ShouldBeProblem(HttpStatusCode.NotFound, $"{kind}-unknown");
        (await world.Bernd.Client.Post($"{address}/flags", new { reason = "Names a customer" })).ShouldBe(HttpStatusCode.OK);

        (await world.Notices(world.Conrad, id)).ShouldBe([$"{kind}-flagged"]);
        About(await Log(world.Conrad), "waiting", id).Single()["flags"].ShouldNotBeNull().GetValue<int>().ShouldBe(1);
        About(await Log(world.Anna), "waiting", id).ShouldBeEmpty();
        (await Log(world.Clara)).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
        (await world.Anna.Client.Post($"{address}/moderation", new { step = "hide", reason = "x" })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-moderator");

        (await world.Conrad.Client.Post($"{address}/moderation", new { step = "hide", reason = "A customer is named" })).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Get(address)).ShouldBeProblem(HttpStatusCode.NotFound, $"{kind}-unknown");
        (await world.Bernd.Client.Get($"/learning/{kind}s?limit=200")).Body.ShouldNotContain(id);
        (await world.Conrad.Client.Get(address)).ShouldBe(HttpStatusCode.OK);
        (await world.Albert.Client.Get(address)).Json["hidden"].ShouldNotBeNull().GetValue<bool>().ShouldBeTrue();
        (await world.Notices(world.Albert, id)).ShouldContain($"{kind}-moderated");

        (await world.Conrad.Client.Post($"{address}/moderation", new { step = "restore", reason = "In order now" })).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Get(address)).ShouldBe(HttpStatusCode.OK);
        About(await Log(world.Bernd), "log", id).Select(l => $"{l["step"]}: {l["reason"]}").ShouldBe(["restore: In order now", "hide: A customer is named"]);
        About(await Log(world.Conrad), "waiting", id).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_hidden_practice_is_searched_counted_and_used_by_nobody_and_its_firms_manager_still_reads_it()
    {
        var (_, id, address) = await Write("practice", world.Albert);
        var title = (await world.Albert.Client.Get(address)).Text("title");
        (await world.Bernd.Client.Put($"{address}/use", new { stage = "trying" })).ShouldBe(HttpStatusCode.OK);
        (await world.Conrad.Client.Post($"{address}/moderation", new { step = "hide", reason = "Dangerous" })).ShouldBe(HttpStatusCode.OK);

        foreach (var who in new[] { world.Bernd, world.Conrad, world.Anna })
        {
            (await who.Client.Get($"/search?q={title}")).Body.ShouldNotContain(id);
            (await who.Client.Get($"/learning/clusters/{world.Cluster}/practices")).Body.ShouldNotContain(id);
        }

        (await world.Anna.Client.Get(address)).ShouldBe(HttpStatusCode.OK); // manages the firm
        (await world.Bernd.Client.Put($"{address}/use", new { stage = "given-up", result = "No", verdict = "did-not" })).ShouldBeProblem(HttpStatusCode.NotFound, "practice-unknown");
        (await world.Anna.Client.Put($"{address}/use", new { stage = "trying" })).ShouldBeProblem(HttpStatusCode.Conflict, "practice-hidden");
    }

    [Fact]
    public async Task Where_nobody_moderates_nothing_is_flagged()
    {
        var inside = await Write("signal", world.Albert, "firm");
        var outside = await Write("practice", world.Clara, "network");
        (await world.Anna.Client.Post($"{inside.Address}/flags", new { reason = "x" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "nobody-moderates");
        (await world.Anna.Client.Post($"{outside.Address}/flags", new { reason = "x" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "nobody-moderates");
    }
}
