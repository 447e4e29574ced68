using ClusterNet.EventStore;
using ClusterNet.Tests.EventStore.Fakes;
using Shouldly;
using static ClusterNet.Tests.EventStore.Fakes.Given;
using static ClusterNet.Tests.EventStore.Fakes.Rig;

namespace ClusterNet.Tests.EventStore;

public class IdempotencyTests
{
    [Fact]
    public async Task The_same_key_again_has_one_effect_and_the_same_answer()
    {
        await using var rig = await Start();
        var id = Guid.CreateVersion7();

        var first = (await rig.Tallies.Execute(id, Adding(1), Once("k"), Ct)).Written();
        var second = Assert.IsType<Outcome.Repeated>(await rig.Tallies.Execute(id, Adding(1), Once("k"), Ct)).Answer;

        second.ShouldBe(new StoredAnswer(true, 201, "/tallies/1", """{"version":1}""", 1, first.SeqId));
        second.Body.ShouldBe(first.Answer?.Body);
        (await rig.Tallies.Load(id, Ct)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_hundred_sendings_at_once_have_one_effect_and_one_answer()
    {
        await using var rig = await Start();
        var id = Guid.CreateVersion7();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => rig.Tallies.Execute(id, Adding(1), Once("k"), Ct))));

        Bodies(outcomes).Distinct().ShouldBe(["""{"version":1}"""]);
        outcomes.Count(o => o is Outcome.Written).ShouldBe(1);
        (await rig.Tallies.Load(id, Ct)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_hundred_sendings_that_each_name_a_new_stream_make_one_stream()
    {
        await using var rig = await Start();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1), Once("k"), Ct))));

        Bodies(outcomes).Distinct().Count().ShouldBe(1);
        (await rig.Scalar<long>("select count(*) from events.mt_streams")).ShouldBe(1);
        (await rig.Scalar<long>("select count(*) from events.mt_events")).ShouldBe(1);
    }

    [Fact]
    public async Task A_sending_whose_twin_was_faster_gets_its_answer_and_no_refusal()
    {
        await using var rig = await Start();

        for (var round = 0; round < 10; round++)
        {
            var (id, key) = (Guid.CreateVersion7(), $"k{round}");
            // The second to decide sees the tally open: a refusal, were it not the same command.
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => rig.Tallies.Execute(id, new OpenTally("x"), Once(key), Ct))));
            outcomes.ShouldAllBe(o => o is Outcome.Written || o is Outcome.Repeated);
        }
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_told_apart()
    {
        await using var rig = await Start();
        var id = Guid.CreateVersion7();
        await rig.Tallies.Execute(id, Adding(1), Once("k", """{"amount":1}"""), Ct);

        var outcome = await rig.Tallies.Execute(id, Adding(2), Once("k", """{"amount":2}"""), Ct);

        Assert.IsType<Outcome.Repeated>(outcome).Answer.SameBody.ShouldBeFalse();
        (await rig.Tallies.Load(id, Ct)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_is_not_kept()
    {
        await using var rig = await Start();
        var id = Guid.CreateVersion7();
        await rig.Tallies.Execute(id, new OpenTally("x"), By(), Ct);

        Assert.IsType<Outcome.Refused>(await rig.Tallies.Execute(id, new OpenTally("x"), Once("k"), Ct));

        (await rig.Scalar<long>("select count(*) from http.idempotency")).ShouldBe(0);
        (await rig.Tallies.Execute(id, Adding(1), Once("k"), Ct)).Written().Version.ShouldBe(2);
    }

    private static IEnumerable<string?> Bodies(IEnumerable<Outcome> outcomes) => outcomes.Select(o => o switch
    {
        Outcome.Written written => written.Answer?.Body,
        Outcome.Repeated repeated => repeated.Answer.Body,
        _ => throw new InvalidOperationException($"{o}"),
    });
}
