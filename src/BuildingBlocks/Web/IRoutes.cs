using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Web;

/// <summary>A module's endpoints, in the form of Carter's modules, so that Carter could take them over.</summary>
public interface IRoutes
{
    void AddRoutes(IEndpointRouteBuilder routes);
}

/// <summary>Where API routes live.</summary>
public static class Routes
{
    /// <summary>The prefix of all API routes.</summary>
    public const string ApiPrefix = "/api/v1";

    /// <summary>Registers a module's endpoints for <see cref="MapApi"/>.</summary>
    public static IServiceCollection AddRoutes<TRoutes>(this IServiceCollection services)
        where TRoutes : class, IRoutes => services.AddSingleton<IRoutes, TRoutes>();

    /// <summary>
    /// The group of all API routes, with validation of bodies, and every registered <see cref="IRoutes"/> in it. Authorization is the
    /// host's to add.
    /// </summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(ApiPrefix).AddEndpointFilter(Commands.AnswerRepeats).ValidateBodies();
        foreach (var module in routes.ServiceProvider.GetServices<IRoutes>())
        {
            module.AddRoutes(api);
        }

        return api;
    }
}
