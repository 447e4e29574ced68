using ClusterNet.Access;
using ClusterNet.Accreditation;
using ClusterNet.Clusters;
using ClusterNet.EventStore;
using ClusterNet.Learning;
using ClusterNet.Privacy;
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
        await provider.Fill(report, ct);
        await SkillsModule.InstallStarter(provider, null, ct);
    }

    /// <summary>The same without anything that a new installation begins with. Erasures are repeated first: what they took must not be filled in again.</summary>
    public static async Task Fill(this IServiceProvider provider, Action<string> report, CancellationToken ct)
    {
        var changed = await provider.GetRequiredService<Installation>().Apply(ct);
        var erasures = provider.GetRequiredService<RepeatedErasures>();
        var repeated = await erasures.Apply(ct);
        if (repeated.Keys > 0) report($"{repeated.Keys} data keys, which a restore had brought back from before their erasure, were destroyed again.");
        if (repeated.ReadTablesStale) changed = [.. provider.GetRequiredService<ReadModels>().Tables];
        if (changed.Count > 0)
        {
            report($"Filling {changed.Count} read tables from the events …");
            await provider.GetRequiredService<Replay>().Rebuild(changed.ToList(), null, ct);
        }

        await erasures.Remember(repeated, ct);
    }
}
