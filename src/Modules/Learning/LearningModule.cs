using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Records;
using ClusterNet.Learning.Resources;
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
        services.AddInline<RecordList>();
        services.AddSingleton<ILearningRecords, LearningQueries>();
        services.AddSingleton<RecordReader>().AddSingleton<Company>().AddSingleton<RecordRows>().AddSingleton<RecordImports>();
        RecordNews.Declare(services);
        services.AddSingleton<ISearchSource, RecordSearch>();
        services.AddSingleton<IHomeTasks, LearningTasks>();
        services.AddSlot<HomeLearning>(Slots.Home, 40);
        services.AddSingleton(new NavigationEntry("/learning", "notebook-pen", typeof(Texts), "NavLearning", 20, caller => caller is { IsAuditorOnly: false }));
        return services.AddRoutes<LearningModule>();
    }

    public void AddRoutes(IEndpointRouteBuilder routes)
    {
        routes.MapRecordLearning();
        routes.MapCorrectLearning();
        routes.MapConfirmLearning();
        routes.MapDisputeLearning();
        routes.MapEndorseLearning();
        routes.MapChangeVisibility();
        routes.MapImportRecords();
        routes.MapListRecords();
        routes.MapReadRecord();
        routes.MapReadHistory();
    }
}
