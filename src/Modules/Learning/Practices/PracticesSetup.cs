using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Learning.Practices;

/// <summary>What practices add to the module.</summary>
internal static class PracticesSetup
{
    public static IServiceCollection AddPractices(this IServiceCollection services)
    {
        services.AddInline<PracticeRows>().AddInline<PracticeUseRows>().AddInline<PracticeStepRows>().AddInline<PracticeWordsRows>();
        services.AddSingleton<PracticeDesk>().AddSingleton<SpreadReads>();
        services.AddSkillUses("practices", LearningModule.Name, "(select unnest(skill_uris) as uri from learning.practices) u");
        services.AddSingleton<ISearchSource, PracticeSearch>().AddSingleton<IErasureStep, PracticeErasure>();
        services.AddSlot<ClusterPractices>(Slots.Cluster, 35).AddSlot<FirmPractices>(Slots.Firm, 35).AddSlot<HomePractices>(Slots.Home, 60);
        PracticeUseNews.Declare(services);
        return services;
    }

    public static void MapPractices(this IEndpointRouteBuilder routes)
    {
        routes.MapDescribePractice();
        routes.MapCorrectPractice();
        routes.MapTellUse();
        routes.MapAskAboutPractice();
        routes.MapReadPractices();
        routes.MapShowSpread();
    }
}
