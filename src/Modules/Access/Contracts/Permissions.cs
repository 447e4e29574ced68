using ClusterNet.EventStore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Contracts;

/// <summary>What an endpoint declares about who may call it. An endpoint without such a declaration answers nobody.</summary>
/// <param name="Text">In words, for the API's description and the access matrix.</param>
/// <param name="Judge">The verdict on a signed-in caller; null when anyone may call.</param>
public sealed record WhoMayCall(string Text, Func<HttpContext, Caller, Verdict>? Judge)
{
    /// <summary>What an endpoint or page declares; null for none.</summary>
    public static WhoMayCall? Of(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<WhoMayCall>() ?? endpoint.Metadata.GetMetadata<WhoMaySeeAttribute>()?.Who;

    /// <summary>No account is needed.</summary>
    /// <param name="why">Why nothing private can be had here.</param>
    internal static WhoMayCall Anyone(string why) => new($"anyone: {why}", null);

    internal static WhoMayCall SignedIn(string within) => new($"signed in: {within}", (_, _) => Verdict.Allowed);

    internal static WhoMayCall Operator() => new("operator", (_, caller) => caller.IsOperator ? Verdict.Allowed : Verdict.Forbidden);

    /// <summary>Holders of one of the roles anywhere; what exactly they see follows from where they hold it.</summary>
    internal static WhoMayCall Holders(params Role[] roles) => new(
        $"{string.Join(" or ", roles)} of anything", (_, caller) => caller.Roles.Any(r => roles.Contains(r.Role)) ? Verdict.Allowed : Verdict.Forbidden);

    /// <param name="outside">What those hear who hold no role in the scope.</param>
    internal static WhoMayCall InScope(ScopeKind kind, string routeValue, Role[] roles, Verdict outside) => new(
        $"{string.Join(" or ", roles)} of the {kind.ToString().ToLowerInvariant()} in {{{routeValue}}}",
        (http, caller) =>
        {
            if (!Id<Caller>.TryParse(http.GetRouteValue(routeValue)?.ToString(), null, out var id)) return Verdict.Allowed; // binding will refuse it
            var scope = new RoleScope(kind, id.Value);
            if (roles.Any(role => caller.Is(role, scope))) return Verdict.Allowed;
            return caller.IsIn(scope) ? Verdict.Forbidden : outside;
        });
}

/// <summary>What a permission says of a caller.</summary>
public enum Verdict
{
    Allowed,

    /// <summary>403: the caller knows the thing but may not do this.</summary>
    Forbidden,

    /// <summary>404: whether the thing exists is none of the caller's business.</summary>
    Hidden,
}

/// <summary>Declares who may call an endpoint; one of these stands on every endpoint.</summary>
public static class Permissions
{
    /// <summary>What somebody hears who may know that it exists, and may not do it.</summary>
    public static Refusal NotAllowed { get; } = new(
        "not-allowed", "Your roles do not include this. Ask a coordinator or the operator for the role, or use another account.", 403);

    /// <inheritdoc cref="WhoMayCall.Anyone"/>
    public static TBuilder AnyoneMayCall<TBuilder>(this TBuilder builder, string why)
        where TBuilder : IEndpointConventionBuilder => builder.Declare(WhoMayCall.Anyone(why)).WithMetadata(new AllowAnonymousAttribute());

    /// <summary>Whoever is signed in may call; what follows from roles and ownership is decided inside.</summary>
    /// <param name="within">The further condition that the slice checks itself.</param>
    public static TBuilder SignedInMayCall<TBuilder>(this TBuilder builder, string within)
        where TBuilder : IEndpointConventionBuilder => builder.Declare(WhoMayCall.SignedIn(within));

    /// <summary>The operator of the installation.</summary>
    public static TBuilder OperatorMayCall<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Declare(WhoMayCall.Operator());

    /// <summary>Holders of one of the roles in the cluster that the route names.</summary>
    /// <param name="routeValue">The route parameter with the cluster's id.</param>
    public static TBuilder InClusterMayCall<TBuilder>(this TBuilder builder, string routeValue, params Role[] roles)
        where TBuilder : IEndpointConventionBuilder => builder.Declare(WhoMayCall.InScope(ScopeKind.Cluster, routeValue, roles, Verdict.Forbidden));

    /// <summary>Holders of one of the roles in the firm that the route names. For outsiders the firm's inner things do not exist.</summary>
    /// <param name="routeValue">The route parameter with the firm's id.</param>
    public static TBuilder InFirmMayCall<TBuilder>(this TBuilder builder, string routeValue, params Role[] roles)
        where TBuilder : IEndpointConventionBuilder => builder.Declare(WhoMayCall.InScope(ScopeKind.Firm, routeValue, roles, Verdict.Hidden));

    /// <summary>The caller's own sign-in, tokens and settings: open also to those who otherwise only read, such as auditors.</summary>
    public static TBuilder OwnAffairs<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OwnAffairsAttribute());

    /// <summary>The declaration rules, and the API's description shows it.</summary>
    private static TBuilder Declare<TBuilder>(this TBuilder builder, WhoMayCall who)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.WithMetadata(who).Finally(endpoint =>
        {
            var said = endpoint.Metadata.OfType<IEndpointDescriptionMetadata>().LastOrDefault()?.Description;
            endpoint.Metadata.Add(new EndpointDescriptionAttribute($"{(said is null ? "" : said + " ")}Who may call: {who.Text}."));
        });
        return builder;
    }
}
