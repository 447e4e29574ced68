using System.Net;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Access.Federation;

/// <summary>A Host that may talk to providers on this machine, with one forged provider whose tokens the API accepts.</summary>
public sealed class FederatedHost : IAsyncLifetime
{
    public const string Audience = "https://api.cluster.example";

    private ForgedProvider? _forged;
    private Account? _operator;

    internal RunningHost Host { get; } = new();

    internal ForgedProvider Forged => _forged.ShouldNotBeNull();

    internal Account Operator => _operator.ShouldNotBeNull();

    public async ValueTask InitializeAsync()
    {
        _forged = await ForgedProvider.Start();
        Host.More["ClusterNet:AllowLoopbackIssuers"] = "true";
        Host.More["ClusterNet:JwtIssuers:0:Authority"] = _forged.Issuer;
        Host.More["ClusterNet:JwtIssuers:0:Audience"] = Audience;
        Host.More["ClusterNet:JwtIssuers:0:Domains"] = "trusted.example";
        Host.More["ClusterNet:JwtIssuers:0:Scopes"] = "clusters:write access:read learning:read";
        await Host.InitializeAsync();
        _operator = await Host.Operator();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        if (_forged is not null) await _forged.DisposeAsync();
    }

    /// <summary>A firm with mail domain and provider of its own, its manager, and somebody who works there but never signed in.</summary>
    internal async Task<TestFirm> Firm(string issuer, string clientId = "clusternet", string? secret = "s3cret", object? more = null)
    {
        var manager = await Host.Newcomer(Operator, "Mona Manager");
        var firm = await manager.Register($"Firm {Guid.NewGuid():n}");
        var made = new TestFirm(this, manager, firm, $"d{Guid.NewGuid():n}"[..20] + ".example");
        (await made.Offer(issuer, clientId, secret, more)).ShouldBe(HttpStatusCode.OK);
        return made;
    }
}

/// <summary>A firm as these tests use it.</summary>
internal sealed record TestFirm(FederatedHost Hosts, Account Manager, string Id, string Domain)
{
    public string Callback => $"/sign-in/firm/{Id}/callback";

    public Task<Answer> Offer(string issuer, string clientId, string? secret, object? more = null)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(more ?? new { }).ShouldNotBeNull().AsObject();
        (body["issuer"], body["clientId"], body["mailDomains"]) = (issuer, clientId, new System.Text.Json.Nodes.JsonArray(Domain));
        if (secret is not null) body["clientSecret"] = secret;
        return Hosts.Operator.Client.Put($"/access/firms/{Id}/sign-in-provider", body);
    }

    /// <summary>Adds somebody who works there.</summary>
    public async Task<(string Person, string Email)> Employs(string name)
    {
        var email = $"{name}@{Domain}";
        var person = (await Manager.Client.Post($"/clusters/firms/{Id}/people", World.PersonBody(email))).ShouldBe(HttpStatusCode.Created).Id;
        return (person, email);
    }

    /// <summary>Begins a sign-in; the browser is then to go to the provider.</summary>
    public Task<Uri> Begin(TestBrowser browser, string? to = null) =>
        browser.Redirected(new Uri(Hosts.Host.Url, $"/sign-in/firm/{Id}{(to is null ? "" : $"?to={Uri.EscapeDataString(to)}")}"));

    /// <summary>A whole sign-in with the real provider; how it ends.</summary>
    public async Task<string> SignIn(TestBrowser browser, string account, string? to = null)
    {
        var back = await browser.SignInThere(await Begin(browser, to), account, Callback);
        return (await browser.Redirected(back)).PathAndQuery;
    }

    /// <summary>A whole sign-in with the forged provider, whose token the test makes from the nonce.</summary>
    public async Task<string> SignIn(TestBrowser browser, Func<string, string> token)
    {
        var query = System.Web.HttpUtility.ParseQueryString((await Begin(browser)).Query);
        Hosts.Forged.IdToken = token(query["nonce"].ShouldNotBeNull());
        return (await browser.Redirected(new Uri(Hosts.Host.Url, $"{Callback}?code=abc&state={query["state"]}"))).PathAndQuery;
    }

    /// <summary>Who the browser is signed in as.</summary>
    public async Task<string?> WhoIs(TestBrowser browser)
    {
        var (status, text) = await browser.Get(new Uri(Hosts.Host.Url, "/api/v1/access/me"));
        return status == HttpStatusCode.OK ? System.Text.Json.Nodes.JsonNode.Parse(text)?["person"]?.ToString() : null;
    }
}
