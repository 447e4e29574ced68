using System.Net;
using System.Text;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;

namespace ClusterNet.Tests.Security;

/// <summary>
/// A Host with a cluster and a firm, and Olga, who may do everything there: operator, coordinator, owner, assessor and decision maker. What
/// is refused to her is refused for what she sends, not for who she is. Requests are not limited.
/// </summary>
public sealed class AllRoles : IAsyncLifetime
{
    internal const string Nothing = "0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f";

    internal RunningHost Host { get; } = new() { More = new Dictionary<string, string?> { ["ClusterNet:RateLimits:Enabled"] = "false" } };

    internal Account Olga { get; private set; } = new(new(), "", "");

    internal string Cluster { get; private set; } = "";

    internal string Firm { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        Olga = await Host.Operator();
        Cluster = await Olga.Found();
        Firm = await Olga.Join(Cluster, Olga, "Olga's works");
        var second = await Host.Newcomer(Olga, "Second Operator");
        (await Olga.Client.Post("/access/roles", new { person = second.Person, role = "operator", scopeKind = "installation", reason = "stands in" })).ShouldBe(HttpStatusCode.Created);
        foreach (var role in new[] { "assessor", "decision-maker" })
        {
            var granted = await second.Client.Post("/access/roles", new { person = Olga.Person, role, scopeKind = "cluster", scopeId = Cluster, reason = "trained" });
            granted.ShouldBe(HttpStatusCode.Created);
        }
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>The operation's address in Olga's cluster and firm; all else that it names does not exist.</summary>
    internal string At(Operation operation) => operation.At(v => v.Name switch { "cluster" => Cluster, "firm" => Firm, "version" => "1", _ => Nothing });

    /// <summary>Sends a body as it stands.</summary>
    internal static async Task<Answer> Send(HttpClient client, HttpMethod method, string path, string json, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(json, Encoding.UTF8, type) };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var all = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new(response.StatusCode, all, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
