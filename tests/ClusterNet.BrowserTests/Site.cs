using System.Net;
using ClusterNet.Tests.Accreditation;
using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(ClusterNet.BrowserTests.Site))]

namespace ClusterNet.BrowserTests;

/// <summary>The running Host with one credential in force and one suspended, and one browser for all tests; classes of tests run beside each other.</summary>
public sealed class Site : IAsyncLifetime
{
    /// <summary>Machines that run tests are often busy; a wait ends as soon as there is something to see.</summary>
    internal const float PatienceInMilliseconds = 60_000;

    private readonly StoryHost _story = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal RunningHost Host => _story.Host;

    internal string InForce { get; private set; } = "";

    internal string Suspended { get; private set; } = "";

    /// <summary>An event that stands in the log.</summary>
    internal string Event { get; private set; } = "";

    /// <summary>Of a person who had everything erased.</summary>
    internal string Receipt { get; private set; } = "";

    /// <summary>Signed in on the page of own data.</summary>
    private Account? _paula;

    /// <summary>The address of one of <see cref="Pages"/>.</summary>
    internal string Address(string page) => page switch
    {
        Pages.Start => "/",
        Pages.Verification => "/verify",
        Pages.Mistyped => "/verify?number=CN-2026-0000-0000-0",
        Pages.Unknown => "/verify?number=" + Pages.NumberOfNoCredential,
        Pages.InForce => "/verify?number=" + InForce,
        Pages.Suspended => "/verify?number=" + Suspended,
        Pages.History => "/audit",
        Pages.CheckedEvent => "/audit?event=" + Event,
        Pages.UnknownEvent => "/audit?event=0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f",
        Pages.SignIn => "/sign-in",
        Pages.MyData => "/my-data",
        Pages.Receipt => "/receipts/" + Receipt,
        Pages.Missing => "/no-such-page",
        Pages.Home => "/",
        Pages.SearchForm => "/search",
        Pages.SearchNothing => "/search?q=qqzzqq",
        Pages.SearchTooShort => "/search?q=a",
        Pages.SearchHits => "/search?q=Firm",
        Pages.Display => "/account/display",
        Pages.Help => "/help",
        Pages.Legal => "/legal",
        Pages.Offline => "/offline",
        Pages.Design => "/design",
        _ => throw new ArgumentException($"{page} is no page.", nameof(page)),
    };

    /// <summary>A browser window of its own on a page, without cookies or cache of others.</summary>
    internal Task<Visit> Visit(string address, BrowserNewContextOptions? window = null) =>
        Visit(address, window, address == Address(Pages.MyData) ? _paula : null);

    /// <summary>One of <see cref="Pages"/>, seen by whom it is for.</summary>
    internal Task<Visit> Open(string page, BrowserNewContextOptions? window = null) =>
        Visit(Address(page), window, Pages.OfMembers.Contains(page) ? _paula : null);

    /// <summary>A page as somebody sees it who is signed in.</summary>
    internal async Task<Visit> Visit(string address, BrowserNewContextOptions? window, Account? reader)
    {
        if (_browser is null) Assert.Skip("Needs Chromium: on Debian, apt-get install chromium (or name one in CLUSTERNET_CHROMIUM).");
        window ??= new();
        window.BaseURL = Host.Url.ToString();
        window.Locale ??= "en-GB";
        var context = await _browser.NewContextAsync(window);
        if (reader is not null) await SignIn(context, reader);
        context.SetDefaultTimeout(PatienceInMilliseconds);
        var visit = new Visit(await context.NewPageAsync(), Host.Url, window);
        await visit.Page.GotoAsync(address);
        return visit;
    }

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Path is null) return;
        Assertions.SetDefaultExpectTimeout(PatienceInMilliseconds);
        await _story.InitializeAsync();
        var witness = await _story.Entrepreneur();
        InForce = await Credential(witness);
        Suspended = await Credential(witness);
        (await _story.Dora.Client.Post($"/accreditation/credentials/{Suspended}/suspension", new { reason = "in doubt" }))
            .ShouldBe(HttpStatusCode.OK);
        _paula = await _story.Entrepreneur();
        await _story.Apply(_paula);
        var erased = await _story.Newcomer();
        Receipt = (await erased.Client.Post("/access/me/erasure", new { confirm = "erase" })).ShouldBe(HttpStatusCode.Created).Id;
        using var anyone = Host.Anonymous();
        while ((await anyone.Get($"/access/erasures/{Receipt}")).Text("stage") != "completed") await Task.Yield();
        await Host.Signed();
        Event = (await _paula.Client.Get("/audit/streams/" + _paula.Person + "/events")).Items[0]["id"]!.ToString(); // an account has events
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.Start(_playwright);
    }

    /// <summary>Leads the cluster of the story.</summary>
    internal Account Coordinator => _story.Rosa;

    internal Account Operator => _story.Operator;

    /// <summary>Somebody new who has an account and nothing else.</summary>
    internal Task<Account> Newcomer() => _story.Newcomer();

    /// <summary>Somebody new who owns a firm of the cluster.</summary>
    internal Task<Account> Entrepreneur() => _story.Entrepreneur();

    /// <summary>Somebody new who has begun an application.</summary>
    internal async Task<Account> Applicant()
    {
        var person = await _story.Entrepreneur();
        await _story.Apply(person);
        return person;
    }

    internal string Cluster => _story.Cluster;

    internal Account Decider => _story.Dora;

    /// <summary>A window in which somebody is signed in.</summary>
    internal async Task<Visit> VisitAs(Account account, string address, BrowserNewContextOptions? window = null)
    {
        var visit = await Visit("/not-found", window);
        await SignIn(visit.Page.Context, account);
        await visit.Page.GotoAsync(address);
        return visit;
    }

    private Task SignIn(IBrowserContext context, Account account)
    {
        var cookie = account.Client.DefaultRequestHeaders.GetValues("Cookie").Single().Split('=', 2);
        return context.AddCookiesAsync([new() { Name = cookie[0], Value = cookie[1], Url = Host.Url.ToString() }]);
    }

    private async Task<string> Credential(Account witness)
    {
        var application = await _story.Assessed(await _story.Entrepreneur(), witness);
        return (await StoryHost.Decide(application, _story.Dora)).ShouldBe(HttpStatusCode.OK).Text("number");
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        await _story.DisposeAsync();
    }
}
