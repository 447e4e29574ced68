using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Learning.Plans;

/// <summary>What development plans add to the module.</summary>
internal static class PlanSetup
{
    public static IServiceCollection AddPlans(this IServiceCollection services)
    {
        services.AddInline<PlanRows>().AddInline<PlanStepRows>().AddInline<PlanGoalRows>();
        services.AddSingleton<IPlannedSkills, PlannedSkillReads>();
        services.AddSingleton<PlanDesk>().AddSingleton<IErasureStep, PlanErasure>().AddSingleton<IHomeTasks, PlanTasks>();
        PlanNews.Declare(services);
        return services.AddSingleton<PlanClock>().AddHostedService(p => p.GetRequiredService<PlanClock>());
    }

    public static void MapPlans(this IEndpointRouteBuilder routes)
    {
        routes.MapProposePlan();
        routes.MapSetGoals();
        routes.MapFollowPlan();
        routes.MapReadPlans();
    }
}
