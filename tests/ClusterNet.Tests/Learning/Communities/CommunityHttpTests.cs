using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Tests.Access;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Learning.Communities;

/// <summary>Communities over HTTP: across firms, seen by whom they are for, bad input, sent twice, stale.</summary>
public sealed class CommunityHttpTests(LearningWorld world) : IClassFixture<LearningWorld>
{
    private static string Name() => $"Community {Guid.NewGuid():n}";

    private static async Task<string> Found(Account by, string? cluster = null, string? name = null) =>
        (await by.Client.Post("/learning/communities", new { name = name ?? Name(), objective = "Less waste", cluster })).ShouldBe(HttpStatusCode.Created).Id;

    [Fact]
    public async Task A_community_lives_across_firms_from_its_founding_to_its_close()
    {
        var (anna, bernd) = (world.Anna.Client, world.Bernd.Client);
        var founded = await anna.Post("/learning/communities", new
        {
            name = "Thin sheet",
            objective = "Fewer rejects",
            kind = "organised",
            reviewed = true,
            cluster = world.Cluster,
            sponsor = world.Bernd.Person,
            tags = (string[])["TIG", " tig", "#steel"],
            skillUris = (string[])[LearningWorld.FiveS],
        });
        var community = founded.ShouldBe(HttpStatusCode.Created).Id;
        var address = $"/learning/communities/{community}";

        (await bernd.Post($"{address}/joining", null)).ShouldBe(HttpStatusCode.OK);
        (await bernd.Post($"{address}/joining", null)).ShouldBe(HttpStatusCode.OK);
        var seen = (await bernd.Get(address)).ShouldBe(HttpStatusCode.OK).Json;
        seen["tags"].ShouldNotBeNull().AsArray().Count.ShouldBe(2);
        (Bool(seen, "member"), Bool(seen, "facilitator"), Bool(seen, "following")).ShouldBe((true, false, true));
        (await anna.Get($"{address}/members")).Json["members"].ShouldNotBeNull().AsArray().Count.ShouldBe(2);

        var goal = (await anna.Post($"{address}/goals", new { text = "Half the rejects", until = "2027-06-30" })).ShouldBe(HttpStatusCode.Created).Id;
        (await anna.Put($"{address}/goals/{goal}/progress", new { percent = 40 })).ShouldBe(HttpStatusCode.OK);
        (await anna.Put($"{address}/goals/{goal}/progress", new { percent = 101 })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await bernd.Put($"{address}/goals/{goal}/progress", new { percent = 50 })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-facilitator");
        (await anna.Put($"{address}/goals/{goal}", new { text = "A third of the rejects" })).ShouldBe(HttpStatusCode.OK);
        (await anna.Get(address)).Json["goals"].ShouldNotBeNull()[0].ShouldNotBeNull()["percent"].ShouldNotBeNull().GetValue<int>().ShouldBe(40);

        (await anna.Post($"{address}/leaving", null)).ShouldBeProblem(HttpStatusCode.Conflict, "last-facilitator");
        (await anna.Post($"{address}/facilitators", new { person = world.Clara.Person })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "person-not-a-member");
        (await anna.Post($"{address}/facilitators", new { person = world.Bernd.Person })).ShouldBe(HttpStatusCode.OK);
        (await anna.Post($"{address}/leaving", null)).ShouldBe(HttpStatusCode.OK);
        var left = (await bernd.Get(address)).Json;
        (Bool(left, "facilitator"), left["facilitators"].ShouldNotBeNull().AsArray().Count).ShouldBe((true, 1));

        (await bernd.Post($"{address}/closure", new { reason = "Reached" })).ShouldBe(HttpStatusCode.OK);
        (await anna.Post($"{address}/joining", null)).ShouldBeProblem(HttpStatusCode.Conflict, "community-closed");
        (await bernd.Post($"{address}/discussions", new { title = "Late", text = "Too late" })).ShouldBeProblem(HttpStatusCode.Conflict, "community-closed");
        (await anna.Get(address)).Json["closedAt"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_community_of_a_cluster_does_not_exist_for_others()
    {
        var name = Name();
        var community = await Found(world.Anna, world.Cluster, name);

        foreach (var insider in new[] { world.Bernd, world.Albert, world.Conrad }) (await insider.Client.Get($"/learning/communities/{community}")).ShouldBe(HttpStatusCode.OK);
        foreach (var path in new[] { "", "/members", "/discussions" })
            (await world.Clara.Client.Get($"/learning/communities/{community}{path}")).ShouldBeProblem(HttpStatusCode.NotFound, "community-unknown");
        (await world.Clara.Client.Post($"/learning/communities/{community}/joining", null)).ShouldBeProblem(HttpStatusCode.NotFound, "community-unknown");
        (await world.Clara.Client.Get($"/learning/communities?q={name[10..]}")).Items.Count.ShouldBe(0);
        (await world.Clara.Client.Get($"/search?q={name[10..]}")).Body.ShouldNotContain(community);
        (await world.Bernd.Client.Get($"/learning/communities?q={name[10..]}")).Items.Count.ShouldBe(1);
        (await world.Bernd.Client.Get($"/learning/communities?mine=true&q={name[10..]}")).Items.Count.ShouldBe(0);
        (await world.Bernd.Client.Get($"/search?q={name[10..]}")).Body.ShouldContain(community);
        (await world.Clara.Client.Post("/learning/communities", new { name, objective = "x", cluster = world.Cluster })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "not-your-cluster");
    }

    [Fact]
    public async Task A_community_of_the_network_is_everybodys()
    {
        var community = await Found(world.Anna);

        (await world.Clara.Client.Post($"/learning/communities/{community}/joining", null)).ShouldBe(HttpStatusCode.OK);
        (await world.Clara.Client.Put($"/learning/communities/{community}/following", new { following = false })).ShouldBe(HttpStatusCode.OK);
        Bool((await world.Clara.Client.Get($"/learning/communities/{community}")).Json, "following").ShouldBeFalse();
        // Anna shows herself to her cluster only; that there is one more is all that Clara learns.
        var members = (await world.Clara.Client.Get($"/learning/communities/{community}/members")).Json;
        (members["members"].ShouldNotBeNull().AsArray().Count, members["hidden"].ShouldNotBeNull().GetValue<int>()).ShouldBe((1, 1));
        (await world.Clara.Client.Post($"/learning/communities/{community}/leaving", null)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_cursor_made_of_a_hidden_community_tells_nothing_of_it()
    {
        var hidden = await Found(world.Anna, world.Cluster, $"0 {Guid.NewGuid():n}");
        await Found(world.Anna);
        foreach (var id in new[] { Guid.Parse(hidden), Guid.NewGuid() })
            (await world.Clara.Client.Get($"/learning/communities?cursor={ClusterNet.Web.Cursor.Encode("/api/v1/learning/communities", id)}")).ShouldBe(HttpStatusCode.OK).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Bad_input_is_refused_with_its_reason()
    {
        object Body(string name = "x", string objective = "y", bool reviewed = false, string[]? tags = null, string[]? skills = null, string? sponsor = null) =>
            new { name, objective, reviewed, tags, skillUris = skills, sponsor };
        var anna = world.Anna.Client;
        foreach (var body in new[] { Body(name: " "), Body(name: new('x', 101)), Body(objective: ""), Body(tags: [.. Enumerable.Range(0, 11).Select(i => $"t{i}")]), Body(tags: [new('t', 41)]), Body(reviewed: true) })
            (await anna.Post("/learning/communities", body)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await anna.Post("/learning/communities", Body(skills: ["urn:no-skill"]))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "skill-unknown");
        (await anna.Post("/learning/communities", Body(sponsor: Guid.NewGuid().ToString()))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "sponsor-unknown");
    }

    [Fact]
    public async Task A_founding_sent_twice_founds_once_and_a_stale_change_is_refused()
    {
        var (body, key) = (new { name = Name(), objective = "Less waste" }, Guid.NewGuid().ToString());
        var first = await world.Anna.Client.Post("/learning/communities", body, ("Idempotency-Key", key));
        (await world.Anna.Client.Post("/learning/communities", body, ("Idempotency-Key", key))).Id.ShouldBe(first.Id);
        (await world.Anna.Client.Get($"/learning/communities?mine=true&q={body.name[10..]}")).Items.Count.ShouldBe(1);

        (await world.Anna.Client.Put($"/learning/communities/{first.Id}", body with { name = Name() }, ("If-Match", "\"1\""))).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Put($"/learning/communities/{first.Id}", body, ("If-Match", "\"1\""))).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await world.Bernd.Client.Put($"/learning/communities/{first.Id}", body)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-facilitator");
    }

    [Fact]
    public async Task Who_closes_the_account_leaves_and_a_member_takes_on_what_nobody_facilitates()
    {
        var founder = await world.Host.Newcomer(world.Operator, "Frida Founder");
        var firm = (await founder.Client.Post("/clusters/firms", Clusters.World.FirmBody("Frida Ltd", $"HRB {Guid.NewGuid():n}"))).ShouldBe(HttpStatusCode.Created).Id;
        firm.ShouldNotBeEmpty();
        var community = await Found(founder);
        (await world.Bernd.Client.Post($"/learning/communities/{community}/joining", null)).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Post($"/learning/communities/{community}/facilitators", new { person = world.Bernd.Person })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-facilitator");

        (await founder.Client.Post("/access/me/erasure", new { confirm = "erase" })).ShouldBe(HttpStatusCode.Created);
        await Life.Carried(world.Host);

        JsonNode Now(Answer answer) => answer.ShouldBe(HttpStatusCode.OK).Json;
        Now(await world.Bernd.Client.Get($"/learning/communities/{community}"))["facilitators"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
        (await world.Bernd.Client.Post($"/learning/communities/{community}/facilitators", new { person = world.Bernd.Person })).ShouldBe(HttpStatusCode.OK);
        Bool(Now(await world.Bernd.Client.Get($"/learning/communities/{community}")), "facilitator").ShouldBeTrue();
    }

    private static bool Bool(JsonNode json, string member) => json[member].ShouldNotBeNull().GetValue<bool>();
}
