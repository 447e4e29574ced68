using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Accounts;
using ClusterNet.Resources.Sessions;
using ClusterNet.Resources.Terms;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Resources.Terms;

/// <summary>Whatever firms ask for, give back, accept and let pass.</summary>
public sealed class WaitingListPropertyTests
{
    private const int Seats = 5;
    private static readonly DateTimeOffset Begin = Hours.Day.AddHours(9);
    private static readonly Id<Person> Ada = new(Guid.NewGuid());
    private static readonly Id<Firm>[] Firms = [new(Guid.NewGuid()), new(Guid.NewGuid()), new(Guid.NewGuid())];

    /// <param name="Pause">Minutes that pass before it.</param>
    internal sealed record Step(string What, int Who, int Count, int Pause);

    private static readonly Gen<(int? Hours, List<Step> Steps)> Runs =
        from hours in Gen.Elements<int?>(null, 1, 3)
        from steps in (
            from what in Gen.Elements("ask", "ask", "ask", "back", "back", "accept", "clock")
            from who in Gen.Choose(0, 30)
            from count in Gen.Choose(1, 3)
            from pause in Gen.Choose(0, 90)
            select new Step(what, who, count, pause)).ListOf(40)
        select (hours, steps.ToList());

    [Fact]
    public void Seats_are_never_above_what_there_is_and_nobody_is_overtaken() => Prop.ForAll(Arb.From(Runs), run =>
    {
        var facts = Run(run.Hours, run.Steps, (before, after, now) =>
        {
            after.SeatsFree.ShouldBeInRange(0, Seats);
            after.Reservations.ShouldAllBe(r => r.Count > 0 && (!r.Held || r.OfferedUntil == null));
            // Whoever did not wait before and does not now has asked after all who wait: a gap would be somebody overtaken.
            foreach (var waiting in after.Waiting)
            {
                var later = after.Reservations.SkipWhile(r => r.Id != waiting.Id).Skip(1).ToList();
                later.ShouldAllBe(r => r.Waits || before.Reservations.Any(b => b.Id == r.Id && !b.Waits));
            }

            if (now < Begin && after.Waiting.FirstOrDefault() is { } next) next.Count.ShouldBeGreaterThan(after.SeatsFree);
        });

        // Who moved up or was offered seats did so in order of asking.
        var asked = facts.OfType<SessionSeatsWaitlisted>().Select(f => f.Reservation).ToList();
        var moved = facts.Select(f => f switch { SessionSeatsPromoted e => e.Reservation, SessionSeatsOffered e => e.Reservation, _ => default }).Where(id => id != default).ToList();
        moved.ShouldBe(moved.OrderBy(asked.IndexOf));
        moved.ShouldBeUnique();
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Books_balance_with_every_fee_and_with_what_takes_it_back() => Prop.ForAll(Arb.From(Runs), run =>
    {
        var (session, at) = (Row(), Begin);
        var entries = Run(run.Hours, run.Steps, (_, _, _) => { })
            .Select((f, i) => (Fee: f switch { SessionSeatsCancelled e => e.FeeCents, SessionSeatsReduced e => e.FeeCents, _ => 0 }, Firm: Firms[i % 3], Back: i % 2 == 0))
            .Where(f => f.Fee > 0)
            .SelectMany(f => Fees.Of(session, f.Firm, f.Fee, at, new(Guid.NewGuid())).Lines is var lines && f.Back ? [lines, [.. lines.Select(l => l with { Cents = -l.Cents })]] : new[] { lines })
            .ToList();
        entries.ShouldAllBe(lines => PostEntry.IsBalanced(lines));
        entries.SelectMany(l => l).Sum(l => l.Cents).ShouldBe(0);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    private static List<SessionEvent> Run(int? hours, List<Step> steps, Action<Session.Booked, Session.Booked, DateTimeOffset> check)
    {
        SessionEvent[] start = [Booked, new SessionTermsSet(new(2_000, 0, hours), Ada, Begin.AddDays(-1))];
        var (state, now, facts) = ((Session.Booked)start.Aggregate(Session.Initial, Session.Evolve), Begin.AddHours(-30), new List<SessionEvent>());
        foreach (var step in steps)
        {
            now = now.AddMinutes(step.Pause);
            var mine = state.Reservations.Count == 0 ? default : state.Reservations[step.Who % state.Reservations.Count].Id;
            ICommand<Session, SessionEvent> command = step.What switch
            {
                "ask" => new ReserveSeats(new(Guid.NewGuid()), Firms[step.Who % 3], step.Count, [], Ada, now),
                "back" => new CancelSeats(mine, Ada, now) { Count = step.Count, FeeSeen = 1_000_000 },
                "accept" => new AcceptSeats(mine, Ada, now),
                _ => new EndOffers(now),
            };
            var decided = command.Decide(state);
            var after = decided.Facts.Aggregate(state, (s, f) => s.After(f));
            if (decided.Facts.Length > 0) check(state, after, now);
            facts.AddRange(decided.Facts);
            state = after;
        }

        return facts;
    }

    private static readonly SessionBooked Booked = new(
        new(Guid.NewGuid()), Firms[0], SessionKind.Course, "Law", Begin, Begin.AddHours(3), Seats, Begin.AddHours(-24), null, [new(new(Guid.NewGuid()), [1])], Ada, Begin.AddDays(-9));

    private static SessionRow Row() => Sessions.Of([new(Guid.NewGuid(), 1, Guid.Empty, default, 0, "", new(null, null, null, null, null, null, 1), Booked)]).ShouldNotBeNull();
}
