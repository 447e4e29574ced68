using Microsoft.AspNetCore.Http;

namespace ClusterNet.Access.SignIn;

/// <summary>By what a caller is known.</summary>
internal enum CredentialKind
{
    /// <summary>A person at a browser: no scopes.</summary>
    Session,

    /// <summary>A person's own token.</summary>
    Token,

    /// <summary>An access token of a machine client.</summary>
    Client,

    /// <summary>A signed token of a configured issuer.</summary>
    Outside,
}

/// <summary>What the caller of a request showed, and how far it reaches.</summary>
/// <param name="Scopes">Empty for a session, which is not limited.</param>
/// <param name="EndsAt">Nothing that is issued with it lasts longer.</param>
internal sealed record Presented(CredentialKind Kind, IReadOnlyList<string> Scopes, DateTimeOffset EndsAt)
{
    public static Presented? Of(HttpContext http) => http.Features.Get<Presented>();

    public bool Covers(string scope) => Kind == CredentialKind.Session || Tokens.TokenScopes.Cover(Scopes, scope);
}
