using System.Net;
using System.Text;
using ClusterNet.EventStore;
using ClusterNet.Ledger;
using ClusterNet.Tests.Crashes;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tlog;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Ledger;

/// <summary>The audit verbs as an auditor runs them, against a running Host.</summary>
public sealed class AuditCommandTests(RunningHost host) : IClassFixture<RunningHost>
{
    private readonly string _folder = TestServer.NewFolder();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Url => host.Url.ToString().TrimEnd('/');

    [Fact]
    public async Task An_outsider_checks_the_public_log_and_the_operator_the_databases()
    {
        await Grow();
        var outside = await CommandLine.Run("audit", "fsck", "--url", Url, "--json");
        (outside.Code, (string?)outside.Json["result"], (bool?)outside.Json["trustedOnFirstUse"]).ShouldBe((0, "well", true), outside.ToString());
        var key = (await host.Services.GetRequiredService<SignedLog>().Open(Ct)).Verifier;
        (await CommandLine.Run("audit", "fsck", "--url", Url, "--vkey", key.ToString())).Code.ShouldBe(0);
        var other = await CommandLine.Run("audit", "fsck", "--url", Url, "--vkey", NoteSigner.Make(key.Name, SignatureType.Ed25519).Verifier.ToString());
        (other.Code, other.Output.Contains("is not signed by a log of the policy", StringComparison.Ordinal)).ShouldBe((1, true), other.ToString());

        var inside = await CommandLine.Run(["audit", "fsck", "--json", .. CommandLine.SettingsOf(host)]);
        inside.Code.ShouldBe(0, inside.ToString());
        ((long?)inside.Json["events"]).ShouldBe((long?)outside.Json["size"]);
    }

    [Fact]
    public async Task An_event_is_proved_from_files_alone()
    {
        var (leaf, proof, policy) = await Proof();
        var header = Encoding.UTF8.GetString(EventSeal.Header(leaf.Event.ShouldNotBeNull()));
        var salt = Convert.ToHexStringLower(leaf.Salt.ShouldNotBeNull());
        var commitment = Convert.ToHexStringLower(leaf.Commitment);
        var view = EventFileTests.FileOf(leaf.Event, leaf.Salt, leaf.Position).ToJsonString();

        (await CommandLine.Run("audit", "proof", proof, "--policy", policy, "--header", header, "--salt", salt)).Code.ShouldBe(0);
        (await CommandLine.Run("audit", "proof", proof, "--policy", policy, "--header", Save("header", header), "--salt", salt)).Code.ShouldBe(0);
        (await CommandLine.Run("audit", "proof", proof, "--policy", policy, "--commitment", commitment)).Code.ShouldBe(0);
        var said = await CommandLine.Run("audit", "proof", proof, "--policy", policy, "--event", Save("event", view), "--json");
        (said.Code, (long?)said.Json["index"], (string?)said.Json["header"]?["type"]).ShouldBe((0, leaf.Position, leaf.Event.Type), said.ToString());
        var told = await CommandLine.Run("audit", "proof", proof, "--policy", policy, "--event", Save("event", view));
        told.Output.ShouldContain("Proved: id, stream, version, type, time, data. Not proved: decrypted personal texts, actor and module");
        var falsified = await CommandLine.Run("audit", "proof", proof, "--policy", policy, "--event", Save("falsified", view.Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal)));
        (falsified.Code, falsified.Output.Contains("The file's version is 2, but", StringComparison.Ordinal)).ShouldBe((1, true), falsified.ToString());
        var saltless = await CommandLine.Run("audit", "proof", proof, "--policy", policy, "--event", Save("saltless", view.Replace("\"salt\"", "\"pepper\"", StringComparison.Ordinal)));
        (saltless.Code, saltless.Error.Contains("has no salt", StringComparison.Ordinal)).ShouldBe((2, true), saltless.ToString());

        (await CommandLine.Run("audit", "proof", proof, "--policy", policy, "--header", header.Replace("\"ver\":1", "\"ver\":2", StringComparison.Ordinal), "--salt", salt)).Code.ShouldBe(1);
        (await CommandLine.Run("audit", "proof", proof, "--policy", policy, "--event", Save("changed", view.Replace("\\u0022ver\\u0022:1", "\\u0022ver\\u0022:2", StringComparison.Ordinal)))).Code.ShouldBe(1);
        (await CommandLine.Run("audit", "proof", Save("cut", (await File.ReadAllTextAsync(proof, Ct))[..^5]), "--policy", policy, "--commitment", commitment)).Code.ShouldBe(1);
        var strict = Save("strict", $"{await File.ReadAllTextAsync(policy, Ct)}".Replace("quorum none", $"witness W {NoteSigner.Make("w", SignatureType.Cosignature).Verifier}\nquorum W", StringComparison.Ordinal));
        var unwitnessed = await CommandLine.Run("audit", "proof", proof, "--policy", strict, "--commitment", commitment);
        (unwitnessed.Code, unwitnessed.Output.Contains("The quorum W is not met", StringComparison.Ordinal)).ShouldBe((1, true), unwitnessed.ToString());
    }

    [Fact]
    public async Task A_proof_is_fetched_from_an_installation_and_verified()
    {
        var (leaf, _, policy) = await Proof();
        var saved = Path.Combine(_folder, "fetched.tlog-proof");

        var said = await CommandLine.Run("audit", "proof", "--url", Url, "--event-id", leaf.EventId.ToString(), "--policy", policy, "--out", saved, "--json");
        (said.Code, (long?)said.Json["index"], said.Json["header"] is null).ShouldBe((0, leaf.Position, true), said.ToString());
        (await CommandLine.Run("audit", "proof", saved, "--policy", policy, "--commitment", Convert.ToHexStringLower(leaf.Commitment))).Code.ShouldBe(0);
        var unknown = await CommandLine.Run("audit", "proof", "--url", Url, "--event-id", Guid.NewGuid().ToString(), "--policy", policy);
        (unknown.Code, unknown.Error.Contains("There is no such event", StringComparison.Ordinal)).ShouldBe((2, true), unknown.ToString());
    }

    [Fact]
    public async Task Whoever_may_read_an_event_proves_its_content_too()
    {
        var reader = await host.Operator();
        await host.Signed();
        var token = (await reader.Client.Post("/access/tokens", new { label = "audit", validForDays = 30 })).Text("token");
        await host.Signed();
        await using var select = host.Services.GetRequiredService<Database>().Source.CreateCommand("select id from events.mt_events where user_name = $1 order by seq_id desc limit 1");
        select.Parameters.Add(new() { Value = reader.Person });
        var id = (Guid)(await select.ExecuteScalarAsync(Ct)).ShouldNotBeNull();

        var said = await CommandLine.Run("audit", "proof", "--url", Url, "--event-id", id.ToString(), "--token", token, "--json");
        (said.Code, (string?)said.Json["header"]?["id"]).ShouldBe((0, id.ToString()), said.ToString());
    }

    [Theory]
    [InlineData]
    [InlineData("fsck", "--faults", "0")]
    [InlineData("fsck", "--faults", "many")]
    [InlineData("proof")]
    [InlineData("proof", "nothing.tlog-proof", "--commitment", "00")]
    [InlineData("proof", "--url", "http://127.0.0.1:1", "--event-id", "0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f")]
    [InlineData("proof", "--event-id", "seven")]
    [InlineData("consistency", "--url", "http://127.0.0.1:1", "--state", "state")]
    [InlineData("consistency", "--state", "state")]
    [InlineData("consistency", "--url", "nowhere", "--state", "state", "--json")]
    [InlineData("fsck", "--url", "http://127.0.0.1:1", "--policy", "no-such-file")]
    [InlineData("fsck", "--ClusterNet:DataDirectory=/no/such/folder")]
    [InlineData("fsck", "--ulr", "http://127.0.0.1:1")]
    [InlineData("witness", "--key", "key", "--state", "state")]
    [InlineData("witness", "--key", "key", "--state", "state", "--log", "nonsense")]
    [InlineData("nonsense")]
    public async Task What_cannot_be_checked_is_told_apart_from_a_fault(params string[] arguments)
    {
        var said = await CommandLine.Run(["audit", .. arguments]);
        (said.Code, said.Error.Length > 20).ShouldBe((2, true), said.ToString());
        if (arguments.Contains("--json")) ((string?)said.Json["result"]).ShouldBe("not-run");
        else said.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_verb_the_verbs_are_listed()
    {
        var said = await CommandLine.Run("audit");
        foreach (var verb in new[] { "fsck", "consistency", "proof", "witness", "reopen", "replay" }) said.Error.ShouldContain($"audit {verb} ");
    }

    [Fact]
    public async Task A_witness_killed_between_requests_remembers_what_it_cosigned()
    {
        var log = new SmallLog("log.example/a");
        var (key, state, url) = (Path.Combine(_folder, "key"), Path.Combine(_folder, "state"), $"http://127.0.0.1:{HostProcess.FreePort()}");
        string[] arguments = ["audit", "witness", "--key", key, "--state", state, "--log", log.Key.ToString(), "--listen", url, "--name", "witness.example/w1"];
        using var http = new HttpClient { BaseAddress = new(url) };
        for (var round = 0; round < 4; round++)
        {
            using var witness = CommandLine.Begin(arguments);
            while (await witness.StandardOutput.ReadLineAsync(Ct) is { } line && !line.StartsWith("Witness listens", StringComparison.Ordinal)) { }
            (await http.GetStringAsync("/health", Ct)).ShouldBe("well\n");
            if (round == 0) (await CommandLine.Run(arguments)).ShouldSatisfyAllConditions(s => s.Code.ShouldBe(2), s => s.Error.ShouldContain("in use by another witness"));
            if (round > 0) (await Post(http, log.Grown(99).Request(0))).ShouldBe((HttpStatusCode.Conflict, $"{round}\n"));
            if (round > 0) (await Post(http, log.Grown(round, "rewritten").Grown(1).Request(round))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
            (await Post(http, log.Grown(round + 1).Request(round))).Status.ShouldBe(HttpStatusCode.OK);
            (await Post(http, new string('x', 100_000))).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
            (await http.GetAsync("/other", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            witness.Kill();
            await witness.WaitForExitAsync(Ct);
        }
    }

    private static async Task<(HttpStatusCode Status, string Body)> Post(HttpClient http, string body)
    {
        using var answer = await http.PostAsync("/add-checkpoint", new StringContent(body), Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    private async Task Grow()
    {
        var source = host.Services.GetRequiredService<Database>().Source;
        await using var insert = source.CreateCommand("""
            with s as (insert into events.mt_streams (id, version) values (gen_random_uuid(), 2) returning id)
            insert into events.mt_events (seq_id, id, stream_id, version, data, type)
            select nextval('events.mt_events_sequence'), gen_random_uuid(), id, n, '{}', 'of_another_program' from s, generate_series(1, 2) as n
            """);
        await insert.ExecuteNonQueryAsync(Ct);
        await host.Signed();
    }

    private async Task<(SealedLeaf Leaf, string Proof, string Policy)> Proof()
    {
        await Grow();
        var key = (await host.Services.GetRequiredService<SignedLog>().Open(Ct)).Verifier;
        await using var connection = await host.Services.GetRequiredService<Database>().Source.OpenConnectionAsync(Ct);
        var leaf = (await Sealed.Read(connection, 0, 1, Ct)).Single();
        var proof = (await host.Services.GetRequiredService<LogProofs>().OfEvent(leaf.EventId, Ct)).ShouldBeOfType<EventProof.Proven>().Proof;
        return (leaf, Save("event.tlog-proof", proof.ToString()), Save("policy", $"log {key}\nquorum none\n"));
    }

    private string Save(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
