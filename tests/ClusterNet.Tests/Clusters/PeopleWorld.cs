using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Clusters;

/// <summary>
/// Olga works in Acme, which Mona manages and where Carl works too; Nora works in Bolt, of the same cluster, and Bert owns it; Stan owns Cask, of no
/// cluster. Cora coordinates the cluster and Audrey audits it; both work nowhere.
/// </summary>
public sealed class PeopleWorld : IAsyncLifetime
{
    internal const string Owner = "owner", Named = "named person", Colleague = "colleague", ClusterColleague = "cluster colleague", Stranger = "stranger",
        Coordinator = "coordinator", Manager = "manager", Operator = "operator", Auditor = "auditor", Anonymous = "anonymous";

    private readonly Dictionary<string, Account> _people = [];

    internal static readonly string[] Readers =
        [Owner, Named, Colleague, ClusterColleague, Stranger, Coordinator, Manager, Operator, Auditor, Anonymous];

    internal static readonly string[] Visibilities = ["private", "firm", "cluster", "network"];

    internal RunningHost Host { get; } = new();

    internal string Cluster { get; private set; } = "";

    internal string Acme { get; private set; } = "";

    internal string Bolt { get; private set; } = "";

    internal Account this[string reader] => _people[reader];

    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        _people[Operator] = await Host.Operator();
        _people[Anonymous] = new(Host.Anonymous(), "", "");
        _people[Coordinator] = await Newcomer("Cora Coordinates");
        Cluster = await this[Coordinator].Found();
        _people[Manager] = await Newcomer("Mona Manages");
        Acme = await this[Manager].Join(Cluster, this[Coordinator], "Acme Visible");
        var bert = await Newcomer("Bert Bolt");
        Bolt = await bert.Join(Cluster, this[Coordinator], "Bolt Visible");
        _people[ClusterColleague] = bert;
        _people[Stranger] = await Newcomer("Stan Strange");
        await this[Stranger].Register("Cask Visible");
        _people[Owner] = await Hire(this[Manager], Acme, "Olga", "Öztürk-Großmann");
        _people[Colleague] = await Hire(this[Manager], Acme, "Carl", "Colleague");
        _people[Named] = await Hire(bert, Bolt, "Nora", "Named");
        _people[Auditor] = await Newcomer("Audrey Audits");
        (await this[Coordinator].Client.Post(
            "/access/auditor-grants", new { auditor = this[Auditor].Person, cluster = Cluster, purpose = "Audit", expiresAt = DateTimeOffset.UtcNow.AddDays(9) }))
            .ShouldBe(HttpStatusCode.Created);
    }

    /// <summary>Whether a GET shows something: 200, or nothing there for this caller.</summary>
    internal static async Task<JsonNode?> Shown(Account reader, string path)
    {
        var answer = await reader.Client.Get(path);
        if (answer.Status == HttpStatusCode.OK) return answer.Json;
        answer.Status.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden);
        return null;
    }

    /// <summary>What the search over everything finds for a reader; nobody for whom there is no sign-in.</summary>
    internal async Task<IReadOnlyList<SearchHit>> Find(string reader, string text)
    {
        if (reader == Anonymous) return [];
        await using var scope = Host.Services.CreateAsyncScope();
        var (caller, hits) = (await CallerOf(this[reader]), new List<SearchHit>());
        foreach (var source in scope.ServiceProvider.GetServices<ISearchSource>())
            hits.AddRange(await source.Find(text, 5, caller, TestContext.Current.CancellationToken));
        return hits;
    }

    /// <summary>What the start page tells somebody to do.</summary>
    internal async Task<IReadOnlyList<HomeTask>> Tasks(Account account)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var (caller, tasks) = (await CallerOf(account), new List<HomeTask>());
        foreach (var source in scope.ServiceProvider.GetServices<IHomeTasks>())
            tasks.AddRange(await source.Of(caller, TestContext.Current.CancellationToken));
        return tasks;
    }

    private async Task<Caller> CallerOf(Account account)
    {
        var person = new Id<Person>(Guid.Parse(account.Person));
        return new(person, await Host.Services.GetRequiredService<IRoles>().Of(person, TestContext.Current.CancellationToken));
    }

    internal Task<Account> Newcomer(string name) => Host.Newcomer(this[Operator], name);

    internal async Task<Account> Hire(Account manager, string firm, string given, string family)
    {
        var email = World.NewEmail();
        var added = await manager.Client.Post($"/clusters/firms/{firm}/people", World.PersonBody(email, givenName: given, familyName: family));
        added.ShouldBe(HttpStatusCode.Created);
        return await Host.Accept(await manager.Client.Post($"/clusters/firms/{firm}/people/{added.Id}/invitation", null), email);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
