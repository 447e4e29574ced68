using System.Net;
using System.Text;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Resources;

public sealed class ResourceImportTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task The_shipped_list_goes_in_once_however_often_it_is_sent()
    {
        var c = await PoolCluster.Found(host);
        var demo = Path.Combine(TestServer.HostDirectory(), "Demo", "cluster");
        var firms = await File.ReadAllBytesAsync(Path.Combine(demo, "firms.csv"), TestContext.Current.CancellationToken);
        (await c.Coordinator.Client.PostCsv($"/clusters/{c.Id}/imports/firms", firms)).ShouldBe(HttpStatusCode.OK);
        var csv = await File.ReadAllBytesAsync(Path.Combine(demo, "resources.csv"), TestContext.Current.CancellationToken);
        var path = $"/resources/clusters/{c.Id}/imports/resources";

        Counts(await c.Coordinator.Client.PostCsv($"{path}?dryRun=true", csv)).ShouldBe("14 accepted, 0 already there, 0 rejected");
        // nothing was written
        (await c.Coordinator.Client.Get($"/resources/clusters/{c.Id}/resources")).Json["items"]!.AsArray().ShouldBeEmpty();
        Counts(await c.Coordinator.Client.PostCsv(path, csv)).ShouldBe("14 accepted, 0 already there, 0 rejected");
        Counts(await c.Coordinator.Client.PostCsv(path, csv)).ShouldBe("0 accepted, 14 already there, 0 rejected");
        // a page of resources
        (await c.Coordinator.Client.Get($"/resources/clusters/{c.Id}/resources")).Json["items"]!.AsArray().Count.ShouldBe(14);
    }

    [Fact]
    public async Task Bad_rows_are_named_and_good_ones_go_in()
    {
        var c = await PoolCluster.Found(host);
        const string Csv = """
            firm;kind;name;capacity;unit;amount;available;time_zone
            Acme;room;Hall;12;seats;;Mon-Fri 08:00-18:00;Europe/Berlin
            acme;room;hall;12;seats;;always;
            Akme;room;Shed;12;seats;;always;
            Bolt;boat;Shed;12;seats;;always;
            Bolt;money;Fund;3;;405000;always;
            Bolt;room;Shed;;seats;5;Mo-Fr 8-18;Berlin
            """;

        var report = await c.Coordinator.Client.PostCsv($"/resources/clusters/{c.Id}/imports/resources", Encoding.UTF8.GetBytes(Csv));

        Counts(report).ShouldBe("1 accepted, 1 already there, 4 rejected");
        report.Json["faults"]!.AsArray().Select(f => $"{f!["line"]} {f["column"]} {f["code"]}").ShouldBe( // a list of faults
        [
            "4 firm firm-not-in-cluster", "5 kind cell-not-allowed", "6 capacity capacity", "7 capacity cell-empty", "7 amount amount",
            "7 available malformed-hours", "7 time_zone unknown-time-zone",
        ]);
    }

    private static string Counts(Answer report) =>
        $"{report.Json["accepted"]} accepted, {report.Json["alreadyThere"]} already there, {report.Json["rejected"]} rejected";
}
