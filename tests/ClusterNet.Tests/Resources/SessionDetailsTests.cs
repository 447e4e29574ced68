using System.Net;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Tests.Hosting;
using Shouldly;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Resources.Sessions.Session, ClusterNet.Resources.Sessions.SessionEvent>;

namespace ClusterNet.Tests.Resources;

public sealed class SessionDetailsTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static readonly DateTimeOffset Now = PoolHouse.Now;
    private static readonly Id<Firm> Acme = new(Guid.NewGuid()), Bolt = new(Guid.NewGuid());
    private static readonly Id<Person> Ada = new(Guid.NewGuid());
    private static readonly SessionBooked Course = new(
        new(Guid.NewGuid()), Acme, SessionKind.Course, "Law", Hours.Day.AddHours(9), Hours.Day.AddHours(12), 5, Hours.Day.AddHours(-15),
        null, [new(new(Guid.NewGuid()), [1])], Ada, Now);

    private static readonly SessionDescribed TwoEach = new("Exercises", [], "Canteen", "", 2, Ada, Now);

    [Fact]
    public void The_same_said_again_adds_nothing() =>
        Spec.Given(Course, TwoEach).When(new DescribeSession(TwoEach with { By = new(Guid.NewGuid()), At = Now.AddHours(1) })).Then();

    [Fact]
    public void What_changes_is_said_as_a_whole() =>
        Spec.Given(Course, TwoEach).When(new DescribeSession(TwoEach with { Place = "" })).Then(TwoEach with { Place = "" });

    [Fact]
    public void Only_a_webinar_has_a_link_to_join()
    {
        var linked = TwoEach with { JoinLink = "https://meet.example/x" };
        Spec.Given(Course).When(new DescribeSession(linked)).ThenRefused(DescribeSession.NoWebinar);
        Spec.Given(Course with { Kind = SessionKind.Webinar }).When(new DescribeSession(linked)).Then(linked);
    }

    [Fact]
    public void What_is_over_stays_as_it_is() =>
        Spec.Given(Course).When(new DescribeSession(TwoEach with { At = Course.EndsAt })).ThenRefused(DescribeSession.Over);

    [Fact]
    public void What_was_cancelled_or_never_was_is_not_described()
    {
        Spec.Given(Course, new SessionCancelled("ill", Ada, Now)).When(new DescribeSession(TwoEach)).ThenRefused(Session.IsCancelled);
        Spec.Given().When(new DescribeSession(TwoEach)).ThenRefused(Session.Unknown);
    }

    [Fact]
    public void A_firm_gets_no_more_seats_than_one_firm_may_have()
    {
        var held = new SessionSeatsReserved(new(Guid.NewGuid()), Bolt, 1, [], Ada, Now);
        var next = new ReserveSeats(new(Guid.NewGuid()), Bolt, 1, [], Ada, Now);
        Spec.Given(Course, TwoEach, held).When(next with { Count = 2 }).ThenRefused(ReserveSeats.TooManyForFirm);
        Spec.Given(Course, TwoEach, held).When(next).Then(new SessionSeatsReserved(next.Reservation, Bolt, 1, [], Ada, Now));
        Spec.Given(Course, TwoEach, held).When(next with { Firm = Acme, Count = 2 }).Then(new SessionSeatsReserved(next.Reservation, Acme, 2, [], Ada, Now));
    }

    [Fact]
    public async Task A_link_to_join_is_for_those_who_take_part()
    {
        var c = await PoolCluster.Found(host);
        var licence = await c.Contribute("licence", 5);
        var booked = new { firm = c.Acme, kind = "webinar", title = "Data protection", start = PoolCluster.At(9), end = PoolCluster.At(10), seatCount = 3, resources = new[] { new { resource = licence } } };
        var session = (await c.AcmeManager.Client.Post($"/resources/clusters/{c.Id}/sessions", booked)).ShouldBe(HttpStatusCode.Created).Id;
        var details = new { agenda = "Questions", joinLink = "https://meet.example/x", seatsPerFirm = 1 };
        (await c.BoltManager.Client.Put($"/resources/sessions/{session}/details", details)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-this-firm");
        (await c.Outsider.Client.Put($"/resources/sessions/{session}/details", details)).ShouldBeProblem(HttpStatusCode.NotFound, "session-unknown");
        (await c.AcmeManager.Client.Put($"/resources/sessions/{session}/details", new { joinLink = "http://meet.example/x" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await c.AcmeManager.Client.Put($"/resources/sessions/{session}/details", new { skillUris = new[] { "http://data.europa.eu/esco/skill/none" } }))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "skill-unknown");
        (await c.AcmeManager.Client.Put($"/resources/sessions/{session}/details", details)).ShouldBe(HttpStatusCode.OK);

        var seen = (await c.BoltManager.Client.Get($"/resources/sessions/{session}")).ShouldBe(HttpStatusCode.OK).Json;
        (seen["agenda"]?.ToString(), seen["joinLink"]).ShouldBe(("Questions", null));
        (await c.BoltManager.Client.Post($"/resources/sessions/{session}/seats", new { firm = c.Bolt, count = 2 })).ShouldBeProblem(HttpStatusCode.Conflict, "seats-per-firm");
        (await c.BoltManager.Client.Post($"/resources/sessions/{session}/seats", new { firm = c.Bolt, count = 1 })).ShouldBe(HttpStatusCode.Created);
        (await c.BoltManager.Client.Get($"/resources/sessions/{session}")).Json["joinLink"]?.ToString().ShouldBe("https://meet.example/x");
        (await (await PoolCluster.Employee(host, c.BoltManager, c.Bolt)).Client.Get($"/resources/sessions/{session}")).Json["joinLink"].ShouldBeNull();
    }
}
