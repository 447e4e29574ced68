using ClusterNet.Access.Resources;
using ClusterNet.Design;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Access.SignIn;

/// <summary>What the API refuses in English, in the reader's language: by the code, which never changes.</summary>
internal static class Words
{
    public static string Of(this IStringLocalizer<Texts> text, Fault fault) =>
        text[$"Password-{fault.Code}"] is { ResourceNotFound: false } weakness && fault.At.EndsWith("assword", StringComparison.Ordinal)
            ? weakness
            : ProblemWords.Of(fault, text);

    /// <summary>Adds what a command answered to what is wrong with its form.</summary>
    /// <returns>Whether it was carried out.</returns>
    public static bool Accept(this FormFaults faults, IStringLocalizer<Texts> text, IResult result)
    {
        if (result is not ProblemHttpResult { ProblemDetails: var problem }) return true;
        if (problem.Extensions.TryGetValue("errors", out var errors) && errors is IEnumerable<Fault> all)
        {
            var given = new Faults();
            foreach (var fault in all) given.Add(fault.At.TrimStart('#', '/'), fault.Code, fault.Detail, fault.Values);
            faults.Add(given, text.Of);
        }
        else
        {
            faults.Add("", ProblemWords.Of(result, text) ?? "");
        }

        return false;
    }

    /// <summary>The same for a body that is checked before it is sent on.</summary>
    public static bool Accept(this FormFaults faults, IStringLocalizer<Texts> text, IValidated body)
    {
        var found = new Faults();
        body.Validate(found);
        faults.Add(found, text.Of);
        return !faults.Any;
    }
}
