using System.Text;
using ClusterNet.Auditing;
using ClusterNet.Ledger;
using ClusterNet.Tests.EventStore.Fakes;
using ClusterNet.Tlog;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using static ClusterNet.Tests.EventStore.Fakes.Given;
using static ClusterNet.Tests.EventStore.Fakes.Rig;

namespace ClusterNet.Tests.Ledger;

/// <summary>Two of three witnesses must cosign before a checkpoint is published: some are down, one lies, one repeats itself.</summary>
public class WitnessQuorumTests
{
    [Fact]
    public async Task With_one_of_three_down_checkpoints_are_published()
    {
        await using var rig = await Start();
        using var scene = await Scene.Of(rig);
        scene.Down("W2");

        (await scene.Grow()).ShouldBe(1);
        (await scene.Grow()).ShouldBe(2);
        var note = (await rig.Get<LogProofs>().Published(Ct)).ShouldNotBeNull().Note;
        scene.Policy.FaultOf(note).ShouldBeNull();
        scene.Policy.CosignedBy(note).ShouldBe(["W1", "W3"], ignoreOrder: true);
    }

    [Fact]
    public async Task With_two_of_three_down_proofs_wait_until_one_is_back()
    {
        await using var rig = await Start();
        using var scene = await Scene.Of(rig);
        (await scene.Grow()).ShouldBe(1);
        scene.Down("W2", "W3");

        (await scene.Grow()).ShouldBe(1);
        (await scene.Grow()).ShouldBe(1);
        scene.Up("W3");
        (await scene.Ask()).ShouldBe(3);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("another key")]
    [InlineData("another text")]
    [InlineData("replayed")]
    [InlineData("wrong size")]
    public async Task A_lying_witness_counts_for_nothing(string lie)
    {
        await using var rig = await Start();
        using var scene = await Scene.Of(rig);
        (await scene.Grow()).ShouldBe(1);
        var replayed = await rig.Scalar<string>("select line from ledger.cosignature where witness = 'W1'");
        scene.Down("W3");
        scene.Lies("W1", request => lie switch
        {
            "garbage" => new("— w1.example/w AAAA", null, "none"),
            "another key" => new(Cosignature.Sign(NoteSigner.Make("w1.example/w", SignatureType.Cosignature), request.Checkpoint.Text, rig.Clock.Now).ToString().TrimEnd('\n'), null, null),
            "another text" => new(Cosignature.Sign(scene.Key("W1"), request.Checkpoint.Text + "more\n", rig.Clock.Now).ToString().TrimEnd('\n'), null, null),
            "replayed" => new(replayed.TrimEnd('\n'), null, null),
            _ => new(null, 1, "it knows size 1"),
        });

        (await scene.Grow()).ShouldBe(1);
        (await rig.Scalar<long>("select count(*) from ledger.cosignature where size = 2 and witness = 'W1'")).ShouldBe(0);
        scene.Witnesses.Refusals.ShouldContainKey("W1");
        scene.Up("W3");
        (await scene.Ask()).ShouldBe(2);
    }

    [Fact]
    public async Task One_witness_that_says_more_than_the_log_has_stops_nothing_and_as_many_as_the_quorum_do()
    {
        await using var rig = await Start();
        using var scene = await Scene.Of(rig);
        (await scene.Grow()).ShouldBe(1);
        scene.Lies("W1", _ => new(null, 500, "it knows size 500"));

        (await scene.Grow()).ShouldBe(2);
        scene.Witnesses.Refusals["W1"].ShouldContain("500 entries, more than the log has");
        scene.Lies("W2", _ => new(null, 400, "it knows size 400"));
        (await Should.ThrowAsync<LogRolledBackException>(scene.Grow())).Message.ShouldContain("W1, W2 say that they cosigned up to 500");
    }

    [Fact]
    public async Task Nothing_is_signed_as_long_as_a_quorum_says_that_the_log_was_rolled_back()
    {
        await using var rig = await Start();
        using var scene = await Scene.Of(rig);
        var publisher = scene.Publisher();
        (await scene.Grow()).ShouldBe(1);
        await publisher.Step(Ct);
        scene.Lies("W1", _ => new(null, 500, "it knows size 500"));
        scene.Lies("W2", _ => new(null, 400, "it knows size 400"));
        await More();
        (await publisher.Sign(Ct)).ShouldBeTrue();
        await publisher.AskWitnesses(Ct);
        await More();

        (await publisher.Sign(Ct)).ShouldBeFalse();
        publisher.Halted.ShouldNotBeNull();
        (await rig.Scalar<long>("select max(size) from ledger.checkpoint")).ShouldBe(2);
        scene.Up("W1");
        scene.Up("W2");
        rig.Clock.Now += TimeSpan.FromMinutes(1);
        await publisher.AskWitnesses(Ct);
        (await publisher.Sign(Ct)).ShouldBeTrue();
        publisher.Halted.ShouldBeNull();

        async Task More()
        {
            await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1), By(), Ct);
            await rig.CatchUp();
            rig.Clock.Now += TimeSpan.FromMinutes(1);
        }
    }

    [Fact]
    public async Task Cosignatures_that_somebody_writes_into_the_table_publish_nothing()
    {
        await using var rig = await Start();
        using var scene = await Scene.Of(rig);
        (await scene.Grow()).ShouldBe(1);
        scene.Down("W1", "W2", "W3");
        (await scene.Grow()).ShouldBe(1);
        await rig.Execute("insert into ledger.cosignature select 2, witness, line, at from ledger.cosignature where size = 1 on conflict do nothing");

        (await scene.Ask()).ShouldBe(1);
        scene.Up("W1");
        scene.Up("W2");
        (await scene.Grow()).ShouldBe(3);
    }

    /// <summary>A log whose checkpoints three witnesses of ours are asked to cosign.</summary>
    private sealed class Scene : IWitnessCalls, IDisposable
    {
        private readonly Rig _rig;
        private readonly Dictionary<string, (WitnessMemory State, LogWitness Witness, NoteSigner Key)> _witnesses = [];
        private readonly Dictionary<string, Func<WitnessRequest, WitnessAnswer>> _instead = [];

        private Scene(Rig rig, NoteVerifier log, LogPolicies policies)
        {
            _rig = rig;
            foreach (var name in new[] { "W1", "W2", "W3" })
            {
                var folder = TestServer.NewFolder();
                var (state, key) = WitnessMemory.Open(Path.Combine(folder, "state"), Path.Combine(folder, "key"), $"{name.ToLowerInvariant()}.example/w");
                _witnesses[name] = (state, new(key, [log], state, rig.Clock), key);
            }

            var lines = _witnesses.Select(w => $"witness {w.Key} {w.Value.Key.Verifier} http://{w.Key}\n");
            var text = $"{string.Concat(lines)}group members 2 W1 W2 W3\nquorum members\n";
            File.WriteAllText(Path.Combine(rig.KeyDirectory, "log-policy"), text);
            File.WriteAllText(NobodyAsked, System.Text.RegularExpressions.Regex.Replace(text, " http://W.", ""));
            Policy = policies.Of(log);
            Witnesses = new(rig.Database, policies, rig.Get<LogProofs>(), this, NullLogger<LogWitnesses>.Instance);
        }

        public LogPolicy Policy { get; }

        private string NobodyAsked => Path.Combine(_rig.KeyDirectory, "nobody-asked");

        public LogWitnesses Witnesses { get; }

        public static async Task<Scene> Of(Rig rig) => new(rig, (await rig.Get<SignedLog>().Open(Ct)).Verifier, rig.Get<LogPolicies>());

        public NoteSigner Key(string name) => _witnesses[name].Key;

        public void Down(params string[] names) => Array.ForEach(names, n => _instead[n] = _ => new(null, null, "it cannot be reached"));

        public void Up(string name) => _instead.Remove(name);

        public void Lies(string name, Func<WitnessRequest, WitnessAnswer> lie) => _instead[name] = lie;

        /// <summary>One event more, signed and offered to the witnesses.</summary>
        /// <returns>The published size.</returns>
        public async Task<long> Grow()
        {
            await _rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1), By(), Ct);
            await _rig.CatchUp();
            _rig.Clock.Now += TimeSpan.FromSeconds(1);
            await new CheckpointPublisher(_rig.Database, _rig.Get<SignedLog>(), _rig.Get<LogMirror>(), Signing(), _rig.Clock, NullLogger<CheckpointPublisher>.Instance).Step(Ct);
            return await Ask();
        }

        /// <summary>A Host's own, which asks these witnesses.</summary>
        public CheckpointPublisher Publisher() =>
            new(_rig.Database, _rig.Get<SignedLog>(), _rig.Get<LogMirror>(), Witnesses, _rig.Clock, NullLogger<CheckpointPublisher>.Instance);

        public async Task<long> Ask()
        {
            await Witnesses.Ask(await _rig.Get<SignedLog>().Open(Ct), Ct);
            return await _rig.Scalar<long>("select published from ledger.state");
        }

        public Task<WitnessAnswer> AddCheckpoint(string url, WitnessRequest request, NoteVerifier witness, CancellationToken ct)
        {
            var name = url["http://".Length..];
            if (_instead.TryGetValue(name, out var other)) return Task.FromResult(other(request));
            var reply = _witnesses[name].Witness.Add(Encoding.UTF8.GetBytes(request.ToString()));
            return Task.FromResult<WitnessAnswer>(reply.Status switch
            {
                200 => new(reply.Body.TrimEnd('\n'), null, null),
                409 when reply.Type == WitnessRequest.SizeType => new(null, long.Parse(reply.Body, System.Globalization.CultureInfo.InvariantCulture), reply.Body),
                _ => new(null, null, $"{reply.Status} {reply.Body}"),
            });
        }

        public void Dispose()
        {
            foreach (var (state, _, _) in _witnesses.Values) state.Dispose();
        }

        /// <summary>The signing alone: who is asked is this scene's business.</summary>
        private LogWitnesses Signing() =>
            new(_rig.Database, new(new(_rig.KeyDirectory, null, NobodyAsked)), _rig.Get<LogProofs>(), this, NullLogger<LogWitnesses>.Instance);
    }
}
