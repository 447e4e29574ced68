using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.Accreditation.Auditing;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.Accreditation.Resources;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Accreditation.Verifying;
using ClusterNet.Credentials.Fetching;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Accreditation;

/// <summary>Standards, applications for accreditation of informal learning, credentials, and what auditors see of them.</summary>
public sealed class AccreditationModule : IRoutes
{
    internal const string Name = "accreditation";

    internal static readonly Refusal NotAllowed = new(
        "not-allowed", "Your roles do not include this. Ask a coordinator of the cluster for the role, or use another account.", 403);

    /// <summary>Adds the module to the installation.</summary>
    public static IServiceCollection AddAccreditation(IServiceCollection services)
    {
        services.AddEvents(Name, typeof(AccreditationModule).Assembly, AccreditationJson.Default);
        services.AddInline<Standards.Standards>().AddInline<Applications.Applications>().AddInline<HeldCredentials>()
            .AddInline<AuditorReads>();
        services.AddScoped<ApplicationDesk>().AddScoped<AuditDesk>().AddSingleton<DossierEvents>()
            .AddSingleton<EventLines>().AddScoped<IEventReaders, ApplicationEventReaders>();
        services.AddSingleton<AccreditationErasure>();
        services.AddSingleton<IErasureHold>(p => p.GetRequiredService<AccreditationErasure>());
        services.AddSingleton<IErasureStep>(p => p.GetRequiredService<AccreditationErasure>());
        services.AddSingleton<IRecipients>(p => p.GetRequiredService<AccreditationErasure>());
        services.AddInline<EvidenceRecords>().AddFacts<PublishedReads>();
        services.AddSingleton<IReadsOf, ReadsOfPersons>().AddSingleton<IAuditedStandards, AuditedStandards>()
            .AddScoped<IEventReaders, EvidenceEventReaders>();
        services.AddRelay<CredentialEvidence>();
        services.AddSkillUses("standards", Name, "(select skill as uri from accreditation.standards where published) u")
            .AddSkillUses("credentials", Name, "(select skill as uri from accreditation.credentials where standing <> 'withdrawn') u");
        ApplicationNews.Declare(services);
        CredentialNews.Declare(services);
        services.AddSingleton<ISearchSource, CredentialSearch>();
        services.AddSingleton<IHomeTasks, AccreditationTasks>();
        services.AddSingleton<IMentoringConflicts, MentoringConflicts>();
        services.AddSingleton(new NavigationEntry("/accreditation", "award", typeof(Texts), "NavAccreditation", 50, caller => caller is { IsAuditorOnly: false }));
        services.AddSingleton(new NavigationEntry(
            "/assessments", "clipboard-check", typeof(Texts), "NavAssessments", 52,
            caller => caller?.Roles.Any(r => r.Role is Role.Assessor or Role.DecisionMaker) == true));
        services.AddSingleton(new NavigationEntry(
            "/audits", "clipboard-list", typeof(Texts), "NavAudits", 53, caller => caller?.Roles.Any(r => r.Role == Role.Auditor) == true));
        services.AddSingleton<ReadinessDesk>().AddSlot<HomeCredentials>(Slots.Home, 50).AddSlot<ReadyEvidence>(Slots.Learning, 10);
        services.AddSingleton(p => VcApiOptions.From(p.GetRequiredService<IConfiguration>(), []));
        services.AddCredentialVerifiers().AddScoped<Intake>().AddScoped<OwnBooks>().AddScoped<CheckWords>().AddScoped<Verifications>();
        return services.AddRoutes<AccreditationModule>();
    }

    /// <summary>What is wrong with this module's settings.</summary>
    public static IReadOnlyList<string> SettingFaults(IConfiguration configuration)
    {
        var faults = new List<string>();
        VcApiOptions.From(configuration, faults);
        return faults;
    }

    /// <summary>What standards expect outside the API's prefix.</summary>
    public static void MapOutsideApi(IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<VcApiOptions>().Enabled) routes.MapVcApiVerifier();
    }

    public void AddRoutes(IEndpointRouteBuilder routes)
    {
        routes.MapDraftStandard();
        routes.MapPublishStandard();
        routes.MapReadStandards();
        routes.MapOpenApplication();
        routes.MapPutEvidence();
        routes.MapSubmitApplication();
        routes.MapAssignAssessor();
        routes.MapRateCriteria();
        routes.MapAskForMoreEvidence();
        routes.MapDecideApplication();
        routes.MapWithdrawApplication();
        routes.MapListApplications();
        routes.MapReadiness();
        routes.MapReadApplication();
        routes.MapVerifyCredential();
        routes.MapVerifyShown();
        routes.MapChangeStanding();
        routes.MapListMyCredentials();
        routes.MapReadDossier();
    }
}
