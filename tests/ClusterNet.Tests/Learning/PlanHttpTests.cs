using System.Net;
using ClusterNet.Learning.Plans;
using ClusterNet.Projections;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using static ClusterNet.Tests.Learning.LearningWorld;

namespace ClusterNet.Tests.Learning;

public sealed class PlanHttpTests(LearningWorld world) : IClassFixture<LearningWorld>
{
    private const string Plans = "/learning/plans";
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Progress_follows_from_what_was_really_recorded_since_the_plan_began()
    {
        await Record(world.Albert, new { kind = "reading-or-market-scan", what = "Before the plan", minutes = 90, happenedAt = DateTimeOffset.UtcNow.AddDays(-2), skillUris = (string[])[FiveS] });
        var plan = await Agreed(world.Albert, world.Bernd);
        (await world.Bernd.Client.Post($"{Plans}/{plan}/goals", new { text = "Keep the hall in order", skillUri = FiveS })).ShouldBe(HttpStatusCode.OK);
        (await Goal(world.Albert, plan)).ShouldBe(("0", "0", "0"));

        var shared = await Record(world.Albert, new { kind = "observation", what = "Sorted tools", minutes = 40, with = (string[])[world.Anna.Person], skillUris = (string[])[FiveS] });
        await Record(world.Albert, new { kind = "mistake-reflected", what = "Mine alone", minutes = 20, skillUris = (string[])[FiveS] });
        await Record(world.Albert, new { kind = "observation", what = "In the firm", minutes = 10, visibility = "firm", skillUris = (string[])[FiveS] });
        await Record(world.Albert, new { kind = "observation", what = "In the cluster", minutes = 5, visibility = "cluster", skillUris = (string[])[FiveS] });
        await Record(world.Albert, new { kind = "observation", what = "Something else", minutes = 70, skillUris = (string[])[Accounting] });
        (await world.Anna.Client.Post($"/learning/records/{shared}/confirmation", null)).ShouldBe(HttpStatusCode.OK);

        (await Goal(world.Albert, plan)).ShouldBe(("4", "75", "1"));
        // His coach works elsewhere, and is told of nothing that Albert keeps to himself or to his firm.
        (await Goal(world.Bernd, plan)).ShouldBe(("1", "5", "0"));
    }

    [Fact]
    public async Task A_plan_is_seen_by_the_two_and_by_the_manager_only_if_its_person_shows_it()
    {
        var plan = await Agreed(world.Albert, world.Bernd);
        foreach (var outsider in new[] { world.Anna, world.Conrad, world.Clara }) (await outsider.Client.Get($"{Plans}/{plan}")).ShouldBeProblem(HttpStatusCode.NotFound, "plan-unknown");
        (await world.Bernd.Client.Put($"{Plans}/{plan}/sharing", new { withManager = true })).ShouldBeProblem(HttpStatusCode.Forbidden, "plan-shown-by-its-person");
        (await world.Albert.Client.Put($"{Plans}/{plan}/sharing", new { withManager = true })).ShouldBe(HttpStatusCode.OK);

        (await world.Anna.Client.Get($"{Plans}/{plan}")).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Get(Plans)).Body.ShouldContain(plan);
        (await world.Anna.Client.Post($"{Plans}/{plan}/talks", new { text = "I have read it" })).ShouldBeProblem(HttpStatusCode.NotFound, "plan-unknown");
        (await world.Conrad.Client.Get($"{Plans}/{plan}")).ShouldBeProblem(HttpStatusCode.NotFound, "plan-unknown");
        (await world.Albert.Client.Put($"{Plans}/{plan}/sharing", new { withManager = false })).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Get($"{Plans}/{plan}")).ShouldBeProblem(HttpStatusCode.NotFound, "plan-unknown");
    }

    [Fact]
    public async Task The_day_of_an_activity_is_told_once()
    {
        var plan = await Agreed(world.Albert, world.Bernd);
        (await world.Albert.Client.Post($"{Plans}/{plan}/goals", new { text = "Order" })).ShouldBe(HttpStatusCode.OK);
        var goal = (await world.Albert.Client.Get($"{Plans}/{plan}")).Json["goals"]?[0]?["id"]?.ToString();
        var soon = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(2);
        (await world.Albert.Client.Post($"{Plans}/{plan}/goals/{goal}/activities", new { text = "Label shelves", dueOn = soon })).ShouldBe(HttpStatusCode.OK);
        var clock = world.Host.Services.GetRequiredService<PlanClock>();
        for (var round = 0; round < 2; round++) await clock.Tick(Ct);
        await world.Host.CaughtUp();

        (await world.Albert.Client.Get("/access/me/notices")).Items.Count(n => n["kind"]?.ToString() == "plan-near").ShouldBe(1);
        var step = (await world.Albert.Client.Get($"{Plans}/{plan}")).Json["goals"]?[0]?["activities"]?[0]?["id"]?.ToString();
        (await world.Albert.Client.Post($"{Plans}/{plan}/activities/{step}/end", new { done = true })).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Post($"{Plans}/{plan}/closing", new { text = "The shelves have labels" })).ShouldBe(HttpStatusCode.OK);
        (await world.Host.Services.GetRequiredService<Replay>().Verify(null, Ct)).ShouldAllBe(r => r.Equal);
        (await world.Albert.Client.Post($"{Plans}/{plan}/talks", new { text = "Too late" })).ShouldBeProblem(HttpStatusCode.Conflict, "plan-not-active");
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_nothing_is_stored()
    {
        var plan = await Propose(world.Albert, world.Bernd);
        await world.Host.CaughtUp(); // what other tests set going
        var before = await world.Host.EventCount();

        (await world.Albert.Client.Post(Plans, new { with = world.Albert.Person, wish = "x" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "plan-with-oneself");
        (await world.Albert.Client.Post(Plans, new { with = Guid.NewGuid(), wish = "x" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "coach-unknown");
        (await world.Albert.Client.Post($"{Plans}/{plan}/agreement", null)).ShouldBeProblem(HttpStatusCode.Conflict, "own-proposal");
        (await world.Albert.Client.Post($"{Plans}/{plan}/goals", new { text = "x" })).ShouldBeProblem(HttpStatusCode.Conflict, "plan-not-active");
        (await world.Bernd.Client.Post($"{Plans}/{plan}/agreement", null, ("If-Match", "\"9\""))).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await world.Bernd.Client.Post($"{Plans}/{plan}/goals", new { text = "x", skillUri = "urn:nothing" })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await world.Host.EventCount()).ShouldBe(before);
    }

    private static async Task<string> Propose(Account person, Account coach) =>
        (await person.Client.Post(Plans, new { with = coach.Person, wish = "Lead the hall" })).ShouldBe(HttpStatusCode.Created).Id;

    private static async Task<string> Agreed(Account person, Account coach)
    {
        var plan = await Propose(person, coach);
        (await coach.Client.Post($"{Plans}/{plan}/agreement", null)).ShouldBe(HttpStatusCode.OK);
        return plan;
    }

    private static async Task<(string?, string?, string?)> Goal(Account reader, string plan)
    {
        var goal = (await reader.Client.Get($"{Plans}/{plan}")).ShouldBe(HttpStatusCode.OK).Json["goals"]?[0];
        return (goal?["records"]?.ToString(), goal?["minutes"]?.ToString(), goal?["confirmed"]?.ToString());
    }
}
