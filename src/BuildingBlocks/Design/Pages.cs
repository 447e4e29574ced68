using ClusterNet.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Design;

/// <summary>What pages with forms do alike.</summary>
public static class Pages
{
    /// <summary>The page does not exist for this reader: status 404 and the page that says so.</summary>
    public static void Missing(this NavigationManager navigation, HttpContext http)
    {
        // The page for what is missing sets it once more, which fails where it stands already.
        http.Response.Headers.Remove("blazor-enhanced-nav");
        navigation.NotFound();
    }

    /// <summary>What a request body of the API finds wrong with itself, at the form's fields; an entry of a list counts for the list's field.</summary>
    /// <param name="text">Has the words as <c>Fault-{code}</c>; those of the API stand where it has none.</param>
    public static FormFaults Take(this FormFaults form, IValidated body, IStringLocalizer text)
    {
        var faults = new Faults();
        body.Validate(faults);
        foreach (var fault in faults.All)
        {
            var member = fault.At.TrimStart('#', '/').Split('/')[0];
            var name = $"Form.{char.ToUpperInvariant(member[0])}{member[1..]}";
            if (form[name] is null) form.Add(name, ProblemWords.Of(fault, text));
        }

        return form;
    }

    /// <summary>A refusal, for the form as a whole.</summary>
    /// <param name="text">Has the words as <c>Problem-{code}</c>; those of the API stand where it has none.</param>
    public static FormFaults Take(this FormFaults form, Sent sent, IStringLocalizer text) => sent.Code is null
        ? form
        : form.Add("", ProblemWords.Of(sent.Code, sent.Text, text));
}
