using ClusterNet.EventStore;
using ClusterNet.Privacy;
using Npgsql;

namespace ClusterNet.Benchmarks;

/// <summary>History in bulk: events of real types as the modules store them, written past the store, each with its position (its leaf is not a real one).</summary>
internal sealed class ReplayData(Database database, KeyRing keys)
{
    private const int Subjects = 2_000;

    /// <summary>Nothing in these is decrypted: personal members are missing, as if their keys were gone.</summary>
    public async Task Clear(int events)
    {
        var n = events / 10;
        await Streams("role", n, 2, "access", "case when v = 1 then 'role_granted' else 'role_revoked' end", """
            case when v = 1 then jsonb_build_object('Person', gen_random_uuid(), 'Role', 'member', 'ScopeKind', 'firm', 'ScopeId', gen_random_uuid(),
                'By', null, 'Reason', 'Works there', 'ExpiresAt', null, 'At', '2026-03-01T09:00:00+00:00')
            else jsonb_build_object('By', gen_random_uuid(), 'Reason', 'Left', 'At', '2026-04-01T09:00:00+00:00') end
            """);
        await Streams("firm_profile", n, 4, "clusters", "case when v = 1 then 'firm_registered' else 'firm_figures_reported' end", """
            case when v = 1 then jsonb_build_object('Name', 'Firm ' || s, 'RegistrationNumber', 'HRB ' || s, 'Country', 'DE', 'Nuts', 'DEA58', 'City', 'Menden',
                'Nace', '25.62', 'Website', null, 'By', gen_random_uuid(), 'At', '2026-03-01T09:00:00+00:00')
            else jsonb_build_object('HeadCount', v * 7, 'TurnoverCents', s * 100, 'BalanceSheetCents', null, 'ReportedOn', '2026-03-01', 'By', gen_random_uuid(),
                'At', '2026-03-01T09:00:00+00:00') end
            """);
        await Streams("credential", n, 1, "accreditation", "'credential_issued'", """
            jsonb_build_object('Holder', gen_random_uuid(), 'Application', gen_random_uuid(), 'Cluster', gen_random_uuid(), 'IssuingBody', 'Cluster',
                'Standard', gen_random_uuid(), 'Lineage', gen_random_uuid(), 'StandardVersion', 1, 'Title', 'Negotiating', 'Skill', 'negotiate', 'EqfLevel', 4,
                'Number', 'CN-' || s, 'IssuedOn', '2026-03-01', 'ValidUntil', '2029-03-01', 'By', gen_random_uuid(), 'At', '2026-03-01T09:00:00+00:00')
            """);
        await Streams("entry", n, 3, "learning", "case when v = 1 then 'learning_record_recorded' else 'learning_record_confirmed' end", $"""
            case when v = 1 then {Record("gen_random_uuid()")}
            else jsonb_build_object('By', gen_random_uuid(), 'Firm', gen_random_uuid(), 'At', '2026-03-02T09:00:00+00:00') end
            """);
        await Place();
    }

    /// <summary>Learning records with what their owners wrote, sealed.</summary>
    public async Task Sealed(int events)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await Streams("entry", events, 1, "learning", "'learning_record_recorded'", Record($"('00000000-0000-4000-8000-' || lpad((s % {Subjects})::text, 12, '0'))::uuid"));
        var names = Enumerable.Range(0, Subjects).Select(i => new KeyName(new Guid($"00000000-0000-4000-8000-{i:d12}"), KeyClass.Learning)).ToHashSet();
        var found = await keys.FindOrMake(names, CancellationToken.None);
        var ids = new List<(Guid Event, Guid Person)>();
        await using (var select = new NpgsqlCommand("select id, (data->>'Person')::uuid from events.mt_events where type = 'learning_record_recorded' and data->>'Source' = 'bulk'", connection) { CommandTimeout = 0 })
        {
            await using var reader = await select.ExecuteReaderAsync();
            while (await reader.ReadAsync()) ids.Add((reader.GetGuid(0), reader.GetGuid(1)));
        }

        var plain = """{"What": "Set up the new lathe with Rosa", "Learnt": "How tool offsets are measured, and why twice", "Links": []}"""u8.ToArray();
        await using var copy = await connection.BeginBinaryImportAsync("copy privacy.envelope (event_id, subject_id, key_class, ct, kc, envelope) from stdin (format binary)");
        foreach (var (id, person) in ids.Where(i => found.ContainsKey(new(i.Person, KeyClass.Learning))))
        {
            var envelope = Envelope.Seal(id, person, KeyClass.Learning, found[new(person, KeyClass.Learning)], plain);
            await copy.StartRowAsync();
            await copy.WriteAsync(id);
            await copy.WriteAsync(person);
            await copy.WriteAsync(KeyClass.Learning);
            await copy.WriteAsync(envelope.Ct);
            await copy.WriteAsync(envelope.Kc);
            await copy.WriteAsync(envelope.Sealed);
        }

        await copy.CompleteAsync();
        await Place();
    }

    private static string Record(string person) => $"""
        jsonb_build_object('Person', {person}, 'Firm', gen_random_uuid(), 'Kind', 'on-the-job', 'HappenedAt', '2026-03-01T09:00:00+00:00', 'Minutes', 90,
            'With', jsonb_build_array(), 'SkillUris', jsonb_build_array('http://data.europa.eu/esco/skill/1'), 'Part', 'competence-development', 'Visibility', 'cluster', 'Source', 'bulk',
            'At', '2026-03-01T10:00:00+00:00')
        """;

    /// <param name="type">SQL of the stored name, from the stream's number s and the version v.</param>
    /// <param name="data">SQL of the event's data.</param>
    private async Task Streams(string kind, int streams, int events, string module, string type, string data)
    {
        await Execute($$"""
            with streams as (select s, gen_random_uuid() as id from generate_series(1, {{streams}}) s),
            made as (insert into events.mt_streams (id, type, version, timestamp, created) select id, '{{kind}}', {{events}}, now(), now() from streams)
            insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, causation_id, headers, user_name)
            select nextval('events.mt_events_sequence'), gen_random_uuid(), id, v, {{data}}, {{type}}, now(), 'A.Type, An.Assembly', 'request', 'command',
                '{"module": "{{module}}", "schema": 1, "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"}', 'somebody'
            from streams, generate_series(1, {{events}}) v order by v, s
            """);
    }

    private Task Place() => Execute("""
        with added as (insert into ledger.leaf (position, seq_id, event_id, salt, commitment, leaf_hash)
            select s.size + row_number() over (order by p.seq_id) - 1, p.seq_id, e.id, sha256('salt'), sha256('commitment'), sha256('leaf')
            from ledger.pending p join events.mt_events e using (seq_id), ledger.state s returning 1)
        update ledger.state set size = size + (select count(*) from added);
        truncate ledger.pending; analyze events.mt_events; analyze ledger.leaf; analyze privacy.envelope
        """);

    private async Task Execute(string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
