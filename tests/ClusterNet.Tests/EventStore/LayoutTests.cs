using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Tests.EventStore.Fakes;
using Npgsql;
using Shouldly;
using static ClusterNet.Tests.EventStore.Fakes.Given;
using static ClusterNet.Tests.EventStore.Fakes.Rig;

namespace ClusterNet.Tests.EventStore;

/// <summary>What Marten 9 expects to find, and what each module's role may not do.</summary>
public class LayoutTests
{
    [Theory]
    [InlineData("mt_streams", """
        id uuid NO
        type character varying YES
        version bigint YES
        timestamp timestamp with time zone NO
        created timestamp with time zone NO
        tenant_id character varying YES
        is_archived boolean YES
        """)]
    [InlineData("mt_events", """
        seq_id bigint NO
        id uuid NO
        stream_id uuid YES
        version bigint NO
        data jsonb NO
        bdata bytea YES
        type character varying NO
        timestamp timestamp with time zone NO
        tenant_id character varying YES
        mt_dotnet_type character varying YES
        correlation_id character varying YES
        causation_id character varying YES
        headers jsonb YES
        user_name character varying YES
        is_archived boolean YES
        """)]
    [InlineData("mt_event_progression", """
        name character varying NO
        last_seq_id bigint YES
        last_updated timestamp with time zone YES
        """)]
    public async Task Tables_are_those_of_Marten(string table, string columns)
    {
        await using var rig = await Start();

        var found = await rig.Scalar<string>("""
            select string_agg(concat_ws(' ', column_name, data_type, is_nullable), chr(10) order by ordinal_position)
            from information_schema.columns where table_schema = 'events' and table_name = $1
            """, table);

        found.ShouldBe(columns);
    }

    [Fact]
    public async Task Constraints_and_indexes_have_the_names_that_Marten_knows()
    {
        await using var rig = await Start();

        (await rig.Scalar<string>("select string_agg(conname, ',' order by conname) from pg_constraint where connamespace = 'events'::regnamespace and contype in ('p', 'f')"))
            .ShouldBe("fkey_mt_events_stream_id,pk_mt_event_progression,pkey_mt_events_seq_id,pkey_mt_streams_id");
        (await rig.Scalar<string>("select indexdef from pg_indexes where indexname = 'pk_mt_events_stream_and_version'"))
            .ShouldBe("CREATE UNIQUE INDEX pk_mt_events_stream_and_version ON events.mt_events USING btree (stream_id, version)");
        (await rig.Scalar<string>("select confdeltype::text from pg_constraint where conname = 'fkey_mt_events_stream_id'")).ShouldBe("c");
        (await rig.Scalar<string>("select pg_get_serial_sequence('events.mt_events', 'seq_id')")).ShouldBe("events.mt_events_sequence");
        (await rig.Scalar<int>("select character_maximum_length::int from information_schema.columns where table_name = 'mt_events' and column_name = 'type'")).ShouldBe(500);
    }

    [Fact]
    public async Task Stored_data_has_member_names_as_declared_and_all_metadata()
    {
        await using var rig = await Start();
        await rig.Tallies.Execute(Guid.CreateVersion7(), new OpenTally("x"), By() with { Metadata = By().Metadata with { OnBehalfOf = "ben" } }, Ct);
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(3), By(), Ct);

        (await rig.Scalar<string>("select data::text from events.mt_events where type = 'tally_opened'")).ShouldBe("""{"Kind": "learning-records", "Title": "x"}""");
        (await rig.Scalar<string>("select data::text from events.mt_events where type = 'tally_added'"))
            .ShouldBe($$"""{"By": "{{Ada}}", "Unit": "hours", "Amount": 3}""");
        (await rig.Scalar<string>("select headers::text from events.mt_events where type = 'tally_opened'")).ShouldBe(
            $$"""{"rows": "{{rig.Get<ReadModels>().Fingerprint(typeof(TallyFact))}}", "module": "fake", "schema": 1, "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736", "on_behalf_of": "ben"}""");
        (await rig.Scalar<string>("select concat_ws(' ', user_name, correlation_id, causation_id, tenant_id, is_archived, mt_dotnet_type) from events.mt_events where type = 'tally_opened'"))
            .ShouldBe("ada request-1 command-1 *DEFAULT* f ClusterNet.Tests.EventStore.Fakes.TallyOpened, ClusterNet.Tests");
        (await rig.Scalar<bool>("select bool_and(e.timestamp = $1 and s.timestamp = $1 and s.created = $1 and s.type = 'tally') from events.mt_events e join events.mt_streams s on s.id = e.stream_id", rig.Clock.Now))
            .ShouldBeTrue();
    }

    [Theory]
    [InlineData("select * from other.secrets")]
    [InlineData("insert into other.secrets values ('mine')")]
    [InlineData("update events.mt_events set data = '{}'")]
    [InlineData("delete from events.mt_events")]
    [InlineData("truncate events.mt_events")]
    [InlineData("delete from events.mt_streams")]
    [InlineData("delete from privacy.envelope")]
    [InlineData("update privacy.envelope set envelope = null")]
    [InlineData("insert into ledger.leaf values (0, 0, gen_random_uuid(), null, sha256(''), sha256(''))")]
    [InlineData("delete from ledger.pending")]
    [InlineData("update ledger.state set size = 0")]
    [InlineData("create table fake.more ()")]
    public async Task A_modules_role_is_refused(string sql)
    {
        await using var rig = await Start();

        var refused = await Should.ThrowAsync<PostgresException>(rig.Database.Execute(Fake.Module, [Statement.Of(sql)], Ct));

        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task A_modules_role_ends_with_its_transaction()
    {
        await using var rig = await Start();
        await using var one = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(rig.ConnectionString) { MaxPoolSize = 1 }.ConnectionString);
        await using var database = new Database(one);

        (await database.Query(Fake.Module, Statement.Of("select current_user::text"), r => r.GetString(0), Ct)).ShouldBe(["clusternet_fake"]);
        (await database.Query(Fake.Other, Statement.Of("select name from other.secrets"), r => r.GetString(0), Ct)).ShouldBe(["theirs"]);
        await using var after = one.CreateCommand("select current_user = session_user");
        (await after.ExecuteScalarAsync(Ct)).ShouldBe(true);
    }

    [Fact]
    public async Task Statements_of_one_call_are_carried_out_together_or_not_at_all_and_a_statement_again()
    {
        await using var rig = await Start();
        var insert = Statement.Of("insert into other.secrets values ($1)", "ours");
        await Should.ThrowAsync<PostgresException>(rig.Database.Execute(Fake.Other, [insert, Statement.Of("select 1 / 0")], Ct));

        (await rig.Database.Execute(Fake.Other, [insert, Statement.Of("update other.secrets set name = name || '!'")], Ct)).ShouldBe(3);
    }

    [Fact]
    public async Task Setting_up_again_from_several_hosts_changes_nothing()
    {
        await using var rig = await Start();
        await using var second = await rig.SecondHost();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1), By(), Ct);

        var changed = await Task.WhenAll(rig.Get<Installation>().Apply(Ct), second.Get<Installation>().Apply(Ct));

        changed.ShouldAllBe(c => c.Count == 0);
        (await rig.Scalar<long>("select count(*) from fake.tallies")).ShouldBe(1);
    }
}
