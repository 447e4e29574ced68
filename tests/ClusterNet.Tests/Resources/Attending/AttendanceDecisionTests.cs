using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Attending;
using ClusterNet.Resources.Sessions;
using Shouldly;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Resources.Sessions.Session, ClusterNet.Resources.Sessions.SessionEvent>;

namespace ClusterNet.Tests.Resources.Attending;

public sealed class AttendanceDecisionTests
{
    private static readonly DateTimeOffset Now = PoolHouse.Now;
    private static readonly Id<Firm> Acme = new(Guid.NewGuid()), Bolt = new(Guid.NewGuid());
    private static readonly Id<Person> Ada = new(Guid.NewGuid()), Bea = new(Guid.NewGuid()), Cem = new(Guid.NewGuid()), Tom = new(Guid.NewGuid());
    private static readonly Id<Reservation> First = new(Guid.NewGuid()), Second = new(Guid.NewGuid());
    private static readonly SessionBooked Course = new(
        new(Guid.NewGuid()), Acme, SessionKind.Course, "Law", Hours.Day.AddHours(9), Hours.Day.AddHours(12), 5, Hours.Day.AddHours(-15),
        Tom, [new(new(Guid.NewGuid()), [1])], Ada, Now);

    private static readonly DateTimeOffset Begin = Course.StartsAt, End = Course.EndsAt;
    private static readonly SessionSeatsReserved Seats = new(First, Acme, 2, [Ada], Ada, Now);

    [Fact]
    public void Who_comes_is_said_later_and_can_change()
    {
        Spec.Given(Course, Seats).When(Name(Ada, Bea)).Then(new SessionSeatsNamed(First, [Ada, Bea], Ada, Now));
        Spec.Given(Course, Seats).When(Name(Cem)).Then(new SessionSeatsNamed(First, [Cem], Ada, Now));
        Spec.Given(Course, Seats).When(Name()).Then(new SessionSeatsNamed(First, [], Ada, Now));
        Spec.Given(Course, Seats, new SessionSeatsNamed(First, [Ada, Bea], Ada, Now)).When(Name(Bea, Ada)).Then();
    }

    [Fact]
    public void Nobody_is_named_beyond_the_seats_twice_or_too_late()
    {
        Spec.Given(Course, Seats).When(Name(Ada, Bea, Cem)).ThenRefused(NamePeople.MoreThanSeats);
        Spec.Given(Course, Seats, new SessionSeatsReserved(Second, Bolt, 1, [Bea], Bea, Now)).When(Name(Bea)).ThenRefused(ReserveSeats.SeatedAlready);
        Spec.Given(Course, Seats).When(Name(Bea) with { Now = Begin }).ThenRefused(Session.Started);
        Spec.Given(Course, Seats).When(Name(Bea) with { Reservation = Second }).ThenRefused(CancelSeats.Unknown);
        Spec.Given(Course, Seats, new SessionCancelled("ill", Ada, Now)).When(Name(Bea)).ThenRefused(Session.IsCancelled);
    }

    [Fact]
    public void Who_came_is_noted_from_the_begin_until_sixty_days_after_the_end()
    {
        Spec.Given(Course, Seats).When(Note(Begin.AddTicks(-1), Came(Ada))).ThenRefused(NoteAttendance.TooEarly);
        Spec.Given(Course, Seats).When(Note(Begin, Came(Ada))).Then(Noted(Begin, Came(Ada)));
        Spec.Given(Course, Seats).When(Note(End.AddDays(60), Came(Ada))).Then(Noted(End.AddDays(60), Came(Ada)));
        Spec.Given(Course, Seats).When(Note(End.AddDays(60).AddTicks(1), Came(Ada))).ThenRefused(NoteAttendance.TooLate);
        Spec.Given(Course, new SessionCancelled("ill", Ada, Now)).When(Note(End, Came(Ada))).ThenRefused(Session.IsCancelled);
        Spec.Given().When(Note(End, Came(Ada))).ThenRefused(Session.Unknown);
    }

    [Fact]
    public void Only_what_is_new_is_noted_again()
    {
        var before = Noted(End, Came(Ada), new(Bea, Bolt, false, 0));
        Spec.Given(Course, before).When(Note(End, Came(Ada))).Then();
        Spec.Given(Course, before).When(Note(End, Came(Ada), new(Bea, Bolt, true, 60), Came(Cem))).Then(Noted(End, new(Bea, Bolt, true, 60), Came(Cem)));
    }

    [Fact]
    public void Nobody_attends_longer_than_it_took_nor_what_they_give_themselves()
    {
        Spec.Given(Course).When(Note(End, Came(Ada) with { Minutes = 181 })).ThenRefused(NoteAttendance.TooLong);
        Spec.Given(Course).When(Note(End, Came(Tom))).ThenRefused(NoteAttendance.TrainerTeaches);
        Spec.Given(Course).When(new CheckIn(Tom, Acme, Begin)).ThenRefused(NoteAttendance.TrainerTeaches);
    }

    [Fact]
    public void The_door_is_open_from_half_an_hour_before_until_the_end()
    {
        Spec.Given(Course).When(new CheckIn(Ada, Acme, Begin.AddMinutes(-30).AddTicks(-1))).ThenRefused(CheckIn.NotYet);
        Spec.Given(Course).When(new CheckIn(Ada, Acme, Begin.AddMinutes(-30))).Then(new SessionCheckedIn(Ada, Acme, Begin.AddMinutes(-30)));
        Spec.Given(Course).When(new CheckIn(Ada, Acme, End)).Then(new SessionCheckedIn(Ada, Acme, End));
        Spec.Given(Course).When(new CheckIn(Ada, Acme, End.AddTicks(1))).ThenRefused(CheckIn.Over);
        Spec.Given(Course, new SessionCheckedIn(Ada, Acme, Begin)).When(new CheckIn(Ada, Acme, End)).Then();
    }

    [Fact]
    public void The_latest_list_counts_and_a_check_in_where_one_said_absent_before()
    {
        var (here, away) = (new SessionCheckedIn(Ada, Acme, Begin), Noted(End, new Attendance(Ada, Acme, false, 0)));
        Of(here).ShouldBe(new Presence(Ada, Acme, true, 180, false, Begin));
        Of(here, away).ShouldBe(new Presence(Ada, Acme, false, 0, true, Begin));
        Of(away, here).ShouldBe(Of(here));
        Of(Noted(Begin, new Attendance(Ada, Acme, true, 90)), here).ShouldBe(new Presence(Ada, Acme, true, 90, true, Begin));
        Spec.Given(Course, here).When(new CountCheckIns(End)).Then(new SessionCheckInsCounted(End));
        Spec.Given(Course, here).When(new CountCheckIns(End.AddTicks(-1))).Then();
        Spec.Given(Course, here, new SessionCheckInsCounted(End)).When(new CountCheckIns(End)).Then();
        Spec.Given(Course, here, away).When(new CountCheckIns(End)).Then();
        Spec.Given(Course, away, here).When(new CountCheckIns(End)).Then(new SessionCheckInsCounted(End));
    }

    [Fact]
    public void Of_a_course_of_several_days_a_day_counts_eight_hours()
    {
        Presences.Full(Begin, Begin.AddHours(3)).ShouldBe(180);
        Presences.Full(Begin, Begin.AddHours(24)).ShouldBe(24 * 60);
        Presences.Full(Begin, Begin.AddDays(4).AddHours(8)).ShouldBe(5 * 480);
    }

    [Fact]
    public void One_is_reminded_once_a_day_before_and_again_when_it_was_moved()
    {
        var (day, moved) = (Begin.AddDays(-1), new SessionMoved(Begin.AddDays(7), End.AddDays(7), Now, Course.Uses, Ada, Now));
        Spec.Given(Course).When(new Remind(day.AddTicks(-1))).Then();
        Spec.Given(Course).When(new Remind(day)).Then(new SessionReminded(day));
        Spec.Given(Course, new SessionReminded(day)).When(new Remind(day.AddHours(1))).Then();
        Spec.Given(Course).When(new Remind(Begin)).Then();
        Spec.Given(Course, new SessionReminded(day), moved).When(new Remind(day.AddDays(7))).Then(new SessionReminded(day.AddDays(7)));
        Spec.Given(Course, new SessionCancelled("ill", Ada, Now)).When(new Remind(day)).Then();
    }

    [Fact]
    public void Who_was_there_says_what_they_think_for_thirty_days()
    {
        var there = Noted(End, Came(Ada), new Attendance(Bea, Bolt, false, 0));
        var said = new SessionFeedbackGiven(Ada, 4, 5, true, "More exercises", End);
        Spec.Given(Course, there).When(Say(Ada, End.AddTicks(-1))).ThenRefused(GiveFeedback.TooEarly);
        Spec.Given(Course, there).When(Say(Ada, End)).Then(said);
        Spec.Given(Course, there, said).When(Say(Ada, End.AddDays(1))).Then();
        Spec.Given(Course, there, said).When(Say(Ada, End.AddDays(30)) with { Usefulness = 2 }).Then(said with { Usefulness = 2, At = End.AddDays(30) });
        Spec.Given(Course, there).When(Say(Ada, End.AddDays(30).AddTicks(1))).ThenRefused(GiveFeedback.TooLate);
        Spec.Given(Course, there).When(Say(Bea, End)).ThenRefused(GiveFeedback.NotThere);
        Spec.Given(Course, there).When(Say(Cem, End)).ThenRefused(GiveFeedback.NotThere);
        Spec.Given(Course with { Trainer = null }, there).When(Say(Ada, End)).ThenRefused(GiveFeedback.NobodyTaught);
    }

    [Fact]
    public void What_fewer_than_five_say_is_not_shown()
    {
        var people = Enumerable.Range(0, 6).Select(_ => new Id<Person>(Guid.NewGuid())).ToList();
        FeedbackResults Results(int answers) => FeedbackResults.Of((Session.Booked)Told(
            [Noted(End, [.. people.Select(Came)]), .. people.Take(answers).Select((p, i) => new SessionFeedbackGiven(p, i == 0 ? 1 : 4, i < 4 ? 5 : null, i < 5 ? i % 2 == 0 : null, $"Word {9 - i}", End))]));

        var four = Results(4);
        (four.Attended, four.Answers, four.Usefulness, four.Teaching, four.Differently, four.Sentences.Count).ShouldBe((6, 4, null, null, null, 0));
        var five = Results(5);
        (five.Answers, five.Usefulness, five.Teaching, five.Differently).ShouldBe((5, 3.4m, null, 60));
        five.Sentences.ShouldBe(["Word 5", "Word 6", "Word 7", "Word 8", "Word 9"]);
    }

    [Fact]
    public void What_people_think_is_told_of_five_at_a_time()
    {
        var people = Enumerable.Range(0, 10).Select(_ => new Id<Person>(Guid.NewGuid())).ToList();
        List<SessionEvent> facts = [Noted(End, [.. people.Select(Came)]), .. people.Take(5).Select(p => Said(p, 3))];
        FeedbackResults Results() => FeedbackResults.Of((Session.Booked)Told([.. facts]));
        var five = Results();

        facts.AddRange([Said(people[5], 5), Said(people[0], 1), .. people[6..9].Select(p => Said(p, 5))]);
        var nine = Results();
        nine.ShouldBe(five with { Answers = 9, Sentences = nine.Sentences });
        nine.Sentences.ShouldBe(five.Sentences);

        facts.Add(Said(people[9], 5));
        (Results().Told, Results().Usefulness).ShouldBe((10, 3.8m));
        facts.Add(Said(people[9], 1));
        (Results().Told, Results().Usefulness).ShouldBe((10, 3.8m));

        SessionFeedbackGiven Said(Id<Person> person, int mark) => new(person, mark, mark, null, $"{person} says {mark}", End);
    }

    private static Presence Of(params SessionEvent[] facts) => ((Session.Booked)Told(facts)).Presences.ShouldHaveSingleItem();

    private static Session Told(params SessionEvent[] facts) => facts.Prepend(Course).Aggregate(Session.Initial, Session.Evolve);

    private static NamePeople Name(params Id<Person>[] people) => new(First, [.. people], Ada, Now);

    private static Attendance Came(Id<Person> person) => new(person, Acme, true, 180);

    private static NoteAttendance Note(DateTimeOffset now, params Attendance[] list) => new([.. list], Ada, now);

    private static SessionAttendanceNoted Noted(DateTimeOffset at, params Attendance[] list) => new([.. list], Ada, at);

    private static GiveFeedback Say(Id<Person> person, DateTimeOffset now) => new(person, 4, 5, true, "More exercises", now);
}
