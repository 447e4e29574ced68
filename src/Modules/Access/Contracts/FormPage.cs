using System.Security.Cryptography;
using System.Text;
using ClusterNet.Design;
using ClusterNet.Design.Resources;
using ClusterNet.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Access.Contracts;

/// <summary>A page whose forms carry out commands: what is wrong stands at the form, what was done is said on the page that follows.</summary>
public abstract class FormPage : ComponentBase
{
    [CascadingParameter]
    protected HttpContext? Http { get; set; }

    [Inject]
    private NavigationManager Pages { get; set; } = null!; // injected before anything else happens

    [Inject]
    private IStringLocalizer<DesignTexts> Common { get; set; } = null!; // injected before anything else happens

    /// <summary>The texts of the page.</summary>
    protected abstract IStringLocalizer Words { get; }

    protected FormFaults Faults { get; } = [];

    /// <summary>Who asks for the page. Nothing in it may be stored by anybody between.</summary>
    protected Caller? Visitor()
    {
        if (Http is null) return null;
        Http.Response.Headers.CacheControl = "no-store";
        return Caller.Of(Http);
    }

    /// <param name="done">The text that says so.</param>
    /// <param name="to">The page that follows.</param>
    /// <param name="body">Looked through before the command is sent.</param>
    /// <param name="key">Of a form that makes something: sent twice, it makes one.</param>
    /// <param name="version">On which the form was filled in.</param>
    protected async Task<Sent?> Send(
        Func<Caller, CancellationToken, Task<IResult>> command, string done, Func<Sent, string> to, IValidated? body = null, string? key = null, long? version = null)
    {
        if (Http is null || Caller.Of(Http) is not { } caller) return null;
        if (Faults.Any || (body is not null && Faults.Take(body, Words).Any)) return null;
        PageForms.Once(Http, key);
        PageForms.Expect(Http, version);
        var sent = PageForms.Read(await command(caller, Http.RequestAborted));
        if (Faults.Take(sent, Words).Any) return sent;
        Flash.Say(Http, Tone.Good, Words[done]);
        Pages.NavigateTo(to(sent));
        return sent;
    }

    /// <summary>A whole number as it was typed, from zero on; null where nothing was, and where something else was, with a fault at its field.</summary>
    protected int? Whole(string? typed, string field) => Faults.Whole(typed, field, Common);

    /// <summary>Of what a form begins with: it carries this in a hidden field, for <see cref="Unchanged"/>.</summary>
    protected static string Mark(params IEnumerable<object?> values) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', values))).AsSpan(0, 8));

    /// <summary>A fault where somebody changed meanwhile what the form began with; sent again, it goes over that.</summary>
    protected void Unchanged(string? seen, string now) => Faults.Unchanged(seen, now, Common);

    /// <summary>The id of what was chosen from a list; a fault where something was typed and nothing chosen.</summary>
    protected Guid? Chosen(Picked? picked, string field, string fault)
    {
        if (Guid.TryParse(picked?.Id, out var id)) return id;
        if (!string.IsNullOrWhiteSpace(picked?.Text)) Faults.Add(field, Words[fault]);
        return null;
    }
}
