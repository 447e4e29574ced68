using ClusterNet.EventStore;

namespace ClusterNet.Access.Tokens;

/// <summary>When a token was used last: state for its owner's eyes, written now and then so that authentication stays one query.</summary>
internal static class LastUse
{
    public static Statement OfToken(byte[] hash, DateTimeOffset now) =>
        Statement.Of("update access.token_secret set last_used_at = $2 where token_hash = $1", hash, now);

    public static Statement OfClient(Guid client, DateTimeOffset now) =>
        Statement.Of("update access.client_use set last_used_at = $2 where client = $1", client, now);
}
