using System.Globalization;
using System.Text;
using System.Text.Json;
using ClusterNet.Auditing;
using ClusterNet.EventStore;
using ClusterNet.Ledger;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tlog;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Ledger;

/// <summary>A log that a running Host serves, verified by code that is not ours: Go's, Sigstore's and OpenSSL's.</summary>
public sealed class CrossCheckTests(RunningHost host, ITestOutputHelper output) : IClassFixture<RunningHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private LogProofs Proofs => host.Services.GetRequiredService<LogProofs>();

    private Database Database => host.Services.GetRequiredService<Database>();

    [Fact]
    public async Task Go_verifies_the_live_log()
    {
        var program = await OthersCode.Go("logcheck");
        var key = await Filled();

        var said = await OthersCode.Run(program, ["-url", $"{host.Url}log", "-vkey", key.ToString(), "-n", "5000", "-seed", Random.Shared.Next().ToString(CultureInfo.InvariantCulture)]);
        output.WriteLine(said.ToString());
        said.Code.ShouldBe(0, said.ToString());
        said.Output.ShouldEndWith("disagreements 0\n");
        var other = NoteSigner.Make(key.Name, SignatureType.Ed25519).Verifier;
        (await OthersCode.Run(program, ["-url", $"{host.Url}log", "-vkey", other.ToString()])).Code.ShouldNotBe(0);
    }

    [Fact]
    public async Task Sigstore_verifies_proofs_and_agrees_on_canonical_json()
    {
        var folder = await OthersCode.Node("sigstore");
        var key = await Filled();
        var (proofs, json) = (new List<object>(), new List<object>());
        foreach (var leaf in await Leaves())
        {
            var proof = (await Proofs.OfEvent(leaf.EventId, Ct)).ShouldBeOfType<EventProof.Proven>().Proof;
            proofs.Add(new { proof = proof.ToString(), entry = Convert.ToBase64String(EventSeal.Entry(leaf.Commitment)) });
            foreach (var text in new[] { leaf.Event.ShouldNotBeNull().Data, EventSeal.Header(leaf.Event) })
                if (Jcs.Canonical(text) is { } canonical) json.Add(new { text = Encoding.UTF8.GetString(text), canonical = Encoding.UTF8.GetString(canonical) });
        }

        var said = await OthersCode.Run("node", ["check.js"], folder, JsonSerializer.Serialize(new { vkey = key.ToString(), proofs, json }));
        output.WriteLine(said.ToString());
        said.Code.ShouldBe(0, said.ToString());
        said.Output.ShouldContain("disagreements 0");
    }

    [Fact]
    public async Task Openssl_verifies_the_checkpoint_and_an_events_commitment()
    {
        await OthersCode.OpenSsl();
        var key = await Filled();
        var (folder, note) = (TestServer.NewFolder(), (await Proofs.Published(Ct)).ShouldNotBeNull().Note);
        byte[] prefix = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
        await File.WriteAllBytesAsync(Path.Combine(folder, "log.der"), [.. prefix, .. key.PublicKey], Ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "checkpoint.body"), note.Text, Ct);
        await File.WriteAllBytesAsync(Path.Combine(folder, "checkpoint.sig"), note.Signatures.First(s => s.KeyId == key.KeyId).Bytes, Ct);
        string[] verify = ["pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "log.der", "-rawin", "-in", "checkpoint.body", "-sigfile", "checkpoint.sig"];

        (await OthersCode.Run("openssl", verify, folder)).Code.ShouldBe(0);
        foreach (var leaf in (await Leaves()).Take(3))
        {
            var mac = await OthersCode.Run(
                "openssl", ["dgst", "-sha256", "-mac", "HMAC", "-macopt", $"hexkey:{Convert.ToHexStringLower(leaf.Salt.ShouldNotBeNull())}"], folder,
                Encoding.UTF8.GetString(EventSeal.Header(leaf.Event.ShouldNotBeNull())));
            mac.Output.Trim().ShouldEndWith(Convert.ToHexStringLower(leaf.Commitment));
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "checkpoint.body"), note.Text.Replace("\n", "\n1", StringComparison.Ordinal), Ct);
        (await OthersCode.Run("openssl", verify, folder)).Code.ShouldNotBe(0);
    }

    /// <summary>Enough events for full tiles and a level above them, most of them of another program.</summary>
    private async Task<NoteVerifier> Filled()
    {
        if (await host.EventCount() < 700)
        {
            await host.Operator();
            await using var insert = Database.Source.CreateCommand("""
                with s as (insert into events.mt_streams (id, version) values (gen_random_uuid(), 700) returning id)
                insert into events.mt_events (seq_id, id, stream_id, version, data, type)
                select nextval('events.mt_events_sequence'), gen_random_uuid(), id, n, jsonb_build_object('n', n, 'text', 'é " \ ' || chr(10) || chr(127) || chr(128512)), 'of_another_program'
                from s, generate_series(1, 700) as n
                """);
            await insert.ExecuteNonQueryAsync(Ct);
        }

        await host.Signed();
        return (await host.Services.GetRequiredService<SignedLog>().Open(Ct)).Verifier;
    }

    private async Task<List<SealedLeaf>> Leaves()
    {
        await using var connection = await Database.Source.OpenConnectionAsync(Ct);
        return await Sealed.Read(connection, 0, (await Proofs.Published(Ct)).ShouldNotBeNull().Checkpoint.Size, Ct);
    }
}
