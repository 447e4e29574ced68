using ClusterNet.EventStore;
using ClusterNet.Projections;
using Shouldly;
using static ClusterNet.Tests.EventStore.Fakes.Given;
using static ClusterNet.Tests.EventStore.Fakes.Rig;

namespace ClusterNet.Tests.EventStore;

/// <summary>What replays found, as events.</summary>
public class ReplayLogTests
{
    private static readonly ProjectionDigest Claim = new("fake.tallies", "1.abc", 7, 3, RowDigest.Form, "00ff", new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_claim_is_recorded() =>
        Spec<ProjectionClaims, ProjectionEvent>.Given().When(new ClaimProjection(Claim)).Then(Claim);

    [Fact]
    public void The_same_claim_again_is_not() =>
        Spec<ProjectionClaims, ProjectionEvent>.Given(Claim).When(new ClaimProjection(Claim with { At = Claim.At.AddDays(1) })).Then();

    [Fact]
    public void Another_digest_of_the_same_position_is() =>
        Spec<ProjectionClaims, ProjectionEvent>.Given(Claim).When(new ClaimProjection(Claim with { Digest = "00fe" })).Then(Claim with { Digest = "00fe" });

    [Fact]
    public async Task Digests_become_part_of_the_log_once_and_later_runs_are_held_to_them()
    {
        await using var rig = await Start();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(5), By(), Ct);
        await rig.CatchUp();
        var report = await rig.Get<Replay>().Prove(new(), null, Ct);

        (await rig.Get<ReplayLog>().Record(report, Ct)).ShouldBe(3);
        (await rig.Get<ReplayLog>().Record(report, Ct)).ShouldBe(0);
        await rig.CatchUp();

        (await rig.Scalar<long>("select count(*) from ledger.leaf join events.mt_events using (seq_id) where type = 'projection_digest'")).ShouldBe(3);
        var again = await rig.Get<ReplayLog>().WithRecorded(await rig.Get<Replay>().Prove(new() { Until = report.Until }, null, Ct), Ct);
        again.Equal.ShouldBeTrue();
        again.Tables.ShouldAllBe(t => t.Recorded.Count == 1);
        await rig.Execute("update events.mt_events set data = jsonb_set(data, '{Amount}', '6') where type = 'tally_added'");
        var tampered = await rig.Get<ReplayLog>().WithRecorded(await rig.Get<Replay>().Prove(new() { Until = report.Until }, null, Ct), Ct);
        tampered.Tables.Where(t => !t.Equal).Select(t => t.Table).ShouldBe(["fake.tallies", "fake.unit_totals"]);
    }

    [Fact]
    public async Task A_difference_is_recorded_as_an_incident_that_names_rows_by_their_keys()
    {
        await using var rig = await Start();
        var id = Guid.CreateVersion7();
        await rig.Tallies.Execute(id, Adding(5), By(), Ct);
        await rig.CatchUp();
        await rig.Execute("update fake.tallies set last_note = 'forged words'");
        var report = await rig.Get<Replay>().Prove(new(), null, Ct);

        (await rig.Get<ReplayLog>().Record(report, Ct)).ShouldBe(4);

        var claims = (await rig.Get<Streams<ProjectionClaims, ProjectionEvent>>().Load(ProjectionClaims.IdOf("fake.tallies"), Ct)).State.Claims;
        var incident = claims.OfType<ProjectionDifference>().ShouldHaveSingleItem();
        incident.Keys.ShouldBe([$"id={id}"]);
        incident.Buckets.ShouldBe(report.Tables.Single(t => !t.Equal).Buckets);
        (await rig.Scalar<long>("select count(*) from events.mt_events where data::text like '%forged%'")).ShouldBe(0);
    }
}
