using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Access.Clients;

internal abstract record ClientEvent;

/// <param name="Role">The one role that it holds in the scope; null for none: it then reads what everybody signed in may.</param>
[StoredAs("client_registered")]
internal sealed record ClientRegistered(
    ScopeKind ScopeKind, Guid ScopeId, Role? Role, ValueList<string> Scopes, Id<Person> By,
    [PersonalData(nameof(By), KeyClass.FreeText)] Personal<string> Label, DateTimeOffset ExpiresAt, DateTimeOffset At) : ClientEvent;

/// <summary>There is a new secret; older ones end at <paramref name="OldEndAt"/>.</summary>
[StoredAs("client_secret_rotated")]
internal sealed record ClientSecretRotated(Id<Person> By, DateTimeOffset OldEndAt, DateTimeOffset At) : ClientEvent;

[StoredAs("client_revoked")]
internal sealed record ClientRevoked(Id<Person> By, DateTimeOffset At) : ClientEvent;

/// <summary>
/// A program of a firm, a cluster or the installation, with a name and secret of its own (client credentials, RFC 6749 section 4.4). It is an actor of
/// its own: its id stands where a person's would. It belongs to its scope, not to who made it, and goes on when that person leaves.
/// </summary>
internal abstract record Client : IState<Client, ClientEvent>
{
    public const string Script = """
        create table access.client_secret (secret_hash bytea primary key, client uuid not null, made_at timestamptz not null, ends_at timestamptz not null);
        create index client_secret_client on access.client_secret (client);
        create table access.client_token (token_hash bytea primary key, client uuid not null, scopes text[] not null, issued_at timestamptz not null,
            expires_at timestamptz not null);
        create index client_token_client on access.client_token (client);
        create table access.client_use (client uuid primary key, last_used_at timestamptz);
        """;

    public sealed record Absent : Client;

    public sealed record Registered(RoleScope Scope) : Client;

    public sealed record Revoked(RoleScope Scope) : Client;

    public static Client Initial { get; } = new Absent();

    public static Client Evolve(Client state, ClientEvent fact) => fact switch
    {
        ClientRegistered e => new Registered(new(e.ScopeKind, e.ScopeId)),
        ClientSecretRotated => state,
        ClientRevoked => state is Registered r ? new Revoked(r.Scope) : state,
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

internal sealed record ClientRow(
    Id<Client> Id, Personal<string> Label, ScopeKind ScopeKind, Guid ScopeId, Role? Role, string[] Scopes, Id<Person> RegisteredBy, bool Active,
    DateTimeOffset ExpiresAt, DateTimeOffset RegisteredAt, long Version);

internal sealed class Clients() : InlineProjection<ClientEvent, ClientRow>(AccessModule.Name, Table)
{
    public static readonly Table<ClientRow> Table = new(AccessModule.Name, "clients", nameof(ClientRow.Id)) { Indexes = ["(scope_id)"] };

    protected override ClientRow? Apply(ClientRow? row, Recorded<ClientEvent> recorded) => recorded.Fact switch
    {
        ClientRegistered e => new(
            new(recorded.Stream), e.Label, e.ScopeKind, e.ScopeId, e.Role, [.. e.Scopes], e.By, true, e.ExpiresAt, e.At, recorded.Version),
        ClientRevoked when row is not null => row with { Active = false, Version = recorded.Version },
        _ when row is not null => row with { Version = recorded.Version },
        _ => row,
    };
}
