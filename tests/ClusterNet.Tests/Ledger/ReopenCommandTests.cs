using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Ledger;

/// <summary>A new log after a rollback is begun on purpose only, and names the one that it follows.</summary>
public sealed class ReopenCommandTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_log_in_order_is_opened_anew_only_by_force()
    {
        await host.Signed();
        foreach (var said in new string[][] { [], ["--yes"], ["--force"] })
        {
            var asked = await CommandLine.Run(["audit", "reopen", .. said, .. CommandLine.SettingsOf(host)]);
            var why = said is ["--force"] ? "with --yes to do it" : "the log is in order";
            (asked.Code, asked.Error.Contains(why, StringComparison.Ordinal)).ShouldBe((2, true), asked.ToString());
        }

        (await CommandLine.Run(["audit", "fsck", .. CommandLine.SettingsOf(host)])).Code.ShouldBe(0);

        var done = await CommandLine.Run(["audit", "reopen", "--origin", "example.org/log-2", "--yes", "--force", "--json", .. CommandLine.SettingsOf(host)]);
        (done.Code, (string?)done.Json["origin"], (long?)done.Json["number"]).ShouldBe((0, "example.org/log-2", 2), done.ToString());
        ((string?)done.Json["follows"]).ShouldNotBeNull().ShouldStartWith("clusternet.invalid/");
        var checkedAgain = await CommandLine.Run(["audit", "fsck", "--json", .. CommandLine.SettingsOf(host)]);
        (checkedAgain.Code, (string?)checkedAgain.Json["origin"]).ShouldBe((0, "example.org/log-2"), checkedAgain.ToString());
    }
}
