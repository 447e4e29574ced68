using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Resources;

/// <summary>Days with other hours, in the weeks in which the clocks change, against what the hours of the week alone give.</summary>
public sealed class ExceptionPropertyTests
{
    private static readonly DateOnly[] Starts = [new(2027, 3, 22), new(2027, 10, 25), new(2027, 6, 1)];

    /// <param name="Days">Offsets of the days that are closed (true) or open from nine to noon.</param>
    internal sealed record Case(string Hours, string Zone, DateOnly Start, (int Day, bool Closed)[] Days);

    private static readonly Gen<Case> Cases =
        from hours in Gen.Elements("always", "Mon-Fri 08:00-18:00", "Sun 01:00-04:00; Mon-Sat 22:00-24:00", "Tue,Sun 00:00-24:00")
        from zone in Gen.Elements("Europe/Berlin", "Atlantic/Azores", "America/Santiago", "Etc/UTC")
        from start in Gen.Elements(Starts)
        from days in Gen.SubListOf(Enumerable.Range(0, 14))
        from closed in Gen.Elements(true, false).ArrayOf(14)
        select new Case(hours, zone, start, [.. days.Select(d => (d, closed[d]))]);

    [Fact]
    public void Open_time_is_that_of_the_week_less_closed_days_and_as_told_on_others() =>
        Prop.ForAll(Arb.From(Cases), c =>
        {
            var weekly = new Availability(c.Hours, c.Zone);
            var excepted = c.Days.Aggregate(weekly, (a, d) => a.Except(new(
                new(Guid.NewGuid()), c.Start.AddDays(d.Day), c.Start.AddDays(d.Day), d.Closed ? null : "09:00-12:00", ExceptionCause.Other)));
            var fortnight = weekly.Days(c.Start, c.Start.AddDays(13));
            var lost = c.Days.Aggregate(TimeSpan.Zero, (sum, d) => sum + weekly.OpenTime(weekly.Days(c.Start.AddDays(d.Day), c.Start.AddDays(d.Day))));
            var gained = TimeSpan.FromHours(3 * c.Days.Count(d => !d.Closed)); // no clock changes between nine and noon

            excepted.OpenTime(fortnight).ShouldBe(weekly.OpenTime(fortnight) - lost + gained);
            var (open, closed) = (excepted.Open(fortnight), excepted.Closed(fortnight));
            open.Concat(closed).OrderBy(s => s.Start).Aggregate(fortnight.Start, (at, s) =>
            {
                s.Start.ShouldBe(at);
                return s.End;
            }).ShouldBe(fortnight.End);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    internal sealed record Day(int Before, int After, (int From, int Length)[] Booked);

    private static readonly Gen<Day> Booked =
        from before in Gen.Elements(0, 15, 40)
        from after in Gen.Elements(0, 10, 30)
        from booked in (from f in Gen.Choose(0, 90) from l in Gen.Choose(1, 12) select (f, l)).ListOf(8)
        select new Day(before, after, [.. booked]);

    [Fact]
    public void What_is_free_can_be_booked_and_what_is_longer_cannot() =>
        Prop.ForAll(Arb.From(Booked), day =>
        {
            var room = BookingDecisionTests.Row(ResourceKind.Licence, 3, "Mon-Sun 07:00-20:00") with { BufferBefore = day.Before, BufferAfter = day.After };
            var occupied = new List<Occupied>();
            foreach (var (from, length) in day.Booked)
            {
                var slot = new Slot(Hours.Day.AddMinutes(from * 15), Hours.Day.AddMinutes((from + length) * 15));
                if (Refuse(room, occupied, slot, 1) is not null) continue;
                var uses = new Timetable([room], occupied).Near(slot).Choose([new(room.Id, 1)], [], Guid.NewGuid());
                var session = new BookedSession(new(Guid.NewGuid()), "S", slot.Start, slot.End, room.Firm, null);
                occupied.AddRange(uses.SelectMany(u => u.Units).Select(unit => new Occupied(room.Id, unit, session) { During = room.Needed(slot) }));
            }

            // Nobody gets a unit nearer to another than both need.
            foreach (var unit in occupied.GroupBy(o => o.Unit))
            {
                var order = unit.OrderBy(o => o.By.Start).ToList();
                order.Zip(order.Skip(1)).ShouldAllBe(p => p.Second.By.Start - p.First.By.End >= TimeSpan.FromMinutes(day.Before + day.After));
            }

            var all = FreeSlot.Of(room, occupied, Hours.Of(0, 24));
            foreach (var free in all)
            {
                var slot = new Slot(free.Start, free.End);
                Refuse(room, occupied, slot, free.Units).ShouldBeNull();
                if (all.All(f => f.End != free.Start)) Refuse(room, occupied, slot with { Start = slot.Start.AddMinutes(-1) }, 1).ShouldNotBeNull();
                if (all.All(f => f.Start != free.End)) Refuse(room, occupied, slot with { End = slot.End.AddMinutes(1) }, 1).ShouldNotBeNull();
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static ClusterNet.EventStore.Refusal? Refuse(PoolRow row, List<Occupied> occupied, Slot slot, int units) =>
        new Timetable([row], occupied).Near(slot).Refuse([new(row.Id, units)], slot, 1);
}
