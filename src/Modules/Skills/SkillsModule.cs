using ClusterNet.Access.Contracts;
using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Skills;

/// <summary>The skills catalogue.</summary>
public sealed class SkillsModule : IRoutes
{
    internal const string Name = "skills";

    /// <summary>Adds the module to the installation.</summary>
    public static IServiceCollection AddSkills(IServiceCollection services)
    {
        services.AddEvents(Name, typeof(SkillsModule).Assembly, SkillsJson.Default);
        services.AddSingleton(new ModuleSchema(Name, SearchSql.Script));
        services.AddInline<SkillList>().AddInline<LabelList>();
        services.AddSingleton<SkillSearch>().AddSingleton<ISkillCatalogue, SkillCatalogue>();
        services.AddSingleton<CatalogueImport>().AddSingleton<StarterSkills>();
        services.AddSingleton<ISearchSource, SkillsFound>();
        return services.AddRoutes<SkillsModule>();
    }

    /// <summary>
    /// Fills an empty catalogue with the skills that are shipped. Run it at start, after the database is set up; any number of
    /// Hosts may.
    /// </summary>
    /// <param name="progress">Told how many skills have been taken in; never when there was nothing to do.</param>
    public static Task InstallStarter(IServiceProvider services, IProgress<long>? progress, CancellationToken ct) =>
        services.GetRequiredService<StarterSkills>().Install(progress, ct);

    /// <summary>Imports ESCO as the Commission hands it out; once is enough, and again does no harm.</summary>
    /// <param name="paths">Zips, folders and single <c>skills_xx.csv</c> files, with <c>broaderRelationsSkillPillar.csv</c> for the broader
    /// concepts.</param>
    /// <param name="source">What to remember as the origin, such as <c>ESCO 1.1.1</c>.</param>
    /// <param name="progress">Told how many concepts have been read.</param>
    /// <returns>Accepted: concepts new or changed; already there: known as they are.</returns>
    public static Task<ImportReport> Import(
        IServiceProvider services, IReadOnlyList<string> paths, string source, IProgress<long>? progress, CancellationToken ct) =>
        services.GetRequiredService<CatalogueImport>().Esco(paths, source, CommandMetadata.System("skills-import"), progress, ct);

    public void AddRoutes(IEndpointRouteBuilder routes)
    {
        routes.MapSearchSkills();
        routes.MapReadSkill();
        routes.MapImportCatalogue();
    }
}
