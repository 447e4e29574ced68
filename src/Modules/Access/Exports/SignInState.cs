using System.Text.Json.Nodes;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Access.Exports;

/// <summary>What is kept of a person besides the history, without the secrets themselves: the same tables that an erasure empties.</summary>
internal static class SignInState
{
    private const string Sql = """
        select 'password', null::timestamptz, null::timestamptz, null from access.password where person = $1
        union all select 'session', created_at, expires_at, device from access.session where person = $1
        union all select 'invitation', null, expires_at, null from access.invitation where person = $1
        union all select 'token', t.issued_at, t.expires_at, null from access.token_secret s join access.tokens t on t.id = s.token where t.person = $1
        union all select 'passkey', created_at, null, name from access.passkey where person = $1
        union all select 'second-factor', enabled_at, null, null from access.two_factor where person = $1
        union all select 'recovery-code', null, used_at, null from access.recovery_code where person = $1
        union all select 'used-code', used_at, null, null from access.used_code where person = $1
        union all select 'link', null, expires_at, case kind when 'email' then detail else kind end from access.one_time where person = $1
        union all select 'device', seen_at, null, device || ', ' || language from access.known_device where person = $1
        union all select 'firm-sign-in', linked_at, null, issuer from access.outside_identity where person = $1
        union all select 'token-use', s.last_used_at, null, null from access.token_secret s join access.tokens t on t.id = s.token where t.person = $1 and s.last_used_at is not null
        order by 1, 2, 3
        """;

    public static async Task<JsonArray> Of(Id<Person> person, Database database, CancellationToken ct) =>
    [
        .. await database.Query(AccessModule.Name, Statement.Of(Sql, person.Value), r => new JsonObject
        {
            ["kind"] = r.GetString(0),
            ["madeAt"] = r.IsDBNull(1) ? null : r.GetFieldValue<DateTimeOffset>(1).UtcDateTime,
            ["endsAt"] = r.IsDBNull(2) ? null : r.GetFieldValue<DateTimeOffset>(2).UtcDateTime,
            ["detail"] = r.IsDBNull(3) ? null : r.GetString(3),
        }, ct),
    ];
}
