using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Flags;
using ClusterNet.Skills.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Learning.Practices;

/// <summary>What practices add to the module.</summary>
internal static class PracticesSetup
{
    public static IServiceCollection AddPractices(this IServiceCollection services)
    {
        services.AddInline<PracticeRows>().AddInline<PracticeUseRows>().AddInline<PracticeStepRows>().AddInline<PracticeWordsRows>().AddInline<PracticeModerationLog>();
        services.AddSingleton<PracticeDesk>().AddSingleton<SpreadReads>().AddSingleton<Moderators>();
        services.AddSkillUses("practices", LearningModule.Name, "(select unnest(skill_uris) as uri from learning.practices) u");
        services.AddSingleton<ISearchSource, PracticeSearch>().AddSingleton<IErasureStep, PracticeErasure>();
        services.AddSlot<ClusterPractices>(Slots.Cluster, 35).AddSlot<FirmPractices>(Slots.Firm, 35).AddSlot<HomePractices>(Slots.Home, 60);
        services.AddSingleton<IHomeTasks, PracticeTasks>();
        PracticeUseNews.Declare(services);
        return services;
    }

    public static void MapPractices(this IEndpointRouteBuilder routes)
    {
        routes.MapDescribePractice();
        routes.MapCorrectPractice();
        routes.MapModeratePractice();
        routes.MapTellUse();
        routes.MapAskAboutPractice();
        routes.MapReadPractices();
        routes.MapShowSpread();
    }
}
