using ClusterNet.Access.Contracts;
using ClusterNet.Access.SignIn;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Tokens;

/// <param name="Scopes">What it may be used for; null for everything but one's own sign-in.</param>
/// <param name="With">What the caller showed: nothing issued reaches further or lasts longer.</param>
internal sealed record IssueToken(
    Id<Person> Person, string Label, DateTimeOffset ExpiresAt, DateTimeOffset Now, IReadOnlyList<string>? Scopes = null, Presented? With = null)
    : ICommand<Token, TokenEvent>
{
    public static readonly Refusal TooWide = new(
        "scope-too-wide", "A token issues no token that may do more than itself: ask for fewer scopes, or issue it after signing in.", 403);

    public static readonly Refusal OfPersonsOnly = new(
        "clients-issue-no-tokens", "A machine client has no tokens of its own: it gets one at /oauth/token with its secret.", 403);

    public Decision<TokenEvent> Decide(Token state) => state switch
    {
        _ when With?.Kind is CredentialKind.Client => OfPersonsOnly,
        _ when Asked is { } asked && Limits is { } limits && !TokenScopes.Within(asked, limits) => TooWide,
        not Token.Absent => Decision<TokenEvent>.Nothing,
        _ when Asked is { } scopes => Decision<TokenEvent>.Of(
            new TokenIssued(Person, Label, EndsAt, Now), new TokenScoped([.. TokenScopes.Ordered(scopes)], Now)),
        _ => new TokenIssued(Person, Label, EndsAt, Now),
    };

    /// <summary>When it ends, at the latest with the token that asks for it.</summary>
    public DateTimeOffset EndsAt => Limits is not null && With is { } with && with.EndsAt < ExpiresAt ? with.EndsAt : ExpiresAt;

    private IReadOnlyList<string>? Limits => With is { Kind: not CredentialKind.Session } with ? with.Scopes : null;

    /// <summary>Unsaid, a token gives what it has itself.</summary>
    private IReadOnlyList<string>? Asked => Scopes ?? (Limits is { } limits && !limits.SequenceEqual(TokenScopes.Unlimited) ? limits : null);
}

internal static class IssueTokenEndpoint
{
    internal const int MaxDays = 366;

    internal sealed record Body(string Label, int ValidForDays, IReadOnlyList<string>? Scopes = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("label", Label, 1, 100);
            faults.Whole("validForDays", ValidForDays, 1, MaxDays);
            TokenScopes.Validate(faults, "scopes", Scopes);
        }
    }

    internal static void MapIssueToken(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/access/tokens", Handle)
            .WithName(nameof(IssueToken)).WithSummary("Issue a token that acts as oneself, within its scopes; the answer shows it once")
            .WithExample(new Body("Audit of spring", 90, ["audit:read"]))
            .SignedInMayCall("everybody for themselves").OwnAffairs().WithMetadata(TokensToo.Instance);

    private static Task<IResult> Handle(
        Body body, Caller caller, HttpContext http, Streams<Token, TokenEvent> tokens, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        var (id, secret) = (Id<Token>.New(clock), Secret.New("cnt_"));
        return Issue(id, secret, body, caller, Presented.Of(http), tokens, commands, clock.GetUtcNow(), ct);
    }

    /// <summary>The same on the page.</summary>
    internal static Task<IResult> Issue(
        Id<Token> id, Secret secret, Body body, Caller caller, Presented? with, Streams<Token, TokenEvent> tokens, Commands commands, DateTimeOffset now,
        CancellationToken ct)
    {
        var command = new IssueToken(caller.Person, body.Label, now.AddDays(body.ValidForDays), now, body.Scopes, with);
        return commands.RunSecret(
            tokens, id.Value, command, Reply.Created($"/api/v1/access/tokens/{id}", id, ("expiresAt", command.EndsAt.UtcDateTime)), ("token", secret.Text),
            [Statement.Of("insert into access.token_secret (token_hash, token) values ($1, $2)", secret.Hash, id.Value)], ct);
    }
}
