using ClusterNet.Access.Contracts;
using ClusterNet.Access.Roles;
using ClusterNet.Access.Settings;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Access.Notices;

/// <summary>Notices and the settings of accounts.</summary>
internal static class NoticeSetup
{
    public static IReadOnlyList<string> Scripts { get; } = [AccountSettingsRows.Script, NoticeRow.Script];

    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddSingleton<IAccountSettings, AccountSettingsRows>();
        services.AddSingleton<NoticeTopics>().AddSingleton<NoticePreferences>().AddSingleton<NoticeTexts>().AddSingleton<PageLinks>().AddSingleton<NoticePost>();
        services.AddSingleton<Notices>().AddSingleton<INotices>(p => p.GetRequiredService<Notices>()).AddSingleton<INoticeCount>(p => p.GetRequiredService<Notices>());
        services.AddSingleton<IErasureStep, NoticeErasure>();
        services.AddHostedService<NoticeWorker>();
        RoleNews.Declare(services);
        return services;
    }

    internal static void MapNoticesAndSettings(this IEndpointRouteBuilder routes)
    {
        routes.MapOwnSettings();
        routes.MapNotices();
        routes.MapChooseNoticeMail();
    }
}
