using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ClusterNet.Tests.Ledger;
using Shouldly;

namespace ClusterNet.Tests.Access.Federation;

/// <summary>tests/OidcProvider: the npm package oidc-provider on loopback, with people that a test chooses.</summary>
internal sealed class RealProvider : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http = new();

    private RealProvider(Process process, string issuer) => (_process, Issuer) = (process, issuer);

    public string Issuer { get; }

    /// <summary>A new one with nobody in it; the test is skipped where Node is missing.</summary>
    public static async Task<RealProvider> Start(bool addressByUserInfo = false)
    {
        var folder = await OthersCode.Packages(Path.Combine(TestServer.RepositoryRoot(), "tests", "OidcProvider"));
        var start = new ProcessStartInfo("node", ["provider.js"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["USERINFO_ONLY"] = addressByUserInfo ? "true" : "false";
        var process = Process.Start(start).ShouldNotBeNull();
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var issuer = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return new(process, issuer.ShouldNotBeNull());
    }

    /// <summary>Who can sign in there, by subject.</summary>
    public async Task Has(params (string Subject, object Claims)[] people)
    {
        using var answer = await _http.PostAsJsonAsync($"{Issuer}/test/people", people.ToDictionary(p => p.Subject, p => p.Claims));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Registers this installation as a client (RFC 7591).</summary>
    public async Task<(string Id, string Secret)> Register(string redirectUri)
    {
        using var answer = await _http.PostAsJsonAsync($"{Issuer}/reg", new { redirect_uris = new[] { redirectUri }, client_name = "ClusterNet" });
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        var client = JsonNode.Parse(text).ShouldNotBeNull();
        return ($"{client["client_id"]}", $"{client["client_secret"]}");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
