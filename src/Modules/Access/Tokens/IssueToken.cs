using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Tokens;

internal sealed record IssueToken(Id<Person> Person, string Label, DateTimeOffset ExpiresAt, DateTimeOffset Now) : ICommand<Token, TokenEvent>
{
    public Decision<TokenEvent> Decide(Token state) =>
        state is Token.Absent ? new TokenIssued(Person, Label, ExpiresAt, Now) : Decision<TokenEvent>.Nothing;
}

internal static class IssueTokenEndpoint
{
    private const int MaxDays = 366;

    internal sealed record Body(string Label, int ValidForDays) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("label", Label, 1, 100);
            faults.Whole("validForDays", ValidForDays, 1, MaxDays);
        }
    }

    internal static void MapIssueToken(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/access/tokens", Handle)
            .WithName(nameof(IssueToken)).WithSummary("Issue a token that acts as oneself; the answer shows it once")
            .WithExample(new Body("Audit of spring", 90))
            .SignedInMayCall("everybody for themselves").OwnAffairs();

    private static Task<IResult> Handle(
        Body body, Caller caller, Streams<Token, TokenEvent> tokens, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        var (id, secret, now) = (Id<Token>.New(clock), Secret.New("cnt_"), clock.GetUtcNow());
        return commands.RunSecret(
            tokens, id.Value, new IssueToken(caller.Person, body.Label, now.AddDays(body.ValidForDays), now),
            Reply.Created($"/api/v1/access/tokens/{id}", id), ("token", secret.Text),
            [Statement.Of("insert into access.token_secret (token_hash, token) values ($1, $2)", secret.Hash, id.Value)], ct);
    }
}
