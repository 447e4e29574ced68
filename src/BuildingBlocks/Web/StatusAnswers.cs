using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ClusterNet.Web;

/// <summary>Answers that would leave with a status and nothing else get a problem: which, why, and what to do next.</summary>
internal static class StatusAnswers
{
    public static Task Write(StatusCodeContext status)
    {
        var context = status.HttpContext;
        return context.Response.StatusCode == StatusCodes.Status499ClientClosedRequest
            ? Task.CompletedTask
            : Of(context, context.Response.StatusCode).ExecuteAsync(context);
    }

    /// <summary>A refusal of the pipeline: a problem; a browser's page is left to the host's error pages, which fill an empty answer.</summary>
    public static Task Answer(HttpContext context, int status, ProblemHttpResult? problem = null)
    {
        if (!context.WantsHtml()) return (problem ?? Of(context, status)).ExecuteAsync(context);
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    public static ProblemHttpResult Of(HttpContext context, int status) => status switch
    {
        400 => Problems.Of(400, MalformedRequest.Code, "The request could not be read; compare it with the description at /openapi/v1.json."),
        401 => Problems.Of(401, "not-signed-in", "Sign in, or send a valid token in the header Authorization: Bearer."),
        403 => Problems.Of(403, "forbidden", "You may not do this; ask an operator for the role or grant that it needs."),
        404 => Problems.Of(404, "not-found", "Nothing is here, or you may not see it; check the address and your sign-in."),
        405 => Problems.Of(405, "method-not-allowed", $"Use one of the methods that this address knows: {context.Response.Headers.Allow}."),
        406 => Problems.Of(406, "not-acceptable", "No form of this resource fits the Accept header; ask for application/json."),
        412 => Problems.Of(412, "stale-version", "Somebody changed this meanwhile; read it again and send its new ETag as If-Match."),
        413 => Problems.Of(
            413,
            "body-too-large",
            $"The body may have {BodyLimits.Of(context)} bytes at most; send less, or in several requests.",
            ("limitBytes", BodyLimits.Of(context))),
        415 => Problems.Of(415, "unsupported-media-type", UnsupportedMediaType(context)),
        422 => Problems.Of(422, "invalid-request", "The request cannot be accepted; compare it with the description at /openapi/v1.json."),
        429 => Problems.Of(429, "too-many-requests", "Wait as many seconds as Retry-After says, then go on more slowly."),
        503 => Problems.Of(503, "unavailable", "The service cannot answer now; try again in a moment."),
        >= 500 => Problems.Of(status, "internal-error", "Something went wrong on our side; try again, or report the traceId."),
        _ => Problems.Of(status, "refused", "The request was refused; compare it with the description at /openapi/v1.json."),
    };

    private static string UnsupportedMediaType(HttpContext context)
    {
        var accepted = context.ChosenEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata>()?.ContentTypes;
        return $"Send the body with the header Content-Type: {(accepted is [var first, ..] ? first : "application/json")}.";
    }
}
