using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Tests.EventStore.Fakes;
using Shouldly;
using static ClusterNet.Tests.EventStore.Fakes.Given;
using static ClusterNet.Tests.EventStore.Fakes.Rig;

namespace ClusterNet.Tests.EventStore;

/// <summary>Marten on the same tables: inserts its own way, knows neither our headers nor our read tables.</summary>
public class ForeignWriterTests
{
    [Fact]
    public async Task What_another_program_appended_to_our_stream_is_loaded_and_shown()
    {
        await using var rig = await Start();
        var id = Guid.CreateVersion7();
        await rig.Tallies.Execute(id, Adding(1), By(), Ct);
        await Append(rig, id, 2, "tally_added", $$"""{"Amount": 20, "Unit": "hours", "By": "{{Ada}}", "Note": "in the clear"}""");

        (await rig.Tallies.Execute(id, Adding(300), By(), Ct)).Written().Version.ShouldBe(3);
        await rig.CatchUp();

        (await rig.Tallies.Load(id, Ct)).State.Sum.ShouldBe(321);
        (await rig.Scalar<long>("select sum from fake.tallies where id = $1 and version = 3", id)).ShouldBe(321);
        (await rig.Scalar<long>("select sum from fake.unit_totals")).ShouldBe(321);
    }

    [Fact]
    public async Task A_new_stream_of_another_program_gets_its_rows_from_the_log()
    {
        await using var rig = await Start();
        var id = Guid.CreateVersion7();
        await Append(rig, id, 1, "visit_planned", $$"""
            {"Guest": "{{Ada}}", "Host": "{{Ben}}", "Slots": [
                {"Room": "blue", "From": "2026-03-02T09:00:00+00:00", "Until": "2026-03-02T11:00:00+00:00"},
                {"Room": "red", "From": "2026-03-02T09:00:00+00:00", "Until": "2026-03-02T11:00:00+00:00"}]}
            """);
        await rig.CatchUp();
        (await rig.Scalar<long>("select count(*) from fake.room_uses where visit = $1", id)).ShouldBe(2);

        await Append(rig, id, 2, "visit_moved", """{"Slots": [{"Room": "red", "From": "2026-03-02T10:00:00+00:00", "Until": "2026-03-02T12:00:00+00:00"}]}""");
        await rig.CatchUp();

        (await rig.Scalar<string>("select string_agg(room, ',') from fake.room_uses where visit = $1", id)).ShouldBe("red");
        (await rig.Visits.Execute(Guid.CreateVersion7(), Planning("red", 11, 12), By(), Ct)).ShouldBe(new Outcome.GuardViolated("no_room_twice"));
        (await rig.Get<Replay>().Verify(null, Ct)).ShouldAllBe(t => t.Equal);
    }

    [Fact]
    public async Task Another_casing_is_understood()
    {
        await using var rig = await Start();
        var id = Guid.CreateVersion7();

        await Append(rig, id, 1, "tally_added", $$"""{"amount": 20, "unit": "hours", "by": "{{Ada}}"}""");

        (await rig.Tallies.Load(id, Ct)).Events[0].Fact.ShouldBe(new TallyAdded(20, "hours", Ada, default));
    }

    [Theory]
    [InlineData("tally_added", """{"Unit": "hours"}""")]
    [InlineData("tally_added", """{"Amount": "many", "Unit": "hours", "By": "0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f"}""")]
    [InlineData("tally_added", """{"Amount": 1, "Unit": null, "By": "0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f"}""")]
    [InlineData("tally_added", "null")]
    [InlineData("tally_added", "[1, 2]")]
    [InlineData("something_else", """{"Any": 1.5}""")]
    public async Task What_is_not_ours_is_kept_and_counted_and_never_interpreted(string type, string data)
    {
        await using var rig = await Start();
        var id = Guid.CreateVersion7();
        await rig.Tallies.Execute(id, Adding(1), By(), Ct);
        await Append(rig, id, 2, type, data);
        (await rig.Tallies.Execute(id, Adding(2), By(), Ct)).Written().Version.ShouldBe(3);
        await rig.CatchUp();

        var loaded = await rig.Tallies.Load(id, Ct);

        loaded.State.Sum.ShouldBe(3);
        Assert.IsType<ForeignFact>(loaded.Events[1].Fact).StoredAs.ShouldBe(type);
        (await rig.Scalar<long>("select sum from fake.unit_totals")).ShouldBe(3);
        (await rig.Get<Replay>().Verify(null, Ct)).ShouldAllBe(t => t.Equal);
    }

    [Theory]
    [InlineData("""{"module": "fake", "schema": 1}""", "tally_forgotten")]
    [InlineData("""{"module": "fake", "schema": 4}""", "tally_added")]
    public async Task What_claims_to_be_ours_but_is_unknown_stops_the_reader(string headers, string type)
    {
        await using var rig = await Start();
        var id = Guid.CreateVersion7();
        await Append(rig, id, 1, type, """{"Amount": 1}""", headers);

        var stopped = await Should.ThrowAsync<UnknownEventException>(rig.Tallies.Load(id, Ct));

        stopped.Message.ShouldContain(type);
    }

    [Theory]
    [InlineData("""{"schema": "newest", "module": 7}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task Headers_of_any_shape_are_borne(string headers)
    {
        await using var rig = await Start();
        var id = Guid.CreateVersion7();

        await Append(rig, id, 1, "tally_closed", "{}", headers);

        (await rig.Tallies.Load(id, Ct)).State.Closed.ShouldBeTrue();
    }

    private static async Task Append(Rig rig, Guid stream, long version, string type, string data, string? headers = null)
    {
        await rig.Execute("""
            insert into events.mt_streams (id, type, version, timestamp, created) values ($1, 'tally', $2, now(), now())
            on conflict (id) do update set version = excluded.version, timestamp = now()
            """, stream, version);
        await rig.Execute("""
            insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, headers)
            values (nextval('events.mt_events_sequence'), gen_random_uuid(), $1, $2, $3::text::jsonb, $4, now(), 'Some.Type, Some', nullif($5::text, '')::jsonb)
            """, stream, version, data, type, headers ?? "");
    }
}
