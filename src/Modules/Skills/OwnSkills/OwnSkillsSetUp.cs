using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Skills.OwnSkills;

internal static class OwnSkillsSetUp
{
    public static IServiceCollection AddOwnSkills(this IServiceCollection services)
    {
        services.AddInline<OwnSkillRows>().AddInline<OwnLabels>();
        services.AddSingleton<OwnSkillDesk>().AddSingleton<OwnSkillReader>();
        OwnSkillNews.Declare(services);
        return services.AddSingleton<IHomeTasks, OwnSkillTasks>();
    }
}
