using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using ClusterNet.Tests.Hosting;

namespace ClusterNet.Tests.Resources;

/// <summary>A cluster with its coordinator, two admitted firms and one firm outside, all signed in over HTTP.</summary>
internal sealed record PoolCluster(
    string Id, Account Coordinator, Account AcmeManager, string Acme, Account BoltManager, string Bolt, Account Outsider, string Stranger)
{
    /// <summary>A Tuesday to come: rooms of the week are open, and no test begins in the past.</summary>
    public static readonly DateTimeOffset Tuesday = NextTuesday();

    private static readonly ConcurrentDictionary<RunningHost, Lazy<Task<Account>>> Operators = new();

    public static async Task<PoolCluster> Found(RunningHost host) => await Found(host, await Operators.GetOrAdd(host, h => new(h.Operator)).Value);

    public static async Task<PoolCluster> Found(RunningHost host, Account operatorAccount)
    {
        var coordinator = await host.Newcomer(operatorAccount, "Cora Coordinator");
        var cluster = (await coordinator.Client.Post("/clusters", new
        {
            name = "Metalworkers",
            nuts = "DEA58",
            sectors = new[] { "24" },
            charter = "We share.",
            businessObjective = "Whole assemblies",
        })).ShouldBe(HttpStatusCode.Created).Id;
        var (acme, acmeManager) = await Firm(host, operatorAccount, "Acme");
        var (bolt, boltManager) = await Firm(host, operatorAccount, "Bolt");
        var (stranger, outsider) = await Firm(host, operatorAccount, "Stranger");
        foreach (var (firm, manager) in new[] { (acme, acmeManager), (bolt, boltManager) })
        {
            (await manager.Client.Post($"/clusters/{cluster}/memberships", new { firm, reason = "to share" }))
                .ShouldBe(HttpStatusCode.Created);
            (await coordinator.Client.Post($"/clusters/{cluster}/memberships/{firm}/admission", new { reason = "welcome" }))
                .ShouldBe(HttpStatusCode.OK);
        }

        return new(cluster, coordinator, acmeManager, acme, boltManager, bolt, outsider, stranger);
    }

    /// <summary>Somebody who works in a firm and manages nothing.</summary>
    public static async Task<Account> Employee(RunningHost host, Account manager, string firm)
    {
        var email = $"erna-{Guid.NewGuid():n}@cluster.example";
        var added = await manager.Client.Post(
            $"/clusters/firms/{firm}/people",
            new { email, givenName = "Erna", familyName = "Employee", position = "employee", jobTitle = "Turner", language = "de" });
        added.ShouldBe(HttpStatusCode.Created);
        return await host.Accept(await manager.Client.Post($"/clusters/firms/{firm}/people/{added.Id}/invitation", null), email);
    }

    public async Task<string> Contribute(string kind = "room", int capacity = 20, string available = "always") =>
        (await AcmeManager.Client.Post($"/resources/clusters/{Id}/resources", Resource(Acme, kind, capacity, available)))
            .ShouldBe(HttpStatusCode.Created).Id;

    public static object Resource(string firm, string kind, int capacity, string available) =>
        new { firm, kind, name = $"{kind} {Guid.NewGuid():n}", unit = "seats", timeZone = "Europe/Berlin", capacity, available };

    public static object Session(string firm, double from, double until, params string[] resources) => new
    {
        firm,
        kind = "workshop",
        title = "Data protection",
        start = At(from),
        end = At(until),
        seatCount = 3,
        resources = resources.Select(resource => new { resource }),
    };

    /// <summary>An instant of the day, in hours of UTC.</summary>
    public static string At(double hour) => Tuesday.AddHours(hour).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static async Task<(string Firm, Account Manager)> Firm(RunningHost host, Account operatorAccount, string name)
    {
        var manager = await host.Newcomer(operatorAccount, $"{name} Manager");
        var firm = await manager.Client.Post("/clusters/firms", new
        {
            name,
            registrationNumber = $"HRB {Guid.NewGuid():n}",
            country = "DE",
            nuts = "DEA58",
            city = "Menden",
            nace = "24",
        });
        return (firm.ShouldBe(HttpStatusCode.Created).Id, manager);
    }

    private static DateTimeOffset NextTuesday()
    {
        var day = new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date.AddDays(8), TimeSpan.Zero);
        while (day.DayOfWeek != DayOfWeek.Tuesday) day = day.AddDays(1);
        return day;
    }
}
