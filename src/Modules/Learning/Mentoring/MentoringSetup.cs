using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Mentoring.Calendar;
using ClusterNet.Learning.Mentoring.Programmes;
using ClusterNet.Learning.Resources;
using ClusterNet.Skills.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Learning.Mentoring;

/// <summary>What mentoring adds to the module.</summary>
internal static class MentoringSetup
{
    public static IServiceCollection AddMentoring(this IServiceCollection services)
    {
        services.AddInline<OfferRows>().AddInline<PlaceRows>().AddInline<PairRows>().AddInline<OpenPairRows>().AddInline<SessionRows>().AddInline<HelpRows>().AddInline<CalendarLinkRows>().AddInline<ProgrammeRows>();
        services.AddSingleton<OfferDesk>().AddSingleton<PairDesk>().AddSingleton<HelpDesk>().AddSingleton<MatchDesk>().AddSingleton<SessionLearning>().AddSingleton<MentoringTies>();
        services.AddSingleton<SkillChoice>().AddSingleton<MentoringCalendar>().AddSingleton<ProgrammeDesk>();
        services.AddSkillUses("mentors", LearningModule.Name, "(select unnest(skill_uris) as uri from learning.mentor_offers) u");
        services.AddSingleton<MentoringClock>().AddHostedService(p => p.GetRequiredService<MentoringClock>());
        services.AddSingleton<IErasureStep, MentoringErasure>();
        services.AddSingleton<IHomeTasks, MentoringTasks>();
        services.AddScoped<INoticeAction, ConfirmSessionFromNotice>();
        services.AddSlot<PersonMentoring>(Slots.Person, 40).AddSlot<ClusterProgrammes>(Slots.Cluster, 30);
        MentoringNews.Declare(services);
        ProgrammeNews.Declare(services);
        return services.AddSingleton(new NavigationEntry("/mentoring", "users", typeof(MentoringTexts), "NavMentoring", 22, caller => caller is { IsAuditorOnly: false }));
    }

    public static void MapMentoring(this IEndpointRouteBuilder routes)
    {
        routes.MapOfferMentoring();
        routes.MapReadMentors();
        routes.MapAskForMentoring();
        routes.MapAnswerMentoring();
        routes.MapAgreeGoals();
        routes.MapPlanSession();
        routes.MapLogSession();
        routes.MapTalkAbout();
        routes.MapCallForHelp();
        routes.MapReadPairs();
        routes.MapSubscribeCalendar();
        routes.MapProgrammes();
    }
}
