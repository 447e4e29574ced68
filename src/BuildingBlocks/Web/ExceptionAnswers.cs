using System.Text.Json;
using ClusterNet.Ledger;
using ClusterNet.Privacy;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;

namespace ClusterNet.Web;

/// <summary>Where exceptions become answers. What is not the caller's fault is a bug: logged, and not told.</summary>
internal sealed class ExceptionAnswers(ILogger<ExceptionAnswers> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var problem = exception switch
        {
            RefusedRequestException refused => refused.Problem,
            BadHttpRequestException bad => BadRequest(httpContext, bad),
            JsonException json => MalformedRequest.Of(json), // an endpoint that reads its body by hand
            InvalidDataException form when IsForm(httpContext) => Problems.Of(400, MalformedRequest.Code, $"The form cannot be read: {form.Message}"),
            KeyMissingException => Problems.Of(
                503, "keys-unavailable", "Personal data cannot be read now, a key of this installation is not in its place. Its operator has to put it back."),
            LogDamagedException => Problems.Of(
                500, "history-damaged", "What is stored here is not what was sealed, so it is not shown. Tell the operator, who finds it by clusternet audit fsck."),
            LogKeyException or LogRolledBackException => Problems.Of(
                503, "log-not-open", "The log cannot be signed now. Its operator finds the reason in /audit and in the server's own log."),
            _ when DatabaseAway.Is(exception) => DatabaseAway.Answer(httpContext),
            _ => null,
        };
        if (problem is { StatusCode: StatusCodes.Status503ServiceUnavailable })
        {
            logger.LogWarning("{Method} {Route} cannot be answered now: {Reason}", httpContext.Request.Method, httpContext.RoutePattern(), exception.Message);
        }
        else if (problem is null)
        {
            logger.LogError(exception, "Unhandled exception in {Method} {Route}", httpContext.Request.Method, httpContext.RoutePattern());
        }

        httpContext.Response.StatusCode = problem?.StatusCode ?? StatusCodes.Status500InternalServerError;
        if (!httpContext.WantsHtml()) // else the status pages answer, in HTML where the host has such a page
        {
            await (problem ?? StatusAnswers.Of(httpContext, 500)).ExecuteAsync(httpContext);
        }

        return true;
    }

    // By the header alone: the framework's own question fails where a form was refused.
    private static bool IsForm(HttpContext context) => context.Request.ContentType is { } type
        && (type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase));

    private static ProblemHttpResult BadRequest(HttpContext context, BadHttpRequestException bad) => bad.StatusCode switch
    {
        StatusCodes.Status400BadRequest => MalformedRequest.Of(context, bad),
        var status => StatusAnswers.Of(context, status),
    };
}
