using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Design;

/// <summary>What the components need.</summary>
public static class DesignSetup
{
    public static IServiceCollection AddDesign(this IServiceCollection services) =>
        services.AddHttpContextAccessor().AddSingleton<Assets>().AddScoped<Reader>();
}
