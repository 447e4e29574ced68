using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.SignIn;

internal static class MeEndpoint
{
    internal sealed record Answer(Id<Person> Person, Personal<string> Name, Personal<string> Email, IReadOnlyList<HeldRole> Roles);

    internal static void MapMe(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/access/me", Handle).WithName("Me").WithSummary("Who am I here, and what may I do").Produces<Answer>()
            .SignedInMayCall("everybody about themselves").OwnData();

    private static async Task<IResult> Handle(Caller caller, IAccounts accounts, CancellationToken ct)
    {
        var cards = await accounts.Cards([caller.Person], ct);
        var card = cards.GetValueOrDefault(caller.Person);
        return Results.Ok(new Answer(caller.Person, card?.Name ?? default, card?.Email ?? default, caller.Roles));
    }
}
