using ClusterNet.Access.Identity;
using ClusterNet.Access.Resources;
using ClusterNet.Access.SignIn;
using ClusterNet.Design;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Access.SelfService;

/// <summary>What the pages of one's own account have in common: the holder, and that no browser keeps a copy of the page.</summary>
public abstract class SelfServicePage : ComponentBase
{
    [Inject]
    private protected IStringLocalizer<Texts> Text { get; set; } = null!; // injected

    [Inject]
    private protected OwnAccount Own { get; set; } = null!; // injected

    [Inject]
    private protected NavigationManager Navigation { get; set; } = null!; // injected

    [CascadingParameter]
    private protected HttpContext? Http { get; set; }

    private protected FormFaults Faults { get; } = [];

    private protected AccountHolder? Holder { get; private set; }

    private protected CurrentSession? Session { get; private set; }

    /// <summary>Whether the password is asked for once more.</summary>
    private protected bool AsksPassword => !Own.IsFresh && Holder?.PasswordHash is not null;

    private protected CancellationToken Ct => Http?.RequestAborted ?? CancellationToken.None;

    protected override async Task OnInitializedAsync()
    {
        if (Http is null) return;
        Http.Response.Headers.CacheControl = "no-store";
        (Holder, Session, _) = await Own.Find();
    }

    private protected bool Taken(Refusal? refusal, string field = "")
    {
        if (refusal is not null) Faults.Add(field, ProblemWords.Of(refusal, Text));
        return refusal is null;
    }

    /// <summary>Post, redirect, get.</summary>
    private protected void Done(string key, string href)
    {
        if (Http is not null) Flash.Say(Http, Tone.Good, Text[key]);
        Navigation.NavigateTo(href);
    }
}
