using ClusterNet.Access.Clients;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Resources;
using ClusterNet.Access.Tokens;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Access.Federation;

/// <summary>Puts identities from outside and machine clients together.</summary>
internal static class FederationServices
{
    /// <summary>Tables of this area, in the order of the module's scripts.</summary>
    public static IReadOnlyList<string> Scripts { get; } = [Token.LastUseScript, Client.Script, SignInProvider.Script, OutsideIdentity.Script];

    public static IServiceCollection AddFederation(this IServiceCollection services)
    {
        services.AddInline<SignInProviders>().AddInline<SignInDomains>().AddInline<Clients.Clients>();
        services.AddSingleton(p => FederationSettings.From(p.GetRequiredService<IConfiguration>(), []));
        services.AddSingleton<OutsideHttp>().AddSingleton<ProviderDocuments>().AddSingleton<SignedTokens>().AddSingleton<OutsideTokens>();
        services.AddSingleton<ProviderQueries>().AddSingleton<ProviderConversation>().AddSingleton<IErasureStep, IdentityErasure>();
        services.AddSlot<FirmSignIn>(Slots.SignIn, 10).AddSlot<AccountLinks>(Slots.Account, 20);
        services.AddSingleton(new NavigationEntry(
            "/clients", "key-round", typeof(Texts), "ClientsTitle", 91, caller => caller is not null && ClientRules.ScopesOf(caller).Length > 0));
        services.AddSingleton(new NavigationEntry(
            "/admin/sign-in-providers", "log-in", typeof(Texts), "ProvidersTitle", 92, caller => caller?.IsOperator ?? false));
        services.AddSingleton(new NavigationEntry(
            "/admin/operators", "user-cog", typeof(Texts), "OperatorsTitle", 93, caller => caller?.IsOperator ?? false));
        return services.AddScoped<ProviderDesk>().AddScoped<FirmSignInDesk>();
    }

    public static void MapFederation(this IEndpointRouteBuilder api)
    {
        api.MapSetSignInProvider();
        api.MapManageSignInProvider();
        api.MapMyFirmSignIn();
        api.MapRegisterClient();
        api.MapManageClients();
    }

    /// <summary>What standards or browsers expect outside the API's prefix.</summary>
    public static void MapOutsideApi(this IEndpointRouteBuilder routes)
    {
        routes.MapFirmSignIn();
        routes.MapTokenEndpoint();
        routes.MapAuthorizationServer();
    }
}

/// <summary>Links to identities elsewhere go with the account. Clients are their firm's or cluster's and stay; their labels go with their writer's key.</summary>
internal sealed class IdentityErasure(Database database) : IErasureStep
{
    private const string Sql = "delete from access.outside_identity where person = $1";

    public async Task<IReadOnlyList<StoreCount>> Close(Id<Person> person, Id<Person> by, CancellationToken ct) =>
        [new("access.outside_identity", await database.Execute(AccessModule.Name, [Statement.Of(Sql, person.Value)], ct))];

    public async Task<IReadOnlyList<StoreCount>> Scrub(ErasureOrder order, CancellationToken ct) => order.Closes
        ? [new("access.outside_identity", await database.Execute(AccessModule.Name, [Statement.Of(Sql, order.Person.Value)], ct))]
        : [];
}
