using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Auditing;
using ClusterNet.Clusters.Charters;
using ClusterNet.Clusters.Checks;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Culture;
using ClusterNet.Clusters.Firms;
using ClusterNet.Clusters.Imports;
using ClusterNet.Clusters.Invitations;
using ClusterNet.Clusters.Memberships;
using ClusterNet.Clusters.People;
using ClusterNet.Clusters.Readiness;
using ClusterNet.Clusters.Resources;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Clusters;

/// <summary>Clusters, firms, memberships and people.</summary>
public sealed class ClustersModule : IRoutes
{
    internal const string Name = "clusters";

    /// <summary>Adds the module to the installation.</summary>
    public static IServiceCollection AddClusters(IServiceCollection services)
    {
        services.AddEvents(Name, typeof(ClustersModule).Assembly, ClustersJson.Default);
        services.AddInline<Charters.Charters>().AddInline<FirmRows>().AddInline<MembershipRows>().AddInline<PersonRows>().AddInline<EmploymentRows>();
        services.AddSingleton<FirmQueries>().AddSingleton<Staffing>().AddSingleton<Consent>().AddSingleton<IFirmDirectory, FirmDirectory>();
        services.AddSingleton<EmploymentErasure>();
        services.AddSingleton<IErasureStep>(p => p.GetRequiredService<EmploymentErasure>());
        services.AddSingleton<IRecipients>(p => p.GetRequiredService<EmploymentErasure>());
        services.AddSingleton<FirmImports>().AddSingleton<PeopleImports>();
        services.AddSingleton<IScopeNames, ScopeNames>();
        AddInvitations(services);
        services.AddSingleton<IAuditedClusters, AuditedClusters>().AddScoped<IEventReaders, CharterEventReaders>();
        MembershipNews.Declare(services);
        EmploymentNews.Declare(services);
        services.AddFacts<EndedEmployments>().AddFacts<LeftFirms>();
        AddPeople(services);
        AddChecks(services);
        return services.AddRoutes<ClustersModule>();
    }

    /// <summary>Profiles, who may see them, and what can be found.</summary>
    private static void AddPeople(IServiceCollection services)
    {
        services.AddInline<FirmWordRows>();
        services.AddSingleton<Viewers>().AddSingleton<PeopleQueries>().AddScoped<InvitePerson>();
        services.AddSingleton<ISearchSource, PeopleSearch>().AddSingleton<ISearchSource, FirmSearch>().AddSingleton<ISearchSource, ClusterSearch>();
        services.AddSingleton<IHomeTasks, ClusterTasks>().AddSingleton<Offices>().AddSingleton<IPeopleNames, PeopleNames>();
        services.AddSlot<AccountPlaces>(Slots.Account, 10).AddSlot<HomeClusters>(Slots.Home, 60);
        services.AddSingleton(new NavigationEntry("/clusters", "network", typeof(Texts), "NavClusters", 60, caller => caller is not null));
        services.AddSingleton(new NavigationEntry("/firms", "building-2", typeof(Texts), "NavFirm", 30, caller => caller is { IsAuditorOnly: false }));
    }

    private static void AddChecks(IServiceCollection services) => services.AddInline<CheckRows>()
        .AddScoped<CheckDesk>().AddScoped<CultureView>().AddSingleton<IHomeTasks, CheckTasks>();

    private static void AddInvitations(IServiceCollection services)
    {
        services.AddSingleton(new ModuleSchema(Name, InvitationDesk.Script, InvitationDesk.MailedScript));
        services.AddInline<InvitationRows>();
        services.AddSingleton<InvitationDesk>().AddSingleton<PlaceDesk>().AddSingleton<InvitationView>().AddScoped<Acceptance>().AddScoped<Departure>();
    }

    public void AddRoutes(IEndpointRouteBuilder routes)
    {
        routes.MapFoundCluster();
        routes.MapShowClusters();
        routes.MapRegisterFirm();
        routes.MapReportFigures();
        routes.MapShowFirms();
        routes.MapApplyForMembership();
        routes.MapMembershipSteps();
        routes.MapShowMemberships();
        routes.MapAddPerson();
        routes.MapChangePosition();
        routes.MapEndEmployment();
        routes.MapInvitePerson();
        routes.MapShowPeople();
        routes.MapImports();
        routes.MapInviteToFirm();
        routes.MapInviteToCluster();
        routes.MapAnswerInvitation();
        routes.MapListInvitations();
        routes.MapShowProfile();
        routes.MapChangeProfile();
        routes.MapChangeProfileVisibility();
        routes.MapCheckReadiness();
        routes.MapCheckCulture();
    }
}
