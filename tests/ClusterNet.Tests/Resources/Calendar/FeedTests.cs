using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Tests.Access;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tests.Ledger;
using Shouldly;

namespace ClusterNet.Tests.Resources.Calendar;

/// <summary>Calendar links over HTTP: whoever has one reads what its maker may see at that moment.</summary>
public sealed class FeedTests : IAsyncLifetime
{
    private readonly LogLines _log = new();
    private readonly RunningHost _host;

    public FeedTests() => _host = new() { Log = _log };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task A_feed_shows_what_its_maker_may_see_now_and_nothing_when_that_ends()
    {
        var pool = await PoolCluster.Found(_host);
        var (room, hall) = (await pool.Contribute(), await pool.Contribute());
        var erna = await PoolCluster.Employee(_host, pool.BoltManager, pool.Bolt);
        var law = await Book(pool, room, 9);
        var other = await Book(pool, hall, 14);
        (await pool.BoltManager.Client.Post($"/resources/sessions/{law}/seats", new { firm = pool.Bolt, count = 1, people = new[] { erna.Person } })).ShouldBe(HttpStatusCode.Created);

        var own = await Link(erna, new { scope = "person" });
        var ofRoom = await Link(erna, new { scope = "resource", target = room });
        var ofFirm = await Link(erna, new { scope = "firm", target = pool.Bolt });
        var ofCluster = await Link(erna, new { scope = "cluster", target = pool.Id });
        (await pool.Outsider.Client.Post("/resources/feeds", new { scope = "resource", target = room })).ShouldBeProblem(HttpStatusCode.NotFound, "feed-target-unknown");
        (await pool.Outsider.Client.Post("/resources/feeds", new { scope = "firm", target = pool.Bolt })).ShouldBeProblem(HttpStatusCode.NotFound, "feed-target-unknown");
        (await pool.Outsider.Client.Post("/resources/feeds", new { scope = "cluster", target = pool.Id })).ShouldBeProblem(HttpStatusCode.NotFound, "feed-target-unknown");
        (await erna.Client.Post("/resources/feeds", new { scope = "firm" })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        foreach (var link in new[] { own, ofRoom, ofFirm })
            Uids(await Read(link)).ShouldBe([law]);
        Uids(await Read(ofCluster)).ShouldBe([law, other], ignoreOrder: true);
        var listed = (await erna.Client.Get("/resources/feeds")).ShouldBe(HttpStatusCode.OK);
        listed.Items.Count.ShouldBe(4);
        listed.Items.ShouldAllBe(f => f["fetchedOn"] != null && (bool)f["works"]!); // as the API tells
        listed.Body.ShouldNotContain("cnf_");

        // Suspended, the firm is in no cluster; and back again.
        (await pool.Coordinator.Client.Post($"/clusters/{pool.Id}/memberships/{pool.Bolt}/suspension", new { reason = "Did not pay" })).ShouldBe(HttpStatusCode.OK);
        Uids(await Read(own)).ShouldBeEmpty();
        foreach (var link in new[] { ofRoom, ofFirm, ofCluster }) await Gone(link);
        (await pool.Coordinator.Client.Post($"/clusters/{pool.Id}/memberships/{pool.Bolt}/readmission", new { reason = "Paid" })).ShouldBe(HttpStatusCode.OK);
        Uids(await Read(ofRoom)).ShouldBe([law]);

        // Revoked by its owner alone, and at once.
        var feed = (await erna.Client.Get("/resources/feeds")).Items.Single(f => f["scope"]!.ToString() == "resource")["id"]; // as above
        (await pool.BoltManager.Client.Post($"/resources/feeds/{feed}/revocation", null)).ShouldBeProblem(HttpStatusCode.NotFound, "feed-unknown");
        (await erna.Client.Post($"/resources/feeds/{feed}/revocation", null)).ShouldBe(HttpStatusCode.OK);
        await Gone(ofRoom);

        // Closed, the account shows nothing by any link.
        (await erna.Client.Post("/access/me/erasure", new { confirm = "erase" })).ShouldBe(HttpStatusCode.Created);
        await Life.Carried(_host);
        foreach (var link in new[] { own, ofFirm, ofCluster }) await Gone(link);

        // Requests are logged by their route, without secrets.
        var secret = new Uri(ofCluster).Segments[^1][..^4];
        var requests = _log.Of("ClusterNet.Web.RequestLog");
        requests.ShouldContain(line => line.Contains("/calendar/feeds/{token}.ics", StringComparison.Ordinal));
        requests.ShouldAllBe(line => !line.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_is_shown_once_and_a_calendar_that_has_it_all_gets_nothing_again()
    {
        var pool = await PoolCluster.Found(_host);
        var session = await Book(pool, await pool.Contribute(), 9);
        var body = new { scope = "cluster", target = pool.Id };
        var link = (await pool.AcmeManager.Client.Post("/resources/feeds", body, ("Idempotency-Key", "feed-1"))).ShouldBe(HttpStatusCode.Created).Text("link");
        (await pool.AcmeManager.Client.Post("/resources/feeds", body, ("Idempotency-Key", "feed-1"))).ShouldBeProblem(HttpStatusCode.Conflict, "secret-already-shown");

        using var anybody = _host.Anonymous();
        using var first = await anybody.GetAsync(new Uri(link), Ct);
        first.Content.Headers.ContentType?.MediaType.ShouldBe("text/calendar");
        (first.Headers.CacheControl?.Private, first.Headers.GetValues("Referrer-Policy").Single()).ShouldBe((true, "no-referrer"));
        using var again = new HttpRequestMessage(HttpMethod.Get, link);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag.ShouldNotBeNull());
        using (var unchanged = await anybody.SendAsync(again, Ct)) unchanged.StatusCode.ShouldBe(HttpStatusCode.NotModified);

        // Seats leave it as it is; what calendars show raises the sequence.
        (await pool.BoltManager.Client.Post($"/resources/sessions/{session}/seats", new { firm = pool.Bolt, count = 1 })).ShouldBe(HttpStatusCode.Created);
        (await Read(link)).ShouldBe(await first.Content.ReadAsStringAsync(Ct));
        (await pool.AcmeManager.Client.Put($"/resources/sessions/{session}/details", new { agenda = "Bring; your, questions\nand time", place = "Gate B" })).ShouldBe(HttpStatusCode.OK);
        (await pool.AcmeManager.Client.Post($"/resources/sessions/{session}/cancellation", new { reason = "The trainer is ill" })).ShouldBe(HttpStatusCode.OK);

        var folder = await OthersCode.Node("icalendar");
        var said = await OthersCode.Run("node", ["read.js"], folder, await Read(link));
        said.Code.ShouldBe(0, said.ToString());
        var entry = JsonNode.Parse(said.Output)!["entries"]!.AsArray().ShouldHaveSingleItem().ShouldNotBeNull(); // as read.js prints
        (Text(entry, "uid").Split('@')[0], Text(entry, "status"), Text(entry, "summary"), Text(entry, "sequence")).ShouldBe(($"session-{session}", "CANCELLED", "Data protection", "3"));
        DateTimeOffset.Parse(Text(entry, "start"), CultureInfo.InvariantCulture).ShouldBe(PoolCluster.Tuesday.AddHours(9));
        Text(entry, "location").ShouldEndWith(", Gate B");
        Text(entry, "description").ShouldBe("Workshop · Acme\n\nBring; your, questions\nand time\n\nThe trainer is ill");
        Text(entry, "url").ShouldEndWith($"/sessions/{session}");

        // An unknown secret is told from an ended one by nothing.
        await Gone(_host.Url + "calendar/feeds/cnf_unknown.ics");
    }

    private static async Task<string> Book(PoolCluster pool, string room, double hour) =>
        (await pool.AcmeManager.Client.Post($"/resources/clusters/{pool.Id}/sessions", PoolCluster.Session(pool.Acme, hour, hour + 2, room))).ShouldBe(HttpStatusCode.Created).Id;

    private static async Task<string> Link(Account by, object body) => (await by.Client.Post("/resources/feeds", body)).ShouldBe(HttpStatusCode.Created).Text("link");

    private async Task<string> Read(string link)
    {
        using var anybody = _host.Anonymous();
        return await anybody.GetStringAsync(new Uri(link), Ct);
    }

    private async Task Gone(string link)
    {
        using var anybody = _host.Anonymous();
        using var answer = await anybody.GetAsync(new Uri(link), Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldContain("feed-over");
    }

    private static IEnumerable<string> Uids(string feed) =>
        feed.Split("\r\n").Where(l => l.StartsWith("UID:session-", StringComparison.Ordinal)).Select(l => l["UID:session-".Length..].Split('@')[0]);

    private static string Text(JsonNode node, string member) => node[member].ShouldNotBeNull().ToString();
}
