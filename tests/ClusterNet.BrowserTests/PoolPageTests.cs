using System.Globalization;
using System.Net;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tests.Resources;
using ClusterNet.Tests.Resources.Attending;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>Pages of the pool that no journey stops at, with something on them.</summary>
public sealed class PoolPageTests(Site site)
{
    private const string Keys = @"\b(Kinds?|Cause|Access|Session|Instead|Problem|Fault|Units|Entry|State|Repeat|Account)-[A-Za-z]\w*";

    [Fact]
    public async Task Every_page_of_a_pool_is_accessible_fits_every_window_and_breaks_no_rule()
    {
        var c = await PoolCluster.Found(site.Host, site.Operator);
        var room = await c.Contribute();
        (await c.Coordinator.Client.Put($"/resources/resources/{room}/value", new { hourlyCents = 4_000, hoursAYear = 500 })).ShouldBe(HttpStatusCode.OK);
        (await c.Coordinator.Client.Post($"/resources/clusters/{c.Id}/payments", new { direction = "in", amountCents = 25_000, on = DateOnly.FromDateTime(DateTime.UtcNow), text = "Fee", firm = c.Bolt }))
            .ShouldBe(HttpStatusCode.Created);
        (await c.Coordinator.Client.Put($"/resources/clusters/{c.Id}/terms", new { lateFeeCents = 1_000, noShowFeeCents = 1_500, acceptHours = 24 })).ShouldBe(HttpStatusCode.OK);
        var ahead = (await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 9, 12, room))).ShouldBe(HttpStatusCode.Created).Id;
        (await c.BoltManager.Client.Post($"/resources/sessions/{ahead}/seats", new { firm = c.Bolt, count = 2 })).ShouldBe(HttpStatusCode.Created);
        var series = (await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/series", Series(c, room))).ShouldBe(HttpStatusCode.Created).Id;
        var erna = await PoolCluster.Employee(site.Host, c.BoltManager, c.Bolt);
        var over = await HeldSession.Workshop(site.Host, c, TimeSpan.FromHours(-3), (c.Bolt, 2, [c.BoltManager, erna]));
        (await c.AcmeManager.Client.Post($"/resources/sessions/{over}/attendance", new { people = new[] { new { person = c.BoltManager.Person, attended = true }, new { person = erna.Person, attended = false } } }))
            .ShouldBe(HttpStatusCode.OK);
        (await c.Coordinator.Client.Post($"/resources/sessions/{over}/costs", new { outside = new[] { new { cents = 12_345, paidBy = c.Acme } } })).ShouldBe(HttpStatusCode.Created);
        var certificate = (await c.BoltManager.Client.Get($"/resources/sessions/{over}/attendance")).Json["people"].ShouldNotBeNull()[0].ShouldNotBeNull()["certificate"];

        foreach (var (name, path, reader) in ((string, string, Account)[])
        [
            ("figures of a pool", $"/pools/{c.Id}/figures", c.Coordinator), ("links for calendars", "/calendar/links", c.BoltManager), ("series", $"/series/{series}", c.AcmeManager),
            ("booking", $"/pools/{c.Id}/book", c.AcmeManager), ("terms of a pool", $"/pools/{c.Id}/terms", c.Coordinator), ("terms of a session", $"/sessions/{ahead}/terms", c.AcmeManager),
            ("empty seats", $"/sessions/{over}/no-shows", c.AcmeManager), ("costs of a session", $"/sessions/{over}/costs", c.Coordinator), ("certificate of attendance", $"/certificates/{certificate}", c.BoltManager),
            ("sessions", "/sessions", c.BoltManager), ("session that is over", $"/sessions/{over}", c.AcmeManager),
        ])
        {
            await using var visit = await site.VisitAs(reader, path, Pages.Desk);
            (await visit.Faults(name, Keys)).ShouldBeEmpty(name);
        }
    }

    private static object Series(PoolCluster c, string room) => new
    {
        firm = c.Acme,
        kind = "course",
        title = "Welding, step by step",
        from = "14:00",
        minutes = 120,
        seatCount = 6,
        resources = new[] { new { resource = room } },
        repeat = new { first = PoolCluster.Tuesday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), rhythm = "weekly", every = 1, count = 4 },
    };
}
