using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Access.Tokens;

internal abstract record TokenEvent;

[StoredAs("token_issued")]
internal sealed record TokenIssued(
    Id<Person> Person, [PersonalData(nameof(Person), KeyClass.FreeText)] Personal<string> Label, DateTimeOffset ExpiresAt, DateTimeOffset At) : TokenEvent;

/// <summary>What the token may be used for, said with its issue; a token without it is not limited (<see cref="TokenScopes"/>).</summary>
[StoredAs("token_scoped")]
internal sealed record TokenScoped(ValueList<string> Scopes, DateTimeOffset At) : TokenEvent;

[StoredAs("token_revoked")]
internal sealed record TokenRevoked(DateTimeOffset At) : TokenEvent;

/// <summary>A person's key for programs: it acts as the person until it expires or is revoked. Its secret is state, kept as a hash.</summary>
internal abstract record Token : IState<Token, TokenEvent>
{
    public const string Script = """
        create table access.token_secret (token_hash bytea primary key, token uuid not null);
        create index token_secret_token on access.token_secret (token);
        """;

    /// <summary>When it was used last, to five minutes.</summary>
    public const string LastUseScript = "alter table access.token_secret add column last_used_at timestamptz;";

    public sealed record Absent : Token;

    public sealed record Issued(Id<Person> Person) : Token;

    public sealed record Revoked(Id<Person> Person) : Token;

    public static Token Initial { get; } = new Absent();

    public static Token Evolve(Token state, TokenEvent fact) => fact switch
    {
        TokenIssued e => new Issued(e.Person),
        TokenScoped => state,
        TokenRevoked => state is Issued i ? new Revoked(i.Person) : state,
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

/// <param name="Scopes">What it may be used for; null for everything but one's own sign-in.</param>
internal sealed record TokenRow(
    Id<Token> Id, Id<Person> Person, Personal<string> Label, bool Active, DateTimeOffset ExpiresAt, DateTimeOffset IssuedAt, string[]? Scopes, long Version);

internal sealed class Tokens() : InlineProjection<TokenEvent, TokenRow>(AccessModule.Name, Table)
{
    public static readonly Table<TokenRow> Table = new(AccessModule.Name, "tokens", nameof(TokenRow.Id)) { Indexes = ["(person)"] };

    protected override TokenRow? Apply(TokenRow? row, Recorded<TokenEvent> recorded) => recorded.Fact switch
    {
        TokenIssued e => new(new(recorded.Stream), e.Person, e.Label, true, e.ExpiresAt, e.At, null, recorded.Version),
        TokenScoped e when row is not null => row with { Scopes = [.. e.Scopes], Version = recorded.Version },
        TokenRevoked when row is not null => row with { Active = false, Version = recorded.Version },
        _ => row,
    };
}
