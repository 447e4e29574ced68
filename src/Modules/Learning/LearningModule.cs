using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Capture;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Insight;
using ClusterNet.Learning.Mentoring;
using ClusterNet.Learning.OnTheJob;
using ClusterNet.Learning.Own;
using ClusterNet.Learning.Plans;
using ClusterNet.Learning.Practices;
using ClusterNet.Learning.Records;
using ClusterNet.Learning.Resources;
using ClusterNet.Learning.Signals;
using ClusterNet.Learning.Templates;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Learning;

/// <summary>Learning records: captured, corrected, confirmed, shared as their owners say.</summary>
public sealed class LearningModule : IRoutes
{
    internal const string Name = "learning";

    /// <summary>Adds the module to the installation.</summary>
    public static IServiceCollection AddLearning(IServiceCollection services)
    {
        services.AddEvents(Name, typeof(LearningModule).Assembly, LearningJson.Default);
        services.AddInline<RecordList>().AddInline<RecordSkills>();
        services.AddInline<TemplateRows>().AddSingleton<TemplateDesk>().AddSingleton<IErasureStep>(s => s.GetRequiredService<TemplateDesk>());
        services.AddSingleton<IOpenRecords, LearningQueries>();
        services.AddSingleton<ILearningRecords, LearningQueries>().AddSingleton<IAttendance, AttendedSessions>();
        services.AddSingleton<RecordReader>().AddSingleton<Company>().AddSingleton<RecordRows>().AddSingleton<RecordImports>().AddSingleton<Uploads>();
        services.AddRelay<RecordEvidence>();
        services.AddSkillUses("learning-records", Name, "(select unnest(skill_uris) as uri from learning.records) u");
        services.AddSingleton<OwnLearning>().AddScoped<OwnReport>().AddSingleton<Suggester>().AddScoped<RecordForm>();
        services.AddSingleton<IErasureStep, RecordFilesErasure>();
        RecordNews.Declare(services);
        services.AddScoped<INoticeAction, ConfirmFromNotice>();
        services.AddSingleton<ISearchSource, RecordSearch>();
        services.AddSingleton<IHomeTasks, LearningTasks>();
        services.AddSlot<WaitingCaptures>(Slots.Top, 10).AddSlot<OfflineCapture>(Slots.Offline, 10);
        services.AddSlot<HomeLearning>(Slots.Home, 40).AddSlot<FirmLearning>(Slots.Culture, 10);
        services.AddSingleton(new NavigationEntry("/learning", "notebook-pen", typeof(Texts), "NavLearning", 20, caller => caller is { IsAuditorOnly: false }));
        services.AddSingleton(new NavigationEntry("/learning/new", "plus", typeof(Texts), "NavCapture", 21, caller => caller is { Firms.Count: > 0 }, Quick: true));
        services.AddCommunities();
        services.AddMentoring().AddPlans().AddOnTheJob().AddPractices().AddSignals();
        services.AddSingleton<InsightDesk>().AddSlot<FirmInsightLink>(Slots.Firm, 40).AddSlot<ClusterInsightLink>(Slots.Cluster, 40);
        return services.AddRoutes<LearningModule>();
    }

    public void AddRoutes(IEndpointRouteBuilder routes)
    {
        routes.MapSuggestDetails();
        routes.MapRecordLearning();
        routes.MapCorrectLearning();
        routes.MapConfirmLearning();
        routes.MapDisputeLearning();
        routes.MapEndorseLearning();
        routes.MapChangeVisibility();
        routes.MapNameOutsider();
        routes.MapRecordFiles();
        routes.MapImportRecords();
        routes.MapTemplates();
        routes.MapListRecords();
        routes.MapShowOwnLearning();
        routes.MapReadRecord();
        routes.MapReadHistory();
        routes.MapCommunities();
        routes.MapMentoring();
        routes.MapPlans();
        routes.MapInsight();
        routes.MapPractices();
        routes.MapSignals();
        routes.MapOnTheJob();
    }
}
