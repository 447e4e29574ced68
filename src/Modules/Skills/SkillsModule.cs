using ClusterNet.Access.Contracts;
using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Skills.Areas;
using ClusterNet.Skills.Audits;
using ClusterNet.Skills.Browsing;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Catalogue.Finding;
using ClusterNet.Skills.Catalogue.Intake;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Frameworks;
using ClusterNet.Skills.Gaps;
using ClusterNet.Skills.Levels;
using ClusterNet.Skills.Occupations;
using ClusterNet.Skills.OwnSkills;
using ClusterNet.Skills.Profiles;
using ClusterNet.Skills.Resources;
using ClusterNet.Skills.Scale;
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
        services.AddSingleton(new ModuleSchema(Name, "create extension if not exists pg_trgm with schema public;", AuditGuard.Script));
        services.AddInline<SkillList>().AddInline<OccupationList>().AddInline<IntakeList>();
        services.AddSingleton<SkillIndex>().AddHostedService(p => p.GetRequiredService<SkillIndex>());
        services.AddSingleton<IOccupations, OccupationIndex>();
        services.AddSingleton<Successions>().AddSingleton<SkillSearch>().AddSingleton<ISkillCatalogue, SkillCatalogue>();
        services.AddSingleton<CatalogueImport>().AddSingleton<IntakeDesk>().AddSingleton<IntakeReports>().AddSingleton<StarterSkills>();
        services.AddSingleton<ISearchSource, SkillsFound>();
        services.AddSkillUses("role-profiles", Name, "(select s ->> 'skillUri' as uri from skills.role_profiles, jsonb_array_elements(skills) s where not retired) u")
            .AddSkillUses("levels", Name, "(select skill_uri as uri from skills.levels) u");
        AddAudits(services);
        AddGaps(services);
        services.AddSingleton<DefaultAreas>().AddSingleton<SkillAreas>().AddSingleton<AreaDesk>();
        services.AddSingleton<IAreas>(p => p.GetRequiredService<SkillAreas>());
        services.AddOwnSkills();
        services.AddSingleton<CatalogueReader>().AddSingleton<FrameworkShelf>().AddSingleton<InstallFrameworks>();
        services.AddSlot<ClusterSkillsCard>(Slots.Cluster, 20);
        services.AddSingleton(new NavigationEntry("/skills", "target", typeof(OwnSkillTexts), "NavSkills", 35, caller => caller is not null));
        services.AddSingleton(new NavigationEntry("/admin/skills", "library", typeof(BrowseTexts), "NavAdmin", 93, caller => caller is { IsOperator: true }));
        return services.AddRoutes<SkillsModule>();
    }

    private static void AddGaps(IServiceCollection services) => services.AddInline<FoundGapRows>()
        .AddSingleton<GapReads>().AddSingleton<GapViews>().AddScoped<GapDesk>().AddSingleton<ISkillGaps, SkillGaps>()
        .AddSlot<FirmGapsLink>(Slots.Firm, 20).AddSlot<ClusterGapsLink>(Slots.Cluster, 20).AddSlot<HomeGaps>(Slots.Home, 40);

    private static void AddAudits(IServiceCollection services)
    {
        services.AddInline<LevelRows>().AddInline<AuditRows>().AddInline<RatedRows>().AddInline<SheetRows>();
        foreach (var upcaster in RoleProfileDrawnUp.Upcasters) services.AddSingleton(upcaster);
        services.AddInline<ProfileRows>().AddInline<HolderRows>();
        services.AddSingleton<LevelReads>().AddSingleton<LevelDesk>().AddSingleton<ISkillLevels>(p => p.GetRequiredService<LevelDesk>());
        services.AddSingleton<ISkillEvidence, EvidencePort>().AddFacts<PublishedGaps>();
        services.AddSingleton<ProfileDesk>().AddSingleton<Owners>().AddSingleton<SkillLines>();
        services.AddSingleton<AuditReads>().AddSingleton<AuditDesk>().AddSingleton<RatingDesk>().AddScoped<AuditedPeople>().AddScoped<ResultDesk>();
        services.AddRelay<AuditOutcome>().AddSubscription<Leavers>();
        services.AddSingleton<AuditClock>().AddHostedService(p => p.GetRequiredService<AuditClock>());
        AuditNews.Declare(services);
        services.AddSingleton<IHomeTasks, AuditTasks>();
        services.AddSlot<PersonSkills>(Slots.Person, 30);
        services.AddSingleton(new NavigationEntry(
            "/skills-audits", "clipboard-check", typeof(AuditTexts), "NavAudits", 25, caller => caller is not null));
    }

    /// <summary>
    /// Fills an empty catalogue with the skills that are shipped, and puts the frameworks beside them. Run it at start, after the
    /// database is set up; any number of Hosts may.
    /// </summary>
    /// <param name="progress">Told how many skills have been taken in; never when there was nothing to do.</param>
    public static async Task InstallStarter(IServiceProvider services, IProgress<long>? progress, CancellationToken ct)
    {
        await services.GetRequiredService<StarterSkills>().Install(progress, ct);
        await services.GetRequiredService<InstallFrameworks>().Run(ct);
    }

    /// <summary>Imports ESCO as the Commission hands it out; once is enough, and again does no harm.</summary>
    /// <param name="paths">Zips, folders and single <c>skills_xx.csv</c> files, with <c>broaderRelationsSkillPillar.csv</c> for the broader
    /// concepts.</param>
    /// <param name="source">What to remember as the origin, such as <c>ESCO 1.1.1</c>.</param>
    /// <param name="progress">Told how many concepts have been read.</param>
    /// <returns>Accepted: concepts new or changed; already there: known as they are. And what that changed, one line each.</returns>
    /// <exception cref="InvalidOperationException">Another import is running.</exception>
    public static async Task<(ImportReport Report, IReadOnlyList<string> Changes)> Import(
        IServiceProvider services, IReadOnlyList<string> paths, string source, IProgress<long>? progress, CancellationToken ct)
    {
        var outcome = await services.GetRequiredService<CatalogueImport>().Esco(paths, source, CommandMetadata.System("skills-import"), progress, ct);
        if (outcome.Refusal is { } refusal) throw new InvalidOperationException(refusal.Text);
        var changes = outcome.Intake is { } intake ? await services.GetRequiredService<IntakeReports>().Read(intake, Languages.Fallback, ct) : null;
        return (outcome.Report!, changes is null ? [] : [.. IntakeText.Of(changes)]); // looked at: not refused
    }

    public void AddRoutes(IEndpointRouteBuilder routes)
    {
        routes.MapSearchSkills();
        routes.MapReadSkill();
        routes.MapSuggestSkills();
        routes.MapReadOccupations();
        routes.MapImportCatalogue();
        routes.MapReadImports();
        routes.MapShowScale();
        routes.MapShowGaps();
        routes.MapDrawUpProfile();
        routes.MapBeginWithOccupation();
        routes.MapChangeRoleProfile();
        routes.MapGiveProfile();
        routes.MapShowProfiles();
        routes.MapOpenAudit();
        routes.MapJoinAudit();
        routes.MapRunAudit();
        routes.MapChoosePeers();
        routes.MapRateSkills();
        routes.MapReadAudits();
        routes.MapReadProgress();
        routes.MapReadResults();
        routes.MapShowLevels();
        routes.MapShowAreas();
        routes.MapEditAreas();
        routes.MapShowFrameworks();
        routes.MapShowOwnSkills();
        routes.MapChangeOwnSkills();
    }
}
