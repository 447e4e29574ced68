using System.Diagnostics;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ClusterNet.Web;

/// <summary>Refusals as problem details (RFC 9457): stable <c>type</c> and <c>code</c>, and a detail that says what to do next.</summary>
public static class Problems
{
    private const string TypePrefix = "urn:clusternet:problem:";
    private static readonly HashSet<string> _taken = ["type", "title", "status", "detail", "instance", "code", "traceId", "errors"];

    /// <summary>A business "no" as its answer; the refusal's details become members of the problem (RFC 9457 section 3.2).</summary>
    public static ProblemHttpResult From(Refusal refusal) =>
        Of(refusal.Status, refusal.Code, refusal.Text, [.. refusal.Details.Select(detail => (detail.Key, detail.Value))]);

    /// <inheritdoc cref="From"/>
    public static ProblemHttpResult ToProblem(this Refusal refusal) => From(refusal);

    /// <summary>A problem that is no business refusal.</summary>
    /// <param name="code">Kebab-case, stable: it is API.</param>
    /// <param name="detail">What is wrong with this request and what to do next.</param>
    public static ProblemHttpResult Of(int status, string code, string detail, params ReadOnlySpan<(string Name, object? Value)> members)
    {
        foreach (var (name, _) in members)
        {
            if (_taken.Contains(name))
            {
                throw new ArgumentException($"A problem has a member '{name}' already; name the detail otherwise.", nameof(members));
            }
        }

        var problem = Bare(status, code, detail);
        foreach (var (name, value) in members)
        {
            problem.Extensions[name] = value;
        }

        return TypedResults.Problem(problem);
    }

    /// <summary>422 with every field error at once; <c>errors</c> has the form of the example in RFC 9457 section 3.</summary>
    public static ProblemHttpResult Invalid(IReadOnlyCollection<Fault> faults) =>
        WithErrors(
            422, "invalid-request", "Some values cannot be accepted; correct every member named in errors, then send it again.", faults);

    /// <summary>A problem with the faults at their places.</summary>
    public static ProblemHttpResult WithErrors(int status, string code, string detail, IReadOnlyCollection<Fault> faults)
    {
        var problem = Bare(status, code, detail);
        problem.Extensions["errors"] = faults;
        return TypedResults.Problem(problem);
    }

    private static ProblemDetails Bare(int status, string code, string detail)
    {
        var problem = new ProblemDetails { Type = TypePrefix + code, Title = TitleOf(code), Status = status, Detail = detail };
        problem.Extensions["code"] = code;
        if (Activity.Current is { } activity)
        {
            problem.Extensions["traceId"] = activity.TraceId.ToHexString();
        }

        return problem;
    }

    // The title is the same for every occurrence of a type (RFC 9457 section 3.1.3), so the code's own words do.
    private static string TitleOf(string code) => string.Create(code.Length, code, static (title, from) =>
    {
        from.AsSpan().Replace(title, '-', ' ');
        title[0] = char.ToUpperInvariant(title[0]);
    });
}
