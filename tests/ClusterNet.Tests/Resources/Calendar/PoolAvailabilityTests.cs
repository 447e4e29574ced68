using System.Collections.Concurrent;
using System.Diagnostics;
using ClusterNet.Resources.Calendar;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Resources.Calendar;

public sealed class PoolAvailabilityTests(PoolHouse house) : IClassFixture<PoolHouse>
{
    private static readonly Slot Month = new(Hours.Day, Hours.Day.AddDays(31));

    [Fact]
    public async Task A_month_of_two_hundred_resources_takes_two_queries_and_says_what_each_resource_alone_says()
    {
        var ct = TestContext.Current.CancellationToken;
        var rooms = await Task.WhenAll(Enumerable.Range(0, 190).Select(n => house.Contribute(capacity: 5 + (n % 3), available: "Mon-Fri 08:00-18:00")));
        var licences = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => house.Contribute(ResourceKind.Licence, 3)));
        foreach (var n in Enumerable.Range(0, 12)) await house.Book(Hours.Of(9 + (n % 4 * 24), 11 + (n % 4 * 24)), rooms[n], licences[n % 3]);
        await house.Describe(rooms[0], 15, 30);
        var pool = house.Get<PoolAvailability>();

        using var asked = new Questions();
        var all = await pool.Of(house.Cluster, new(), Month, Guid.Empty, 201, ct);

        asked.Count.ShouldBe(2);
        all.Count.ShouldBe(200);
        var timetables = house.Get<Timetables>();
        foreach (var one in all.Where(a => rooms.Take(14).Concat(licences).Contains(a.Row.Id)))
            one.Free.ShouldBe(FreeSlot.Of(one.Row, await timetables.Occupied([one.Row.Id.Value], Month, default, ct), Month));
        all.Sum(a => a.Free.Count).ShouldBeGreaterThan(190 * 22);

        (await pool.Of(house.Cluster, new(ResourceKind.Room, Capacity: 7), Month, Guid.Empty, 201, ct)).ShouldAllBe(a => a.Row.Kind == ResourceKind.Room && a.Row.Capacity == 7);
        var whole = await pool.Of(house.Cluster, new(ResourceKind.Licence, 1, 3), Month, Guid.Empty, 201, ct);
        whole.SelectMany(a => a.Free).ShouldAllBe(f => f.Units == 3);
        (await pool.Of(house.Cluster, new(ResourceKind.Room, 601), Month, Guid.Empty, 201, ct)).ShouldAllBe(a => a.Free.Count == 0);
    }

    internal sealed record Case(int Before, int After, (int Unit, int From, int Length)[] Booked);

    private static readonly Gen<Case> Cases =
        from before in Gen.Elements(0, 15, 40)
        from after in Gen.Elements(0, 10, 30)
        from booked in (from u in Gen.Choose(1, 4) from f in Gen.Choose(0, 100) from l in Gen.Choose(1, 12) select (u, f, l)).ListOf(10)
        select new Case(before, after, [.. booked]);

    [Fact]
    public void One_way_through_all_bookings_finds_what_looking_at_each_minute_finds() =>
        Prop.ForAll(Arb.From(Cases), c =>
        {
            var row = BookingDecisionTests.Row(ResourceKind.Licence, 3, "Mon-Sun 07:00-20:00") with { BufferBefore = c.Before, BufferAfter = c.After };
            Occupied[] occupied =
            [
                .. c.Booked.Select(b => (b.Unit, Slot: new Slot(Hours.Day.AddMinutes(b.From * 15), Hours.Day.AddMinutes((b.From + b.Length) * 15))))
                    .Select(b => new Occupied(row.Id, b.Unit, new(new(Guid.NewGuid()), "S", b.Slot.Start, b.Slot.End, row.Firm, null))),
            ];

            var free = FreeSlot.Of(row, occupied, Hours.Of(0, 24));

            for (var minute = 0; minute < 24 * 60; minute += 5)
            {
                var (at, needed) = (Hours.Day.AddMinutes(minute), row.Needed(new(Hours.Day.AddMinutes(minute), Hours.Day.AddMinutes(minute + 5))));
                var taken = occupied.Where(o => o.Unit <= 3 && o.During.Start < needed.End && needed.Start < o.During.End).Select(o => o.Unit).Distinct().Count();
                var expected = row.Availability.Covers(needed) ? 3 - taken : 0;
                (free.SingleOrDefault(f => f.Start <= at && at < f.End)?.Units ?? 0).ShouldBe(expected);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    /// <summary>Counts what this test asks the database, and nothing that the Host asks beside it.</summary>
    private sealed class Questions : IDisposable
    {
        private readonly Activity _test = new Activity("questions").SetIdFormat(ActivityIdFormat.W3C).Start();
        private readonly ConcurrentBag<string> _asked = [];
        private readonly ActivityListener _listener;

        public Questions()
        {
            _listener = new()
            {
                ShouldListenTo = source => source.Name == "Npgsql",
                Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.Parent.TraceId == _test.TraceId ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
                ActivityStopped = activity => _asked.Add(activity.DisplayName),
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public int Count => _asked.Count;

        public void Dispose()
        {
            _listener.Dispose();
            _test.Dispose();
        }
    }
}
