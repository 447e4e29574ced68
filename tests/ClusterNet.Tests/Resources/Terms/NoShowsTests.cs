using System.Net;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Attending;
using ClusterNet.Resources.Sessions;
using ClusterNet.Resources.Terms;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Resources.Sessions.Session, ClusterNet.Resources.Sessions.SessionEvent>;

namespace ClusterNet.Tests.Resources.Terms;

public sealed class NoShowsTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static readonly DateTimeOffset Now = PoolHouse.Now, After = Hours.Day.AddHours(20);
    private static readonly Id<Firm> Acme = new(Guid.NewGuid()), Bolt = new(Guid.NewGuid());
    private static readonly Id<Person> Ada = new(Guid.NewGuid()), Bea = new(Guid.NewGuid()), Cay = new(Guid.NewGuid());
    private static readonly Id<Reservation> First = new(Guid.NewGuid()), Second = new(Guid.NewGuid());
    private static readonly SessionBooked Booked = new(
        new(Guid.NewGuid()), Acme, SessionKind.Course, "Law", Hours.Day.AddHours(9), Hours.Day.AddHours(12), 9, Hours.Day.AddHours(-15), null, [new(new(Guid.NewGuid()), [1])], Ada, Now);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Who_did_not_come_and_seats_without_anybody_stay_empty() => Empty([Seats(First, Acme, 3, Ada, Bea)], (Ada, Acme, true), (Bea, Acme, false)).ShouldBe([(First, 2)]);

    [Fact]
    public void Whoever_comes_instead_fills_the_seat() => Empty([Seats(First, Acme, 2, Ada, Bea)], (Ada, Acme, true), (Cay, Acme, true)).ShouldBeEmpty();

    [Fact]
    public void Those_who_come_for_another_firm_fill_none() => Empty([Seats(First, Acme, 1), Seats(Second, Bolt, 1)], (Cay, Bolt, true)).ShouldBe([(First, 1)]);

    [Fact]
    public void Unnamed_seats_are_filled_first() => Empty([Seats(First, Acme, 1, Ada), Seats(Second, Acme, 1)], (Ada, Acme, false), (Cay, Acme, true)).ShouldBe([(First, 1)]);

    [Fact]
    public void Who_only_waited_has_no_empty_seat() => Empty([Seats(First, Acme, 1) with { Held = false }]).ShouldBeEmpty();

    [Fact]
    public void Each_reservation_is_charged_once_and_single_seats_are_waived()
    {
        SessionEvent[] past =
        [
            Booked, new SessionTermsSet(new(null, 1_000, null), Ada, Now), new SessionSeatsReserved(First, Acme, 2, [], Ada, Now), new SessionSeatsReserved(Second, Bolt, 1, [], Ada, Now),
            new SessionAttendanceNoted([new(Ada, Acme, false, 0)], Ada, After),
        ];
        var charged = new SessionNoShowsCharged([new(First, Acme, 2, 1, 1_000), new(Second, Bolt, 1, 0, 1_000)], "ill", Ada, After);
        var given = Spec.Given(past);
        given.When(Charge(3_000) with { Now = Hours.Day.AddHours(11) }).ThenRefused(ChargeNoShows.NotOver);
        given.When(Charge(2_999)).ThenRefused(ChargeNoShows.Changed);
        given.When(Charge(0) with { Waived = new Dictionary<Id<Reservation>, int> { [First] = 3 } }).ThenRefused(ChargeNoShows.WaivedTooMuch);
        given.When(Charge(2_000) with { Waived = new Dictionary<Id<Reservation>, int> { [First] = 1 }, Reason = "ill" }).Then(charged);
        Spec.Given([.. past, charged]).When(Charge(3_000)).Then();
        Spec.Given(past[..4]).When(Charge(3_000)).ThenRefused(ChargeNoShows.NotNoted);
        Spec.Given(past[0], past[2], past[4]).When(Charge(0)).ThenRefused(ChargeNoShows.NoFee);
    }

    [Fact]
    public async Task Empty_seats_are_charged_in_the_books_once_however_often_it_is_sent()
    {
        var c = await PoolCluster.Found(host);
        var (session, streams) = (new Id<Session>(Guid.CreateVersion7()), host.Services.GetRequiredService<Streams<Session, SessionEvent>>());
        var (end, cora, bolt) = (DateTimeOffset.UtcNow.AddHours(-1), new Id<Person>(Guid.Parse(c.Coordinator.Person)), new Id<Person>(Guid.Parse(c.BoltManager.Person)));
        var reservation = Id<Reservation>.New(TimeProvider.System);
        SessionEvent[] past =
        [
            Booked with { Cluster = new(Guid.Parse(c.Id)), Firm = new(Guid.Parse(c.Acme)), StartsAt = end.AddHours(-2), EndsAt = end, CancelUntil = end.AddDays(-2), Uses = [], By = cora },
            new SessionTermsSet(new(null, 1_500, null), cora, end.AddDays(-8)),
            new SessionSeatsReserved(reservation, new(Guid.Parse(c.Bolt)), 3, [bolt], cora, end.AddDays(-7)),
        ];
        (await streams.Execute(session.Value, new Say(past), new(CommandMetadata.System("test")), Ct)).ShouldBeOfType<Outcome.Written>();
        var charges = $"/resources/sessions/{session}/no-shows/charges";
        (await c.AcmeManager.Client.Post(charges, new { totalCents = 4_500 })).ShouldBeProblem(HttpStatusCode.Conflict, "attendance-not-noted");
        (await streams.Execute(session.Value, new Say(new SessionAttendanceNoted([new(bolt, new(Guid.Parse(c.Bolt)), false, 0)], cora, end)), new(CommandMetadata.System("test")), Ct)).ShouldBeOfType<Outcome.Written>();

        // How many stayed away is for all to see; who, for the firm and those in charge.
        (await Open(c.AcmeManager)).ShouldBe([$"{c.Bolt} 3 {bolt} total 4500"]);
        (await Open(c.BoltManager)).ShouldBe([$"{c.Bolt} 3 {bolt} total 4500"]);
        var erna = await PoolCluster.Employee(host, c.AcmeManager, c.Acme);
        (await Open(erna)).ShouldBe([$"{c.Bolt} 3  total 0"]);
        (await c.Outsider.Client.Get($"/resources/sessions/{session}/no-shows")).ShouldBeProblem(HttpStatusCode.NotFound, "session-unknown");
        (await c.BoltManager.Client.Post(charges, new { totalCents = 4_500 })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await c.AcmeManager.Client.Post(charges, new { totalCents = 3_000, waive = new[] { new { reservation, count = 1 } } })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await c.AcmeManager.Client.Post(charges, new { totalCents = 4_000 })).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "no-shows-changed").Text("nowCents").ShouldBe("4500");

        var body = new { totalCents = 3_000, waive = new[] { new { reservation, count = 1 } }, reason = "The train failed" };
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => c.AcmeManager.Client.Post(charges, body)))) answer.ShouldBe(HttpStatusCode.OK);
        (await Open(c.AcmeManager)).ShouldBeEmpty();
        var statement = (await c.BoltManager.Client.Get($"/resources/clusters/{c.Id}/accounts/firms/{c.Bolt}")).ShouldBe(HttpStatusCode.OK).Json;
        var line = statement["lines"].ShouldNotBeNull().AsArray().ShouldHaveSingleItem().ShouldNotBeNull();
        $"{line["kind"]} {line["cents"]} {line["source"]}".ShouldBe($"fee -3000 {session}");
        (await c.Coordinator.Client.Post($"/resources/entries/{line["entry"]}/reversal", new { reason = "Ill" })).ShouldBe(HttpStatusCode.Created);
        (await c.AcmeManager.Client.Get($"/resources/sessions/{session}/no-shows")).Json["charged"].ShouldNotBeNull()[0].ShouldNotBeNull()["takenBack"].ShouldNotBeNull().GetValue<bool>().ShouldBeTrue();

        async Task<IReadOnlyList<string>> Open(Account reader)
        {
            var shown = (await reader.Client.Get($"/resources/sessions/{session}/no-shows")).ShouldBe(HttpStatusCode.OK).Json;
            return [.. shown["open"].ShouldNotBeNull().AsArray().Select(n => $"{n!["firm"]} {n["count"]} {n["absent"]?[0]} total {shown["totalCents"]}")]; // a list of empty seats
        }
    }

    private static IReadOnlyList<(Id<Reservation>, int)> Empty(IReadOnlyList<Reservation> seats, params (Id<Person> Person, Id<Firm> Firm, bool Came)[] people) =>
        [.. NoShows.Of(seats, [.. people.Select(p => new Presence(p.Person, p.Firm, p.Came, 60, true, null))]).Select(n => (n.Reservation, n.Count))];

    private static Reservation Seats(Id<Reservation> id, Id<Firm> firm, int count, params ValueList<Id<Person>> people) => new(id, firm, count, people, true);

    private static ChargeNoShows Charge(long seen) => new(new Dictionary<Id<Reservation>, int>(), "", seen, Ada, After);

    private sealed record Say(params SessionEvent[] Facts) : ICommand<Session, SessionEvent>
    {
        public Decision<SessionEvent> Decide(Session state) => Decision<SessionEvent>.Of(Facts);
    }
}
