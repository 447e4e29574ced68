using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Accounts;
using ClusterNet.Resources.Figures;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;
using ClusterNet.Resources.Terms;
using Shouldly;

namespace ClusterNet.Tests.Resources.Figures;

/// <summary>A year of a small pool, each figure worked out by hand.</summary>
public sealed class FigureTests
{
    private static readonly Id<Firm> Acme = new(Guid.NewGuid()), Bolt = new(Guid.NewGuid()), Cord = new(Guid.NewGuid());
    private static readonly Id<Person> Ada = new(Guid.NewGuid());
    private static readonly DateTimeOffset Now = new(2027, 6, 1, 0, 0, 0, TimeSpan.Zero);

    // Acme's room is open 40 hours a week from 1 February on, 20 euro an hour; Bolt's three licences always, 10 euro for each.
    private static readonly PoolRow Room = BookingDecisionTests.Row(ResourceKind.Room, 20, "Mon-Fri 08:00-16:00") with
    {
        Firm = Acme,
        HourlyCents = 2_000,
        ContributedAt = new(2027, 1, 31, 23, 0, 0, TimeSpan.Zero), // midnight in Berlin
    };

    private static readonly PoolRow Licence = BookingDecisionTests.Row(ResourceKind.Licence, 3, "always") with
    {
        Firm = Bolt,
        HourlyCents = 1_000,
        ContributedAt = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        WithdrawnAt = new(2027, 4, 1, 0, 0, 0, TimeSpan.Zero),
    };

    // 1 February, 09:00 to 13:00 in Berlin, 80 euro of the room and 80 of two licences: three seats of Bolt, one of Cord.
    private static readonly SessionRow First = Session(new(2027, 2, 1, 8, 0, 0, TimeSpan.Zero), 4, [new(Room.Id, [1]), new(Licence.Id, [1, 3])], Held(Bolt, 3), Held(Cord, 1), Waits(Acme, 2));

    // 2 February, two hours of the room, 40 euro: all seats Acme's own.
    private static readonly SessionRow Second = Session(new(2027, 2, 2, 8, 0, 0, TimeSpan.Zero), 2, [new(Room.Id, [1])], Held(Acme, 2));

    // To come: a day in December, 160 euro, two of ten seats taken by Cord.
    private static readonly SessionRow Coming = Session(new(2027, 12, 1, 7, 0, 0, TimeSpan.Zero), 8, [new(Room.Id, [1])], Held(Cord, 2)) with { SeatCount = 10 };

    private static readonly SessionRow Off = Session(new(2027, 3, 1, 8, 0, 0, TimeSpan.Zero), 4, [new(Room.Id, [1])], Held(Cord, 4)) with { Standing = SessionStanding.Cancelled };

    private static FigureFacts Facts => new(2027, Now, [Room, Licence], [First, Second, Coming, Off], new Dictionary<Guid, EntryRow>(), []);

    [Fact]
    public void Use_is_booked_of_open_hours_each_unit_for_itself_from_the_day_it_was_given()
    {
        var use = FigureMaker.Use(Facts);

        var room = use.Single(u => u.Id == Room.Id);
        (room.Months[0].OpenMinutes, room.Months[0].PerCent).ShouldBe((0, null));
        room.Months[1].ShouldBe(new(6 * 60, 20 * 8 * 60, 4)); // February has twenty days from Monday to Friday; 6 of 160 hours are 3.75 %
        room.Months[11].ShouldBe(new(8 * 60, 23 * 8 * 60, 4)); // 8 of 184
        room.Months[2].BookedMinutes.ShouldBe(0); // cancelled
        var licence = use.Single(u => u.Id == Licence.Id);
        licence.Months[1].ShouldBe(new(2 * 4 * 60, 3 * 28 * 24 * 60, 0));
        licence.Months[2].OpenMinutes.ShouldBe(3 * ((31 * 24) - 1) * 60); // an hour of March is skipped
        licence.Months[3].OpenMinutes.ShouldBe(3 * 2 * 60); // until midnight of UTC, which is two in Berlin
        (licence.Months[4].OpenMinutes, licence.BookedMinutes).ShouldBe((0, 480));
    }

    [Fact]
    public void What_firms_give_and_take_adds_up_to_the_same()
    {
        var (given, taken) = FigureMaker.Sharing(Facts);

        given.ShouldBe(new Dictionary<Id<Firm>, long> { [Acme] = 8_000 + 4_000 + 16_000, [Bolt] = 8_000 }, ignoreOrder: true);
        taken.ShouldBe(new Dictionary<Id<Firm>, long> { [Bolt] = 12_000, [Cord] = 4_000 + 16_000, [Acme] = 4_000 }, ignoreOrder: true);
        given.Values.Sum().ShouldBe(taken.Values.Sum());
    }

    [Fact]
    public void Learning_costs_what_was_settled_or_else_what_was_used_and_alone_each_firm_pays_all_of_it()
    {
        var costs = FigureMaker.Learning(Facts, 1_500);

        // 4 seats × 4 hours and 2 × 2: twenty hours for 160 + 40 euro; alone Bolt and Cord had each paid 160.
        costs.ShouldBe(new(2, 0, 20 * 60, 20_000, 36_000, 1_000, 1_800, 1_500, 30_000 - 20_000));
        FigureMaker.Learning(Facts, null).SavedCents.ShouldBe(16_000);

        // The first was settled with a trainer paid 100 euro and a grant of 60: 260 in all, of which firms bear 200.
        var settled = Facts with
        {
            Entries = new Dictionary<Guid, EntryRow>
            {
                [First.Id.Value] = new(
                    new(Guid.NewGuid()), First.Cluster, EntryKind.Session, new(2027, 2, 1), "2027-02",
                    [
                        new(AccountKind.Firm, Acme.Value, -8_000, Room.Id.Value), new(AccountKind.Firm, Bolt.Value, -8_000, Licence.Id.Value), new(AccountKind.Bank, null, -10_000),
                        new(AccountKind.Funder, Guid.NewGuid(), 6_000), new(AccountKind.Firm, Bolt.Value, 15_000), new(AccountKind.Firm, Cord.Value, 5_000),
                    ],
                    First.Id.Value, null, "", Ada, Now, 1),
            },
        };
        FigureMaker.Learning(settled, null).ShouldBe(new(2, 1, 20 * 60, 30_000, 56_000, 1_500, 2_800, null, 26_000));
        FigureMaker.Borne(settled).ShouldBe(
            new Dictionary<Id<Firm>, (long, long)> { [Bolt] = (15_000, 720), [Cord] = (5_000, 240), [Acme] = (4_000, 240) }, ignoreOrder: true);
        FigureMaker.Learning(Facts with { Sessions = [] }, null).ShouldBe(new(0, 0, 0, 0, 0, null, null, null, null));
    }

    [Fact]
    public void Waiting_is_told_of_those_who_had_to_wait()
    {
        SeatWaitRow[] waits =
        [
            Wait(First, false, 0), .. new[] { 10, 20, 30, 40, 50, 60, 70, 80, 90, 400 }.Select(m => Wait(First, true, m)),
            Wait(Coming, true, null), // still
            Wait(First, true, null), Wait(Off, true, null), Wait(Coming, true, null) with { LeftAt = Now }, // never
        ];

        FigureMaker.Waiting(Facts with { Waits = waits }).ShouldBe(new(1, 10, 50, 90, 1, 3));
        FigureMaker.Waiting(Facts).ShouldBe(new(0, 0, null, null, 0, 0));
    }

    [Fact]
    public void Seats_of_cancelled_sessions_do_not_count() => FigureMaker.Seats(Facts).ShouldBe(new(3, 1, 4 + 2 + 10, 4 + 2 + 2, 8, 50));

    private static SeatWaitRow Wait(SessionRow session, bool waited, int? minutes) => new(
        session.Id, new(Guid.NewGuid()), Bolt, 1, waited, Now.AddDays(-200), minutes is { } m ? Now.AddDays(-200).AddMinutes(m) : null, null, 1);

    private static Reservation Held(Id<Firm> firm, int count) => new(new(Guid.NewGuid()), firm, count, [], true);

    private static Reservation Waits(Id<Firm> firm, int count) => Held(firm, count) with { Held = false };

    private static SessionRow Session(DateTimeOffset start, double hours, ValueList<Use> uses, params Reservation[] seats) => new(
        new(Guid.NewGuid()), new(Guid.NewGuid()), Acme, SessionKind.Course, "Law", start, start.AddHours(hours), seats.Where(s => s.Held).Sum(s => s.Count), start, null, uses, [.. seats],
        SessionStanding.Booked, default, Ada, Now, "", [], "", "", null, [], false, false, [], [], null, default, null, SeatTerms.None, [], 1);
}
