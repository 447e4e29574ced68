using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Accounts;
using ClusterNet.Resources.Attending;
using ClusterNet.Resources.Bookings;
using ClusterNet.Resources.Calendar;
using ClusterNet.Resources.Demand;
using ClusterNet.Resources.Figures;
using ClusterNet.Resources.Leaving;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Resources;
using ClusterNet.Resources.Rules;
using ClusterNet.Resources.Sessions;
using ClusterNet.Resources.Terms;
using ClusterNet.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Resources;

/// <summary>Pools of training resources, and sessions booked on them.</summary>
public sealed class ResourcesModule : IRoutes
{
    internal const string Name = "resources";

    /// <summary>Adds the module to the installation.</summary>
    public static IServiceCollection AddResources(IServiceCollection services)
    {
        services.AddEvents(Name, typeof(ResourcesModule).Assembly, ResourcesJson.Default);
        services.AddSingleton(new ModuleSchema(Name, Pools.Script, Allocations.Script, Engagements.Script, Closures.Script, Entries.Script, Periods.Script, FeedUse.Script));
        // The pool comes first: allocations look at it when they are filled anew.
        services.AddInline<Pools>().AddInline<Closures>().AddInline<Sessions.Sessions>().AddInline<Allocations>().AddInline<Engagements>();
        // Entries come before their lines, and both before the months that count them.
        services.AddInline<Entries>().AddInline<EntryLines>().AddInline<Periods>().AddInline<Funders>();
        services.AddSingleton<Entitlements>().AddSingleton<Books>().AddSingleton<Settlements>().AddSingleton<StatementPaper>();
        services.AddSingleton<Standing>().AddSingleton<PoolQueries>().AddSingleton<ResourceImports>();
        services.AddSingleton<Timetables>().AddSingleton<SessionDesk>().AddSingleton<Organisers>().AddSingleton<AlternativeFinder>();
        services.AddSingleton<OpenRequests>().AddSingleton<SeriesDesk>().AddSingleton<SeriesDates>().AddSingleton<IHomeTasks, RequestTasks>();
        RequestNews.Declare(services);
        services.AddInline<SessionChanges>().AddInline<FeedRows>().AddInline<SeatWaits>();
        services.AddSingleton<PoolAvailability>().AddSingleton<CalendarSessions>().AddSingleton<FeedDesk>().AddSingleton<FigureDesk>().AddSingleton<IErasureStep, FeedErasure>();
        SessionNews.Declare(services);
        services.AddAttending();
        services.AddInline<Departures>().AddSingleton<DepartureDesk>().AddSingleton<IHomeTasks, DepartureTasks>().AddSubscription<FirmLeaving>();
        services.AddSingleton<SeatClock>().AddHostedService(p => p.GetRequiredService<SeatClock>());
        services.AddDemand();
        services.AddSingleton<IHomeTasks, SessionTasks>().AddSingleton<IHomeTasks, PoolTasks>().AddSingleton<IHomeTasks, RuleTasks>();
        services.AddSlot<HomeSessions>(Slots.Home, 30).AddSlot<ClusterPool>(Slots.Cluster, 32);
        services.AddSingleton(new NavigationEntry("/sessions", "calendar-days", typeof(Texts), "NavSessions", 40, caller => caller is { IsAuditorOnly: false }));
        return services.AddRoutes<ResourcesModule>();
    }

    public void AddRoutes(IEndpointRouteBuilder routes)
    {
        routes.MapContributeResource();
        routes.MapWithdrawResource();
        routes.MapImportResources();
        routes.MapListResources();
        routes.MapShowResource();
        routes.MapFreeSlots();
        routes.MapRules();
        routes.MapShowEntitlements();
        routes.MapValueResource();
        routes.MapNameFunder();
        routes.MapPayMoney();
        routes.MapReverseEntry();
        routes.MapClosePeriod();
        routes.MapReadBooks();
        routes.MapSettleSession();
        routes.MapBookSession();
        routes.MapMoveSession();
        routes.MapCancelSession();
        routes.MapReserveSeats();
        routes.MapCancelSeats();
        routes.MapListSessions();
        routes.MapShowSession();
        routes.MapDescribeSession();
        routes.MapAttending();
        routes.MapAskApproval();
        routes.MapAnswerRequest();
        routes.MapListRequests();
        routes.MapBookSeries();
        routes.MapSeries();
        routes.MapExceptHours();
        routes.MapDescribeResource();
        routes.MapShowDepartures();
        routes.MapTakeOverSession();
        routes.MapChargeNoShows();
        routes.MapSetTerms();
        routes.MapPoolTerms();
        routes.MapAcceptSeats();
        routes.MapDemand();
        routes.MapPoolAvailability();
        routes.MapFeeds();
        routes.MapShowFigures();
    }

    /// <summary>What calendars expect outside the API's prefix.</summary>
    public static void MapOutsideApi(IEndpointRouteBuilder routes) => routes.MapReadFeed();
}
