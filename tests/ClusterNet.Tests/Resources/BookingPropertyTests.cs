using ClusterNet.EventStore;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Outcome = ClusterNet.EventStore.Outcome;

namespace ClusterNet.Tests.Resources;

/// <summary>
/// Random bookings, moves and cancellations on a room, a cell and a licence for three, against hours counted by brute force.
/// </summary>
public sealed class BookingPropertyTests(PoolHouse house) : IClassFixture<PoolHouse>
{
    private const int DayHours = 12;
    private static readonly int[] Capacity = [1, 1, 3];

    /// <summary>What to do: to a session by its place among those booked so far, from an hour on.</summary>
    /// <param name="Units">Wanted units per resource; 0 for none.</param>
    internal sealed record Step(string What, int Session, int From, int Length, int[] Units);

    private static readonly Gen<int[]> Wishes =
        from room in Gen.Elements(0, 0, 1)
        from cell in Gen.Elements(0, 0, 1)
        from licence in Gen.Choose(0, 3)
        select room + cell + licence == 0 ? new[] { 1, 0, 0 } : new[] { room, cell, licence };

    private static readonly Gen<Step> Steps =
        from what in Gen.Elements("book", "book", "book", "move", "cancel")
        from session in Gen.Choose(0, 20)
        from hour in Gen.Choose(0, DayHours - 1)
        from length in Gen.Choose(1, 4)
        from units in Wishes
        select new Step(what, session, hour, length, units);

    [Fact]
    public void A_session_is_booked_or_moved_when_and_only_when_its_hours_are_free() =>
        Prop.ForAll(Arb.From(Steps.ListOf(25)), steps => OneByOne(steps).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void However_many_book_and_move_at_once_no_unit_is_had_twice() =>
        Prop.ForAll(Arb.From(Steps.ListOf(32)), steps => AtOnce(steps).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(12));

    private async Task OneByOne(IEnumerable<Step> steps)
    {
        var resources = await Pool();
        var booked = new List<(Id<Session> Id, int From, int Until, int[] Units)>();
        foreach (var step in steps)
        {
            var at = booked.Count == 0 ? -1 : step.Session % booked.Count;
            if (at < 0 && step.What != "book") continue;
            var taken = await Taken(resources);
            switch (step.What)
            {
                case "book":
                    var (id, outcome) = await Book(step, resources);
                    (outcome is Outcome.Written).ShouldBe(Fits(taken, null, step.From, step.From + step.Length, step.Units), $"{step}");
                    if (outcome is Outcome.Written) booked.Add((id, step.From, step.From + step.Length, step.Units));
                    break;
                case "move":
                    var (moving, _, _, units) = booked[at];
                    var moved = await house.Move(moving, Hours.Of(step.From, step.From + step.Length)) is Outcome.Written;
                    moved.ShouldBe(Fits(taken, moving, step.From, step.From + step.Length, units), $"{step}");
                    if (moved) booked[at] = (moving, step.From, step.From + step.Length, units);
                    break;
                default:
                    (await house.Cancel(booked[at].Id)).ShouldBeOfType<Outcome.Written>();
                    booked.RemoveAt(at);
                    break;
            }

            Stand(await Taken(resources), booked);
        }
    }

    private async Task AtOnce(IEnumerable<Step> steps)
    {
        var resources = await Pool();
        var sessions = new List<Id<Session>>();
        foreach (var round in steps.Chunk(8))
        {
            var known = sessions.ToList();
            var results = await Task.WhenAll(round.Select(step => Do(step, known, resources)));
            var refusals = results.Select(r => r.Outcome).OfType<Outcome.Refused>().Select(r => r.Refusal.Code);
            refusals.Except(["already-booked", "session-cancelled"]).ShouldBeEmpty();
            results.ShouldAllBe(r => r.Outcome is Outcome.Written || r.Outcome is Outcome.Refused);
            // not null was asked for
            sessions.AddRange(results.Where(r => r.Id is not null && r.Outcome is Outcome.Written).Select(r => r.Id!.Value));
            NoUnitTwice(await Taken(resources));
        }
    }

    private async Task<(Id<Session>? Id, Outcome Outcome)> Do(Step step, List<Id<Session>> known, Id<Resource>[] resources)
    {
        if (step.What == "book" || known.Count == 0) return await Book(step, resources);
        var session = known[step.Session % known.Count];
        var slot = Hours.Of(step.From, step.From + step.Length);
        return (null, step.What == "cancel" ? await house.Cancel(session) : await house.Move(session, slot));
    }

    private Task<(Id<Session> Id, Outcome Outcome)> Book(Step step, Id<Resource>[] resources) =>
        house.Book(
            Hours.Of(step.From, step.From + step.Length), null,
            [.. resources.Zip(step.Units).Where(w => w.Second > 0).Select(w => new Wanted(w.First, w.Second))]);

    /// <summary>Every unit in every hour: who has it.</summary>
    private async Task<List<(Id<Session> Session, int Resource, int Unit, int Hour)>> Taken(Id<Resource>[] resources)
    {
        var rows = await house.Allocations();
        return
        [
            .. from row in rows
            where resources.Contains(row.Resource)
            let first = (int)(row.During.LowerBound - Hours.Day).TotalHours
            from hour in Enumerable.Range(first, (int)(row.During.UpperBound - row.During.LowerBound).TotalHours)
            select (row.Session, Array.IndexOf(resources, row.Resource), row.Unit, hour),
        ];
    }

    private static bool Fits(
        List<(Id<Session> Session, int Resource, int Unit, int Hour)> taken, Id<Session>? self, int from, int until, int[] units) =>
        Enumerable.Range(0, Capacity.Length).All(resource =>
            units[resource] == 0
            || Capacity[resource] - taken
                .Where(t => t.Session != self && t.Resource == resource && t.Hour >= from && t.Hour < until)
                .Select(t => t.Unit).Distinct().Count()
                >= units[resource]);

    /// <summary>What is taken is what was booked, hour by hour and unit by unit, and nothing else.</summary>
    private static void Stand(
        List<(Id<Session> Session, int Resource, int Unit, int Hour)> taken,
        List<(Id<Session> Id, int From, int Until, int[] Units)> booked)
    {
        NoUnitTwice(taken);
        taken.GroupBy(t => (t.Session, t.Resource, t.Hour)).Select(g => (g.Key, g.Count())).ToHashSet().ShouldBe(
            (from b in booked
             from resource in Enumerable.Range(0, Capacity.Length)
             where b.Units[resource] > 0
             from hour in Enumerable.Range(b.From, b.Until - b.From)
             select ((b.Id, resource, hour), b.Units[resource])).ToHashSet(),
            ignoreOrder: true);
    }

    private static void NoUnitTwice(List<(Id<Session> Session, int Resource, int Unit, int Hour)> taken)
    {
        taken.GroupBy(t => (t.Resource, t.Unit, t.Hour)).ShouldAllBe(g => g.Count() == 1);
        taken.ShouldAllBe(t => t.Unit >= 1 && t.Unit <= Capacity[t.Resource]);
    }

    private async Task<Id<Resource>[]> Pool() =>
        [await house.Contribute(), await house.Contribute(ResourceKind.Equipment, 1), await house.Contribute(ResourceKind.Licence, 3)];
}
