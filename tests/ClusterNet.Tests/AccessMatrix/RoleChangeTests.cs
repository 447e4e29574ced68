using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.AccessMatrix;

/// <summary>A role that ends while its holder is signed in ends at once: the same session gets the answer of somebody without it.</summary>
[Collection(MatrixCollection.Name)]
public sealed class RoleChangeTests(MatrixWorld world)
{
    private Place Own => world.Own;

    [Fact]
    public async Task A_coordinator_whose_role_is_revoked_gets_nothing_more()
    {
        var coordinator = Own.Cast["holder of the role that ends"].Client;
        string[] readable = [$"/clusters/{Own.Cluster}/memberships", $"/clusters/{Own.Cluster}/people", $"/clusters/firms/{Own.Firm}/people"];
        foreach (var path in readable) (await coordinator.Get(path)).Status.ShouldBe(HttpStatusCode.OK, path);

        (await world.Operator.Client.Post($"/access/roles/{Own.Things["role that ends"]}/revocation", new { reason = "Left" })).ShouldBe(HttpStatusCode.OK);

        HttpStatusCode[] refused = [HttpStatusCode.Forbidden, HttpStatusCode.NotFound];
        foreach (var path in readable) refused.ShouldContain((await coordinator.Get(path)).Status, path);
        (await coordinator.Post($"/clusters/{Own.Cluster}/memberships/{Own.Things["firm that applied"]}/admission", new { reason = "Last act" }))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await coordinator.Get("/access/me")).Json["roles"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_manager_who_leaves_the_firm_gets_nothing_more_by_session_and_by_token()
    {
        var leaver = Own.Cast["manager who leaves"];
        var token = ("Authorization", $"Bearer {(await leaver.Client.Post("/access/tokens", new { label = "laptop", validForDays = 30 })).Text("token")}");
        var (people, room) = ($"/clusters/firms/{Own.Firm}/people", $"/resources/resources/{Own.Things["resource"]}");
        foreach (var path in new[] { people, room }) (await world.Visitor.Get(path, token)).Status.ShouldBe(HttpStatusCode.OK, path);

        (await Own.Cast["manager"].Client.Post($"{people}/{leaver.Person}/departure", new { reason = "Moved" })).ShouldBe(HttpStatusCode.OK);

        foreach (var path in new[] { people, room })
        {
            (await leaver.Client.Get(path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
            (await world.Visitor.Get(path, token)).Status.ShouldBe(HttpStatusCode.NotFound, path);
        }

        (await leaver.Client.Post($"/clusters/firms/{Own.Firm}/figures", new { headCount = 5, reportedOn = "2026-03-31", turnoverCents = 1 }))
            .ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task An_operator_whose_role_is_revoked_runs_nothing_more()
    {
        var stepsBack = world.LeavingOperator.Client;
        (await stepsBack.Get("/access/erasures")).ShouldBe(HttpStatusCode.OK);

        (await world.Operator.Client.Post($"/access/roles/{world.Things["operator's role that ends"]}/revocation", new { reason = "Left" })).ShouldBe(HttpStatusCode.OK);

        (await stepsBack.Get("/access/erasures")).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
    }

    [Fact]
    public async Task An_auditor_whose_grant_is_ended_reads_nothing_more()
    {
        var auditor = Own.Cast["holder of the auditor's grant that ends"].Client;
        string[] readable =
        [
            $"/accreditation/clusters/{Own.Cluster}/applications", $"/accreditation/applications/{Own.Member.Things["decided application"]}",
            $"/accreditation/credentials/{Own.Member.Things["credential"]}/dossier", $"/audit/events/{Own.Member.Things["event of an application"]}",
        ];
        foreach (var path in readable) (await auditor.Get(path)).Status.ShouldBe(HttpStatusCode.OK, path);

        (await Own.Cast["coordinator"].Client.Post($"/access/auditor-grants/{Own.Things["auditor's grant that ends"]}/end", new { reason = "Done" }))
            .ShouldBe(HttpStatusCode.OK);

        HttpStatusCode[] refused = [HttpStatusCode.Forbidden, HttpStatusCode.NotFound];
        foreach (var path in readable) refused.ShouldContain((await auditor.Get(path)).Status, path);
    }
}
