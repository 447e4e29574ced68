using ClusterNet.Access.Contracts;
using ClusterNet.Design;
using ClusterNet.Host.Pages.Layout;
using ClusterNet.Host.Pages.Search;
using ClusterNet.Web;

namespace ClusterNet.Host.Composition;

/// <summary>What the web app needs beside the modules' pages.</summary>
internal static class Shell
{
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddLocalization().AddDesign().AddScoped<SiteMap>().AddScoped<SearchEverything>();
        services.AddRoutes<SearchRoutes>().AddSingleton(p => LegalLinks.From(p.GetRequiredService<IConfiguration>()));
        foreach (var entry in SiteMap.Own) services.AddSingleton(entry);
        return services;
    }

    /// <summary>Files under an address with their content's hash never change; the others are asked for again after an hour.</summary>
    public static IApplicationBuilder UseShellFiles(this IApplicationBuilder app)
    {
        var assets = app.ApplicationServices.GetRequiredService<Assets>();
        return app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl =
                assets.IsCurrent(file.Context.Request) ? "public, max-age=31536000, immutable" : "public, max-age=3600",
        });
    }
}
