using System.Diagnostics;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ClusterNet.Web;

/// <summary>
/// One line per request with who called by id (OWASP ASVS 5.0, 16.2.1), in place of the framework's, which would show paths and queries: both may carry tokens and addresses of people.
/// The category <c>ClusterNet.Web.RequestLog</c> can be quietened by configuration.
/// </summary>
internal sealed class RequestLog(RequestDelegate next, ILogger<RequestLog> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!logger.IsEnabled(LogLevel.Warning))
        {
            await next(context);
            return;
        }

        var start = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var status = context.Response.StatusCode;
            logger.Log(
                status >= 500 ? LogLevel.Warning : LogLevel.Information,
                "{Method} {Route} answered {Status} to {Caller} in {Milliseconds:0.0} ms",
                context.Request.Method,
                context.RoutePattern(),
                status,
                context.User.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? "nobody",
                Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }
}
