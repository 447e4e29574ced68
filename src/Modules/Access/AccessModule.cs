using ClusterNet.Access.Accounts;
using ClusterNet.Access.Auditing;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Erasures;
using ClusterNet.Access.Exports;
using ClusterNet.Access.Federation;
using ClusterNet.Access.Grants;
using ClusterNet.Access.Identity;
using ClusterNet.Access.Notices;
using ClusterNet.Access.Passkeys;
using ClusterNet.Access.Roles;
using ClusterNet.Access.SetUp;
using ClusterNet.Access.SignIn;
using ClusterNet.Access.Tokens;
using ClusterNet.Access.TwoFactor;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Access;

/// <summary>Accounts, sign-in, tokens and roles; export and erasure of a person's own data.</summary>
public sealed class AccessModule : IRoutes
{
    internal const string Name = "access";

    /// <summary>The name of the session's cookie.</summary>
    public const string SessionCookie = Sessions.Cookie;

    /// <summary>Adds the module to the installation.</summary>
    public static IServiceCollection AddAccess(IServiceCollection services)
    {
        services.AddEvents(Name, typeof(AccessModule).Assembly, AccessJson.Default);
        services.AddSingleton(new ModuleSchema(
            Name, [Passwords.Script, Sessions.Script, Token.Script, Invitations.Script, ErasureEffects.Script, LastHolder.Script, .. LocalIdentity.Scripts, .. NoticeSetup.Scripts,
            .. FederationServices.Scripts, LastHolder.LastingScript]));
        services.AddInline<Accounts.Accounts>().AddInline<RoleAssignments>().AddInline<Tokens.Tokens>();
        services.AddSingleton<IAccounts, AccountQueries>().AddSingleton<IRoles, RoleQueries>().AddScoped<IInvitations, Invitations>().AddSingleton<ISignUp, SignUps>();
        services.AddSingleton<FirstOperatorCode>();
        services.AddScoped<InvitationDesk>();
        services.AddScoped<EventReading>().AddSingleton<EventCheck>();
        services.AddSingleton<RoleList>().AddSingleton<IRoleList>(p => p.GetRequiredService<RoleList>()).AddScoped<IRoleDesk, RoleDesk>();
        AddErasure(services);
        services.AddFederation();
        services.AddGrants();
        services.AddAuthentication(CallerAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, CallerAuthentication>(CallerAuthentication.SchemeName, null);
        services.AddLocalIdentity();
        services.AddNotices();
        return services.AddRoutes<AccessModule>();
    }

    private static void AddErasure(IServiceCollection services)
    {
        services.AddInline<ErasureRows>().AddFacts<ErasedPersons>();
        services.AddSingleton<PersonalDataPolicy>().AddSingleton<LastCopies>().AddSingleton<ErasureEffects>().AddSingleton<ErasureSaga>().AddSingleton<RestoredErasures>();
        services.AddSingleton<RowVacuum>();
        services.AddSingleton<IErasureStep, AccountErasure>().AddSingleton<IErasureHold, LastOperatorHold>().AddScoped<ErasureDesk>();
        services.AddSingleton<ExportArchive>();
        services.AddSingleton<ErasureWorker>().AddHostedService(p => p.GetRequiredService<ErasureWorker>());
    }

    /// <summary>Says who is calling.</summary>
    public static void Authenticate(IApplicationBuilder app) => app.UseAuthentication();

    /// <summary>Holds every endpoint to what it declares about who may call it.</summary>
    public static void Authorize(IApplicationBuilder app) => app.Use(PermissionCheck.Hold);

    /// <summary>Routes outside the API's prefix: sign-in by a firm's provider, tokens for machine clients.</summary>
    public static void MapOutsideApi(IEndpointRouteBuilder routes) => FederationServices.MapOutsideApi(routes);

    /// <summary>What is wrong with the settings of this module, each in words of its own.</summary>
    public static IReadOnlyList<string> SettingFaults(IConfiguration configuration)
    {
        List<string> faults = [];
        FederationSettings.From(configuration, faults);
        return faults;
    }

    public void AddRoutes(IEndpointRouteBuilder routes)
    {
        routes.MapFirstOperator();
        routes.MapSignIn();
        routes.MapMe();
        routes.MapOpenAccount();
        routes.MapInviteAccount();
        routes.MapAcceptInvitation();
        routes.MapGrantRole();
        routes.MapRevokeRole();
        routes.MapIssueToken();
        routes.MapListTokens();
        routes.MapRevokeToken();
        routes.MapReadEvents();
        routes.MapReadProofs();
        routes.MapReadPersonalData();
        routes.MapExportMyData();
        routes.MapPreviewErasure();
        routes.MapAskForErasure();
        routes.MapReadReceipt();
        routes.MapFederation();
        routes.MapGrants();
        routes.MapSecondFactor();
        routes.MapPasskeySignIn();
        routes.MapChangePassword();
        routes.MapResetPassword();
        routes.MapChangeEmail();
        routes.MapOwnSessions();
        routes.MapOwnPasskeys();
        routes.MapOwnTwoFactor();
        routes.MapListRoles();
        routes.MapNoticesAndSettings();
    }
}
