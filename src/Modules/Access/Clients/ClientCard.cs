using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Access.Clients;

internal sealed record ClientList(IReadOnlyList<ClientCard> Items);

/// <param name="RegisteredByHolds">Who made it still leads the scope; a client whose maker left goes on, and its successors decide.</param>
/// <param name="SecretCount">How many secrets work now: two while one is changed over.</param>
internal sealed record ClientCard(
    Id<Client> Id, Personal<string> Label, ScopeKind ScopeKind, Guid ScopeId, Role? Role, IReadOnlyList<string> Scopes, bool Active,
    Id<Person> RegisteredBy, bool RegisteredByHolds, DateTimeOffset RegisteredAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt, int SecretCount,
    long Version)
{
    private const string Sql = """
        select c.id, c.label, c.scope_kind, c.scope_id, c.role, c.scopes, c.active, c.registered_by,
            exists (select from access.role_assignments r where r.person = c.registered_by and r.scope_id = c.scope_id and r.scope_kind = c.scope_kind
                and r.active and r.role in ('operator', 'coordinator', 'manager') and (r.expires_at is null or r.expires_at > now())),
            c.registered_at, c.expires_at, u.last_used_at,
            (select count(*)::int from access.client_secret s where s.client = c.id and s.ends_at > now()), c.version
        from access.clients c left join access.client_use u on u.client = c.id
        where c.scope_id = any($1) order by c.active desc, c.registered_at desc, c.id limit 500
        """;

    /// <summary>The clients of the scopes that the caller leads.</summary>
    public static async Task<IReadOnlyList<ClientCard>> Of(Caller caller, Database database, CancellationToken ct)
    {
        var cards = await database.Query(
            AccessModule.Name, Statement.Of(Sql, [ClientRules.ScopesOf(caller)]), r => new ClientCard(
                new(r.GetGuid(0)), r.IsDBNull(1) ? Personal<string>.Erased : r.GetString(1), WireNames.Parse<ScopeKind>(r.GetString(2)), r.GetGuid(3),
                r.IsDBNull(4) ? null : WireNames.Parse<Role>(r.GetString(4)), r.GetFieldValue<string[]>(5), r.GetBoolean(6), new(r.GetGuid(7)),
                r.GetBoolean(8), r.GetFieldValue<DateTimeOffset>(9), r.GetFieldValue<DateTimeOffset>(10),
                r.IsDBNull(11) ? null : r.GetFieldValue<DateTimeOffset>(11), r.GetInt32(12), r.GetInt64(13)), ct);
        return [.. cards.Where(c => ClientRules.Manages(caller, new(c.ScopeKind, c.ScopeId)))];
    }
}
