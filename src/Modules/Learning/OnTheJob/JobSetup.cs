using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Resources;
using ClusterNet.Skills.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Learning.OnTheJob;

/// <summary>What learning tasks at work add to the module.</summary>
internal static class JobSetup
{
    public static IServiceCollection AddOnTheJob(this IServiceCollection services)
    {
        services.AddInline<JobRows>().AddInline<JobTemplateRows>();
        services.AddSingleton<JobDesk>().AddSingleton<JobLearning>().AddSingleton<IErasureStep, JobErasure>().AddSingleton<IHomeTasks, JobHome>();
        services.AddSkillUses(
            "learning-tasks", LearningModule.Name,
            "(select skill_uri as uri from learning.job_tasks where skill_uri is not null union all select skill_uri from learning.job_templates where skill_uri is not null) u");
        JobNews.Declare(services);
        services.AddSingleton(new NavigationEntry("/tasks", "list-todo", typeof(JobTexts), "Tasks", 57, caller => caller is { IsAuditorOnly: false }));
        return services.AddSingleton<JobClock>().AddHostedService(p => p.GetRequiredService<JobClock>());
    }

    public static void MapOnTheJob(this IEndpointRouteBuilder routes)
    {
        routes.MapSetTask();
        routes.MapReportTask();
        routes.MapKeepTemplate();
        routes.MapReadTasks();
    }
}
