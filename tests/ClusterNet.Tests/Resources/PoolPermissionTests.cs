using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Resources;

public sealed class PoolPermissionTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task Strangers_see_nothing_and_members_may_only_act_for_their_firm()
    {
        var (c, foreign) = (await PoolCluster.Found(host), await PoolCluster.Found(host));
        var (room, elsewhere) = (await c.Contribute(), await foreign.Contribute());
        var booked = await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 9, 10, room));
        var session = booked.ShouldBe(HttpStatusCode.Created).Id;
        var before = await host.EventCount();

        string[] paths = [$"clusters/{c.Id}/resources", $"clusters/{c.Id}/sessions", $"resources/{room}", $"sessions/{session}"];
        foreach (var path in paths)
            (await c.Outsider.Client.Get($"/resources/{path}")).Status.ShouldBe(HttpStatusCode.NotFound, path);
        (await c.Outsider.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Stranger, 11, 12, room)))
            .ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
        (await c.Outsider.Client.Post($"/resources/sessions/{session}/seats", new { firm = c.Stranger, count = 1 }))
            .ShouldBeProblem(HttpStatusCode.NotFound, "session-unknown");
        (await c.Outsider.Client.Post($"/resources/sessions/{session}/cancellation", new { reason = "x" }))
            .ShouldBeProblem(HttpStatusCode.NotFound, "session-unknown");
        (await c.Outsider.Client.Post($"/resources/resources/{room}/withdrawal", new { reason = "x" }))
            .ShouldBeProblem(HttpStatusCode.NotFound, "resource-unknown");
        (await c.Coordinator.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Stranger, 11, 12, room)))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "firm-not-admitted");
        (await c.BoltManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 11, 12, room)))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await c.BoltManager.Client.Post($"/resources/resources/{room}/withdrawal", new { reason = "x" }))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 11, 12, elsewhere)))
            .ShouldBeProblem(HttpStatusCode.NotFound, "resource-unknown");
        var stranger = new { firm = c.Acme, count = 1, people = new[] { c.BoltManager.Person } };
        (await c.AcmeManager.Client.Post($"/resources/sessions/{session}/seats", stranger))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "not-in-firm");
        (await host.EventCount()).ShouldBe(before);
    }

    [Fact]
    public async Task An_employee_reads_the_pool_and_books_nothing()
    {
        var c = await PoolCluster.Found(host);
        var room = await c.Contribute();
        var employee = await PoolCluster.Employee(host, c.AcmeManager, c.Acme);

        (await employee.Client.Get($"/resources/resources/{room}")).ShouldBe(HttpStatusCode.OK);
        (await employee.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 9, 10, room)))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await employee.Client.Post($"/resources/clusters/{c.Id}/resources", PoolCluster.Resource(c.Acme, "room", 5, "always")))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await employee.Client.PostCsv($"/resources/clusters/{c.Id}/imports/resources", []))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
    }

    [Fact]
    public async Task Requests_that_can_never_succeed_say_what_to_change()
    {
        var c = await PoolCluster.Found(host);
        var room = await c.Contribute();
        var (sessions, resources) = ($"/resources/clusters/{c.Id}/sessions", $"/resources/clusters/{c.Id}/resources");

        (await c.AcmeManager.Client.Post(sessions, PoolCluster.Session(c.Acme, -24 * 400, (-24 * 400) + 1, room)))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "starts-in-the-past");
        (await c.AcmeManager.Client.Post(sessions, PoolCluster.Session(c.Acme, 10, 9, room)))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await c.AcmeManager.Client.Post(sessions, PoolCluster.Session(c.Acme, 9, 9.1, room)))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await c.AcmeManager.Client.Post(sessions, PoolCluster.Session(c.Acme, 9, 10, room, room)))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await c.AcmeManager.Client.Post(sessions, PoolCluster.Session(c.Acme, 9, 10)))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await c.AcmeManager.Client.Post(resources, PoolCluster.Resource(c.Acme, "room", 5, "Mo-Fr 8-18")))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await c.AcmeManager.Client.Post(resources, PoolCluster.Resource(c.Acme, "money", 5, "always")))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await c.AcmeManager.Client.Get($"/resources/resources/{room}/free?from={PoolCluster.At(9)}&to={PoolCluster.At(8)}"))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "wrong-time-range");
        var twice = PoolCluster.Resource(c.Acme, "room", 5, "always");
        (await c.AcmeManager.Client.Post(resources, twice)).ShouldBe(HttpStatusCode.Created);
        (await c.AcmeManager.Client.Post(resources, twice)).ShouldBeProblem(HttpStatusCode.Conflict, "resource-exists");
    }
}
