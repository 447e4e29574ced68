using ClusterNet.Access.Contracts;
using ClusterNet.Access.Tokens;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Clients;

internal sealed record RegisterClient(
    RoleScope Scope, Role? Role, IReadOnlyList<string> Scopes, Id<Person> By, string Label, DateTimeOffset ExpiresAt, DateTimeOffset Now)
    : ICommand<Client, ClientEvent>
{
    public Decision<ClientEvent> Decide(Client state) => state switch
    {
        _ when !ClientRules.Fits(Scope.Kind, Role) => ClientRules.RoleTooHigh,
        Client.Absent => new ClientRegistered(Scope.Kind, Scope.Id, Role, [.. TokenScopes.Ordered(Scopes)], By, Label, ExpiresAt, Now),
        _ => Decision<ClientEvent>.Nothing,
    };
}

internal static class RegisterClientEndpoint
{
    private const int MaxDays = 366;

    internal sealed record Body(string Label, ScopeKind ScopeKind, IReadOnlyList<string> Scopes, int ValidForDays, Guid? ScopeId = null, Role? Role = null)
        : IValidated
    {
        internal RoleScope Scope => new(ScopeKind, ScopeId ?? Guid.Empty);

        public void Validate(Faults faults)
        {
            faults.Text("label", Label, 1, 100);
            faults.Whole("validForDays", ValidForDays, 1, MaxDays);
            faults.Check(
                ScopeKind == ScopeKind.Installation == ScopeId is null, "scopeId", "scope-id", "Name the cluster's or firm's id; leave it out for the installation.");
            TokenScopes.Validate(faults, "scopes", Scopes);
            faults.Check(
                !(Scopes ?? []).Contains(TokenScopes.Account), "scopes", "scope-for-people", "Sign-in is for people: a client cannot have the scope account.");
        }
    }

    internal static void MapRegisterClient(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/access/clients", Handle)
            .WithName(nameof(RegisterClient)).WithSummary("Register a machine client of a firm, a cluster or the installation; the answer shows its secret once")
            .WithExample(new Body(
                "Time clock", ScopeKind.Firm, ["learning:write"], 180, Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e60"), Role.Member))
            .SignedInMayCall("the firm's manager, the cluster's coordinator, the operator").WithMetadata(NeedsAccountScope.Instance);

    private static Task<IResult> Handle(
        Body body, Caller caller, Streams<Client, ClientEvent> clients, Commands commands, TimeProvider clock, CancellationToken ct) =>
        Register(Id<Client>.New(clock), Secret.New("cnc_"), body, caller, clients, commands, clock.GetUtcNow(), ct);

    /// <summary>The same on the page.</summary>
    internal static Task<IResult> Register(
        Id<Client> id, Secret secret, Body body, Caller caller, Streams<Client, ClientEvent> clients, Commands commands, DateTimeOffset now, CancellationToken ct)
    {
        if (!ClientRules.Manages(caller, body.Scope)) return Task.FromResult<IResult>(Problems.From(Permissions.NotAllowed));
        var command = new RegisterClient(body.Scope, body.Role, body.Scopes, caller.Person, body.Label, now.AddDays(body.ValidForDays), now);
        return commands.RunSecret(
            clients, id.Value, command, Reply.Created($"/api/v1/access/clients/{id}", id), ("clientSecret", secret.Text),
            [
                ClientSecrets.Insert(id, secret.Hash, now, command.ExpiresAt),
                Statement.Of("insert into access.client_use (client) values ($1)", id.Value),
            ], ct);
    }
}
