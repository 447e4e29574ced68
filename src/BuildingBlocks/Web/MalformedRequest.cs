using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ClusterNet.Web;

/// <summary>Says which parameter or member cannot be read, and what is expected, in words of ours: the framework's name types.</summary>
internal static partial class MalformedRequest
{
    public const string Code = "malformed-request";

    public static ProblemHttpResult Of(HttpContext context, BadHttpRequestException bad)
    {
        if (bad.InnerException is JsonException json)
        {
            return Of(json);
        }

        if (NamedParameter().Match(bad.Message) is not { Success: true } match)
        {
            return StatusAnswers.Of(context, 400);
        }

        var name = match.Groups["name"].Value;
        var parameter = context.ChosenEndpoint()?.Metadata.GetMetadata<MethodInfo>()?.GetParameters().FirstOrDefault(p => p.Name == name);
        if (bad.Message.Contains("body", StringComparison.Ordinal))
        {
            return Problems.Of(400, Code, "A JSON body is expected; send the object that the description at /openapi/v1.json names.");
        }

        var expected = parameter is null ? "another kind of value" : Expectations.Of(parameter.ParameterType);
        var wrong = bad.Message.StartsWith("Required", StringComparison.Ordinal) ? "is missing" : "cannot be read";
        return Problems.Of(400, Code, $"The parameter '{name}' {wrong}; {expected} is expected.", ("parameter", name));
    }

    public static ProblemHttpResult Of(JsonException json)
    {
        var fault = JsonFaults.Of(json);
        return fault.Code == UnstorableTextException.Code
            ? Problems.WithErrors(400, fault.Code, fault.Detail, [fault])
            : Problems.WithErrors(400, Code, $"The body cannot be read at {fault.At}: {fault.Detail}", [fault]);
    }

    // The framework tells the parameter in its message alone, such as: Failed to bind parameter "Guid id" from "x".
    [GeneratedRegex("""parameter "(?:[^"]* )?(?<name>[^" ]+)" """, RegexOptions.CultureInvariant)]
    private static partial Regex NamedParameter();
}
