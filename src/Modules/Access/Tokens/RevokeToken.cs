using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Tokens;

internal sealed record RevokeToken(Id<Person> Person, DateTimeOffset Now) : ICommand<Token, TokenEvent>
{
    public static readonly Refusal Unknown = new("token-unknown", "You have no such token; list your tokens to see them.", 404);

    public Decision<TokenEvent> Decide(Token state) => state switch
    {
        Token.Issued t when t.Person == Person => new TokenRevoked(Now),
        Token.Revoked t when t.Person == Person => Decision<TokenEvent>.Nothing,
        _ => Unknown,
    };
}

internal static class RevokeTokenEndpoint
{
    internal static void MapRevokeToken(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/access/tokens/{id}/revocation", (
                Id<Token> id, Caller caller, Streams<Token, TokenEvent> tokens, Commands commands, TimeProvider clock, CancellationToken ct) =>
                commands.Run(tokens, id.Value, new RevokeToken(caller.Person, clock.GetUtcNow()), Reply.Changed($"/api/v1/access/tokens/{id}", id), ct))
            .WithName(nameof(RevokeToken)).WithSummary("Revoke one of one's own tokens; it ends at once").SignedInMayCall("the token's owner").OwnAffairs()
            .WithMetadata(TokensToo.Instance);
}
