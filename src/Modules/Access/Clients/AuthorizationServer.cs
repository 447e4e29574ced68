using ClusterNet.Access.Contracts;
using ClusterNet.Access.Tokens;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Clients;

/// <summary>What this server can do as an authorization server (RFC 8414 sections 2 and 3).</summary>
internal static class AuthorizationServer
{
    internal static void MapAuthorizationServer(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/.well-known/oauth-authorization-server", ([FromServices] PublicUrl address) =>
            {
                var issuer = address.Base.AbsoluteUri.TrimEnd('/');
                return Results.Json(new
                {
                    issuer,
                    token_endpoint = issuer + TokenEndpoint.Path,
                    grant_types_supported = new[] { "client_credentials" },
                    response_types_supported = Array.Empty<string>(),
                    token_endpoint_auth_methods_supported = new[] { "client_secret_basic", "client_secret_post" },
                    scopes_supported = TokenScopes.All.Where(s => s != TokenScopes.Account),
                    service_documentation = issuer + "/api",
                });
            })
            .WithName("AuthorizationServer").ExcludeFromDescription().AnyoneMayCall("says where clients get tokens; nothing of anybody");
}
