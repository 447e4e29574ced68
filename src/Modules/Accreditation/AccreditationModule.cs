using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.Accreditation.Auditing;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.Accreditation.Issuing;
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
        services.AddScoped<StandardDesk>().AddSingleton<DryRunDesk>().AddScoped<StandardWords>();
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
        services.AddInline<Shares>();
        services.AddSingleton<IssuerAddress>().AddSingleton<IssuerKeys>().AddSingleton<StatusLists>().AddSingleton<OwnDocuments>()
            .AddSingleton<IOwnDocuments>(p => p.GetRequiredService<OwnDocuments>())
            .AddScoped<CredentialDesk>().AddScoped<CredentialPaper>().AddScoped<ShownCredentials>().AddHostedService<IssuerKeyCheck>();
        ApplicationNews.Declare(services);
        StandardNews.Declare(services);
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
        services.AddSingleton(new NavigationEntry(
            "/standards", "file-check", typeof(Texts), "NavStandards", 51, caller => caller?.Roles.Any(r => r.Scope.Kind == ScopeKind.Cluster && r.Role != Role.Auditor) == true));
        services.AddScoped<GuidanceDesk>().AddSingleton<ReadinessDesk>().AddSlot<HomeCredentials>(Slots.Home, 50).AddSlot<ReadyEvidence>(Slots.Learning, 10);
        services.AddSingleton(p => VcApiOptions.From(p.GetRequiredService<IConfiguration>(), []));
        services.AddCredentialVerifiers().AddScoped<Intake>().AddScoped<OwnBooks>().AddScoped<CheckWords>().AddScoped<Verifications>();
        return services.AddRoutes<AccreditationModule>();
    }

    /// <summary>Replaces the key that signs credentials.</summary>
    /// <param name="lost">Whether somebody else may have the old one: then nothing that it signed verifies any more.</param>
    /// <returns>The names of the old and the new key, and why it was not replaced, if so.</returns>
    public static async Task<(string Old, string New, string? Refused)> ReplaceCredentialKey(IServiceProvider services, bool lost, CancellationToken ct)
    {
        var (old, now, refusal) = await services.GetRequiredService<IssuerKeys>().Replace(lost, ct);
        return (old, now, refusal?.Text);
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
        routes.MapPublishIssuer();
        routes.MapShownCredential();
        if (routes.ServiceProvider.GetRequiredService<VcApiOptions>().Enabled) routes.MapVcApiVerifier();
    }

    public void AddRoutes(IEndpointRouteBuilder routes)
    {
        routes.MapDraftStandard();
        routes.MapReviseStandard();
        routes.MapPublishStandard();
        routes.MapReadStandards();
        routes.MapStandardFile();
        routes.MapDryRun();
        routes.MapOpenApplication();
        routes.MapPutEvidence();
        routes.MapMoveApplication();
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
        routes.MapDownloadCredential();
        routes.MapShares();
    }
}
