using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Web;

/// <summary>
/// What a refusal says on a page. Pages run the API's commands; the texts of a module may say each code in the reader's language
/// (<c>Problem-{code}</c>, and <c>Fault-{code}</c> for one value). What they do not have stands as the API says it.
/// </summary>
public static class ProblemWords
{
    /// <returns>One sentence or more; null when the command was carried out.</returns>
    public static string? Of(IResult result, IStringLocalizer texts) => result is ProblemHttpResult problem ? Of(problem, texts) : null;

    private static string Of(ProblemHttpResult problem, IStringLocalizer texts)
    {
        var extensions = problem.ProblemDetails.Extensions;
        if (extensions.TryGetValue("errors", out var errors) && errors is IReadOnlyCollection<Fault> faults)
            return string.Join(' ', faults.Select(f => Of(f, texts)).Distinct());
        return texts.Said($"Problem-{extensions["code"]}", problem.ProblemDetails.Detail ?? ""); // every problem of ours has a code
    }

    /// <summary>One value that cannot be accepted, in the reader's language.</summary>
    public static string Of(Fault fault, IStringLocalizer texts) => texts.Said($"Fault-{fault.Code}", fault.Detail);

    /// <summary>The text of this key; where there is none, what the API says.</summary>
    public static string Said(this IStringLocalizer texts, string key, string otherwise) => texts[key] is { ResourceNotFound: false } said ? said.Value : otherwise;
}
