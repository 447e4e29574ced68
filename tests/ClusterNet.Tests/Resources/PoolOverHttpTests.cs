using System.Net;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tests.Learning;
using Shouldly;

namespace ClusterNet.Tests.Resources;

public sealed class PoolOverHttpTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static readonly string Day = PoolCluster.Tuesday.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_firm_closes_its_room_for_days_that_nobody_has()
    {
        var c = await PoolCluster.Found(host);
        var room = await c.Contribute();
        var closed = new { from = Day, to = Day, cause = "maintenance" };
        (await c.BoltManager.Client.Post($"/resources/resources/{room}/exceptions", closed)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await c.Outsider.Client.Post($"/resources/resources/{room}/exceptions", closed)).ShouldBeProblem(HttpStatusCode.NotFound, "resource-unknown");
        var session = (await c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Bolt, 9, 10, room))).ShouldBe(HttpStatusCode.Created).Id;
        (await c.AcmeManager.Client.Post($"/resources/resources/{room}/exceptions", closed)).ShouldBeProblem(HttpStatusCode.Conflict, "hours-booked").Json["bookings"]
            .ShouldNotBeNull()[0].ShouldNotBeNull()["id"].ShouldNotBeNull().ToString().ShouldBe(session);
        (await c.BoltManager.Client.Post($"/resources/sessions/{session}/cancellation", new { reason = "closed" })).ShouldBe(HttpStatusCode.OK);

        var exception = (await c.AcmeManager.Client.Post($"/resources/resources/{room}/exceptions", closed)).ShouldBe(HttpStatusCode.Created).Id;
        (await c.AcmeManager.Client.Post($"/resources/resources/{room}/exceptions", closed)).ShouldBeProblem(HttpStatusCode.Conflict, "hours-excepted");
        (await c.BoltManager.Client.Get($"/resources/resources/{room}/free?from={PoolCluster.At(0)}&to={PoolCluster.At(20)}")).Json["free"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
        (await c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Bolt, 9, 10, room)))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "outside-availability").Json["windows"].ShouldNotBeNull().ToJsonString().ShouldContain("maintenance");
        (await c.AcmeManager.Client.Post($"/resources/resources/{room}/exceptions/{exception}/removal", null)).ShouldBe(HttpStatusCode.OK);
        (await c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Bolt, 9, 10, room))).ShouldBe(HttpStatusCode.Created);
        (await c.AcmeManager.Client.Post($"/resources/resources/{room}/exceptions/{exception}/removal", null)).ShouldBeProblem(HttpStatusCode.NotFound, "exception-unknown");
    }

    [Fact]
    public async Task What_are_no_days_or_hours_is_refused()
    {
        var c = await PoolCluster.Found(host);
        var room = await c.Contribute();
        var answer = await c.AcmeManager.Client.Post($"/resources/resources/{room}/exceptions", new { from = Day, to = "2020-01-01", cause = "other", open = "noon" });
        answer.ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        answer.Body.ShouldContain("ends-before-start");
        answer.Body.ShouldContain("malformed-hours");
        (await c.AcmeManager.Client.Post($"/resources/resources/{room}/exceptions", new { from = "2020-01-01", to = Day, cause = "other" }))
            .ShouldBe(HttpStatusCode.UnprocessableEntity).Body.ShouldContain("too-long");
    }

    [Fact]
    public async Task A_described_room_needs_its_time_around_each_booking()
    {
        var c = await PoolCluster.Found(host);
        var room = await c.Contribute();
        var description = new { equipment = "Beamer", accessibility = new[] { "lift", "step-free" }, trainingUri = LearningWorld.FiveS, bufferBefore = 15, bufferAfter = 15 };
        (await c.BoltManager.Client.Put($"/resources/resources/{room}/description", description)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await c.AcmeManager.Client.Put($"/resources/resources/{room}/description", description)).ShouldBe(HttpStatusCode.OK);
        (await c.AcmeManager.Client.Put($"/resources/resources/{room}/description", new { bufferBefore = -1 })).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await c.AcmeManager.Client.Put($"/resources/resources/{room}/description", new { trainingUri = "http://data.europa.eu/esco/skill/x" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "skill-unknown");

        var last = new { firm = c.Bolt, kind = "workshop", title = "The last of all", start = "9999-12-31T20:00:00Z", end = "9999-12-31T23:59:00Z", seatCount = 1, resources = new[] { new { resource = room } } };
        (await c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/sessions", last)).ShouldBe(HttpStatusCode.UnprocessableEntity).Body.ShouldContain("too-late");
        (await c.BoltManager.Client.Get($"/resources/resources/{room}/free?from=9999-12-31T20:00:00Z&to=9999-12-31T23:59:59Z")).ShouldBe(HttpStatusCode.OK).Json["free"]!.AsArray().ShouldBeEmpty("nothing opens on the last day"); // always there

        var shown = (await c.BoltManager.Client.Get($"/resources/resources/{room}")).Json["resource"].ShouldNotBeNull();
        $"{shown["equipment"]} {shown["accessibility"]!.ToJsonString()} {shown["bufferBefore"]}".ShouldBe("""Beamer ["step-free","lift"] 15"""); // a list of words
        (await c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Bolt, 9, 10, room))).ShouldBe(HttpStatusCode.Created);
        (await c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Bolt, 10.25, 11, room))).ShouldBeProblem(HttpStatusCode.Conflict, "already-booked");
        (await c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Bolt, 10.5, 11, room))).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Who_is_refused_is_offered_other_times_and_other_rooms()
    {
        var c = await PoolCluster.Found(host);
        var (room, trainer) = (await c.Contribute(available: "Mon-Sun 06:00-22:00"), await c.Contribute("trainer", 1));
        var (other, taken) = (await c.Contribute(), await c.Contribute());
        await c.Contribute(capacity: 2); // too small
        (await c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Bolt, 9, 10, room, taken))).ShouldBe(HttpStatusCode.Created);
        (await c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Bolt, 11, 12, trainer))).ShouldBe(HttpStatusCode.Created);

        var refused = (await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 9.5, 10.5, room, trainer)))
            .ShouldBeProblem(HttpStatusCode.Conflict, "already-booked").Json["alternatives"].ShouldNotBeNull();
        refused["times"]!.AsArray().Select(t => t!["start"]!.ToString()).ShouldBe([PoolCluster.At(10), PoolCluster.At(12), PoolCluster.At(13)]); // a list of slots
        refused["resources"]!.AsArray().Select(r => $"{r!["insteadOf"]} {r["resource"]}").ShouldBe([$"{room} {other}"]); // a list of resources

        var shut = (await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 1, 2, room)))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "outside-availability").Json["alternatives"].ShouldNotBeNull();
        shut["times"]!.AsArray().Count.ShouldBe(3); // three of them
        shut["resources"]!.AsArray().Select(r => r!["resource"]!.ToString()).ShouldBe([other, taken], ignoreOrder: true); // a list of resources
        var start = shut["times"]![0]!["start"]!.ToString(); // the first
        var again = new { firm = c.Acme, kind = "workshop", title = "Again", start, end = shut["times"]![0]!["end"]!.ToString(), seatCount = 3, resources = new[] { new { resource = room } } }; // the first
        (await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/sessions", again)).ShouldBe(HttpStatusCode.Created);
    }
}
