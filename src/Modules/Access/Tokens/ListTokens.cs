using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Tokens;

/// <param name="Scopes">What it may be used for.</param>
/// <param name="LastUsedAt">To five minutes; null when it was never used.</param>
internal sealed record TokenCard(
    Id<Token> Id, Personal<string> Label, bool Active, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt, DateTimeOffset IssuedAt,
    DateTimeOffset? LastUsedAt, long Version)
{
    public static Task<List<TokenCard>> Of(Id<Person> person, Database database, CancellationToken ct) => database.Query(
        AccessModule.Name,
        Statement.Of(
            """
            select t.id, t.label, t.active, t.scopes, t.expires_at, t.issued_at, s.last_used_at, t.version
            from access.tokens t left join access.token_secret s on s.token = t.id
            where t.person = $1 order by t.issued_at desc, t.id limit 200
            """, person.Value),
        r => new TokenCard(
            new(r.GetGuid(0)), r.IsDBNull(1) ? Personal<string>.Erased : r.GetString(1), r.GetBoolean(2),
            r.IsDBNull(3) ? TokenScopes.Unlimited : r.GetFieldValue<string[]>(3), r.GetFieldValue<DateTimeOffset>(4), r.GetFieldValue<DateTimeOffset>(5),
            r.IsDBNull(6) ? null : r.GetFieldValue<DateTimeOffset>(6), r.GetInt64(7)), ct);
}

internal static class ListTokensEndpoint
{
    internal sealed record Answer(IReadOnlyList<TokenCard> Items);

    internal static void MapListTokens(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/access/tokens", Handle).WithName("ListTokens").WithSummary("One's own tokens, newest first, with scopes and last use")
            .Produces<Answer>().SignedInMayCall("everybody about themselves").OwnData();

    private static async Task<IResult> Handle(Caller caller, Database database, CancellationToken ct) =>
        Results.Ok(new Answer(await TokenCard.Of(caller.Person, database, ct)));
}
