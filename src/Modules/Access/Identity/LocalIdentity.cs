using ClusterNet.Access.Accounts;
using ClusterNet.Access.Passkeys;
using ClusterNet.Access.SignIn;
using ClusterNet.Access.TwoFactor;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ClusterNet.Access.Identity;

/// <summary>Local sign-in: the framework's managers on this module's tables, and the sessions that they begin (docs/adr/0014).</summary>
internal static class LocalIdentity
{
    /// <summary>Tables of local sign-in that came after the module's first release, in the order of the module's scripts.</summary>
    public static IReadOnlyList<string> Scripts { get; } = [Sessions.ListScript, Invitations.MailedScript, HolderStore.Script, PasskeyRows.Script, OneTime.Script];

    public static IServiceCollection AddLocalIdentity(this IServiceCollection services)
    {
        services.AddSingleton<IPasswordHasher<AccountHolder>>(Passwords.Hasher).AddSingleton<ILookupNormalizer, LowerCase>();
        services.AddIdentityCore<AccountHolder>(Configure).AddUserStore<HolderStore>().AddSignInManager()
            .AddTokenProvider<AuthenticatorTokenProvider<AccountHolder>>(TokenOptions.DefaultAuthenticatorProvider);
        // Names and passwords have rules of their own (Faults, PasswordRules); the framework's would look up every name twice.
        services.RemoveAll<IUserValidator<AccountHolder>>().RemoveAll<IPasswordValidator<AccountHolder>>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<IConfiguration>(PasskeyOrigins.Configure);
        services.AddScoped<SignInDesk>().AddScoped<PasskeyDesk>().AddScoped<TwoFactorDesk>().AddScoped<OwnAccount>().AddScoped<PasswordDesk>().AddScoped<EmailDesk>();
        services.AddSingleton<AccountMail>().AddSingleton<SignInLog>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, SessionScheme>(IdentityConstants.ApplicationScheme, null);
        return services;
    }

    /// <summary>Ten failed tries lock password and code for a quarter of an hour (OWASP ASVS 5.0, 6.3.1).</summary>
    private static void Configure(IdentityOptions options)
    {
        options.Lockout.MaxFailedAccessAttempts = 10;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
    }

    /// <summary>Addresses are compared in lower case, as the accounts keep them.</summary>
    private sealed class LowerCase : ILookupNormalizer
    {
        public string? NormalizeName(string? name) => name?.ToLowerInvariant();

        public string? NormalizeEmail(string? email) => email?.ToLowerInvariant();
    }
}
