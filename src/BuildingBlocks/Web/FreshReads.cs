using System.Globalization;
using ClusterNet.Projections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Web;

/// <summary>
/// Reading what one wrote from an asynchronous projection: a query sent with <c>ClusterNet-Wrote</c> (from the command's answer) and
/// <c>Prefer: wait=n</c> (RFC 7240 section 4.3) waits, at most n and never more than 10 seconds, until the projection has passed that event.
/// </summary>
public static class FreshReads
{
    private const int MaxSeconds = 10;

    /// <param name="projection">Name of the projection that the endpoint reads.</param>
    public static RouteHandlerBuilder ReadsProjection(this RouteHandlerBuilder builder, string projection) =>
        builder.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (Wrote(http.Request) is { } seqId && WaitSeconds(http.Request) is { } seconds)
            {
                var services = http.RequestServices;
                var fresh = await services.GetRequiredService<Freshness>().Wait(
                    projection, seqId, TimeSpan.FromSeconds(seconds), services.GetRequiredService<TimeProvider>(), http.RequestAborted);
                http.Response.Headers["Preference-Applied"] = fresh ? $"wait={seconds}" : "";
            }

            return await next(context);
        });

    private static long? Wrote(HttpRequest request) =>
        long.TryParse(request.Headers["ClusterNet-Wrote"], NumberStyles.None, CultureInfo.InvariantCulture, out var seqId) ? seqId : null;

    private static int? WaitSeconds(HttpRequest request)
    {
        foreach (var preference in request.Headers["Prefer"].SelectMany(p => (p ?? "").Split(',', StringSplitOptions.TrimEntries)))
        {
            if (preference.StartsWith("wait=", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(preference["wait=".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                return Math.Min(seconds, MaxSeconds);
        }

        return null;
    }
}
