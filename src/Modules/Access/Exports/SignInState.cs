using System.Text.Json.Nodes;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Access.Exports;

/// <summary>What is kept of a person besides the history, without the secrets themselves: the same tables that an erasure empties.</summary>
internal static class SignInState
{
    private const string Sql = """
        select 'password', null::timestamptz, null::timestamptz from access.password where person = $1
        union all select 'session', created_at, expires_at from access.session where person = $1
        union all select 'invitation', null, expires_at from access.invitation where person = $1
        union all select 'token', t.issued_at, t.expires_at from access.token_secret s join access.tokens t on t.id = s.token where t.person = $1
        union all select 'firm-sign-in', linked_at, null from access.outside_identity where person = $1
        union all select 'token-use', s.last_used_at, null from access.token_secret s join access.tokens t on t.id = s.token where t.person = $1 and s.last_used_at is not null
        order by 1, 2, 3
        """;

    public static async Task<JsonArray> Of(Id<Person> person, Database database, CancellationToken ct) =>
    [
        .. await database.Query(AccessModule.Name, Statement.Of(Sql, person.Value), r => new JsonObject
        {
            ["kind"] = r.GetString(0),
            ["madeAt"] = r.IsDBNull(1) ? null : r.GetFieldValue<DateTimeOffset>(1).UtcDateTime,
            ["endsAt"] = r.IsDBNull(2) ? null : r.GetFieldValue<DateTimeOffset>(2).UtcDateTime,
        }, ct),
    ];
}
