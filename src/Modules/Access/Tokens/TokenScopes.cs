using ClusterNet.Access.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Access.Tokens;

/// <summary>
/// What a token may be used for (scope, RFC 6749 section 3.3): <c>read</c> and <c>write</c> everywhere, or in one module, such as <c>learning:write</c>;
/// writing includes reading. It narrows what the roles allow and never widens it.
/// </summary>
internal static class TokenScopes
{
    public const string Read = "read", Write = "write";

    /// <summary>Changing one's own sign-in, tokens, sessions and clients, or having one's data erased: no other scope includes it.</summary>
    public const string Account = "account";

    private const string ReadOf = ":read", WriteOf = ":write";

    private static readonly string[] Modules = ["access", "accreditation", "clusters", "learning", "resources", "skills"];

    /// <summary>Every scope there is; history cannot be written by anybody, so there is no <c>audit:write</c>.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Read, Write, .. Modules.SelectMany(m => new[] { m + ReadOf, m + WriteOf }), "audit" + ReadOf, Account];

    /// <summary>What a token without scopes may do: all that its owner may, but for one's own sign-in.</summary>
    public static IReadOnlyList<string> Unlimited { get; } = [Read, Write];

    /// <summary>The scope that a request needs; <paramref name="endpoint"/> has the last word, then path and method.</summary>
    public static string NeededFor(HttpContext http, Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<NeedsAccountScope>() is not null) return Account;
        if (endpoint.Metadata.GetMetadata<OwnAffairsAttribute>() is not null && endpoint.Metadata.GetMetadata<TokensToo>() is null) return Account;
        var changes = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method);
        return ModuleOf(http.Request.Path) is { } module ? module + (changes ? WriteOf : ReadOf) : changes ? Write : Read;
    }

    /// <summary>Whether what is held includes <paramref name="needed"/>.</summary>
    public static bool Cover(IReadOnlyList<string> held, string needed) => held.Contains(needed) || needed switch
    {
        Account => false,
        Read => held.Contains(Write),
        _ when needed.EndsWith(ReadOf, StringComparison.Ordinal) =>
            held.Contains(Read) || held.Contains(Write) || held.Contains(needed[..^ReadOf.Length] + WriteOf),
        _ => held.Contains(Write) && needed != Write,
    };

    public static bool Within(IEnumerable<string> asked, IReadOnlyList<string> held) => asked.All(s => Cover(held, s));

    public static void Validate(Faults faults, string member, IReadOnlyList<string>? scopes)
    {
        if (scopes is null) return;
        faults.Count(member, scopes, 1, All.Count);
        faults.Each(member, scopes, (s, f) => f.Check(All.Contains(s), "", "unknown-scope", $"One of these words is expected: {string.Join(", ", All)}."));
    }

    /// <summary>Each once, in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<string> Ordered(IEnumerable<string> scopes) => [.. All.Where(scopes.Contains)];

    private static string? ModuleOf(PathString path)
    {
        if (!path.StartsWithSegments(Routes.ApiPrefix, StringComparison.OrdinalIgnoreCase, out var rest) || rest.Value is not { Length: > 1 } text) return null;
        var module = text[1..].Split('/', 2)[0].ToLowerInvariant();
        return module == "audit" || Modules.Contains(module) ? module : null;
    }
}

/// <summary>On an endpoint of one's own affairs that a token may use within its own limits.</summary>
internal sealed record TokensToo
{
    public static readonly TokensToo Instance = new();
}

/// <summary>On an endpoint that a token may use with the scope <see cref="TokenScopes.Account"/> only.</summary>
internal sealed record NeedsAccountScope
{
    public static readonly NeedsAccountScope Instance = new();
}
