using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Tests.EventStore.Fakes;
using Shouldly;
using static ClusterNet.Tests.EventStore.Fakes.Given;
using static ClusterNet.Tests.EventStore.Fakes.Rig;

namespace ClusterNet.Tests.EventStore;

public class RoundTripTests
{
    [Fact]
    public async Task What_was_appended_is_loaded_and_folded()
    {
        await using var rig = await Start();
        var id = Guid.CreateVersion7();

        (await rig.Tallies.Execute(id, new OpenTally("Learning hours"), By(), Ct)).Written().Version.ShouldBe(1);
        var written = (await rig.Tallies.Execute(id, Adding(3, note: "watched a film", times: 2), By("ben"), Ct)).Written();

        written.Version.ShouldBe(3);
        written.SeqId.ShouldBe(3);
        var loaded = await rig.Tallies.Load(id, Ct);
        loaded.Version.ShouldBe(3);
        loaded.State.ShouldBe(new Tally(true, false, 6, 2));
        var last = loaded.Events[^1];
        last.Fact.ShouldBe(new TallyAdded(3, "hours", Ada, "watched a film"));
        last.Metadata.ShouldBe(new("ben", null, "request-1", "command-1", "4bf92f3577b34da6a3ce929d0e0e4736", Fake.Module, 3, rig.Get<ReadModels>().Fingerprint(typeof(TallyFact))));
        last.At.ShouldBe(rig.Clock.Now);
    }

    [Fact]
    public async Task Rows_of_a_stream_are_there_when_the_command_returns()
    {
        await using var rig = await Start();
        var id = Guid.CreateVersion7();

        await rig.Tallies.Execute(id, new OpenTally("Learning hours"), By(), Ct);
        await rig.Tallies.Execute(id, Adding(5, note: "read a book"), By(), Ct);

        (await Rows(rig)).ShouldBe([new TallyRow(id, 2, 5, TallyKind.LearningRecords, "read a book")]);

        await rig.Tallies.Execute(id, new CloseTally(), By(), Ct);
        (await Rows(rig)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stream_that_nobody_wrote_is_in_its_initial_state()
    {
        await using var rig = await Start();

        var loaded = await rig.Tallies.Load(Guid.CreateVersion7(), Ct);

        (loaded.Version, loaded.State).ShouldBe((0, Tally.Initial));
    }

    [Fact]
    public async Task A_stale_expected_version_writes_nothing()
    {
        await using var rig = await Start();
        var id = Guid.CreateVersion7();
        await rig.Tallies.Execute(id, Adding(1, times: 2), By(), Ct);

        var outcome = await rig.Tallies.Execute(id, Adding(1), By() with { ExpectedVersion = 1 }, Ct);

        outcome.ShouldBe(new Outcome.Stale(2));
        (await rig.Tallies.Execute(id, Adding(1), By() with { ExpectedVersion = 2 }, Ct)).Written().Version.ShouldBe(3);
    }

    [Fact]
    public async Task A_refusal_stores_nothing_and_a_command_without_news_neither()
    {
        await using var rig = await Start();
        var id = Guid.CreateVersion7();
        await rig.Tallies.Execute(id, new OpenTally("one"), By(), Ct);

        Assert.IsType<Outcome.Refused>(await rig.Tallies.Execute(id, new OpenTally("two"), By(), Ct)).Refusal.Code.ShouldBe("tally-open");
        await rig.Tallies.Execute(id, new CloseTally(), By(), Ct);
        var nothing = (await rig.Tallies.Execute(id, new CloseTally(), By(), Ct)).Written();

        (nothing.Version, nothing.SeqId).ShouldBe((2, null));
        (await rig.Scalar<long>("select count(*) from events.mt_events")).ShouldBe(2);
    }

    [Fact]
    public async Task The_past_of_a_stream_is_read_by_version_and_by_position()
    {
        await using var rig = await Start();
        var (id, between) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await rig.Tallies.Execute(id, Adding(1), By(), Ct);
        await rig.Tallies.Execute(between, Adding(10), By(), Ct);
        await rig.Tallies.Execute(id, Adding(2), By(), Ct);
        await rig.CatchUp();

        (await rig.Tallies.Load(id, new AsOf.Version(1), Ct)).State.Sum.ShouldBe(1);
        (await rig.Tallies.Load(id, new AsOf.Version(9), Ct)).State.Sum.ShouldBe(3);
        (await rig.Tallies.Load(id, new AsOf.Position(-1), Ct)).Version.ShouldBe(0);
        (await rig.Tallies.Load(id, new AsOf.Position(1), Ct)).State.Sum.ShouldBe(1);
        (await rig.Tallies.Load(id, new AsOf.Position(2), Ct)).State.Sum.ShouldBe(3);
    }

    private static Task<List<TallyRow>> Rows(Rig rig) =>
        rig.Database.Query(Fake.Module, Statement.Of(TallyList.Table.Select("order by id")), TallyList.Table.Read, Ct);
}
