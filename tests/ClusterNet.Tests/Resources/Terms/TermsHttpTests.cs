using System.Globalization;
using System.Net;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Resources.Terms;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Answer = ClusterNet.Tests.Hosting.Answer;

namespace ClusterNet.Tests.Resources.Terms;

public sealed class TermsHttpTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_sessions_begin_with_the_terms_of_the_pool_and_organisers_change_theirs()
    {
        var c = await PoolCluster.Found(host);
        var terms = new { lateFeeCents = 2_000, noShowFeeCents = 0, acceptHours = 24 };
        (await c.AcmeManager.Client.Put($"/resources/clusters/{c.Id}/terms", terms)).ShouldBeProblem(HttpStatusCode.Forbidden, "coordinator-only");
        (await c.Outsider.Client.Put($"/resources/clusters/{c.Id}/terms", terms)).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
        (await c.Outsider.Client.Get($"/resources/clusters/{c.Id}/terms")).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
        (await c.Coordinator.Client.Put($"/resources/clusters/{c.Id}/terms", new { lateFeeCents = -1, noShowFeeCents = 9_999_999, acceptHours = 0 })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await c.Coordinator.Client.Put($"/resources/clusters/{c.Id}/terms", terms)).ShouldBe(HttpStatusCode.OK);
        (await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/terms")).Json["lateFeeCents"].ShouldNotBeNull().GetValue<long>().ShouldBe(2_000);

        var session = await Book(c);
        (await c.BoltManager.Client.Get($"/resources/sessions/{session}")).Json["terms"].ShouldNotBeNull().ToJsonString().ShouldBe("""{"lateFeeCents":2000,"noShowFeeCents":0,"acceptHours":24}""");
        (await c.BoltManager.Client.Put($"/resources/sessions/{session}/terms", terms)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await c.Outsider.Client.Put($"/resources/sessions/{session}/terms", terms)).ShouldBeProblem(HttpStatusCode.NotFound, "session-unknown");
        (await c.AcmeManager.Client.Put($"/resources/sessions/{session}/terms", new { lateFeeCents = 5_000 })).ShouldBe(HttpStatusCode.OK);
        (await Reserve(c.BoltManager, c.Bolt, session, 1)).ShouldBe(HttpStatusCode.Created);
        (await c.AcmeManager.Client.Put($"/resources/sessions/{session}/terms", new { lateFeeCents = 5_001 })).ShouldBeProblem(HttpStatusCode.Conflict, "terms-worse");
        (await c.AcmeManager.Client.Put($"/resources/sessions/{session}/terms", new { lateFeeCents = 100 })).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Seats_given_back_late_cost_what_was_agreed_to_and_it_stands_in_the_books()
    {
        var c = await PoolCluster.Found(host);
        var session = await Book(c, late: true);
        (await c.AcmeManager.Client.Put($"/resources/sessions/{session}/terms", new { lateFeeCents = 2_000 })).ShouldBe(HttpStatusCode.OK);
        var seats = (await Reserve(c.BoltManager, c.Bolt, session, 3)).ShouldBe(HttpStatusCode.Created).Id;
        var waiting = (await Reserve(c.AcmeManager, c.Acme, session, 1)).ShouldBe(HttpStatusCode.Created).Id;

        var before = await host.EventCount();
        (await GiveBack(c.BoltManager, session, seats, new { count = 2 })).ShouldBeProblem(HttpStatusCode.Conflict, "late-fee").Text("feeCents").ShouldBe("2000");
        (await GiveBack(c.AcmeManager, session, seats, null)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await host.EventCount()).ShouldBe(before);
        // One of the two goes to who waits: only the other one costs.
        (await GiveBack(c.BoltManager, session, seats, new { count = 2, feeCents = 2_000 })).ShouldBe(HttpStatusCode.OK).Text("feeCents").ShouldBe("2000");
        (await Seats(c, session)).ShouldBe([$"{seats} 1 held", $"{waiting} 1 held"]);

        // Whoever sends the last one twice at the same moment pays once.
        var twice = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => GiveBack(c.BoltManager, session, seats, new { feeCents = 2_000 })));
        twice.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(1);
        foreach (var other in twice.Where(a => a.Status != HttpStatusCode.OK)) other.ShouldBeProblem(HttpStatusCode.NotFound, "reservation-unknown");

        var accounts = (await c.Coordinator.Client.Get($"/resources/clusters/{c.Id}/accounts")).Json.AsArray();
        accounts.Select(a => $"{a!["kind"]} {a["owner"]} {a["cents"]}").ShouldBe([$"firm {c.Bolt} -4000", "common  4000"], ignoreOrder: true); // a list of accounts
        var lines = (await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/accounts/firms/{c.Bolt}")).Json["lines"].ShouldNotBeNull().AsArray();
        lines.Select(l => $"{l!["kind"]} {l["cents"]} {l["source"]}").ShouldBe([$"fee -2000 {session}", $"fee -2000 {session}"]); // a list of lines
        (await c.Coordinator.Client.Post($"/resources/entries/{lines[0]!["entry"]}/reversal", new { reason = "The train failed" })).ShouldBe(HttpStatusCode.Created); // has an entry
        (await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/accounts/firms/{c.Bolt}")).Text("closingCents").ShouldBe("-2000");
    }

    [Fact]
    public async Task Whoever_moves_up_accepts_in_time_or_the_next_is_asked()
    {
        var c = await PoolCluster.Found(host);
        var session = await Book(c);
        (await c.AcmeManager.Client.Put($"/resources/sessions/{session}/terms", new { acceptHours = 2 })).ShouldBe(HttpStatusCode.OK);
        var full = (await Reserve(c.AcmeManager, c.Acme, session, 3)).Id;
        var first = (await Reserve(c.BoltManager, c.Bolt, session, 2)).Id;
        var second = (await Reserve(c.AcmeManager, c.Acme, session, 1)).Id;
        (await Accept(c.BoltManager, session, first)).ShouldBeProblem(HttpStatusCode.Conflict, "seats-not-offered");
        (await GiveBack(c.AcmeManager, session, full, new { count = 2 })).ShouldBe(HttpStatusCode.OK);
        (await Seats(c, session)).ShouldBe([$"{full} 1 held", $"{first} 2 offered", $"{second} 1 waiting"]);

        (await Accept(c.AcmeManager, session, first)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await Accept(c.Outsider, session, first)).ShouldBeProblem(HttpStatusCode.NotFound, "session-unknown");
        (await Accept(c.BoltManager, session, first)).ShouldBe(HttpStatusCode.OK);
        (await Accept(c.BoltManager, session, first)).ShouldBe(HttpStatusCode.OK);
        // Two hours before now, Bolt gives one back: what is offered then has run out by now.
        var streams = host.Services.GetRequiredService<Streams<Session, SessionEvent>>();
        var then = DateTimeOffset.UtcNow.AddHours(-3);
        var third = (await Reserve(c.BoltManager, c.Bolt, session, 1)).Id;
        (await streams.Execute(Guid.Parse(session), new CancelSeats(new(Guid.Parse(first)), new(Guid.Parse(c.BoltManager.Person)), then) { Count = 1 }, new(CommandMetadata.System("test")), Ct))
            .ShouldBeOfType<Outcome.Written>();
        (await Seats(c, session)).ShouldBe([$"{full} 1 held", $"{first} 1 held", $"{second} 1 offered", $"{third} 1 waiting"]);
        (await Accept(c.AcmeManager, session, second)).ShouldBeProblem(HttpStatusCode.Conflict, "offer-lapsed");
        await host.Services.GetRequiredService<SeatClock>().Tick(Ct);
        (await Seats(c, session)).ShouldBe([$"{full} 1 held", $"{first} 1 held", $"{third} 1 offered"]);
        await host.CaughtUp();
        (await c.BoltManager.Client.Get("/access/me/notices")).ShouldBe(HttpStatusCode.OK).Body.ShouldContain("session-offered");
        (await c.AcmeManager.Client.Get("/access/me/notices")).ShouldBe(HttpStatusCode.OK).Body.ShouldContain("session-lapsed");
        (await GiveBack(c.BoltManager, session, third, null)).ShouldBe(HttpStatusCode.OK);
        (await Seats(c, session)).ShouldBe([$"{full} 1 held", $"{first} 1 held"]);
    }

    [Fact]
    public async Task Of_two_hundred_who_want_the_last_seat_one_has_it_and_all_others_wait_in_order()
    {
        var c = await PoolCluster.Found(host);
        var session = await Book(c);
        (await Reserve(c.AcmeManager, c.Acme, session, 2)).ShouldBe(HttpStatusCode.Created);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Reserve(c.BoltManager, c.Bolt, session, 1)));

        answers.ShouldAllBe(a => a.Status == HttpStatusCode.Created);
        var won = answers.Where(a => a.Text("standing") == "held").ShouldHaveSingleItem();
        var seats = await Seats(c, session);
        seats.Count.ShouldBe(201);
        seats.Where(s => s.EndsWith("held", StringComparison.Ordinal)).Skip(1).ShouldBe([$"{won.Id} 1 held"]);
        // The version that each answer has is its turn: places are in the order of turns.
        seats.Skip(1).Select(s => s.Split(' ')[0]).ShouldBe(answers.OrderBy(a => int.Parse(a.Text("version"), CultureInfo.InvariantCulture)).Select(a => a.Id));
    }

    /// <summary>Three seats, on a Tuesday to come.</summary>
    private static async Task<string> Book(PoolCluster c, bool late = false)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(PoolCluster.Session(c.Acme, 9, 12, await c.Contribute())).ShouldNotBeNull();
        if (late) body["cancelUntil"] = DateTimeOffset.UtcNow.AddHours(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return (await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/sessions", body)).ShouldBe(HttpStatusCode.Created).Id;
    }

    private static Task<Answer> Reserve(Account by, string firm, string session, int count) => by.Client.Post($"/resources/sessions/{session}/seats", new { firm, count });

    private static Task<Answer> GiveBack(Account by, string session, string seats, object? body) => by.Client.Post($"/resources/sessions/{session}/seats/{seats}/{(body is null ? "cancellation" : "return")}", body);

    private static Task<Answer> Accept(Account by, string session, string seats) => by.Client.Post($"/resources/sessions/{session}/seats/{seats}/acceptance", null);

    private static async Task<IReadOnlyList<string>> Seats(PoolCluster c, string session) =>
        [.. (await c.Coordinator.Client.Get($"/resources/sessions/{session}")).Json["seats"].ShouldNotBeNull().AsArray().Select(s => $"{s!["reservation"]} {s["count"]} {s["standing"]}")]; // a list of seats
}
