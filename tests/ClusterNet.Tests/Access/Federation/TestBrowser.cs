using System.Net;
using Shouldly;

namespace ClusterNet.Tests.Access.Federation;

/// <summary>Keeps cookies and follows redirects one by one, so that a test sees and changes each step.</summary>
internal sealed class TestBrowser : IDisposable
{
    private readonly HttpClient _http;

    public TestBrowser() => _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies });

    public CookieContainer Cookies { get; } = new();

    /// <returns>Where the answer leads to.</returns>
    public async Task<Uri> Redirected(Uri address)
    {
        using var answer = await _http.GetAsync(address, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBeInRange(300, 399, $"{address}: {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        return new Uri(address, answer.Headers.Location.ShouldNotBeNull());
    }

    public async Task<(HttpStatusCode Status, string Text)> Get(Uri address)
    {
        using var answer = await _http.GetAsync(address, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Signs in at the real provider; stops before the answer reaches this installation.</summary>
    public async Task<Uri> SignInThere(Uri authorization, string account, string callbackPath)
    {
        var at = await Redirected(authorization);
        for (var steps = 0; steps < 8; steps++)
        {
            if (at.AbsolutePath.EndsWith(callbackPath, StringComparison.Ordinal)) return at;
            at = await Redirected(at.AbsolutePath.StartsWith("/interaction/", StringComparison.Ordinal) ? new Uri($"{at}?account={account}") : at);
        }

        throw new InvalidOperationException($"The provider goes in circles at {at}.");
    }

    public void Dispose() => _http.Dispose();
}
