using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Resources.Sessions;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Answer = ClusterNet.Tests.Hosting.Answer;

namespace ClusterNet.Tests.Resources.Accounts;

public sealed class BooksHttpTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow);
    private static readonly DateOnly LastMonth = new DateOnly(Today.Year, Today.Month, 1).AddDays(-1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Money_that_a_firm_pays_in_stands_in_its_favour_and_in_the_bank()
    {
        var c = await PoolCluster.Found(host);
        var paid = (await Pay(c, "in", 250_000, c.Acme)).ShouldBe(HttpStatusCode.Created);
        paid.Text("period").ShouldBe(Month(Today));

        (await Accounts(c, c.Coordinator)).ShouldBe([$"firm {c.Acme} Acme 250000", "bank   250000"]);
        (await Accounts(c, c.AcmeManager)).ShouldBe([$"firm {c.Acme} Acme 250000", "bank   250000"]);
        (await Accounts(c, c.BoltManager)).ShouldBe(["bank   250000"]);
        var statement = (await c.AcmeManager.Client.Get(Statement(c, c.Acme))).ShouldBe(HttpStatusCode.OK).Json;
        statement["openingCents"].ShouldNotBeNull().GetValue<long>().ShouldBe(0);
        statement["closingCents"].ShouldNotBeNull().GetValue<long>().ShouldBe(250_000);
        statement["lines"].ShouldNotBeNull().AsArray().ShouldHaveSingleItem().ShouldNotBeNull()["text"].ShouldNotBeNull().ToString().ShouldBe("=Fee for a year");
        (await c.AcmeManager.Client.Get(Statement(c, c.Acme) + "?format=csv")).ShouldBe(HttpStatusCode.OK).Body
            .ShouldContain($"{Today:yyyy-MM-dd},{Month(Today)},payment-in,\"'=Fee for a year\",{paid.Id},,,250000,250000");
        (await c.AcmeManager.Client.Get(Statement(c, c.Acme) + "?format=pdf")).ShouldBe(HttpStatusCode.OK).Body.ShouldStartWith("%PDF-");
        (await c.AcmeManager.Client.Get($"/resources/entries/{paid.Id}")).ShouldBe(HttpStatusCode.OK).Json["lines"].ShouldNotBeNull().AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_firms_account_is_nobody_elses_business()
    {
        var c = await PoolCluster.Found(host);
        var erna = await PoolCluster.Employee(host, c.AcmeManager, c.Acme);
        var entry = (await Pay(c, "in", 100, c.Acme)).Id;

        (await c.BoltManager.Client.Get(Statement(c, c.Acme))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await erna.Client.Get(Statement(c, c.Acme))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await c.Outsider.Client.Get(Statement(c, c.Acme))).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
        foreach (var other in new[] { c.BoltManager, erna, c.Outsider })
            (await other.Client.Get($"/resources/entries/{entry}")).ShouldBeProblem(HttpStatusCode.NotFound, "entry-unknown");
        (await Accounts(c, erna)).ShouldBeEmpty();
        foreach (var path in new[] { "periods", $"periods/{Month(Today)}/entries" })
        {
            (await c.AcmeManager.Client.Get($"/resources/clusters/{c.Id}/{path}")).ShouldBeProblem(HttpStatusCode.Forbidden, "coordinator-only");
            (await c.Outsider.Client.Get($"/resources/clusters/{c.Id}/{path}")).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
        }

        var before = await host.EventCount();
        var body = new { direction = "in", amountCents = 1, on = Today, text = "mine", firm = c.Acme };
        (await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/payments", body)).ShouldBeProblem(HttpStatusCode.Forbidden, "coordinator-only");
        (await c.Outsider.Client.Post($"/resources/clusters/{c.Id}/payments", body)).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
        (await c.AcmeManager.Client.Post($"/resources/entries/{entry}/reversal", new { reason = "no" })).ShouldBeProblem(HttpStatusCode.NotFound, "entry-unknown");
        (await host.EventCount()).ShouldBe(before);
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { """{"direction":"in","amountCents":0,"on":"2026-01-01","text":"x","firm":"$"}""", "amountCents" },
        { """{"direction":"in","amountCents":-5,"on":"2026-01-01","text":"x","firm":"$"}""", "amountCents" },
        { """{"direction":"in","amountCents":5,"on":"1999-12-31","text":"x","firm":"$"}""", "on" },
        { """{"direction":"in","amountCents":5,"on":"2026-01-01","text":" ","firm":"$"}""", "text" },
        { """{"direction":"in","amountCents":5,"on":"2026-01-01","text":"x"}""", "firm" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_with_a_payment_is_named(string body, string member)
    {
        var c = await PoolCluster.Found(host);
        var answer = await c.Coordinator.Client.Post($"/resources/clusters/{c.Id}/payments", JsonNode.Parse(body.Replace("$", c.Acme, StringComparison.Ordinal)));
        answer.ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        answer.Body.ShouldContain($"/{member}");
        (await Pay(c, "in", 5, c.Stranger)).ShouldBeProblem(HttpStatusCode.Forbidden, "firm-not-admitted");
        (await Pay(c, "in", 5, c.Acme, new(2999, 12, 31))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "day-to-come");
    }

    [Fact]
    public async Task However_many_are_paid_out_at_once_no_more_leaves_than_is_there()
    {
        var c = await PoolCluster.Found(host);
        (await Pay(c, "in", 1_000, c.Acme)).ShouldBe(HttpStatusCode.Created);
        (await Pay(c, "in", 5_000, c.Bolt)).ShouldBe(HttpStatusCode.Created);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Pay(c, "out", 400, c.Acme)));

        answers.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(2);
        foreach (var refused in answers.Where(a => a.Status != HttpStatusCode.Created)) refused.ShouldBeProblem(HttpStatusCode.Conflict, "account-too-low");
        (await Accounts(c, c.Coordinator)).ShouldBe([$"firm {c.Acme} Acme 200", $"firm {c.Bolt} Bolt 5000", "bank   5200"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_mistake_is_taken_back_once_and_stays_in_the_books()
    {
        var c = await PoolCluster.Found(host);
        var entry = (await Pay(c, "in", 700, c.Acme)).Id;

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => c.Coordinator.Client.Post($"/resources/entries/{entry}/reversal", new { reason = "It was Bolt" })));

        var back = answers.Where(a => a.Status == HttpStatusCode.Created).ShouldHaveSingleItem();
        foreach (var other in answers.Where(a => a.Status != HttpStatusCode.Created)) other.ShouldBeProblem(HttpStatusCode.Conflict, "entry-reversed");
        (await c.Coordinator.Client.Post($"/resources/entries/{back.Id}/reversal", new { reason = "back" })).ShouldBeProblem(HttpStatusCode.Conflict, "entry-is-reversal");
        (await Accounts(c, c.Coordinator)).ShouldBe([$"firm {c.Acme} Acme 0", "bank   0"]);
        var statement = (await c.AcmeManager.Client.Get(Statement(c, c.Acme))).Json["lines"].ShouldNotBeNull().AsArray();
        statement.Select(l => $"{l!["kind"]} {l["cents"]} {l["balanceCents"]} {l["reverses"]}").ShouldBe(["payment-in 700 700 ", $"reversal -700 0 {entry}"]); // a list of lines
    }

    [Fact]
    public async Task Of_two_who_close_a_month_one_does_and_what_comes_later_goes_into_the_next()
    {
        var c = await PoolCluster.Found(host);
        (await Pay(c, "in", 700, c.Acme, LastMonth)).Text("period").ShouldBe(Month(LastMonth));
        (await Close(c, LastMonth, 1, 699)).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "period-changed");
        (await Close(c, Today, 0, 0)).ShouldBeProblem(HttpStatusCode.Conflict, "period-not-over");
        (await c.Coordinator.Client.Post($"/resources/clusters/{c.Id}/periods/march/closing", new { entries = 0, debitCents = 0 })).ShouldBeProblem(HttpStatusCode.NotFound, "period-unknown");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Close(c, LastMonth, 1, 700)));

        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(1);
        foreach (var other in answers.Where(a => a.Status != HttpStatusCode.OK)) other.ShouldBeProblem(HttpStatusCode.Conflict, "period-closed");
        (await Pay(c, "in", 50, c.Acme, LastMonth)).Text("period").ShouldBe(Month(Today));
        var months = (await c.Coordinator.Client.Get($"/resources/clusters/{c.Id}/periods")).Json.AsArray();
        months.Select(m => $"{m!["period"]} {m["entries"]} {m["debitCents"]} {m["closedAt"] is not null}").ShouldBe([$"{Month(Today)} 1 50 False", $"{Month(LastMonth)} 1 700 True"]); // a list of months
    }

    [Fact]
    public async Task Whoever_posts_while_a_month_is_closed_is_in_its_totals_or_in_the_next_month()
    {
        var c = await PoolCluster.Found(host);
        (await Pay(c, "in", 1, c.Acme, LastMonth)).ShouldBe(HttpStatusCode.Created);
        var posting = Enumerable.Range(0, 24).Select(_ => Pay(c, "in", 1, c.Acme, LastMonth)).ToList();
        var closed = false;
        while (!closed)
        {
            var seen = await Of(LastMonth);
            closed = (await Close(c, LastMonth, seen.Entries, seen.Cents)).Status == HttpStatusCode.OK;
        }

        var answers = await Task.WhenAll(posting);

        foreach (var answer in answers) answer.ShouldBe(HttpStatusCode.Created);
        var (was, now) = (await Of(LastMonth), await Of(Today));
        (was.Entries + now.Entries).ShouldBe(25);
        was.Entries.ShouldBe(answers.Count(a => a.Text("period") == Month(LastMonth)) + 1);
        await using var command = host.Services.GetRequiredService<Database>().Source.CreateCommand("select entries from resources.pool_periods where cluster = $1");
        command.Parameters.Add(new() { Value = Guid.Parse(c.Id) });
        (await command.ExecuteScalarAsync(Ct)).ShouldBe(was.Entries);

        async Task<(int Entries, long Cents)> Of(DateOnly day)
        {
            var months = (await c.Coordinator.Client.Get($"/resources/clusters/{c.Id}/periods")).Json.AsArray();
            return months.Where(m => $"{m!["period"]}" == Month(day)).Select(m => (m!["entries"]!.GetValue<int>(), m["debitCents"]!.GetValue<long>())).SingleOrDefault(); // a list of months
        }
    }

    [Fact]
    public async Task What_a_session_cost_is_shared_by_seats_to_the_cent()
    {
        var c = await PoolCluster.Found(host);
        var room = await c.Contribute();
        (await c.AcmeManager.Client.Put($"/resources/resources/{room}/value", new { hourlyCents = 5_000 })).ShouldBeProblem(HttpStatusCode.Forbidden, "coordinator-only");
        (await c.Coordinator.Client.Put($"/resources/resources/{room}/value", new { hourlyCents = 5_000 })).ShouldBe(HttpStatusCode.OK);
        var funder = (await c.Coordinator.Client.Post($"/resources/clusters/{c.Id}/funders", new { name = "Regional fund" })).ShouldBe(HttpStatusCode.Created).Id;
        (await c.Coordinator.Client.Post($"/resources/clusters/{c.Id}/funders", new { name = "regional FUND" })).ShouldBeProblem(HttpStatusCode.Conflict, "funder-exists");
        (await c.Coordinator.Client.Post($"/resources/clusters/{c.Id}/payments", new { direction = "in", amountCents = 50_000, on = Today, text = "Grant", funder })).ShouldBe(HttpStatusCode.Created);
        var session = await Held(c, room, (c.Acme, 2), (c.Bolt, 1));

        var before = (await c.BoltManager.Client.Get($"/resources/sessions/{session}/costs")).ShouldBe(HttpStatusCode.OK);
        before.Text("totalCents").ShouldBe("15000");
        before.Json["entry"].ShouldBeNull();
        var body = new { outside = new object[] { new { cents = 10_001 }, new { cents = 300, paidBy = c.Bolt } }, grants = new[] { new { funder, cents = 2_000 } } };
        (await c.AcmeManager.Client.Post($"/resources/sessions/{session}/costs", body)).ShouldBeProblem(HttpStatusCode.Forbidden, "coordinator-only");
        (await c.Outsider.Client.Post($"/resources/sessions/{session}/costs", body)).ShouldBeProblem(HttpStatusCode.NotFound, "session-unknown");
        var settled = (await c.Coordinator.Client.Post($"/resources/sessions/{session}/costs", body)).ShouldBe(HttpStatusCode.Created);

        // 15000 + 10001 + 300 - 2000 = 23301 for three seats: 15534 and 7767.
        (await Accounts(c, c.Coordinator)).ShouldBe(
            [$"firm {c.Acme} Acme {15_000 - 15_534}", $"firm {c.Bolt} Bolt {300 - 7_767}", $"funder {funder} Regional fund 48000", $"bank   {50_000 - 10_001}"], ignoreOrder: true);
        (await c.Coordinator.Client.Post($"/resources/sessions/{session}/costs", body)).ShouldBeProblem(HttpStatusCode.Conflict, "session-settled").Text("entry").ShouldBe(settled.Id);
        var shown = (await c.BoltManager.Client.Get($"/resources/sessions/{session}/costs")).Json;
        shown["shares"].ShouldNotBeNull().AsArray().Select(s => $"{s!["firm"]} {s["weight"]} {s["cents"]}").ShouldBe([$"{c.Acme} 2 15534", $"{c.Bolt} 1 7767"]); // a list of shares
        (await c.BoltManager.Client.Get($"/resources/entries/{settled.Id}")).ShouldBe(HttpStatusCode.OK).Json["lines"].ShouldNotBeNull().AsArray()
            .ShouldAllBe(l => $"{l!["owner"]}" != c.Acme && $"{l["kind"]}" != "funder"); // a list of lines

        (await c.Coordinator.Client.Post($"/resources/entries/{settled.Id}/reversal", new { reason = "The fee was less" })).ShouldBe(HttpStatusCode.Created);
        (await c.Coordinator.Client.Post($"/resources/sessions/{session}/costs", new { })).ShouldBe(HttpStatusCode.Created).Id.ShouldNotBe(settled.Id);
        (await Accounts(c, c.AcmeManager))[0].ShouldBe($"firm {c.Acme} Acme {15_000 - 10_000}");
        await TablesEqualEvents();
    }

    [Fact]
    public async Task Of_many_who_settle_a_session_one_entry_comes()
    {
        var c = await PoolCluster.Found(host);
        var room = await c.Contribute();
        (await c.Coordinator.Client.Put($"/resources/resources/{room}/value", new { hourlyCents = 1 })).ShouldBe(HttpStatusCode.OK);
        var session = await Held(c, room, (c.Bolt, 3));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => c.Coordinator.Client.Post($"/resources/sessions/{session}/costs", new { outside = new[] { new { cents = 100 + i } } })));

        answers.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(1);
        foreach (var other in answers.Where(a => a.Status != HttpStatusCode.Created)) other.Code.ShouldBeOneOf("session-settled", "entry-differs");
    }

    [Fact]
    public async Task What_has_not_been_or_cost_nothing_is_not_settled()
    {
        var c = await PoolCluster.Found(host);
        var room = await c.Contribute();
        var coming = (await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 9, 12, room))).Id;
        (await Settle(coming, new { })).ShouldBeProblem(HttpStatusCode.Conflict, "session-not-over");
        var held = await Held(c, room, (c.Acme, 1));
        (await Settle(held, new { })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "nothing-to-share");
        (await Settle(held, new { outside = new[] { new { cents = 5, paidBy = c.Stranger } } })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "payer-unknown");
        (await Settle(held, new { grants = new[] { new { funder = Guid.NewGuid(), cents = 5 } } })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "funder-unknown");
        (await Settle(Guid.NewGuid().ToString(), new { })).ShouldBeProblem(HttpStatusCode.NotFound, "session-unknown");

        Task<Answer> Settle(string session, object body) => c.Coordinator.Client.Post($"/resources/sessions/{session}/costs", body);
    }

    private async Task TablesEqualEvents()
    {
        var reports = (await host.Services.GetRequiredService<Replay>().Verify(null, Ct)).Where(r => r.Table.StartsWith("resources.pool", StringComparison.Ordinal)).ToList();
        reports.Count.ShouldBe(6);
        reports.Where(r => !r.Equal).ShouldBeEmpty();
    }

    /// <summary>A session of three hours that was booked a week ago and is over.</summary>
    private async Task<string> Held(PoolCluster c, string room, params (string Firm, int Seats)[] seats)
    {
        var (week, cora) = (DateTimeOffset.UtcNow.AddDays(-7), new Id<Person>(Guid.Parse(c.Coordinator.Person)));
        var start = new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date.AddDays(-1).AddHours(Random.Shared.Next(0, 20)), TimeSpan.Zero);
        var (session, streams) = (new Id<Session>(Guid.CreateVersion7()), host.Services.GetRequiredService<Streams<Session, SessionEvent>>());
        var request = new Request(session, new(Guid.Parse(c.Id)), [new(new(Guid.Parse(room)), 1)], new(start, start.AddHours(3)), null);
        var timetable = await host.Services.GetRequiredService<Timetables>().Read(request, Ct);
        await Do(new BookSession(request, timetable, new(Guid.Parse(c.Acme)), SessionKind.Workshop, "Held", 10, null, cora, week));
        foreach (var (firm, count) in seats) await Do(new ReserveSeats(Id<Reservation>.New(TimeProvider.System), new(Guid.Parse(firm)), count, [], cora, week));
        return session.ToString();

        async Task Do(ICommand<Session, SessionEvent> command) =>
            (await streams.Execute(session.Value, command, new(CommandMetadata.System("test")), Ct)).ShouldBeOfType<Outcome.Written>();
    }

    private static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static string Statement(PoolCluster c, string firm) => $"/resources/clusters/{c.Id}/accounts/firms/{firm}";

    private static Task<Answer> Pay(PoolCluster c, string direction, long cents, string firm, DateOnly? on = null) => c.Coordinator.Client.Post(
        $"/resources/clusters/{c.Id}/payments", new { direction, amountCents = cents, on = on ?? Today, text = "=Fee for a year", firm });

    private static Task<Answer> Close(PoolCluster c, DateOnly month, int entries, long cents) =>
        c.Coordinator.Client.Post($"/resources/clusters/{c.Id}/periods/{Month(month)}/closing", new { entries, debitCents = cents });

    private static async Task<IReadOnlyList<string>> Accounts(PoolCluster c, Account reader) =>
        [.. (await reader.Client.Get($"/resources/clusters/{c.Id}/accounts")).ShouldBe(HttpStatusCode.OK).Json.AsArray().Select(a => $"{a!["kind"]} {a["owner"]} {a["name"]} {a["cents"]}")]; // a list of accounts
}
