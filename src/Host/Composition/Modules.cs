using ClusterNet.Access;
using ClusterNet.Accreditation;
using ClusterNet.Clusters;
using ClusterNet.EventStore;
using ClusterNet.Learning;
using ClusterNet.Projections;
using ClusterNet.Resources;
using ClusterNet.Skills;
using ClusterNet.Web;

namespace ClusterNet.Host.Composition;

/// <summary>The modules of the installation and what they stand on.</summary>
internal static class Modules
{
    public static IServiceCollection AddModules(this IServiceCollection services, Backbone backbone)
    {
        services.AddSingleton(backbone.Database).AddSingleton(backbone.Keys).AddSingleton(backbone.Vault).AddSingleton(backbone.Mirror)
            .AddSingleton(backbone.Log);
        services.AddEventStore();
        services.AddHttpContextAccessor().AddScoped<Commands>().AddSingleton<Moments>();
        AccessModule.AddAccess(services);
        ClustersModule.AddClusters(services);
        SkillsModule.AddSkills(services);
        LearningModule.AddLearning(services);
        ResourcesModule.AddResources(services);
        AccreditationModule.AddAccreditation(services);
        return services;
    }

    /// <summary>Brings the database to what this program needs, and fills read tables that are new or changed.</summary>
    public static async Task Prepare(this IServiceProvider provider, Action<string> report, CancellationToken ct)
    {
        var changed = await provider.GetRequiredService<Installation>().Apply(ct);
        if (changed.Count > 0)
        {
            report($"Filling {changed.Count} read tables from the events …");
            await provider.GetRequiredService<Replay>().Rebuild(changed.ToList(), null, ct);
        }

        await SkillsModule.InstallStarter(provider, null, ct);
    }
}
