using System.Net;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;

namespace ClusterNet.Tests.Skills;

/// <summary>A firm with those of its people who sign in, the manager first.</summary>
internal sealed record AuditedFirm(string Id, IReadOnlyList<Account> People)
{
    public Account Manager => People[0];
}

/// <summary>What tests of audits begin with: a cluster with a coordinator, and firms with people who can sign in.</summary>
public sealed class AuditWorld : IAsyncLifetime
{
    /// <summary>Skills of the starter catalogue.</summary>
    internal const string Accounting = "http://data.europa.eu/esco/skill/ecc18804-a466-40d9-98b4-fba5cd67dd4b",
        FiveS = "http://data.europa.eu/esco/skill/a276b1ad-c0b7-4b33-899c-0fbfcdbe0eee";

    internal RunningHost Host { get; } = new();

    internal Account First { get; private set; } = new(new(), "", "");

    internal Account Rosa { get; private set; } = new(new(), "", "");

    internal string Cluster { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        First = await Host.Operator();
        Rosa = await Host.Newcomer(First, "Rosa Coordinator");
        Cluster = await Rosa.Found();
    }

    internal async Task<AuditedFirm> Firm(string name, int people)
    {
        var owner = await Host.Newcomer(First, $"Owner of {name}");
        var firm = await owner.Join(Cluster, Rosa, name);
        var staff = new List<Account> { owner };
        for (var i = 1; i < people; i++)
        {
            var email = World.NewEmail();
            var id = (await owner.Client.Post($"/clusters/firms/{firm}/people", World.PersonBody(email, familyName: $"Bolt {i}"))).ShouldBe(HttpStatusCode.Created).Id;
            staff.Add(await Host.Accept(await owner.Client.Post($"/clusters/firms/{firm}/people/{id}/invitation", null), email));
        }

        return new(firm, staff);
    }

    internal static async Task<string> Profile(Account by, string? firm = null, string? cluster = null, int level = 3) => (await by.Client.Post(
        "/skills/profiles",
        new
        {
            title = "Office",
            firm,
            cluster,
            skills = new[] { new { skillUri = Accounting, level }, new { skillUri = FiveS, level = 2 } },
        })).ShouldBe(HttpStatusCode.Created).Id;

    internal static async Task<string> Open(Account by, string profile, string? firm = null, string? cluster = null, string raters = "270", string[]? firms = null) =>
        (await by.Client.Post("/skills/audits", new { title = "Spring", firm, cluster, firms, profiles = new[] { profile }, raters, deadline = DateTimeOffset.UtcNow.AddDays(10) }))
        .ShouldBe(HttpStatusCode.Created).Id;

    /// <summary>What somebody says: of accounting this step, of 5S that they can't say.</summary>
    internal static object Answers(int? level) =>
        new { answers = new object[] { new { skillUri = Accounting, level, comment = $"said {level}" }, new { skillUri = FiveS, level = (int?)null } } };

    internal static async Task Rate(Account rater, string audit, string person, int? level)
    {
        (await rater.Client.Put($"/skills/audits/{audit}/ratings/{person}", Answers(level))).ShouldBe(HttpStatusCode.OK);
        (await rater.Client.Post($"/skills/audits/{audit}/ratings/{person}/sent", null)).ShouldBe(HttpStatusCode.OK);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
