using System.Globalization;
using System.Net;
using ClusterNet.EventStore;
using ClusterNet.Resources.Attending;
using ClusterNet.Resources.Sessions;
using ClusterNet.Resources.Terms;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tests.Resources.Attending;
using ClusterNet.Tests.Security;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Answer = ClusterNet.Tests.Hosting.Answer;

namespace ClusterNet.Tests.Resources;

/// <summary>Forms of the pool's pages, filled in wrongly, too late or twice.</summary>
public sealed class PoolFormTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("de", "12.50", 1_250)]
    [InlineData("de", "1.234,5", 123_450)]
    [InlineData("en", "12,50 €", 1_250)]
    public async Task An_amount_is_what_was_typed_in_whatever_language(string language, string typed, long cents)
    {
        var c = await PoolCluster.Found(host);
        var pay = await Pay(c, language);
        (await pay.Type(("Form.Amount", typed)).Send(language)).ShouldBe(HttpStatusCode.Found);
        (await Balance(c)).ShouldBe(cents);
    }

    [Theory]
    [InlineData("de", "1.2.3")]
    [InlineData("de", "0")]
    [InlineData("en", "1.234")]
    public async Task An_amount_that_could_be_another_is_asked_for_again_and_kept(string language, string typed)
    {
        var c = await PoolCluster.Found(host);
        (await (await Pay(c, language)).Type(("Form.Amount", typed)).Send(language)).ShouldBe(HttpStatusCode.OK).Body.ShouldContain($"value=\"{typed}\"");
        (await Balance(c)).ShouldBe(0);
    }

    [Fact]
    public async Task A_form_sent_twice_pays_once_and_changed_and_sent_again_pays_that_too()
    {
        var c = await PoolCluster.Found(host);
        var pay = (await Pay(c)).Type(("Form.Amount", "10"));
        (await pay.Send()).ShouldBe(HttpStatusCode.Found);
        (await pay.Send()).ShouldBe(HttpStatusCode.Found);
        (await Balance(c)).ShouldBe(1_000);
        (await pay.Type(("Form.Amount", "7")).Send()).ShouldBe(HttpStatusCode.Found);
        (await Balance(c)).ShouldBe(1_700);
        (await pay.Type(("Form.Direction", "sideways")).Send()).ShouldBe(HttpStatusCode.OK).Body.ShouldContain("Say whether the money came in or went out.");
    }

    [Fact]
    public async Task A_month_that_changed_is_closed_with_what_the_page_shows_then()
    {
        var c = await PoolCluster.Found(host);
        var last = new DateOnly(DateTime.UtcNow.Year, DateTime.UtcNow.Month, 1).AddDays(-1);
        await Paid(c, last);
        var close = await PageForm.Open(c.Coordinator, $"/pools/{c.Id}/accounts/months/{last:yyyy-MM}", "close");
        await Paid(c, last);
        var stale = await close.Send();
        (await close.Again(stale, "close").Send()).ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task A_description_that_somebody_changed_meanwhile_is_not_written_over_unseen()
    {
        var c = await PoolCluster.Found(host);
        var session = (await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 9, 12, await c.Contribute()))).Id;
        var (mine, theirs) = (await Open(), await Open());
        (await theirs.Type(("Form.Agenda", "Theirs")).Send()).ShouldBe(HttpStatusCode.Found);
        var stale = await mine.Type(("Form.Agenda", "Mine")).Send();
        stale.ShouldBe(HttpStatusCode.OK).Body.ShouldContain("Somebody changed this after you opened it");
        stale.Body.ShouldContain("Theirs");
        (await Agenda()).ShouldBe("Theirs");
        (await mine.Again(stale, "describe").Send()).ShouldBe(HttpStatusCode.Found);
        (await Agenda()).ShouldBe("Mine");

        Task<PageForm> Open() => PageForm.Open(c.AcmeManager, $"/sessions/{session}", "describe");

        async Task<string> Agenda() => (await c.AcmeManager.Client.Get($"/resources/sessions/{session}")).ShouldBe(HttpStatusCode.OK).Text("agenda");
    }

    [Fact]
    public async Task A_resource_is_described_and_valued_on_what_was_seen()
    {
        var c = await PoolCluster.Found(host);
        var path = $"/pools/{c.Id}/resources/{await c.Contribute()}";
        var (describe, value) = (await PageForm.Open(c.Coordinator, path, "describe"), await PageForm.Open(c.Coordinator, path, "value"));
        (await describe.Type(("Form.Before", "1,5")).Send()).ShouldBe(HttpStatusCode.OK).Body.ShouldContain("Write a whole number in digits");
        (await describe.Type(("Form.Before", "15")).Send()).ShouldBe(HttpStatusCode.Found);
        (await describe.Type(("Form.Before", "30")).Send()).ShouldBe(HttpStatusCode.OK).Body.ShouldContain("Somebody changed this");
        (await value.Type(("Form.Hourly", "12.50"), ("Form.HoursAYear", "100")).Send()).ShouldBe(HttpStatusCode.Found);
        (await value.Type(("Form.Hourly", "99"), ("Form.HoursAYear", "100")).Send()).ShouldBe(HttpStatusCode.OK).Body.ShouldContain("Somebody changed this");
        (await PageForm.Open(c.Coordinator, path, "value")).Fields.ShouldContain(f => f.Key == "Form.Hourly" && f.Value == "12.50");
        (await (await PageForm.Open(c.Coordinator, path, "except")).Type(("Form.First", ""), ("Form.Last", "")).Send()).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Seats_are_given_back_only_as_many_as_was_said()
    {
        var c = await PoolCluster.Found(host);
        var session = (await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 9, 12, await c.Contribute()))).Id;
        var seats = (await c.BoltManager.Client.Post($"/resources/sessions/{session}/seats", new { firm = c.Bolt, count = 3 })).ShouldBe(HttpStatusCode.Created).Id;
        var back = await PageForm.Open(c.BoltManager, $"/sessions/{session}", $"back-{seats}");
        (await back.Type(("Given.Count", "1,5")).Send()).ShouldBe(HttpStatusCode.OK).Body.ShouldContain("Write a whole number in digits");
        (await back.Type(("Given.Count", "")).Send()).ShouldBe(HttpStatusCode.OK).Body.ShouldContain("Say how many seats you give back");
        (await back.Type(("Given.Count", "1")).Send()).ShouldBe(HttpStatusCode.Found);
        (await c.BoltManager.Client.Get($"/resources/sessions/{session}")).Json["seats"].ShouldNotBeNull()[0].ShouldNotBeNull()["count"].ShouldNotBeNull().GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task Who_checks_in_while_the_list_lies_open_is_not_noted_absent_by_it()
    {
        var c = await PoolCluster.Found(host);
        var (erna, emil) = (await PoolCluster.Employee(host, c.BoltManager, c.Bolt), await PoolCluster.Employee(host, c.BoltManager, c.Bolt));
        var session = await HeldSession.Workshop(host, c, TimeSpan.FromHours(-1), (c.Bolt, 2, [erna, emil]));
        var list = await PageForm.Open(c.AcmeManager, $"/sessions/{session}", "attendance");
        await CheckIn(erna);
        (await list.Type(($"minutes-{emil.Person}", "30"), ("came", emil.Person)).Send()).ShouldBe(HttpStatusCode.Found);
        (await Attended(session)).ShouldBe([$"{emil.Person} true", $"{erna.Person} true"], ignoreOrder: true);

        list = await PageForm.Open(c.AcmeManager, $"/sessions/{session}", "attendance");
        (await list.Type(($"minutes-{emil.Person}", "7,5")).Send()).ShouldBe(HttpStatusCode.OK).Body.ShouldContain("Write a whole number in digits");
        (await list.Leave("came").Send()).ShouldBe(HttpStatusCode.Found);
        (await Attended(session)).ShouldBe([$"{emil.Person} false", $"{erna.Person} false"], ignoreOrder: true);
        await CheckIn(emil);
        (await Attended(session)).ShouldBe([$"{emil.Person} true", $"{erna.Person} false"], ignoreOrder: true);

        async Task CheckIn(Account who)
        {
            var code = (await c.AcmeManager.Client.Get($"/resources/sessions/{session}/door")).ShouldBe(HttpStatusCode.OK).Text("code");
            (await who.Client.Post($"/resources/sessions/{session}/check-in", new { code })).ShouldBe(HttpStatusCode.OK);
        }

        async Task<IReadOnlyList<string>> Attended(string id) =>
            [.. (await c.AcmeManager.Client.Get($"/resources/sessions/{id}/attendance")).Json["people"].ShouldNotBeNull().AsArray().Select(p => $"{p!["person"]} {p["attended"]}")]; // a list of people
    }

    [Fact]
    public async Task Empty_seats_are_charged_as_the_page_showed_them_or_not_at_all()
    {
        var c = await PoolCluster.Found(host);
        var (erna, emil) = (await PoolCluster.Employee(host, c.BoltManager, c.Bolt), await PoolCluster.Employee(host, c.BoltManager, c.Bolt));
        var session = await HeldSession.Workshop(host, c, TimeSpan.FromHours(-3), (c.Bolt, 2, [erna, emil]));
        await Do(session, new SessionTermsSet(new(null, 1_000, null), HeldSession.PersonOf(c.Coordinator), DateTimeOffset.UtcNow.AddDays(-8)));
        await Note(true, false);
        var charge = await PageForm.Open(c.AcmeManager, $"/sessions/{session}/no-shows", "charge");
        await Note(false, false);
        (await charge.Send()).ShouldBe(HttpStatusCode.OK);
        (await Owed()).ShouldBe(0);

        charge = await PageForm.Open(c.AcmeManager, $"/sessions/{session}/no-shows", "charge");
        var waive = charge.Fields.Single(f => f.Key.StartsWith("waive-", StringComparison.Ordinal)).Key;
        (await charge.Type((waive, "one"), ("Form.Reason", "Ill")).Send()).ShouldBe(HttpStatusCode.OK).Body.ShouldContain("Write a whole number in digits");
        (await Owed()).ShouldBe(0);
        (await charge.Type((waive, "1"), ("Form.Reason", "Ill")).Send()).ShouldBe(HttpStatusCode.Found);
        (await Owed()).ShouldBe(-1_000);

        async Task Note(bool erna1, bool emil1) => (await c.AcmeManager.Client.Post(
            $"/resources/sessions/{session}/attendance",
            new { people = new[] { new { person = erna.Person, attended = erna1 }, new { person = emil.Person, attended = emil1 } } })).ShouldBe(HttpStatusCode.OK);

        async Task<long> Owed() => long.Parse((await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/accounts/firms/{c.Bolt}")).ShouldBe(HttpStatusCode.OK).Text("closingCents"), CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_certificate_stays_ones_own_when_the_firm_leaves_and_there_is_none_of_what_was_called_off()
    {
        var c = await PoolCluster.Found(host);
        var session = await HeldSession.Workshop(host, c, TimeSpan.FromHours(-3), (c.Bolt, 1, [c.BoltManager]));
        (await c.AcmeManager.Client.Post($"/resources/sessions/{session}/attendance", new { people = new[] { new { person = c.BoltManager.Person } } })).ShouldBe(HttpStatusCode.OK);
        (await c.BoltManager.Client.Post($"/clusters/{c.Id}/memberships/{c.Bolt}/departure", new { reason = "We closed the plant" })).ShouldBe(HttpStatusCode.OK);
        (await Certificate(session)).ShouldBe(HttpStatusCode.OK).Body.ShouldStartWith("%PDF-");

        var off = await HeldSession.Workshop(host, c, TimeSpan.FromHours(-3));
        var bolt = HeldSession.PersonOf(c.BoltManager);
        await Do(off, new SessionCheckedIn(bolt, new(Guid.Parse(c.Bolt)), DateTimeOffset.UtcNow.AddHours(-4)) { Seed = Guid.NewGuid() });
        await Do(off, new SessionCancelled("ill", bolt, DateTimeOffset.UtcNow.AddHours(-3)));
        (await Certificate(off)).ShouldBeProblem(HttpStatusCode.Conflict, "session-cancelled");
        (await c.Outsider.Client.Get($"/resources/sessions/{session}/certificate")).ShouldBeProblem(HttpStatusCode.NotFound, "session-unknown");

        Task<Answer> Certificate(string id) => c.BoltManager.Client.Get($"/resources/sessions/{id}/certificate");
    }

    [Fact]
    public async Task Addresses_that_somebody_mangled_lead_to_a_page()
    {
        var c = await PoolCluster.Found(host);
        var session = (await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/sessions", PoolCluster.Session(c.Acme, 9, 12, await c.Contribute()))).Id;
        string[] mangled =
        [
            $"/pools/{c.Id}/figures?year=x", $"/pools/{c.Id}/accounts/firm/{c.Acme}?year=x", $"/pools/{c.Id}/book?resource=x", $"/sessions/{session}?firm=x",
            $"/pools/{c.Id}/accounts/months/2026-11?after=x",
        ];
        foreach (var path in mangled) (await Pages.Read(c.Coordinator.Client, path)).Status.ShouldBe(HttpStatusCode.OK, path);
        (await Pages.Read(c.Coordinator.Client, $"/pools/{c.Id}/accounts/months/9999-12")).Status.ShouldBe(HttpStatusCode.NotFound);
        foreach (var day in (string[])["0001-01-01", "9999-12-31"])
            (await c.AcmeManager.Client.Post($"/resources/resources/{await c.Contribute()}/exceptions", new { from = day, to = day, cause = "holiday" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
    }

    private static async Task<PageForm> Pay(PoolCluster c, string language = "en") =>
        (await PageForm.Open(c.Coordinator, $"/pools/{c.Id}/accounts", "pay", language)).Type(("Form.Account", $"firm/{c.Acme}"), ("Form.Text", "Fee"));

    private static async Task Paid(PoolCluster c, DateOnly on) =>
        (await c.Coordinator.Client.Post($"/resources/clusters/{c.Id}/payments", new { direction = "in", amountCents = 100, on, text = "Fee", firm = c.Acme })).ShouldBe(HttpStatusCode.Created);

    private static async Task<long> Balance(PoolCluster c) =>
        long.Parse((await c.Coordinator.Client.Get($"/resources/clusters/{c.Id}/accounts/firms/{c.Acme}")).ShouldBe(HttpStatusCode.OK).Text("closingCents"), CultureInfo.InvariantCulture);

    private async Task Do(string session, SessionEvent fact) => (await host.Services.GetRequiredService<Streams<Session, SessionEvent>>()
        .Execute(Guid.Parse(session), new Fact(fact), new(CommandMetadata.System("test")), Ct)).ShouldBeOfType<Outcome.Written>();

    private sealed record Fact(SessionEvent Said) : ICommand<Session, SessionEvent>
    {
        public Decision<SessionEvent> Decide(Session state) => Said;
    }
}
