using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Discussions;
using ClusterNet.Learning.Library;
using ClusterNet.Learning.Resources;
using ClusterNet.Learning.Wiki;
using ClusterNet.Skills.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Learning.Communities;

/// <summary>Communities of practice with their discussions and wikis.</summary>
internal static class CommunitiesSetup
{
    internal static void AddCommunities(this IServiceCollection services)
    {
        services.AddInline<CommunityRows>().AddInline<Participations>().AddInline<Followings>();
        services.AddInline<DiscussionRows>().AddInline<PostRows>().AddInline<HelpfulMarks>().AddInline<HelpOffers>().AddInline<ModerationLog>();
        services.AddInline<WikiPageRows>().AddInline<WikiModerationLog>().AddInline<LibraryRows>().AddInline<LibraryModerationLog>().AddInline<OpinionRows>();
        services.AddSingleton<CommunityReads>().AddSingleton<CommunityDesk>().AddSingleton<CommunityCommands>().AddSingleton<Followers>();
        services.AddSingleton<DiscussionReads>().AddSingleton<DiscussionDesk>().AddSingleton<Mentions>().AddSingleton<Helpers>().AddSingleton<ModerationReads>().AddSingleton<DiscussionLearning>();
        services.AddSingleton<WikiDesk>().AddSingleton<LibraryDesk>().AddSingleton<Contributions>();
        services.AddSkillUses(
            "communities", LearningModule.Name, "(select unnest(skill_uris) as uri from learning.communities union all select unnest(skill_uris) from learning.discussions "
            + "union all select unnest(skill_uris) from learning.library_versions) u");
        services.AddSingleton<IHomeTasks, ModerationTasks>();
        CommunityNews.Declare(services);
        DiscussionNews.Declare(services);
        WikiNews.Declare(services);
        LibraryNews.Declare(services);
        services.AddSingleton<ISearchSource, CommunitySearch>().AddSingleton<ISearchSource, DiscussionSearch>().AddSingleton<ISearchSource, WikiSearch>();
        services.AddSingleton<ISearchSource, LibrarySearch>().AddSingleton<IErasureStep, CommunityErasure>().AddSingleton<IErasureStep, LibraryErasure>();
        services.AddSingleton(new NavigationEntry("/communities", "users-round", typeof(CommunityTexts), "NavCommunities", 22, caller => caller is { IsAuditorOnly: false }));
    }

    internal static void MapCommunities(this IEndpointRouteBuilder routes)
    {
        routes.MapFoundCommunity();
        routes.MapChangeCommunity();
        routes.MapJoinCommunity();
        routes.MapAppointFacilitator();
        routes.MapSetGoals();
        routes.MapCloseCommunity();
        routes.MapFollow();
        routes.MapReadCommunities();
        routes.MapOpenDiscussion();
        routes.MapAnswerDiscussion();
        routes.MapPublishPost();
        routes.MapEditPost();
        routes.MapAcceptAnswer();
        routes.MapMarkHelpful();
        routes.MapFollowDiscussion();
        routes.MapKeepDiscussion();
        routes.MapReadDiscussions();
        routes.MapOfferHelp();
        routes.MapAskForHelp();
        routes.MapModeratePost();
        routes.MapReadModeration();
        routes.MapWritePage();
        routes.MapModeratePage();
        routes.MapFollowPage();
        routes.MapReadPages();
        routes.MapAddItem();
        routes.MapReviseItem();
        routes.MapModerateItem();
        routes.MapRateItem();
        routes.MapReadLibrary();
        routes.MapContributions();
    }
}
