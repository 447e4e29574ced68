using System.Text;
using ClusterNet.Auditing;
using ClusterNet.EventStore;
using ClusterNet.Ledger;
using ClusterNet.Privacy;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tlog;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Ledger;

/// <summary>The operator rewrites history and signs all of it again: inside everything fits, and outside it is seen.</summary>
public sealed class RewrittenLogTests(RunningHost host) : IClassFixture<RunningHost>
{
    private readonly string _state = Path.Combine(TestServer.NewFolder(), "state");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_auditors_file_and_a_witness_refuse_a_log_that_was_rewritten_and_signed_again()
    {
        await host.Operator();
        await host.Signed();
        var (auditor, _) = (await Check(), await Check());
        (auditor.Code, (bool?)auditor.Json["firstUse"]).ShouldBe((0, true), auditor.ToString());
        var log = (await host.Services.GetRequiredService<SignedLog>().Open(Ct)).Verifier;
        using var witness = Witness(log);
        (await witness.Ask(host, 0)).Status.ShouldBe(200);
        var honest = await File.ReadAllTextAsync(_state, Ct);

        await DishonestOperator.Rewrite(host, 3);
        var inside = new AuditFaults(10);
        await new LogFsck(
            host.Services.GetRequiredService<Database>(), host.Services.GetRequiredService<KeyDatabase>(), host.Services.GetRequiredService<LogMirror>(),
            host.Services.GetRequiredService<ErasureJournal>(), inside, new Progress<AuditStep>()).Run(Ct);
        inside.Kept.ShouldBeEmpty();

        var twoRoots = await Check();
        (twoRoots.Code, twoRoots.Output.Contains("two different roots", StringComparison.Ordinal)).ShouldBe((1, true), twoRoots.ToString());
        (await witness.Ask(host, null)).Status.ShouldBe(409);
        await Grow();
        var rewritten = await Check();
        (rewritten.Code, rewritten.Output.Contains("are not the beginning of", StringComparison.Ordinal)).ShouldBe((1, true), rewritten.ToString());
        (await witness.Ask(host, null)).Status.ShouldBe(422);
        (await File.ReadAllTextAsync(_state, Ct)).ShouldBe(honest);
        Checkpoint.Open(await File.ReadAllTextAsync($"{_state}.refused", Ct), log).ShouldNotBeNull();
        (await File.ReadAllTextAsync($"{_state}.refused.known", Ct)).ShouldBe(honest);
        Checkpoint.Open(await File.ReadAllTextAsync($"{_state}.refused.2", Ct), log).ShouldNotBeNull();
    }

    private Task<Said> Check() => CommandLine.Run("audit", "consistency", "--url", host.Url.ToString(), "--state", _state, "--json");

    private async Task Grow()
    {
        await using var insert = host.Services.GetRequiredService<Database>().Source.CreateCommand("""
            with s as (insert into events.mt_streams (id, version) values (gen_random_uuid(), 1) returning id)
            insert into events.mt_events (seq_id, id, stream_id, version, data, type)
            select nextval('events.mt_events_sequence'), gen_random_uuid(), id, 1, '{}', 'of_another_program' from s
            """);
        await insert.ExecuteNonQueryAsync(Ct);
        await host.Signed();
    }

    private static FirmsWitness Witness(NoteVerifier log)
    {
        var folder = TestServer.NewFolder();
        var (state, key) = WitnessMemory.Open(Path.Combine(folder, "state"), Path.Combine(folder, "key"), "witness.example/w1");
        return new(state, new(key, [log], state, TimeProvider.System), log);
    }

    /// <summary>A member firm's witness, asked with the published checkpoint.</summary>
    private sealed class FirmsWitness(WitnessMemory state, LogWitness witness, NoteVerifier log) : IDisposable
    {
        /// <param name="old">null for the size that the witness knows.</param>
        public async Task<WitnessReply> Ask(RunningHost host, long? old)
        {
            var published = (await host.Services.GetRequiredService<LogProofs>().Published(Ct)).ShouldNotBeNull();
            var from = old ?? state.Of(log.Name).ShouldNotBeNull().Checkpoint.Size;
            var proof = await host.Services.GetRequiredService<LogProofs>().Consistency(from, published.Checkpoint.Size, Ct);
            return witness.Add(Encoding.UTF8.GetBytes(new WitnessRequest(from, proof, published.Note).ToString()));
        }

        public void Dispose() => state.Dispose();
    }
}
