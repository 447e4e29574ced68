using Npgsql;

namespace ClusterNet.Auditing;

/// <summary>What must hold between whole tables: order inside streams, the queue, envelopes. The database finds the offenders itself.</summary>
/// <param name="Where">The table that a finding is about.</param>
/// <param name="Sql">Answers one row per offender: position, event id, what is wrong.</param>
internal sealed record StoredOrder(string Where, string Sql)
{
    public static IReadOnlyList<StoredOrder> Rules { get; } =
    [
        new("events.mt_events", """
            select null::bigint, null::uuid, 'The trigger that queues every event for sealing is missing or switched off: events appended now would not be in the log.'
            where not exists (select from pg_trigger where tgrelid = 'events.mt_events'::regclass and tgname = 'enqueue' and tgenabled in ('O', 'A'))
            """),
        new("events.mt_events", """
            select position, id, format('Stream %s: version %s has position %s, but version %s before it has position %s.', stream_id, version, position, before, earlier)
            from (select e.id, e.stream_id, e.version, l.position, lag(e.version) over w as before, lag(l.position) over w as earlier
                  from events.mt_events e join ledger.leaf l using (seq_id) where e.stream_id is not null window w as (partition by e.stream_id order by e.version)) o
            where position < earlier
            """),
        new("events.mt_events", """
            select null::bigint, id, format('Stream %s: version %s follows version %s.', stream_id, version, before)
            from (select id, stream_id, version, coalesce(lag(version) over (partition by stream_id order by version), 0) as before
                  from events.mt_events where stream_id is not null) o
            where version <> before + 1
            """),
        new("events.mt_streams", """
            select null::bigint, null::uuid, format('Stream %s has version %s, but its last event has version %s.', s.id, s.version, coalesce(e.version, 0))
            from events.mt_streams s left join (select stream_id, max(version) as version from events.mt_events group by stream_id) e on e.stream_id = s.id
            where s.version is distinct from coalesce(e.version, 0)
            """),
        new("ledger.pending", """
            select null::bigint, null::uuid, format('Number %s waits to be sealed, but there is no such event.', seq_id)
            from ledger.pending p where not exists (select from events.mt_events e where e.seq_id = p.seq_id)
            """),
        new("ledger.pending", """
            select position, event_id, format('Position %s: the event waits to be sealed again.', position) from ledger.pending join ledger.leaf using (seq_id)
            """),
        new("events.mt_events", """
            select null::bigint, e.id, format('The event %s (version %s of stream %s, %s) is neither sealed nor queued: it was inserted behind the queue''s back.', e.id, e.version, e.stream_id, e.type)
            from events.mt_events e
            where not exists (select from ledger.leaf l where l.seq_id = e.seq_id) and not exists (select from ledger.pending p where p.seq_id = e.seq_id)
            """),
        new("ledger.leaf", """
            select max(position), event_id, format('The event %s has %s leaves, the last at position %s.', event_id, count(*), max(position))
            from ledger.leaf group by event_id having count(*) > 1
            """),
        new("privacy.envelope", """
            select (select position from ledger.leaf l where l.event_id = e.event_id limit 1), event_id,
                   format('Event %s, subject %s, %s: the envelope is not the one whose hash was sealed.', event_id, subject_id, key_class)
            from privacy.envelope e where envelope is not null and ct <> sha256(envelope)
            """),
        new("privacy.envelope", """
            select null::bigint, event_id, format('Event %s, subject %s, %s: there is no such event.', event_id, subject_id, key_class)
            from privacy.envelope v where not exists (select from events.mt_events e where e.id = v.event_id)
            """),
    ];

    public async Task Check(NpgsqlConnection connection, AuditFaults faults, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand(Sql, connection) { CommandTimeout = 0 };
        await using var reader = await select.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            faults.Add(Where, reader.GetString(2), reader.IsDBNull(0) ? null : reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetGuid(1));
    }
}
