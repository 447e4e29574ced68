using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Learning.Signals;

/// <summary>What signals add to the module.</summary>
internal static class SignalsSetup
{
    public static IServiceCollection AddSignals(this IServiceCollection services)
    {
        services.AddInline<SignalRows>().AddInline<SignalVoiceRows>().AddInline<SignalModerationLog>();
        services.AddSingleton<SignalDesk>().AddSingleton<ISearchSource, SignalSearch>().AddSingleton<IErasureStep, SignalErasure>();
        services.AddSlot<HomeSignals>(Slots.Home, 61);
        SignalNews.Declare(services);
        return services;
    }

    public static void MapSignals(this IEndpointRouteBuilder routes)
    {
        routes.MapShareSignal();
        routes.MapModerateSignal();
        routes.MapVoiceSignal();
        routes.MapTalkAboutSignal();
        routes.MapKeepSignal();
        routes.MapReadSignals();
    }
}
