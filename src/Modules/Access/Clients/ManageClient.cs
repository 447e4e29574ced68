using ClusterNet.Access.Contracts;
using ClusterNet.Access.Tokens;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Clients;

/// <param name="Caller">Who must lead the client's scope; others hear that there is no such client.</param>
internal sealed record RotateClientSecret(Caller Caller, DateTimeOffset OldEndAt, DateTimeOffset Now) : ICommand<Client, ClientEvent>
{
    public static readonly Refusal Revoked = new("client-revoked", "This client was revoked and gets no new secret: register a new one.");

    public Decision<ClientEvent> Decide(Client state) => state switch
    {
        Client.Registered c when ClientRules.Manages(Caller, c.Scope) => new ClientSecretRotated(Caller.Person, OldEndAt, Now),
        Client.Revoked c when ClientRules.Manages(Caller, c.Scope) => Revoked,
        _ => RevokeClient.Unknown,
    };
}

internal sealed record RevokeClient(Caller Caller, DateTimeOffset Now) : ICommand<Client, ClientEvent>
{
    public static readonly Refusal Unknown = new("client-unknown", "You manage no such client; list the clients to see them.", 404);

    public Decision<ClientEvent> Decide(Client state) => state switch
    {
        Client.Registered c when ClientRules.Manages(Caller, c.Scope) => new ClientRevoked(Caller.Person, Now),
        Client.Revoked c when ClientRules.Manages(Caller, c.Scope) => Decision<ClientEvent>.Nothing,
        _ => Unknown,
    };
}

internal static class ManageClientEndpoints
{
    private const int DefaultOverlap = 24, MaxOverlap = 24 * 14;

    /// <param name="OverlapHours">How long older secrets still work; 0 ends them at once, as after a leak.</param>
    internal sealed record Body(int OverlapHours = DefaultOverlap) : IValidated
    {
        public void Validate(Faults faults) => faults.Whole("overlapHours", OverlapHours, 0, MaxOverlap);
    }

    internal static void MapManageClients(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/access/clients/{id}/secrets", (
                Id<Client> id, Body body, Caller caller, Streams<Client, ClientEvent> clients, Database database, Commands commands, TimeProvider clock,
                CancellationToken ct) => Rotate(id, Secret.New("cnc_"), body, caller, clients, database, commands, clock.GetUtcNow(), ct))
            .WithName(nameof(RotateClientSecret)).WithSummary("Give a client a new secret, shown once; the older one still works for the overlap")
            .WithExample(new Body()).SignedInMayCall("who leads the client's scope").WithMetadata(NeedsAccountScope.Instance);
        routes.MapPost("/access/clients/{id}/revocation", (
                Id<Client> id, Caller caller, Streams<Client, ClientEvent> clients, Commands commands, TimeProvider clock, CancellationToken ct) =>
                Revoke(id, caller, clients, commands, clock.GetUtcNow(), ct))
            .WithName(nameof(RevokeClient)).WithSummary("Revoke a client; its secrets and tokens end at once")
            .SignedInMayCall("who leads the client's scope").WithMetadata(NeedsAccountScope.Instance);
        routes.MapGet("/access/clients", async (Caller caller, Database database, IAccounts accounts, CancellationToken ct) =>
                Results.Ok(new ClientList(await ClientCard.Of(caller, database, ct))))
            .WithName("ListClients").WithSummary("The machine clients of everything that the caller leads, also those that a predecessor made")
            .Produces<ClientList>().SignedInMayCall("everybody about the scopes that they lead");
    }

    internal static async Task<IResult> Rotate(
        Id<Client> id, Secret secret, Body body, Caller caller, Streams<Client, ClientEvent> clients, Database database, Commands commands,
        DateTimeOffset now, CancellationToken ct)
    {
        var ends = await database.Query(
            AccessModule.Name, Statement.Of("select expires_at from access.clients where id = $1", id.Value), r => r.GetFieldValue<DateTimeOffset>(0), ct);
        if (ends.Count == 0) return Problems.From(RevokeClient.Unknown);
        var oldEnd = now.AddHours(body.OverlapHours);
        return await commands.RunSecret(
            clients, id.Value, new RotateClientSecret(caller, oldEnd, now), Reply.Changed($"/api/v1/access/clients/{id}", id), ("clientSecret", secret.Text),
            [ClientSecrets.End(id, oldEnd), ClientSecrets.Insert(id, secret.Hash, now, ends[0])], ct);
    }

    internal static Task<IResult> Revoke(
        Id<Client> id, Caller caller, Streams<Client, ClientEvent> clients, Commands commands, DateTimeOffset now, CancellationToken ct) =>
        commands.Run(
            clients, id.Value, new RevokeClient(caller, now), Reply.Changed($"/api/v1/access/clients/{id}", id), ct, statements: ClientSecrets.Forget(id));
}
