using ClusterNet.Outgoing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ClusterNet.Credentials.Fetching;

/// <summary>Makes verifiers that ask the servers of others.</summary>
public sealed class CredentialVerifiers(OthersDocuments others, TimeProvider clock)
{
    /// <summary>For one request: what it fetches is bounded in number and in time.</summary>
    public CredentialVerifier New()
    {
        var documents = new PatientDocuments(others, clock);
        return new(documents, documents, clock);
    }
}

/// <summary>Puts the pieces together.</summary>
public static class CredentialFetching
{
    /// <summary>Whoever publishes documents here adds <see cref="IOwnDocuments"/>.</summary>
    public static IServiceCollection AddCredentialVerifiers(this IServiceCollection services)
    {
        services.TryAddSingleton<IOwnDocuments, NoOwnDocuments>();
        services.TryAddSingleton(p => OutgoingSettings.From(p.GetRequiredService<IConfiguration>(), []));
        services.TryAddSingleton<GuardedHttp>();
        services.TryAddSingleton<OthersDocuments>();
        services.TryAddSingleton<CredentialVerifiers>();
        return services;
    }
}
