using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Resources.Demand;

/// <summary>What demand adds to the module.</summary>
internal static class DemandSetup
{
    public static IServiceCollection AddDemand(this IServiceCollection services)
    {
        services.AddInline<WishRows>().AddInline<ProposalRows>().AddInline<PlannedRows>();
        services.AddSingleton<Wishes>().AddSingleton<DemandDesk>().AddSingleton<OutcomeReads>();
        services.AddSingleton<IErasureStep, WishErasure>().AddSingleton<IHomeTasks, DemandTasks>();
        DemandNews.Declare(services);
        return services.AddSkillUses("wishes", ResourcesModule.Name, "(select skill_uri as uri from resources.wishes) u");
    }

    public static void MapDemand(this IEndpointRouteBuilder routes)
    {
        routes.MapWishes();
        routes.MapSetTrainingPrice();
        routes.MapReadDemand();
        routes.MapPlanProposal();
        routes.MapSetAside();
    }
}
