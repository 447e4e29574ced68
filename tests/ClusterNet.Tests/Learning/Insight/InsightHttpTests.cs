using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tests.Skills;
using Shouldly;

namespace ClusterNet.Tests.Learning.Insight;

/// <summary>Acme has six people, Bolt two, Cask belongs to no cluster of theirs.</summary>
public sealed class InsightHttpTests(LearningWorld world) : IClassFixture<LearningWorld>
{
    private static int _hires;

    [Fact]
    public async Task Figures_are_those_of_what_the_readers_may_read_and_begin_with_five_people()
    {
        var before = await Cluster(world.Bernd);
        before["figures"].ShouldBeNull();
        List<Account> people = [world.Anna, world.Albert];
        for (var i = 0; i < 4; i++) people.Add(await Hired());
        foreach (var person in people[..4]) await Records(person, "cluster", "peer-help-received", 30, world.Bernd);
        (await Cluster(world.Bernd))["figures"].ShouldBeNull("four people are too few");
        foreach (var hidden in (string[])["private", "firm"]) await Records(people[4], hidden, "webinar", 500);
        (await Cluster(world.Bernd))["figures"].ShouldBeNull("what the cluster does not see counts for nobody there");

        await Records(people[4], "network", "teaching", 60, world.Bernd);
        await Records(people[0], "cluster", "event-or-fair", 90);

        var insight = await Cluster(world.Bernd);
        var figures = insight["figures"].ShouldNotBeNull();
        Number(figures, "people").ShouldBe(5);
        Number(figures, "records").ShouldBe(6);
        Number(figures, "minutes").ShouldBe(270);
        Number(figures, "otherFirms").ShouldBe(5);
        figures["help"].ShouldNotBeNull().ToJsonString().ShouldBe("""{"given":1,"received":4,"ratio":0.25}""");
        figures["parts"].ShouldNotBeNull().AsArray().Sum(p => Number(p, "records")).ShouldBe(6);
        figures["kinds"].ShouldNotBeNull().AsArray().Select(k => k.ShouldNotBeNull()["kind"].ShouldNotBeNull().ToString()).ShouldBe(["peer-help-received", "event-or-fair", "teaching"], ignoreOrder: true);
        var (acme, bolt) = (Firm(insight, world.Acme), Firm(insight, world.Bolt));
        Number(acme, "people").ShouldBe(5);
        bolt["people"].ShouldBeNull("Bolt has fewer than five people");
        bolt["minutes"].ShouldBeNull();
        var ties = insight["ties"].ShouldNotBeNull();
        ties["ties"].ShouldNotBeNull().AsArray().Select(t => (t!["from"]!.ToString(), t["to"]!.ToString(), (bool)t["mutual"]!, Number(t, "records")))
            .ShouldBe([(world.Bolt, world.Acme, false, 4), (world.Acme, world.Bolt, false, 1)]);
        ties["density"].ShouldNotBeNull().ToString().ShouldBe("1");

        // The firm's own people also see what is shown to the firm, and nobody sees what is private.
        var firm = (await world.Albert.Client.Get($"/learning/insight/firms/{world.Acme}")).ShouldBe(HttpStatusCode.OK).Json["figures"].ShouldNotBeNull();
        Number(firm, "minutes").ShouldBe(770);
        await Exports(world.Bernd);
        await Return();
    }

    [Fact]
    public async Task Others_have_no_insight_into_a_cluster_or_firm_and_faults_are_named()
    {
        (await world.Clara.Client.Get($"/learning/insight/clusters/{world.Cluster}")).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
        (await world.Bernd.Client.Get($"/learning/insight/clusters/{Guid.NewGuid()}")).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
        (await world.Bernd.Client.Get($"/learning/insight/firms/{world.Acme}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await world.Conrad.Client.Get($"/learning/insight/firms/{world.Acme}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await world.Albert.Client.Get($"/learning/insight/firms/{world.Acme}/return")).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        foreach (var days in (string[])["0", "4000", "-1"])
            (await world.Conrad.Client.Get($"/learning/insight/clusters/{world.Cluster}?days={days}")).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-time");
        (await world.Conrad.Client.Get($"/learning/insight/clusters/{world.Cluster}?table=people")).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-table");
        (await world.Conrad.Client.Get($"/learning/insight/clusters/{world.Cluster}?format=pdf")).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-format");
        (await world.Bernd.Client.Get($"/learning/insight/firms/{world.Bolt}/return?hourlyCost=-1")).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-amount");
        (await world.Bernd.Client.Get($"/learning/insight/firms/{world.Bolt}/return?hourlyCost=1")).ShouldBeProblem(HttpStatusCode.Conflict, "too-few-people");
    }

    [Fact]
    public async Task Gaps_close_from_audit_to_audit_for_coordinators_and_groups_that_are_too_small_are_in_no_figure()
    {
        var address = $"/learning/insight/clusters/{world.Cluster}/gaps";
        (await world.Conrad.Client.Get(address)).ShouldBe(HttpStatusCode.OK).Json.AsArray().ShouldBeEmpty();
        string[] people = [.. Enumerable.Range(0, 6).Select(_ => Guid.NewGuid().ToString())];
        Found[] Levels(int reached) =>
        [
            .. people.Select((p, i) => new Found(p, world.Acme, LearningWorld.FiveS, 3, i < reached ? 3 : 1)),
            new(Guid.NewGuid().ToString(), world.Bolt, LearningWorld.FiveS, 3, 3), // one alone: told to nobody
        ];
        await world.Host.CloseAudit(world.Cluster, Levels(2));
        await world.Host.CloseAudit(world.Cluster, Levels(6), new(Guid.CreateVersion7())); // of another role: nothing is compared with it
        await world.Host.CloseAudit(world.Cluster, Levels(5));
        await world.Host.CaughtUp();

        var points = (await world.Conrad.Client.Get(address)).ShouldBe(HttpStatusCode.OK).Json.AsArray();
        points.Select(p => (Number(p.ShouldNotBeNull(), "asked"), Number(p, "reached"))).ShouldBe([(6, 2), (6, 5)]);
        (await world.Conrad.Client.Get($"{address}?format=csv")).Body.Split('\n').Length.ShouldBeGreaterThan(2);
        (await world.Bernd.Client.Get(address)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await world.Conrad.Client.Get($"{address}?days=0")).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-time");
    }

    private async Task Exports(Account reader)
    {
        foreach (var table in (string[])["quarters", "kinds", "firms", "ties"])
        {
            var csv = (await reader.Client.Get($"/learning/insight/clusters/{world.Cluster}?format=csv&table={table}")).ShouldBe(HttpStatusCode.OK);
            csv.Headers["Content-Type"].ShouldBe("text/csv");
            csv.Body.Split("\r\n").Length.ShouldBeGreaterThan(2, csv.Body);
        }

        (await reader.Client.Get($"/learning/insight/clusters/{world.Cluster}?format=csv&table=firms")).Body.ShouldContain($"{world.Bolt},Bolt,,,,,,1,0");
    }

    private async Task Return()
    {
        var answer = (await world.Anna.Client.Get($"/learning/insight/firms/{world.Acme}/return?hourlyCost=3000&savings=100000")).ShouldBe(HttpStatusCode.OK).Json;
        Number(answer, "cost").ShouldBe(38_500);
        Number(answer, "net").ShouldBe(61_500);
        answer["returnPerCent"].ShouldNotBeNull().ToString().ShouldBe("159.7");
    }

    private async Task<Account> Hired()
    {
        var email = $"hired-{Interlocked.Increment(ref _hires)}-{Guid.NewGuid():n}@firm.example";
        var id = (await world.Anna.Client.Post($"/clusters/firms/{world.Acme}/people", World.PersonBody(email))).ShouldBe(HttpStatusCode.Created).Id;
        return await world.Host.Accept(await world.Anna.Client.Post($"/clusters/firms/{world.Acme}/people/{id}/invitation", null), email);
    }

    private static Task<string> Records(Account who, string visibility, string kind, int minutes, params Account[] with) =>
        LearningWorld.Record(who, new { kind, what = "We looked at it together.", learnt = "How it is done.", minutes, with = with.Select(w => w.Person), visibility });

    private async Task<JsonNode> Cluster(Account reader) => (await reader.Client.Get($"/learning/insight/clusters/{world.Cluster}")).ShouldBe(HttpStatusCode.OK).Json;

    private static JsonNode Firm(JsonNode insight, string firm) =>
        insight["firms"].ShouldNotBeNull().AsArray().Select(f => f.ShouldNotBeNull()).Single(f => f["firm"].ShouldNotBeNull().ToString() == firm);

    private static long Number(JsonNode? of, string member) => (long)of.ShouldNotBeNull()[member].ShouldNotBeNull();
}
