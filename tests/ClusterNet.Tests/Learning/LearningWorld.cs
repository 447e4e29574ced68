using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Learning;

/// <summary>
/// Two firms, Acme and Bolt, in one cluster, and a third, Cask, in none. Anna owns Acme and Albert works there; Bernd owns Bolt; Clara owns
/// Cask.
/// Conrad coordinates the cluster and works nowhere.
/// </summary>
public sealed class LearningWorld : IAsyncLifetime
{
    private static int _numbers;

    internal RunningHost Host { get; } = new();

    internal Account Operator { get; private set; } = Nobody;

    internal Account Conrad { get; private set; } = Nobody;

    internal Account Anna { get; private set; } = Nobody;

    internal Account Albert { get; private set; } = Nobody;

    internal Account Bernd { get; private set; } = Nobody;

    internal Account Clara { get; private set; } = Nobody;

    internal string Cluster { get; private set; } = "";

    internal string Acme { get; private set; } = "";

    internal string Bolt { get; private set; } = "";

    /// <summary>A skill of the starter catalogue, and another.</summary>
    internal const string Accounting = "http://data.europa.eu/esco/skill/ecc18804-a466-40d9-98b4-fba5cd67dd4b",
        FiveS = "http://data.europa.eu/esco/skill/a276b1ad-c0b7-4b33-899c-0fbfcdbe0eee";

    private static Account Nobody => new(new(), "", "");

    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        var first = Operator = await Host.Operator();
        Conrad = await Host.Newcomer(first, "Conrad Coordinator");
        (Anna, Bernd, Clara) = (
            await Host.Newcomer(first, "Anna"), await Host.Newcomer(first, "Bernd"), await Host.Newcomer(first, "Clara"));
        Cluster = (await Conrad.Client.Post(
            "/clusters", new
            {
                name = "Lenne valley",
                nuts = "DEA58",
                sectors = (string[])["24"],
                charter = "We share.",
                businessObjective = "Grow"
            }))
            .ShouldBe(HttpStatusCode.Created).Id;
        (Acme, Bolt) = (await Join(Anna, "Acme"), await Join(Bernd, "Bolt"));
        await Register(Clara, "Cask");
        Albert = await Hire(Anna, Acme, "Albert");
    }

    /// <summary>Records what somebody learnt; the answer's id.</summary>
    internal static async Task<string> Record(Account who, object body) =>
        (await who.Client.Post("/learning/records", body)).ShouldBe(HttpStatusCode.Created).Id;

    /// <summary>Kinds of what somebody was told about something, the newest first.</summary>
    internal async Task<IReadOnlyList<string>> Notices(Account of, string about)
    {
        await Host.CaughtUp();
        return [.. (await of.Client.Get("/access/me/notices")).Items.Where(n => n.ToString().Contains(about, StringComparison.Ordinal)).Select(n => n["kind"].ShouldNotBeNull().ToString())];
    }

    private async Task<Account> Hire(Account owner, string firm, string name)
    {
        var email = $"{name}-{Guid.NewGuid():n}@firm.example";
        var person = new { email, givenName = name, familyName = "Ahrens", position = "employee", jobTitle = "Turner", language = "de" };
        (await owner.Client.Post($"/clusters/firms/{firm}/people", person)).ShouldBe(HttpStatusCode.Created);
        var found = await owner.Client.Get($"/clusters/firms/{firm}/people");
        var id = found.Json["items"].ShouldNotBeNull().AsArray().Select(p => p.ShouldNotBeNull()["person"].ShouldNotBeNull().ToString())
            .Single(p => p != owner.Person);
        return await Host.Accept(await owner.Client.Post($"/clusters/firms/{firm}/people/{id}/invitation", null), email);
    }

    private static async Task<string> Register(Account owner, string name) => (await owner.Client.Post(
        "/clusters/firms",
        new
        {
            name,
            registrationNumber = $"HRB 77{Interlocked.Increment(ref _numbers)}",
            country = "DE",
            nuts = "DEA58",
            city = "Menden",
            nace = "25.62"
        }))
        .ShouldBe(HttpStatusCode.Created).Id;

    private async Task<string> Join(Account owner, string name)
    {
        var firm = await Register(owner, name);
        (await owner.Client.Post($"/clusters/{Cluster}/memberships", new { firm, reason = "To learn together" }))
            .ShouldBe(HttpStatusCode.Created);
        (await Conrad.Client.Post($"/clusters/{Cluster}/memberships/{firm}/admission", new { reason = "Welcome" }))
            .ShouldBe(HttpStatusCode.OK);
        return firm;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
