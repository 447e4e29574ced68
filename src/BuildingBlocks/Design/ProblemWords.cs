using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using ClusterNet.Design.Resources;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Design;

/// <summary>
/// What a refusal says on a page. Pages run the API's commands; texts say each code in the reader's language: <c>Problem-{code}</c>, and for one
/// value <c>Fault-{code}-{member}</c> or <c>Fault-{code}</c>. The page's own texts come first, then the <c>Texts</c> of its module, then those of
/// this folder. What none of them has stands as the API says it.
/// </summary>
public static class ProblemWords
{
    private static readonly ResourceManager Shared = new(typeof(DesignTexts));
    private static readonly ConcurrentDictionary<Type, ResourceManager?> OfModules = [];

    /// <returns>One sentence or more; null when the command was carried out.</returns>
    public static string? Of(IResult result, IStringLocalizer texts) => result is ProblemHttpResult problem ? Of(problem, texts) : null;

    private static string Of(ProblemHttpResult problem, IStringLocalizer texts)
    {
        var extensions = problem.ProblemDetails.Extensions;
        if (extensions.TryGetValue("errors", out var errors) && errors is IReadOnlyCollection<Fault> faults)
            return string.Join(' ', faults.Select(f => Of(f, texts)).Distinct());
        return Of($"{extensions["code"]}", problem.ProblemDetails.Detail, texts); // every problem of ours has a code
    }

    /// <summary>A refusal that was not answered yet.</summary>
    public static string Of(Refusal refusal, IStringLocalizer texts) => Of(refusal.Code, refusal.Text, texts);

    internal static string Of(string code, string? detail, IStringLocalizer texts) => Find($"Problem-{code}", texts) ?? detail ?? code;

    /// <summary>One value that cannot be accepted, in the reader's language.</summary>
    public static string Of(Fault fault, IStringLocalizer texts)
    {
        var text = Find($"Fault-{fault.Code}-{fault.At.Split('/')[^1]}", texts) ?? Find($"Fault-{fault.Code}", texts);
        // A sentence about values needs them.
        return text is null || (fault.Values.Count == 0 && text.Contains("{0}", StringComparison.Ordinal)) ? fault.Detail
            : string.Format(CultureInfo.CurrentCulture, text, [.. fault.Values.Select(Shown)]);
    }

    /// <summary>The text of this key; where there is none, what the API says.</summary>
    public static string Said(this IStringLocalizer texts, string key, string otherwise) => texts[key] is { ResourceNotFound: false } said ? said.Value : otherwise;

    private static string? Find(string key, IStringLocalizer texts) => texts[key] is { ResourceNotFound: false } said ? said.Value
        : OfModules.GetOrAdd(texts.GetType(), OfModule)?.GetString(key, CultureInfo.CurrentUICulture) ?? Shared.GetString(key, CultureInfo.CurrentUICulture);

    /// <summary>The <c>Texts</c> beside those that a localizer is for.</summary>
    private static ResourceManager? OfModule(Type localizer) =>
        localizer.GenericTypeArguments is [var own] && own.Assembly.GetType($"{own.Namespace}.Texts") is { } common ? new(common) : null;

    private static object? Shown(object? value) => value switch
    {
        DateOnly day => day.ToString(Shared.GetString("DayFormat", CultureInfo.CurrentUICulture), CultureInfo.CurrentCulture),
        DateTimeOffset at => Shown(at, new(new HttpContextAccessor())), // each accessor knows the request that is being answered
        _ => value,
    };

    private static string Shown(DateTimeOffset at, Reader reader)
    {
        var words = reader.Local(at).ToString(Shared.GetString("InstantFormat", CultureInfo.CurrentUICulture), CultureInfo.CurrentCulture);
        return reader.HasZone ? words : words + " UTC";
    }
}
