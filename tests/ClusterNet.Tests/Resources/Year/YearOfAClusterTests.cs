using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ClusterNet.Projections;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Resources.Year;

/// <summary>
/// A year of a cluster of forty firms over HTTP, week by week, beside a model that knows the rules by itself. Each answer is held against the
/// model, and at the end all seats, books and entitlements are. CLUSTERNET_YEAR_SEED is another year, CLUSTERNET_YEAR_PACE a busier one.
/// </summary>
public sealed class YearOfAClusterTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int FirmCount = 40, ManagerCount = 4;
    private readonly MovableClock _clock = new();
    private readonly YearModel _model = new();
    private RunningHost _host = new();
    private readonly Random _random = new(Seed);
    private HttpClient _coordinator = new();
    private string _cluster = "", _funder = "";
    private DateTimeOffset _now;
    private int _asked, _refused;

    private static int Seed => int.Parse(Environment.GetEnvironmentVariable("CLUSTERNET_YEAR_SEED") ?? "2027", CultureInfo.InvariantCulture);

    private static int Pace => int.Parse(Environment.GetEnvironmentVariable("CLUSTERNET_YEAR_PACE") ?? "1", CultureInfo.InvariantCulture);

    public async ValueTask InitializeAsync()
    {
        // A year that begins on 1 January, so that a calendar year's entitlements are all of it.
        _now = new(DateTime.UtcNow.Year + 1, 1, 1, 7, 0, 0, TimeSpan.Zero);
        _host = new() { Clock = _clock, More = { ["ClusterNet:RateLimits:Enabled"] = "false" } };
        await _host.InitializeAsync();
        _clock.MoveTo(_now);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_year_of_forty_firms_ends_with_every_seat_every_cent_and_every_hour_where_the_rules_say()
    {
        await Found();
        var year = _now.Year;
        for (; _now.Year == year; _now = _now.AddDays(7))
        {
            _clock.MoveTo(_now);
            await Week();
        }

        // Tokens last until the morning.
        _clock.MoveTo(_now = new(year + 1, 1, 2, 1, 0, 0, TimeSpan.Zero));
        await SettleWhatEnded();
        await CloseMonths();

        await EverySeatIsWhereItShouldBe();
        NothingIsUsedTwice();
        await EveryCentIsWhereItShouldBe();
        await EveryFirmHasWhatTheRuleGives(year);
        await ReplayEqualsLive();
    }

    private async Task Week()
    {
        for (var i = 0; i < 5 * Pace; i++) await Book();
        for (var i = 0; i < 9 * Pace; i++) await Reserve();
        for (var i = 0; i < 3 * Pace; i++) await GiveBack();
        for (var i = 0; i < Pace; i++)
        {
            await Move();
            await Pay();
        }

        if (_random.Next(4) == 0) await Cancel();
        await SettleWhatEnded();
        await CloseMonths();
    }

    private async Task Book()
    {
        var rooms = _model.Resources.Where(r => r.Places is not null).ToList();
        var uses = new List<YearUse> { new(Any(rooms), 1) };
        foreach (var other in _model.Resources.Where(r => r.Places is null).OrderBy(_ => _random.Next()).Take(_random.Next(3)))
            uses.Add(new(other, other.Units == 1 ? 1 : _random.Next(1, (other.Units / 2) + 1)));
        var (seats, firm, (start, end)) = (_random.Next(1, 25), Any(_model.Firms), Time());
        var answer = await firm.Manager.Post($"/resources/clusters/{_cluster}/sessions", new
        {
            firm = firm.Id,
            kind = "course",
            title = $"Session {_asked}",
            start = Instant(start),
            end = Instant(end),
            seatCount = seats,
            resources = uses.Select(u => new { resource = u.Resource.Id, units = u.Units }),
            cancelUntil = Instant(start.AddDays(-2)),
        });
        var refusal = Refuses(uses, seats, start, end);
        // Of units that are alike each may be taken for a part of the time, so that none is free for all of it.
        if (refusal is null && uses.Exists(u => u.Resource.Units > 1) && answer.Status == HttpStatusCode.Conflict) refusal = "already-booked";
        if (Expect(answer, HttpStatusCode.Created, refusal)) _model.Sessions.Add(new(answer.Id, firm.Id, seats, start, end, uses));
    }

    /// <summary>Why it cannot be had, in the order in which the product looks; null when it can.</summary>
    private string? Refuses(IReadOnlyList<YearUse> uses, int seats, DateTimeOffset start, DateTimeOffset end, YearSession? but = null)
    {
        if (uses.Sum(u => u.Resource.Places) < seats) return "room-too-small";
        if (!uses.All(u => YearModel.IsOpen(u.Resource, start, end))) return "outside-availability";
        return _model.HasFree(uses, start, end, but) ? null : "already-booked";
    }

    private async Task Reserve()
    {
        if (Coming() is not { } session) return;
        var (firm, count) = (Any(_model.Firms), _random.Next(1, 6));
        var answer = await firm.Manager.Post($"/resources/sessions/{session.Id}/seats", new { firm = firm.Id, count });
        if (!Expect(answer, HttpStatusCode.Created, count > session.SeatCount ? "too-many-seats" : null)) return;
        var held = session.WouldHold(count);
        answer.Text("standing").ShouldBe(held ? "held" : "waiting", answer.ToString());
        session.Seats.Add(new(answer.Id, firm.Id, count, held));
    }

    private async Task GiveBack()
    {
        if (Coming(s => s.Seats.Count > 0) is not { } session) return;
        var seats = Any(session.Seats);
        var answer = await _model.Firms.Single(f => f.Id == seats.Firm).Manager.Post($"/resources/sessions/{session.Id}/seats/{seats.Id}/cancellation", null);
        if (Expect(answer, HttpStatusCode.OK, seats.Held && session.Start.AddDays(-2) < _now ? "deadline-passed" : null)) session.GiveBack(seats);
    }

    private async Task Move()
    {
        // Where units are alike, which of them are free all along is more than the model knows.
        if (Coming(s => s.Uses.All(u => u.Resource.Units == 1)) is not { } session) return;
        var start = NextTime();
        var end = start + (session.End - session.Start);
        var answer = await _coordinator.Post($"/resources/sessions/{session.Id}/move", new { start = Instant(start), end = Instant(end) });
        if (Expect(answer, HttpStatusCode.OK, Refuses(session.Uses, session.SeatCount, start, end, session))) (session.Start, session.End) = (start, end);
    }

    private async Task Cancel()
    {
        if (Coming() is not { } session) return;
        Expect(await _coordinator.Post($"/resources/sessions/{session.Id}/cancellation", new { reason = "Too few came" }), HttpStatusCode.OK, null);
        session.Cancelled = true;
    }

    private async Task Pay()
    {
        var (firm, comesIn, cents) = (Any(_model.Firms), _random.Next(3) > 0, _random.Next(1, 500_00));
        var answer = await _coordinator.Post(
            $"/resources/clusters/{_cluster}/payments", new { direction = comesIn ? "in" : "out", amountCents = cents, on = Day(_now), text = "By bank", firm = firm.Id });
        var covered = comesIn || (_model.Balance(firm.Id) >= cents && _model.Balance("bank") >= cents);
        if (!Expect(answer, HttpStatusCode.Created, covered ? null : "account-too-low")) return;
        var sign = comesIn ? 1 : -1;
        _model.Enter(_now, ("bank", sign * cents), (firm.Id, sign * cents));
        _model.Paid[firm.Id] = _model.Paid.GetValueOrDefault(firm.Id) + (sign * cents);
        if (!comesIn) return;
        if (_random.Next(6) > 0 || _model.Balance("bank") < cents) return;
        Expect(await _coordinator.Post($"/resources/entries/{answer.Id}/reversal", new { reason = "Another firm's" }), HttpStatusCode.Created, null);
        _model.Enter(_now, ("bank", -cents), (firm.Id, -cents));
        _model.Paid[firm.Id] -= cents;
    }

    private async Task SettleWhatEnded()
    {
        foreach (var session in _model.Sessions.Where(s => !s.Cancelled && !s.Settled && s.End <= _now))
        {
            var worth = session.Uses.Sum(session.Worth);
            var outside = _random.Next(5) == 0 ? new { cents = (long)_random.Next(1, 300_00), paidBy = _random.Next(2) == 0 ? Any(_model.Firms).Id : null } : null;
            var granted = worth > 1 && _random.Next(5) == 0 ? _random.NextInt64(1, worth) : 0;
            var answer = await _coordinator.Post($"/resources/sessions/{session.Id}/costs", new
            {
                outside = outside is null ? [] : new[] { outside },
                grants = granted == 0 ? [] : new[] { new { funder = _funder, cents = granted } },
            });
            if (!Expect(answer, HttpStatusCode.Created, worth == 0 && outside is null ? "nothing-to-share" : null)) continue;
            session.Settled = true;
            _model.Enter(
                session.End,
                [
                    .. session.Uses.Select(u => (u.Resource.Firm, session.Worth(u))),
                    .. outside is null ? [] : new[] { outside.paidBy is { } payer ? (payer, outside.cents) : ("bank", -outside.cents) },
                    (_funder, -granted),
                    .. YearModel.Shares(session, worth + (outside?.cents ?? 0) - granted).Select(s => (s.Firm, -s.Cents)),
                ]);
        }
    }

    /// <summary>Each month that is over, with the totals that the model has.</summary>
    private async Task CloseMonths()
    {
        var month = _model.LastClosed is { } last ? YearModel.Next(last) : YearModel.Month(new(_now.Year, 1, 1, 0, 0, 0, TimeSpan.Zero));
        if (string.CompareOrdinal(month, YearModel.Month(_now)) >= 0) return;
        var (entries, debits) = _model.Totals(month);
        Expect(await _coordinator.Post($"/resources/clusters/{_cluster}/periods/{month}/closing", new { entries, debitCents = debits }), HttpStatusCode.OK, null);
        _model.LastClosed = month;
    }

    private async Task EverySeatIsWhereItShouldBe()
    {
        foreach (var session in _model.Sessions)
        {
            var seen = (await _coordinator.Get($"/resources/sessions/{session.Id}")).ShouldBe(HttpStatusCode.OK).Json;
            Of(seen, "standing").ShouldBe(session.Cancelled ? "cancelled" : "booked");
            if (session.Cancelled) continue;
            Of(seen, "start").ShouldBe(Instant(session.Start));
            Of(seen, "seatsFree").ShouldBe($"{session.Free}");
            List(seen, "seats").Select(s => $"{Of(s, "reservation")} {Of(s, "firm")} {Of(s, "count")} {Of(s, "standing")}")
                .ShouldBe(session.Seats.Select(s => $"{s.Id} {s.Firm} {s.Count} {(s.Held ? "held" : "waiting")}"));
            session.Free.ShouldBeGreaterThanOrEqualTo(0);
            if (session.Seats.Find(s => !s.Held) is { } first) session.Free.ShouldBeLessThan(first.Count, "a seat is lost while somebody waits for it");
        }
    }

    private void NothingIsUsedTwice()
    {
        foreach (var session in _model.Sessions.Where(s => !s.Cancelled))
            foreach (var use in session.Uses) _model.Busiest(use.Resource, session.Start, session.End).ShouldBeLessThanOrEqualTo(use.Resource.Units);
    }

    private async Task EveryCentIsWhereItShouldBe()
    {
        var seen = (await _coordinator.Get($"/resources/clusters/{_cluster}/accounts")).ShouldBe(HttpStatusCode.OK).Json.AsArray()
            .ToDictionary(a => a!["owner"]?.ToString() ?? Of(a!, "kind"), a => Cents(a!, "cents")); // an array of objects
        foreach (var account in _model.Accounts.Keys.Union(seen.Keys)) seen.GetValueOrDefault(account).ShouldBe(_model.Balance(account), account);
        // The bank holds what all others are owed.
        seen["bank"].ShouldBe(seen.Where(a => a.Key != "bank").Sum(a => a.Value));
    }

    private async Task EveryFirmHasWhatTheRuleGives(int year)
    {
        var expected = _model.Entitlements(40, 25, 35);
        var seen = List((await _coordinator.Get($"/resources/clusters/{_cluster}/entitlements?year={year}")).ShouldBe(HttpStatusCode.OK).Json, "firms");
        seen.Count.ShouldBe(FirmCount);
        foreach (var firm in seen)
            (Cents(firm, "contributedCents"), Cents(firm, "entitledCents"), Cents(firm, "usedCents")).ShouldBe(expected[Of(firm, "firm")], Of(firm, "name"));
        var held = _model.Sessions.Where(s => !s.Cancelled).ToList();
        output.WriteLine(
            $"seed {Seed}: {_asked} requests, {_refused} of them refused as they should be; {held.Count} sessions, {held.Sum(s => s.SeatCount - s.Free)} seats held, {held.Sum(s => s.Seats.Where(x => !x.Held).Sum(x => x.Count))} waited for in vain");
        foreach (var firm in _model.Firms.Take(3)) output.WriteLine($"{firm.Name}: gave, may use, used (euro cents) {expected[firm.Id]}; account {_model.Balance(firm.Id)}");
        held.Count.ShouldBeGreaterThan(50);
        _refused.ShouldBeGreaterThan(50);
    }

    private async Task ReplayEqualsLive()
    {
        await _host.CaughtUp();
        var reports = await _host.Services.GetRequiredService<Replay>().Verify(null, TestContext.Current.CancellationToken);
        reports.Where(r => r.Table.StartsWith("resources.", StringComparison.Ordinal) && !r.Equal).ShouldBeEmpty();
    }

    /// <summary>Whether it was done. That it was, or why it was not, has to be what the model says.</summary>
    private bool Expect(Answer answer, HttpStatusCode done, string? refusal)
    {
        _asked++;
        if (refusal is null)
        {
            answer.ShouldBe(done);
            return true;
        }

        _refused++;
        answer.Code.ShouldBe(refusal, answer.ToString());
        return false;
    }

    private async Task Found()
    {
        var op = await _host.Operator();
        var coordinator = await _host.Newcomer(op, "Cora Coordinator");
        _cluster = (await coordinator.Client.Post("/clusters", new { name = "Forty", nuts = "DEA58", sectors = new[] { "24" }, charter = "We share.", businessObjective = "To last" })).ShouldBe(HttpStatusCode.Created).Id;
        _coordinator = await WithToken(await _host.SignIn(coordinator.Email));
        var managers = new List<Account>();
        for (var i = 0; i < ManagerCount; i++) managers.Add(await _host.Newcomer(op, $"Manager {i}"));
        for (var i = 0; i < FirmCount; i++) await Join(i, managers[i % ManagerCount]);
        var tokens = await Task.WhenAll(managers.Select(async m => await WithToken(await _host.SignIn(m.Email))));
        foreach (var (i, firm) in _model.Firms.Index().ToList()) _model.Firms[i] = firm with { Manager = tokens[i % ManagerCount] };
        await Employ();
        foreach (var firm in _model.Firms) await Contribute(firm);
        _funder = (await _coordinator.Post($"/resources/clusters/{_cluster}/funders", new { name = "Region" })).ShouldBe(HttpStatusCode.Created).Id;
        var proposal = (await _coordinator.Post(
            $"/resources/clusters/{_cluster}/rules/proposals", new { rule = new { byContribution = 40, byHead = 25, solidarity = 35 }, grounds = "Fair", votesUntil = Instant(_clock.GetUtcNow().AddDays(30)) }))
            .ShouldBe(HttpStatusCode.Created).Id;
        foreach (var firm in _model.Firms.Take((FirmCount / 2) + 1))
            (await firm.Manager.Post($"/resources/clusters/{_cluster}/rules/proposals/{proposal}/votes", new { firm = firm.Id, inFavour = true })).ShouldBe(HttpStatusCode.OK);
    }

    private async Task Join(int number, Account manager)
    {
        var (head, weight) = (number % 3) switch { 0 => (5, 4), 1 => (30, 2), _ => (120, 1) };
        var firm = await manager.Client.Post("/clusters/firms", new { name = $"Firm {number + 1:00}", registrationNumber = $"HRB {Guid.NewGuid():n}", country = "DE", nuts = "DEA58", city = "Menden", nace = "24" });
        firm.ShouldBe(HttpStatusCode.Created);
        var figures = new { headCount = head, reportedOn = "2026-03-31", turnoverCents = head * 100_000_00L, balanceSheetCents = head * 100_000_00L };
        (await manager.Client.Post($"/clusters/firms/{firm.Id}/figures", figures)).ShouldBe(HttpStatusCode.OK);
        (await manager.Client.Post($"/clusters/{_cluster}/memberships", new { firm = firm.Id, reason = "to share" })).ShouldBe(HttpStatusCode.Created);
        (await _coordinator.Post($"/clusters/{_cluster}/memberships/{firm.Id}/admission", new { reason = "welcome" })).ShouldBe(HttpStatusCode.OK);
        _model.Firms.Add(new(firm.Id, $"Firm {number + 1:00}", weight, manager.Client));
    }

    private async Task Employ()
    {
        var list = new StringBuilder("firm,given_name,family_name,email,role\n");
        foreach (var firm in _model.Firms)
        {
            var people = _random.Next(4);
            for (var i = 0; i < people; i++) list.Append(CultureInfo.InvariantCulture, $"{firm.Name},Erna,Number{i},erna-{Guid.NewGuid():n}@cluster.example,employee\n");
            firm.People += people;
        }

        (await _coordinator.PostCsv($"/clusters/{_cluster}/imports/people", Encoding.UTF8.GetBytes(list.ToString()))).ShouldBe(HttpStatusCode.OK).Text("rejected").ShouldBe("0");
    }

    private async Task Contribute(YearFirm firm)
    {
        foreach (var kind in _random.GetItems(["room", "trainer", "equipment", "licence", "seats"], _random.Next(1, 3)).Append("room").Take(_model.Firms.IndexOf(firm) % 3 == 0 ? 3 : 1).Distinct())
        {
            var (capacity, office, hourly, hours) = (kind is "trainer" or "equipment" ? 1 : _random.Next(4, 30), _random.Next(3) > 0, _random.Next(0, 120_00), _random.Next(0, 300));
            var id = (await firm.Manager.Post($"/resources/clusters/{_cluster}/resources", PoolCluster.Resource(firm.Id, kind, capacity, office ? "Mon-Fri 08:00-18:00" : "always"))).ShouldBe(HttpStatusCode.Created).Id;
            if (hourly + hours > 0) (await _coordinator.Put($"/resources/resources/{id}/value", new { hourlyCents = hourly, hoursAYear = hours })).ShouldBe(HttpStatusCode.OK);
            _model.Resources.Add(new(id, firm.Id, kind is "licence" or "seats" ? capacity : 1, kind == "room" ? capacity : null, office, hourly, hours));
        }
    }

    /// <summary>A sign-in would not last a year; a token does.</summary>
    private async Task<HttpClient> WithToken(Account account)
    {
        var issued = (await account.Client.Post("/access/tokens", new { label = "year", validForDays = 366 })).ShouldBe(HttpStatusCode.Created);
        var client = _host.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", issued.Text("token"));
        return client;
    }

    private YearSession? Coming(Func<YearSession, bool>? also = null) =>
        _model.Sessions.Where(s => !s.Cancelled && s.Start > _now && (also is null || also(s))).ToList() is { Count: > 0 } coming ? Any(coming) : null;

    private (DateTimeOffset Start, DateTimeOffset End) Time() => NextTime() is var start ? (start, start.AddMinutes(30 * _random.Next(1, 13))) : default;

    /// <summary>Often within the hours of Berlin, in the next six weeks; none reaches into the next year.</summary>
    private DateTimeOffset NextTime()
    {
        var start = new DateTimeOffset(_now.UtcDateTime.Date, TimeSpan.Zero).AddDays(_random.Next(1, 43)).AddMinutes(30 * _random.Next(13, 32));
        return start.Year > _now.Year || (start.Month, start.Day) == (12, 31) ? start.AddDays(-44) is var earlier && earlier > _now ? earlier : _now.AddHours(2) : start;
    }

    private T Any<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Of(JsonNode node, string member) => node[member].ShouldNotBeNull(member).ToString();

    private static long Cents(JsonNode node, string member) => long.Parse(Of(node, member), CultureInfo.InvariantCulture);

    private static IReadOnlyList<JsonNode> List(JsonNode node, string member) => [.. node[member].ShouldNotBeNull(member).AsArray().Select(n => n.ShouldNotBeNull())];
}
