using ClusterNet.Ledger;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tlog;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Ledger;

/// <summary>What <c>audit reopen</c> says of a log that was rolled back, on a Host of its own.</summary>
public sealed class RolledBackCommandTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_log_that_was_rolled_back_is_opened_anew_when_it_is_said_twice()
    {
        await host.Signed();
        var mirror = host.Services.GetRequiredService<LogMirror>().File;
        var log = await host.Services.GetRequiredService<SignedLog>().Open(TestContext.Current.CancellationToken);
        var ours = await File.ReadAllTextAsync(mirror, TestContext.Current.CancellationToken);
        try
        {
            host.Services.GetRequiredService<LogMirror>().Write(SignedNote.Sign(new Checkpoint(log.Verifier.Name, 1_000_000, new byte[32]).ToText(), log.Signer));
            var asked = await CommandLine.Run(["audit", "reopen", .. CommandLine.SettingsOf(host)]);
            (asked.Code, asked.Error.Contains("was rolled back", StringComparison.Ordinal), asked.Error.Contains("with --yes to do it", StringComparison.Ordinal)).ShouldBe((2, true, true), asked.ToString());
        }
        finally
        {
            await File.WriteAllTextAsync(mirror, ours, CancellationToken.None);
        }
    }
}
