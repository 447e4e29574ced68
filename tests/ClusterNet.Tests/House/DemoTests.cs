using System.Text.Json.Nodes;
using ClusterNet.Access.Contracts;
using ClusterNet.Host.Demo;
using ClusterNet.Projections;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.House;

/// <summary>The main job, end to end, as the demo plays it through the public API.</summary>
public sealed class DemoTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task The_story_plays_once_goes_on_where_it_was_broken_off_and_replays_to_the_same_tables()
    {
        var file = Path.Combine(TestServer.NewFolder(), "demo.json");
        var code = await host.Services.GetRequiredService<FirstOperatorCode>().Current(TestContext.Current.CancellationToken);
        using var api = new DemoApi(host.Url);
        await new DemoStory(api, new DemoState(file), TextWriter.Null).Play(code);
        var state = new DemoState(file);
        state.Finished.ShouldBeTrue();
        var events = await host.EventCount();

        // Broken off near the end: only the last step is done again.
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("\"finished\"", "\"broken off\""), TestContext.Current.CancellationToken);
        var reads = 3;
        await new DemoStory(api, new DemoState(file), TextWriter.Null).Play(null);
        (await host.EventCount()).ShouldBe(events + reads, "a story gone through again only reads, and an auditor's reads are recorded");

        using var anonymous = host.Anonymous();
        var credential = await anonymous.Get($"/accreditation/credentials/{state["number"]}");
        credential.Text("status").ShouldBe("active");
        credential.Body.ShouldNotContain("Rosa");
        await host.CaughtUp();
        var reports = await host.Services.GetRequiredService<Replay>().Verify(null, TestContext.Current.CancellationToken);
        reports.Count.ShouldBeGreaterThan(15);
        reports.ShouldAllBe(report => report.Equal);
        await ItReplaysTheSameElsewhereAndWithoutKeys();
    }

    private async Task ItReplaysTheSameElsewhereAndWithoutKeys()
    {
        var here = await ReplayProcess.Run(host, "en_US.UTF-8", "UTC", "--verify", "--no-record");
        var until = $"{here.Report["until"]}";
        // Rows written there, too: this one rebuilds before it compares.
        var there = await ReplayProcess.Run(host, "tr_TR.UTF-8", "Asia/Kathmandu", "--no-record");
        var erased = await ReplayProcess.Run(host, "en_US.UTF-8", "UTC", "--verify", "--erased");
        var recorded = await ReplayProcess.Run(host, "en_US.UTF-8", "UTC", "--verify", "--until", until);
        var again = await ReplayProcess.Run(host, "tr_TR.UTF-8", "Asia/Kathmandu", "--verify", "--until", until);

        foreach (var (code, report) in (IEnumerable<(int, JsonNode)>)[here, there, erased, recorded, again])
        {
            code.ShouldBe(0, report.ToString());
            $"{report["until"]}".ShouldBe(until);
            ReplayProcess.Digests(report).ShouldBe(ReplayProcess.Digests(here.Report));
        }

        $"{again.Report["tables"]?[0]?["recorded"]?.AsArray().Count}".ShouldBe("1");
    }
}
