using ClusterNet.Access.Auditing;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Notices;
using ClusterNet.Access.Resources;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Access.Grants;

/// <summary>Adds what belongs to auditors' grants.</summary>
internal static class GrantsSetUp
{
    public static IServiceCollection AddGrants(this IServiceCollection services)
    {
        services.AddInline<Grants>().AddInline<AuditorLooks>().AddFacts<PublishedLooks>();
        services.AddSingleton<AuditorRoles>().AddSingleton<IAuditorGrants, GrantQueries>().AddScoped<GrantDesk>().AddSingleton<IErasureStep, GrantErasure>();
        services.AddScoped<LookRecorder>().AddScoped<IAuditorReads>(p => p.GetRequiredService<LookRecorder>());
        services.AddSingleton<LookQueries>().AddSingleton<IReadsOf>(p => p.GetRequiredService<LookQueries>())
            .AddSingleton<IRecipients>(p => p.GetRequiredService<LookQueries>()).AddSingleton<ReadsOfMe>();
        services.AddSlot<OwnGrants>(Slots.Home, 15).AddSlot<HomeNews>(Slots.Home, 20).AddSlot<HomeInstallation>(Slots.Home, 70);
        services.AddSingleton(new NavigationEntry(
            "/auditor-grants", "badge-check", typeof(Texts), "NavGrants", 85,
            caller => caller is not null && (caller.IsOperator || caller.ScopesOf(ScopeKind.Cluster, Role.Coordinator).Count > 0)));
        services.AddSubscription<ReadNotices>().AddNoticeKind(ReadNotices.Kind);
        return services;
    }

    public static void MapGrants(this IEndpointRouteBuilder routes)
    {
        routes.MapGiveGrant();
        routes.MapEndGrant();
        routes.MapListGrants();
        routes.MapReadsOfMe();
    }
}
