using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Learning.OnTheJob;
using ClusterNet.Projections;
using ClusterNet.Tests.Access;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using static ClusterNet.Tests.Learning.LearningWorld;

namespace ClusterNet.Tests.Learning;

/// <summary>Learning tasks at work over HTTP.</summary>
public sealed class JobHttpTests(LearningWorld world) : IClassFixture<LearningWorld>
{
    private const string Tasks = "/learning/tasks";
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    private static DateOnly Soon => DateOnly.FromDateTime(DateTime.UtcNow).AddDays(1);

    private static object Task(string? learner = null, string? helper = null) => new { what = "Set up the press", learn = "Clearance", dueOn = Soon, minutes = 90, skillUri = FiveS, learner, helper };

    private static async Task<string> Set(Account by, object task) => (await by.Client.Post(Tasks, task)).ShouldBe(HttpStatusCode.Created).Id;

    [Fact]
    public async Task A_task_becomes_a_record_without_retyping_that_the_helper_confirms_with_it()
    {
        var task = await Set(world.Anna, Task(world.Albert.Person, world.Bernd.Person));
        var address = $"{Tasks}/{task}";
        (await world.Anna.Client.Post($"{address}/acceptance", null)).ShouldBeProblem(HttpStatusCode.Forbidden, "task-of-its-learner");
        (await world.Albert.Client.Post($"{address}/report", new { cameOf = "x" })).ShouldBeProblem(HttpStatusCode.Conflict, "task-not-open");
        (await world.Albert.Client.Post($"{address}/acceptance", null)).ShouldBe(HttpStatusCode.OK);

        var report = new { cameOf = "Clearance is a tenth of the sheet", well = "Measured first", differently = "Ask for the drawing" };
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        for (var sent = 0; sent < 2; sent++) (await world.Albert.Client.Post($"{address}/report", report, key)).ShouldBe(HttpStatusCode.OK);
        var record = (await Reported()).ShouldHaveSingleItem();
        ($"{record["what"]}", $"{record["learnt"]}", $"{record["minutes"]}", $"{record["confirmedCount"]}").ShouldBe(("Set up the press", "Clearance is a tenth of the sheet", "90", "0"));
        record.ToString().ShouldNotContain("Measured first");

        (await world.Albert.Client.Post($"{address}/confirmation", new { saw = "me" })).ShouldBeProblem(HttpStatusCode.Forbidden, "own-report");
        (await world.Bernd.Client.Post($"{address}/confirmation", new { saw = "" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await world.Bernd.Client.Post($"{address}/confirmation", new { saw = "Alone at the second try" })).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Post($"{address}/confirmation", new { saw = "Parts were in order" })).ShouldBe(HttpStatusCode.OK);
        (await world.Albert.Client.Get($"/learning/records/{record["id"]}")).Json["confirmedCount"]?.ToString().ShouldBeOneOf("1", null);
        (await Reported())[0]["confirmedCount"]?.ToString().ShouldBe("1");
        var read = (await world.Bernd.Client.Get(address)).ShouldBe(HttpStatusCode.OK);
        (read.Text("status"), read.Json["report"]?["well"]?.ToString(), read.Text("record")).ShouldBe(("confirmed", "Measured first", $"{record["id"]}"));
        read.Json["confirmations"].ShouldNotBeNull().AsArray().Count.ShouldBe(2);

        foreach (var outsider in new[] { world.Conrad, world.Clara, world.Operator })
        {
            (await outsider.Client.Get(address)).ShouldBeProblem(HttpStatusCode.NotFound, "task-unknown");
            (await outsider.Client.Post($"{address}/confirmation", new { saw = "x" })).Status.ShouldBe(HttpStatusCode.NotFound);
            (await outsider.Client.Get(Tasks)).Body.ShouldNotContain(task);
        }

        await world.Host.CaughtUp();
        // Tests of this class share their people: of the records only those of this report.
        async Task<IReadOnlyList<JsonNode>> Reported() =>
            [.. (await world.Albert.Client.Get($"/learning/records?person={world.Albert.Person}&kind=on-the-job")).Items.Where(r => $"{r["learnt"]}" == report.cameOf)];
        async Task<IReadOnlyList<string>> Notices(Account of) =>
            [.. (await of.Client.Get("/access/me/notices")).Items.Where(n => n.ToString().Contains(task, StringComparison.Ordinal)).Select(n => $"{n["kind"]}").Order()];
        (await Notices(world.Albert)).ShouldBe(["task-confirmed", "task-confirmed", "task-set"]);
        (await Notices(world.Bernd)).ShouldBe(["task-help", "task-reported"]);
        (await Notices(world.Anna)).ShouldBe(["task-accepted", "task-reported"]);
    }

    [Fact]
    public async Task A_manager_does_not_see_tasks_that_others_set_people_of_the_firm()
    {
        var task = await Set(world.Albert, Task(helper: world.Bernd.Person));
        (await world.Anna.Client.Get($"{Tasks}/{task}")).ShouldBeProblem(HttpStatusCode.NotFound, "task-unknown");
        (await world.Anna.Client.Get(Tasks)).Body.ShouldNotContain(task);
        (await world.Albert.Client.Post($"{Tasks}/{task}/withdrawal", null, ("If-Match", "\"7\""))).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await world.Bernd.Client.Post($"{Tasks}/{task}/withdrawal", null)).ShouldBeProblem(HttpStatusCode.Forbidden, "task-of-its-setter");
        (await world.Albert.Client.Post($"{Tasks}/{task}/report", new { cameOf = "x", visibility = "private" })).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Get("/learning/to-confirm")).Body.ShouldNotContain((await world.Albert.Client.Get($"{Tasks}/{task}")).Text("record"));
        // That there is a private record is nobody else's to know.
        (await world.Bernd.Client.Get($"{Tasks}/{task}")).Json["record"].ShouldBeNull();
        (await world.Bernd.Client.Post($"{Tasks}/{task}/confirmation", new { saw = "It held" })).ShouldBe(HttpStatusCode.OK);
        (await world.Albert.Client.Post($"{Tasks}/{task}/withdrawal", null)).ShouldBeProblem(HttpStatusCode.Conflict, "task-not-open");
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_nothing_is_stored()
    {
        await world.Host.CaughtUp(); // what other tests set going
        var before = await world.Host.EventCount();

        (await world.Anna.Client.Post(Tasks, Task(world.Clara.Person))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "task-person-unknown");
        (await world.Anna.Client.Post(Tasks, Task(Guid.NewGuid().ToString()))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "task-person-unknown");
        (await world.Anna.Client.Post(Tasks, Task(helper: world.Anna.Person))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "task-own-help");
        (await world.Anna.Client.Post(Tasks, new { what = "x", learn = "x", dueOn = "2020-01-01" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "task-day-not-possible");
        (await world.Anna.Client.Post(Tasks, new { what = "", learn = new string('x', 3000), dueOn = Soon, minutes = 0 })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await world.Anna.Client.Post(Tasks, new { what = "x", learn = "x", dueOn = Soon, skillUri = "urn:nothing" })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await world.Anna.Client.Get($"{Tasks}/{Guid.NewGuid()}")).ShouldBeProblem(HttpStatusCode.NotFound, "task-unknown");
        (await world.Albert.Client.Post($"{Tasks}/templates", new { firm = world.Acme, what = "x", learn = "x" })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-manager-of-the-firm");
        (await world.Anna.Client.Post($"{Tasks}/templates", new { firm = world.Bolt, what = "x", learn = "x" })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-manager-of-the-firm");
        (await world.Host.EventCount()).ShouldBe(before);
    }

    [Fact]
    public async Task The_day_of_a_task_is_told_once()
    {
        var task = await Set(world.Bernd, Task());
        var clock = world.Host.Services.GetRequiredService<JobClock>();
        for (var round = 0; round < 2; round++) await clock.Tick(Ct);
        await world.Host.CaughtUp();

        (await world.Bernd.Client.Get("/access/me/notices")).Items.Where(n => n.ToString().Contains(task, StringComparison.Ordinal)).Select(n => $"{n["kind"]}").ShouldBe(["task-near"]);
    }

    [Fact]
    public async Task A_firm_s_manager_sets_a_kept_task_for_several_people_all_or_none()
    {
        var template = (await world.Anna.Client.Post($"{Tasks}/templates", new { firm = world.Acme, what = "Walk the hall", learn = "Where the exits are", minutes = 30 })).ShouldBe(HttpStatusCode.Created).Id;
        var setting = $"{Tasks}/templates/{template}/setting";
        (await world.Bernd.Client.Get($"{Tasks}/templates")).Body.ShouldNotContain(template);
        (await world.Bernd.Client.Post(setting, new { people = (string[])[world.Bernd.Person], dueOn = Soon })).ShouldBeProblem(HttpStatusCode.NotFound, "task-template-unknown");
        (await world.Anna.Client.Post(setting, new { people = (string[])[world.Albert.Person, world.Bernd.Person], dueOn = Soon })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "people-not-in-the-firm");
        (await world.Albert.Client.Get(Tasks)).Body.ShouldNotContain("Walk the hall");

        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        for (var sent = 0; sent < 2; sent++) (await world.Anna.Client.Post(setting, new { people = (string[])[world.Albert.Person, world.Anna.Person], dueOn = Soon }, key)).ShouldBe(HttpStatusCode.OK);
        (await world.Albert.Client.Get(Tasks)).Json.AsArray().Where(t => $"{t?["what"]}" == "Walk the hall").Select(t => $"{t?["status"]}").ShouldBe(["asked"]);
        (await world.Anna.Client.Get(Tasks)).Json.AsArray().Count(t => $"{t?["what"]}" == "Walk the hall").ShouldBe(2);
        (await world.Anna.Client.Get($"{Tasks}/templates")).Json[0]?["useCount"]?.GetValue<int>().ShouldBe(2);

        (await world.Anna.Client.Post($"{Tasks}/templates/{template}/retirement", null)).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Post(setting, new { people = (string[])[world.Albert.Person], dueOn = Soon })).ShouldBeProblem(HttpStatusCode.NotFound, "task-template-unknown");
    }

    [Fact]
    public async Task With_the_learner_erased_the_task_is_over_and_its_words_are_gone()
    {
        var gone = await world.Host.Newcomer(world.Operator, "Gone Learner");
        (await world.Conrad.Client.Post("/access/roles", new { person = gone.Person, role = "assessor", scopeKind = "cluster", scopeId = world.Cluster, reason = "helps" })).ShouldBe(HttpStatusCode.Created);
        var task = await Set(gone, Task(helper: world.Bernd.Person));
        (await gone.Client.Post("/access/me/erasure", new { confirm = "erase" })).ShouldBe(HttpStatusCode.Created);
        await Life.Carried(world.Host);

        var left = (await world.Bernd.Client.Get($"{Tasks}/{task}")).ShouldBe(HttpStatusCode.OK);
        (left.Text("status"), left.Json["what"]?["erased"]?.GetValue<bool>()).ShouldBe(("withdrawn", true));
        (await world.Host.Services.GetRequiredService<Replay>().Verify(null, Ct)).ShouldAllBe(r => r.Equal);
    }
}
