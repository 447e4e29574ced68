using System.Net;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Projections;
using ClusterNet.Resources.Attending;
using ClusterNet.Resources.Sessions;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using static ClusterNet.Tests.Resources.Attending.HeldSession;
using Answer = ClusterNet.Tests.Hosting.Answer;

namespace ClusterNet.Tests.Resources.Attending;

public sealed class AttendanceHttpTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static readonly TimeSpan Yesterday = TimeSpan.FromHours(-26), Now = TimeSpan.FromMinutes(-10), Tomorrow = TimeSpan.FromHours(20);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_firm_names_later_who_comes_on_its_seats()
    {
        var c = await PoolCluster.Found(host);
        var erna = await PoolCluster.Employee(host, c.BoltManager, c.Bolt);
        var session = await Book(host, c, Tomorrow);
        var seats = (await c.BoltManager.Client.Post($"/resources/sessions/{session}/seats", new { firm = c.Bolt, count = 2 })).ShouldBe(HttpStatusCode.Created).Id;
        var address = $"/resources/sessions/{session}/seats/{seats}/people";

        (await erna.Client.Post(address, new { people = new[] { erna.Person } })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await c.AcmeManager.Client.Post(address, new { people = new[] { erna.Person } })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await c.Outsider.Client.Post(address, new { people = Array.Empty<string>() })).ShouldBeProblem(HttpStatusCode.NotFound, "session-unknown");
        (await c.BoltManager.Client.Post(address, new { people = new[] { c.AcmeManager.Person } })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "not-in-firm");
        (await c.BoltManager.Client.Post(address, new { people = new[] { erna.Person, erna.Person } })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await c.BoltManager.Client.Post(address, new { people = new[] { erna.Person } })).ShouldBe(HttpStatusCode.OK);
        (await c.Coordinator.Client.Post(address, new { people = new[] { c.BoltManager.Person, erna.Person } })).ShouldBe(HttpStatusCode.OK);

        (await erna.Client.Get($"/resources/sessions/{session}")).Json["seats"]![0]!["people"]!.AsArray().Select(p => $"{p}").ShouldBe([c.BoltManager.Person, erna.Person]); // as just named
    }

    [Fact]
    public async Task Who_came_is_noted_by_trainer_organiser_or_coordinator_and_becomes_one_private_record_each()
    {
        var c = await PoolCluster.Found(host);
        var (trainer, ada, erna) = (await PoolCluster.Employee(host, c.BoltManager, c.Bolt), await PoolCluster.Employee(host, c.BoltManager, c.Bolt), await PoolCluster.Employee(host, c.AcmeManager, c.Acme));
        var session = await Book(host, c, Yesterday, trainer, seats: [(c.Bolt, 2, [ada])]);
        var address = $"/resources/sessions/{session}/attendance";
        object Body(int? minutes = null) => new { people = new[] { new { person = ada.Person, attended = true, minutes }, new { person = erna.Person, attended = true, minutes } } };

        (await Post(c.BoltManager, Body())).ShouldBeProblem(HttpStatusCode.Forbidden, "not-your-session");
        (await Post(ada, Body())).ShouldBeProblem(HttpStatusCode.Forbidden, "not-your-session");
        (await Post(c.Outsider, Body())).ShouldBeProblem(HttpStatusCode.NotFound, "session-unknown");
        (await Post(trainer, new { people = new[] { new { person = c.Outsider.Person } } })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "person-unknown");
        (await Post(trainer, new { people = new[] { new { person = Guid.NewGuid().ToString() } } })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "person-unknown");
        (await Post(trainer, new { people = new[] { new { person = trainer.Person } } })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "trainer-teaches");
        (await Post(trainer, Body(121))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "longer-than-session");
        (await trainer.Client.Post(address, Body(), ("Idempotency-Key", $"a-{session}"))).ShouldBe(HttpStatusCode.OK);
        (await trainer.Client.Post(address, Body(), ("Idempotency-Key", $"a-{session}"))).ShouldBe(HttpStatusCode.OK);
        (await Post(c.AcmeManager, Body(120))).ShouldBe(HttpStatusCode.OK);
        (await Post(c.Coordinator, Body(90))).ShouldBe(HttpStatusCode.OK);

        (await Lines(trainer, session)).ShouldBe([$"{ada.Person} {c.Bolt} True True 90", $"{erna.Person} {c.Acme} False True 90"], ignoreOrder: true);
        (await Lines(c.BoltManager, session)).ShouldBe([$"{ada.Person} {c.Bolt} True True 90"]);
        (await Lines(erna, session)).ShouldBe([$"{erna.Person} {c.Acme} False True 90"]);
        (await c.Outsider.Client.Get(address)).ShouldBeProblem(HttpStatusCode.NotFound, "session-unknown");

        await host.CaughtUp();
        var record = (await ada.Client.Get($"/learning/records/{RecordOf(session, ada)}")).ShouldBe(HttpStatusCode.OK);
        (record.Text("kind"), record.Text("what"), record.Text("learnt"), record.Text("minutes"), record.Text("visibility"), record.Text("source"), record.Text("firm"))
            .ShouldBe(("event-or-fair", "Held", "", "90", "private", "session", c.Bolt));
        (record.Json["with"]!.AsArray().Count, record.Json["skillUris"]!.AsArray().Count).ShouldBe((1, 1)); // lists of a record
        (await ada.Client.Get("/learning/records")).Items.Count.ShouldBe(1);
        foreach (var other in new[] { trainer, c.BoltManager, c.Coordinator, c.Outsider })
            (await other.Client.Get($"/learning/records/{RecordOf(session, ada)}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await host.Services.GetRequiredService<ILearningRecords>().Ties(PersonOf(trainer), [PersonOf(ada)], DateTimeOffset.UtcNow.AddDays(-9), Ct))
            .ShouldHaveSingleItem().ShouldBe(new LearningTie(PersonOf(trainer), PersonOf(ada), "taught", DateTimeOffset.Parse(record.Text("happenedAt"), null), new(Guid.Parse(RecordOf(session, ada)))));
        await TablesEqualEvents();

        Task<Answer> Post(Account by, object body) => by.Client.Post(address, body);
    }

    [Fact]
    public async Task A_corrected_list_corrects_the_record_until_its_owner_has_touched_it()
    {
        var c = await PoolCluster.Found(host);
        var (ada, erna) = (await PoolCluster.Employee(host, c.BoltManager, c.Bolt), await PoolCluster.Employee(host, c.BoltManager, c.Bolt));
        var session = await Book(host, c, Yesterday, seats: [(c.Bolt, 2, [ada, erna])]);
        await Note(c.AcmeManager, session, (ada, true, 120), (erna, true, 120));
        (await erna.Client.Put($"/learning/records/{RecordOf(session, erna)}", new { kind = "event-or-fair", what = "Held", learnt = "Ask first" }, ("If-Match", "\"1\""))).ShouldBe(HttpStatusCode.OK);

        await Note(c.AcmeManager, session, (ada, false, null), (erna, false, null));
        (await Minutes(ada), await Minutes(erna)).ShouldBe(("0", "120"));
        await Note(c.AcmeManager, session, (ada, true, 60), (erna, true, 60));
        (await Minutes(ada), await Minutes(erna)).ShouldBe(("60", "120"));
        (await ada.Client.Get($"/learning/records/{RecordOf(session, ada)}")).Headers["ETag"].ShouldBe("\"3\"");

        async Task<string> Minutes(Account who) => (await who.Client.Get($"/learning/records/{RecordOf(session, who)}")).ShouldBe(HttpStatusCode.OK).Text("minutes");
    }

    [Fact]
    public async Task Before_it_begins_and_long_after_nothing_is_noted()
    {
        var c = await PoolCluster.Found(host);
        var (early, late) = (await Book(host, c, Tomorrow), await Book(host, c, TimeSpan.FromDays(-61)));
        var body = new { people = new[] { new { person = c.BoltManager.Person } } };
        (await c.Coordinator.Client.Post($"/resources/sessions/{early}/attendance", body)).ShouldBeProblem(HttpStatusCode.Conflict, "session-not-begun");
        (await c.Coordinator.Client.Post($"/resources/sessions/{late}/attendance", body)).ShouldBeProblem(HttpStatusCode.Conflict, "attendance-closed");
        (await c.Coordinator.Client.Post($"/resources/sessions/{Guid.NewGuid()}/attendance", body)).ShouldBeProblem(HttpStatusCode.NotFound, "session-unknown");
        (await c.Coordinator.Client.Post($"/resources/sessions/{early}/attendance", new { people = Array.Empty<object>() })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
    }

    [Fact]
    public async Task With_the_code_of_the_door_one_checks_in_and_it_counts_when_the_session_is_over()
    {
        var c = await PoolCluster.Found(host);
        var ada = await PoolCluster.Employee(host, c.BoltManager, c.Bolt);
        var (session, other) = (await Book(host, c, Now), await Book(host, c, Now));
        (await ada.Client.Get($"/resources/sessions/{session}/door")).ShouldBeProblem(HttpStatusCode.Forbidden, "not-your-session");
        (await c.Outsider.Client.Get($"/resources/sessions/{session}/door")).ShouldBeProblem(HttpStatusCode.NotFound, "session-unknown");
        (await c.AcmeManager.Client.Get($"/resources/sessions/{await Book(host, c, Tomorrow)}/door")).ShouldBeProblem(HttpStatusCode.Conflict, "check-in-not-open");
        (await c.AcmeManager.Client.Get($"/resources/sessions/{await Book(host, c, Yesterday)}/door")).ShouldBeProblem(HttpStatusCode.Conflict, "check-in-over");
        var door = (await c.AcmeManager.Client.Get($"/resources/sessions/{session}/door")).ShouldBe(HttpStatusCode.OK);
        door.Text("address").ShouldEndWith($"/sessions/{session}/here?code={door.Text("code")}");
        var foreign = (await c.AcmeManager.Client.Get($"/resources/sessions/{other}/door")).Text("code");

        foreach (var wrong in new[] { foreign, "x", "<script>", door.Text("code")[..^2] })
            (await ada.Client.Post($"/resources/sessions/{session}/check-in", new { code = wrong })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "door-code-wrong");
        (await ada.Client.Post($"/resources/sessions/{session}/check-in", new { })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "door-code-needed");
        (await c.Outsider.Client.Post($"/resources/sessions/{session}/check-in", new { code = door.Text("code") })).ShouldBeProblem(HttpStatusCode.NotFound, "session-unknown");
        (await c.Coordinator.Client.Post($"/resources/sessions/{session}/check-in", new { code = door.Text("code") })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "no-firm-here");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ => (await ada.Client.Post($"/resources/sessions/{session}/check-in", new { code = door.Text("code") })).ShouldBe(HttpStatusCode.OK)));
        (await Lines(c.Coordinator, session)).ShouldBe([$"{ada.Person} {c.Bolt} False True 120"]);

        await host.CaughtUp();
        (await ada.Client.Get($"/learning/records/{RecordOf(session, ada)}")).Status.ShouldBe(HttpStatusCode.NotFound);
        await Execute(session, new CountCheckIns(DateTimeOffset.UtcNow.AddHours(3)));
        await host.CaughtUp();
        (await ada.Client.Get($"/learning/records/{RecordOf(session, ada)}")).ShouldBe(HttpStatusCode.OK).Text("minutes").ShouldBe("120");
        await TablesEqualEvents();
    }

    [Fact]
    public async Task Who_has_a_seat_in_a_webinar_checks_in_by_joining_it()
    {
        var c = await PoolCluster.Found(host);
        var (ada, erna) = (await PoolCluster.Employee(host, c.BoltManager, c.Bolt), await PoolCluster.Employee(host, c.BoltManager, c.Bolt));
        var session = await Book(host, c, Now, kind: SessionKind.Webinar, seats: [(c.Bolt, 1, [ada])]);
        (await erna.Client.Post($"/resources/sessions/{session}/check-in", new { })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "door-code-needed");
        (await ada.Client.Post($"/resources/sessions/{session}/check-in", new { })).ShouldBe(HttpStatusCode.OK);
        (await Lines(c.Coordinator, session)).ShouldBe([$"{ada.Person} {c.Bolt} True True 120"]);
    }

    [Fact]
    public async Task The_clock_reminds_once_and_counts_check_ins_of_what_is_over()
    {
        var c = await PoolCluster.Found(host);
        var (trainer, ada) = (await PoolCluster.Employee(host, c.AcmeManager, c.Acme), await PoolCluster.Employee(host, c.BoltManager, c.Bolt));
        var near = await Book(host, c, Tomorrow, trainer, seats: [(c.Bolt, 2, [ada])]);
        var over = await Book(host, c, Yesterday);
        await Execute(over, new CheckIn(PersonOf(ada), new(Guid.Parse(c.Bolt)), DateTimeOffset.UtcNow.AddHours(-25)));
        var clock = host.Services.GetRequiredService<SessionClock>();
        await clock.Tick(Ct);
        await clock.Tick(Ct);
        await host.CaughtUp();

        foreach (var told in new[] { trainer, ada, c.BoltManager })
            (await told.Client.Get("/access/me/notices")).Items.Count(n => $"{n["kind"]}" == "session-near" && $"{n["href"]}" == $"/sessions/{near}").ShouldBe(1);
        (await c.AcmeManager.Client.Get("/access/me/notices")).Items.ShouldNotContain(n => $"{n["kind"]}" == "session-near");
        (await ada.Client.Get($"/learning/records/{RecordOf(over, ada)}")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Those_who_were_there_say_what_they_think_and_nobody_reads_who()
    {
        var c = await PoolCluster.Found(host);
        var people = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => PoolCluster.Employee(host, c.BoltManager, c.Bolt)));
        var session = await Book(host, c, Yesterday, c.BoltManager, seats: [(c.Bolt, 5, people)]);
        var address = $"/resources/sessions/{session}/feedback";
        (await people[0].Client.Post(address, new { usefulness = 4 })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-attended");
        await Note(c.AcmeManager, session, [.. people.Select(p => (p, true, (int?)null))]);
        (await people[0].Client.Post(address, new { usefulness = 6 })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        foreach (var (i, person) in people.Index())
        {
            (await c.AcmeManager.Client.Get(address)).Json["results"]!["usefulness"].ShouldBeNull(); // for the organiser
            (await person.Client.Post(address, new { usefulness = 4, teaching = 5, differently = true, sentence = $"Sentence {i} <b>" })).ShouldBe(HttpStatusCode.OK);
        }

        foreach (var reader in new[] { c.AcmeManager, c.Coordinator, c.BoltManager })
        {
            var answer = (await reader.Client.Get(address)).ShouldBe(HttpStatusCode.OK);
            (answer.Json["results"]!["usefulness"]!.ToString(), answer.Json["results"]!["sentences"]!.AsArray().Count).ShouldBe(("4", 5)); // for trainer, organiser and coordinator
            foreach (var person in people) answer.Body.ShouldNotContain(person.Person);
        }

        var own = (await people[1].Client.Get(address)).Json;
        (own["results"], own["mine"]!["sentence"]!.ToString()).ShouldBe((null, "Sentence 1 <b>")); // as just said
        (await c.Outsider.Client.Get(address)).ShouldBeProblem(HttpStatusCode.NotFound, "session-unknown");
    }

    [Fact]
    public async Task A_certificate_is_for_oneself_and_ones_manager_and_can_be_looked_up_without_a_name()
    {
        var c = await PoolCluster.Found(host);
        var (ada, erna) = (await PoolCluster.Employee(host, c.BoltManager, c.Bolt), await PoolCluster.Employee(host, c.BoltManager, c.Bolt));
        var session = await Book(host, c, Yesterday, c.AcmeManager, seats: [(c.Bolt, 2, [ada])]);
        var address = $"/resources/sessions/{session}/certificate";
        (await ada.Client.Get(address)).ShouldBeProblem(HttpStatusCode.NotFound, "not-attended");
        await Note(c.AcmeManager, session, (ada, true, 90));

        foreach (var (reader, query) in new[] { (ada, ""), (c.BoltManager, $"?person={ada.Person}") })
        {
            var paper = (await reader.Client.Get(address + query)).ShouldBe(HttpStatusCode.OK);
            (paper.Headers["Content-Type"], paper.Body[..5]).ShouldBe(("application/pdf", "%PDF-"));
        }

        foreach (var reader in new[] { erna, c.AcmeManager, c.Coordinator })
            (await reader.Client.Get($"{address}?person={ada.Person}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-attended");
        (await c.Outsider.Client.Get($"{address}?person={ada.Person}")).ShouldBeProblem(HttpStatusCode.NotFound, "session-unknown");

        var number = Sessions.Of((await host.Services.GetRequiredService<Streams<Session, SessionEvent>>().Load(Guid.Parse(session), Ct)).Events)!.Presences[0].Number; // it was booked
        using var anybody = host.Anonymous();
        var found = (await anybody.Get($"/resources/certificates/{number}")).ShouldBe(HttpStatusCode.OK);
        (found.Text("stands"), found.Text("minutes"), found.Text("title")).ShouldBe(("true", "90", "Held"));
        found.Body.ShouldNotContain(ada.Person);
        (await anybody.GetAsync(new Uri($"/certificates/{number}", UriKind.Relative), Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Note(c.AcmeManager, session, (ada, false, null));
        (await anybody.Get($"/resources/certificates/{number}")).Text("stands").ShouldBe("false");
        (await ada.Client.Get(address)).ShouldBeProblem(HttpStatusCode.NotFound, "not-attended");
        foreach (var unknown in new[] { $"{Guid.NewGuid()}", $"{Guid.Empty}", "x" }) (await anybody.Get($"/resources/certificates/{unknown}")).ShouldBeProblem(HttpStatusCode.NotFound, "certificate-unknown");
    }

    private async Task Note(Account by, string session, params IReadOnlyList<(Account Person, bool Attended, int? Minutes)> people)
    {
        (await by.Client.Post($"/resources/sessions/{session}/attendance", new { people = people.Select(p => new { person = p.Person.Person, attended = p.Attended, minutes = p.Minutes }) })).ShouldBe(HttpStatusCode.OK);
        await host.CaughtUp();
    }

    private async Task Execute(string session, ICommand<Session, SessionEvent> command) =>
        (await host.Services.GetRequiredService<Streams<Session, SessionEvent>>().Execute(Guid.Parse(session), command, new(CommandMetadata.System("test")), Ct)).ShouldBeOfType<Outcome.Written>();

    private static async Task<IReadOnlyList<string>> Lines(Account reader, string session) =>
        [.. (await reader.Client.Get($"/resources/sessions/{session}/attendance")).ShouldBe(HttpStatusCode.OK).Json["people"]!.AsArray().Select(p => $"{p!["person"]} {p["firm"]} {(bool)p["hasSeat"]!} {(bool)p["attended"]!} {p["minutes"]}")]; // a list of people

    private static string RecordOf(string session, Account person) => AttendedSession.RecordOf(Guid.Parse(session), PersonOf(person)).ToString();

    private async Task TablesEqualEvents()
    {
        var reports = (await host.Services.GetRequiredService<Replay>().Verify(null, Ct)).Where(r => r.Table is "resources.sessions" or "learning.records").ToList();
        reports.Count.ShouldBe(2);
        reports.ShouldAllBe(r => r.Equal);
    }
}
