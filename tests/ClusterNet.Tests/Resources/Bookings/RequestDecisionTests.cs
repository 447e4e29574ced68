using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Bookings;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;
using Shouldly;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Resources.Sessions.Session, ClusterNet.Resources.Sessions.SessionEvent>;

namespace ClusterNet.Tests.Resources.Bookings;

public sealed class RequestDecisionTests
{
    private static readonly DateTimeOffset Now = PoolHouse.Now;
    private static readonly Id<Cluster> Cluster = new(Guid.NewGuid());
    private static readonly Id<Firm> Acme = new(Guid.NewGuid()), Bolt = new(Guid.NewGuid()), Cord = new(Guid.NewGuid());
    private static readonly Id<Person> Ada = new(Guid.NewGuid());
    private static readonly Id<Session> Session = new(Guid.NewGuid());
    private static readonly PoolRow Hall = Row(Bolt, true), Lathe = Row(Cord, true), Open = Row(Bolt, false);
    private static readonly Request TheHour = new(Session, Cluster, [new(Hall.Id, 1), new(Lathe.Id, 1)], Hours.Of(9, 12), Ada);
    private static readonly Timetable Free = new([Hall, Lathe], []);
    private static readonly ValueList<Id<Firm>> Owners = [.. new[] { Bolt, Cord }.Order()];

    private static readonly SessionRequested Asked = new(
        Cluster, Acme, SessionKind.Course, "Law", TheHour.Slot.Start, TheHour.Slot.End, 5, TheHour.Slot.Start.AddHours(-24), Ada, [.. TheHour.Wanted], Owners, null, Ada, Now);

    private static readonly SessionConfirmed Confirmed = new(
        TheHour.Slot.Start, TheHour.Slot.End, Ada, [new(Hall.Id, [1]), new(Lathe.Id, [1])], Now);

    [Fact]
    public void What_is_lent_on_approval_is_asked_for() =>
        Spec.Given().When(Book(Acme, Free)).Then(Asked);

    [Fact]
    public void Who_owns_it_all_asks_nobody()
    {
        var mine = Free with { Resources = [Hall, Row(Acme, true)] };
        mine.OwnersToAsk(Bolt).ShouldBe([Acme]);
        mine.OwnersToAsk(Acme).ShouldBe([Bolt]);
        new Timetable([Hall, Open], []).OwnersToAsk(Bolt).ShouldBeEmpty();
        new Timetable([Open], []).OwnersToAsk(Acme).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_taken_is_not_even_asked_for() =>
        Spec.Given().When(Book(Acme, Taken)).ThenRefused(Timetable.AlreadyBooked);

    [Fact]
    public void The_first_of_two_approvals_books_nothing() =>
        Spec.Given(Asked).When(Approve(Bolt)).Then(new SessionRequestApproved(Bolt, Ada, Now));

    [Fact]
    public void The_last_approval_books() =>
        Spec.Given(Asked, new SessionRequestApproved(Cord, Ada, Now)).When(Approve(Bolt)).Then(new SessionRequestApproved(Bolt, Ada, Now), Confirmed);

    [Fact]
    public void The_last_approval_is_refused_where_something_came_first() =>
        Spec.Given(Asked, new SessionRequestApproved(Cord, Ada, Now)).When(Approve(Bolt, Taken)).ThenRefused(Timetable.AlreadyBooked);

    [Fact]
    public void Who_approves_twice_approves_once()
    {
        Spec.Given(Asked, new SessionRequestApproved(Bolt, Ada, Now)).When(Approve(Bolt)).Then();
        Spec.Given(Asked, new SessionRequestApproved(Bolt, Ada, Now), new SessionRequestApproved(Cord, Ada, Now), Confirmed).When(Approve(Cord)).Then();
    }

    [Fact]
    public void Only_firms_that_are_asked_answer() => Spec.Given(Asked).When(Approve(Acme)).ThenRefused(ApproveRequest.NotAsked);

    [Fact]
    public void A_request_that_was_moved_meanwhile_is_not_approved() =>
        Spec.Given(Asked, Moved(14, 15)).When(Approve(Bolt)).ThenRefused(ApproveRequest.Changed);

    [Fact]
    public void A_request_lapses_when_it_would_begin() =>
        Spec.Given(Asked).When(Approve(Bolt) with { Now = Asked.StartsAt }).ThenRefused(ApproveRequest.Lapsed);

    [Fact]
    public void One_firm_that_declines_is_enough() =>
        Spec.Given(Asked, new SessionRequestDeclined(Cord, "No", Ada, Now)).When(Approve(Bolt)).ThenRefused(ApproveRequest.Answered);

    [Fact]
    public void What_is_booked_is_not_declined_any_more() =>
        Spec.Given(Asked, Confirmed).When(new DeclineRequest(Bolt, "No", Ada, Now)).ThenRefused(DeclineRequest.BookedNow);

    [Fact]
    public void A_declined_request_that_is_moved_is_asked_anew()
    {
        Spec.Given(Asked, new SessionRequestApproved(Bolt, Ada, Now), new SessionRequestDeclined(Cord, "No", Ada, Now)).When(Move(Free, 14, 17)).Then(Moved(14, 17));
        Spec.Given(Asked, new SessionRequestDeclined(Cord, "No", Ada, Now), Moved(9, 12)).When(Approve(Bolt)).Then(new SessionRequestApproved(Bolt, Ada, Now));
    }

    [Fact]
    public void A_moved_request_that_nobody_has_to_approve_any_more_is_booked()
    {
        var slot = Hours.Of(14, 17);
        var mine = Free with { Resources = [Hall with { AsksApproval = false }, Lathe with { AsksApproval = false }] };
        Spec.Given(Asked).When(Move(mine, 14, 17)).Then(Moved(14, 17) with { Owners = [] }, Confirmed with { StartsAt = slot.Start, EndsAt = slot.End });
    }

    [Fact]
    public void A_session_that_was_approved_for_its_time_is_not_moved_without_asking() =>
        Spec.Given(Asked, Confirmed).When(Move(Free, 14, 17)).ThenRefused(MoveSession.ApprovalNeeded);

    [Fact]
    public void A_request_has_no_seats_and_can_be_withdrawn()
    {
        Spec.Given(Asked).When(new ReserveSeats(new(Guid.NewGuid()), Acme, 1, [], Ada, Now)).ThenRefused(ClusterNet.Resources.Sessions.Session.NotBooked);
        Spec.Given(Asked).When(new CancelSession("No need", Ada, Now)).Then(new SessionCancelled("No need", Ada, Now));
        Spec.Given(Asked, new SessionCancelled("No need", Ada, Now)).When(Approve(Bolt)).ThenRefused(ClusterNet.Resources.Sessions.Session.IsCancelled);
    }

    [Fact]
    public void A_resource_is_lent_on_approval_or_not()
    {
        var pooled = new Resource.Pooled(ResourceKind.Room, new("always", "Europe/Berlin"));
        new AskApproval(true, Ada, Now).Decide(pooled).Facts.ShouldBe([new ResourceApprovalAsked(true, Ada, Now)]);
        new AskApproval(true, Ada, Now).Decide(pooled with { AsksApproval = true }).Facts.ShouldBeEmpty();
        new AskApproval(true, Ada, Now).Decide(pooled with { Kind = ResourceKind.Money }).Refusal.ShouldBe(Timetable.NotBookable);
    }

    private static Timetable Taken => Free with
    {
        Occupied = [new(Hall.Id, 1, new(new(Guid.NewGuid()), "Other", TheHour.Slot.Start, TheHour.Slot.End, Cord, null))],
    };

    private static BookSession Book(Id<Firm> firm, Timetable timetable) => new(TheHour, timetable, firm, SessionKind.Course, "Law", 5, null, Ada, Now);

    private static ApproveRequest Approve(Id<Firm> firm, Timetable? timetable = null) => new(TheHour, timetable ?? Free, firm, Ada, Now);

    private static MoveSession Move(Timetable timetable, double from, double until) => new(TheHour with { Slot = Hours.Of(from, until) }, timetable, Ada, Now);

    private static SessionRequestMoved Moved(double from, double until) =>
        new(Hours.Of(from, until).Start, Hours.Of(from, until).End, Hours.Of(from, until).Start.AddHours(-24), Owners, Ada, Now);

    private static PoolRow Row(Id<Firm> firm, bool asks) => BookingDecisionTests.Row(ResourceKind.Room, 20) with { Firm = firm, AsksApproval = asks };
}
