using ClusterNet.EventStore;
using ClusterNet.Tests.EventStore.Fakes;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using static ClusterNet.Tests.EventStore.Fakes.Given;
using static ClusterNet.Tests.EventStore.Fakes.Rig;
using Outcome = ClusterNet.EventStore.Outcome;

namespace ClusterNet.Tests.EventStore;

public class RandomCommandTests
{
    [Fact]
    public async Task Whatever_is_commanded_states_are_folds_and_versions_and_positions_have_no_gaps()
    {
        await using var rig = await Start();
        var steps = Gen.ArrayOf(
            from stream in Gen.Choose(0, 3)
            from kind in Gen.Choose(0, 5)
            from amount in Gen.Choose(-9, 99)
            from together in Gen.Choose(1, 4)
            select (stream, kind, amount, together)).Resize(40);

        Prop.ForAll(steps.ToArbitrary(), sequence => Task.Run(() => Holds(rig, sequence)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(25));

        (await rig.Get<Projections.Replay>().Verify(null, Ct)).ShouldAllBe(t => t.Equal);
    }

    private static async Task<bool> Holds(Rig rig, (int Stream, int Kind, int Amount, int Together)[] sequence)
    {
        var ids = Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7()).ToArray();
        var expected = ids.ToDictionary(id => id, _ => Tally.Initial);
        for (var i = 0; i < sequence.Length; i++)
        {
            var (stream, kind, amount, together) = sequence[i];
            ICommand<Tally, TallyFact> command = kind switch { 0 => new OpenTally("x"), 1 => new CloseTally(), _ => Adding(amount, times: together) };
            var decided = command.Decide(expected[ids[stream]]);
            var outcome = await rig.Tallies.Execute(ids[stream], command, By(), Ct);
            (outcome is Outcome.Refused).ShouldBe(decided.Refusal is not null);
            expected[ids[stream]] = decided.Facts.Aggregate(expected[ids[stream]], Tally.Evolve);
            if (i % 7 == 0) await rig.CatchUp();
        }

        await rig.CatchUp();
        foreach (var id in ids)
        {
            var loaded = await rig.Tallies.Load(id, Ct);
            loaded.State.ShouldBe(expected[id]);
            loaded.Events.Select(e => e.Version).ShouldBe(Enumerable.Range(1, loaded.Events.Count).Select(n => (long)n));
        }

        return await rig.Scalar<bool>("select count(*) = coalesce(max(position), -1) + 1 from ledger.leaf")
            && await rig.Scalar<bool>("select count(*) = (select size from ledger.state) from events.mt_events");
    }
}
