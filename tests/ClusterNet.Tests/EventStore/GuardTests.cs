using ClusterNet.EventStore;
using ClusterNet.Tests.EventStore.Fakes;
using Shouldly;
using static ClusterNet.Tests.EventStore.Fakes.Given;
using static ClusterNet.Tests.EventStore.Fakes.Rig;

namespace ClusterNet.Tests.EventStore;

public class GuardTests
{
    [Fact]
    public async Task A_room_is_never_used_twice_at_a_time()
    {
        await using var rig = await Start();
        await rig.Visits.Execute(Guid.CreateVersion7(), Planning("blue", 9, 11), By(), Ct);

        var refused = await rig.Visits.Execute(Guid.CreateVersion7(), Planning(Slot("red", 9, 11), Slot("blue", 10, 12)), By(), Ct);

        refused.ShouldBe(new Outcome.GuardViolated("no_room_twice"));
        (await rig.Visits.Execute(Guid.CreateVersion7(), Planning("blue", 11, 12), By(), Ct)).Written();
        (await rig.Visits.Execute(Guid.CreateVersion7(), Planning("red", 9, 11), By(), Ct)).Written();
    }

    [Fact]
    public async Task Of_many_who_want_a_room_at_once_one_gets_it()
    {
        await using var rig = await Start();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => rig.Visits.Execute(Guid.CreateVersion7(), Planning("blue", 9, 11), By(), Ct))));

        outcomes.Count(o => o is Outcome.Written).ShouldBe(1);
        outcomes.Count(o => o is Outcome.GuardViolated).ShouldBe(15);
        (await rig.Scalar<long>("select count(*) from events.mt_events")).ShouldBe(1);
    }

    [Fact]
    public async Task Moving_frees_the_old_rooms_and_cancelling_all()
    {
        await using var rig = await Start();
        var visit = Guid.CreateVersion7();
        await rig.Visits.Execute(visit, Planning(Slot("blue", 9, 11), Slot("red", 9, 11)), By(), Ct);

        await rig.Visits.Execute(visit, new MoveVisit(Slot("blue", 10, 12), Slot("green", 10, 12)), By(), Ct);

        (await rig.Visits.Execute(Guid.CreateVersion7(), Planning(Slot("red", 9, 11), Slot("blue", 9, 10)), By(), Ct)).Written();
        await rig.Visits.Execute(visit, new CancelVisit(), By(), Ct);
        (await rig.Visits.Execute(Guid.CreateVersion7(), Planning(Slot("green", 9, 12), Slot("blue", 10, 12)), By(), Ct)).Written();
    }

    [Fact]
    public async Task A_violated_guard_leaves_nothing_of_any_stream_of_the_command()
    {
        await using var rig = await Start();
        await rig.Visits.Execute(Guid.CreateVersion7(), Planning("blue", 9, 11), By(), Ct);
        var (tally, visit) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        var outcome = await rig.Tallies.Execute(
            tally, Adding(1), Once("k") with { Also = async _ => [await rig.Visits.Prepare(visit, Planning("blue", 10, 12), Ct)] }, Ct);

        outcome.ShouldBe(new Outcome.GuardViolated("no_room_twice"));
        foreach (var (table, rows) in new[] { ("events.mt_streams", 1L), ("events.mt_events", 1), ("privacy.envelope", 3), ("fake.tallies", 0), ("http.idempotency", 0), ("ledger.pending", 1) })
            (await rig.Scalar<long>($"select count(*) from {table}")).ShouldBe(rows, table);
    }

    [Fact]
    public async Task Streams_of_one_command_commit_together()
    {
        await using var rig = await Start();
        var (tally, visit) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await rig.Tallies.Execute(tally, Adding(1), By() with { Also = async _ => [await rig.Visits.Prepare(visit, Planning("blue", 10, 12), Ct)] }, Ct);

        (await rig.Tallies.Load(tally, Ct)).Version.ShouldBe(1);
        (await rig.Visits.Load(visit, Ct)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_of_one_stream_refuses_the_whole_command()
    {
        await using var rig = await Start();
        var tally = Guid.CreateVersion7();

        var outcome = await rig.Tallies.Execute(
            tally, Adding(1), By() with { Also = async _ => [await rig.Visits.Prepare(Guid.CreateVersion7(), new MoveVisit(), Ct)] }, Ct);

        Assert.IsType<Outcome.Refused>(outcome).Refusal.Code.ShouldBe("visit-not-planned");
        (await rig.Scalar<long>("select count(*) from events.mt_events")).ShouldBe(0);
    }
}
