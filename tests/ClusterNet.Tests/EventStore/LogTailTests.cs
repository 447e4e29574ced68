using ClusterNet.EventStore;
using ClusterNet.Projections;
using Shouldly;

namespace ClusterNet.Tests.EventStore;

public sealed class LogTailTests
{
    private static readonly HashSet<string> Bookings = ["booked"];
    private readonly LogTail _tail = new();

    [Fact]
    public void What_was_not_looked_at_is_read()
    {
        _tail.HasNothingFor(new Quiet(), Bookings, 4).ShouldBeFalse();
        _tail.Grow(long.MaxValue, 9, []);
        _tail.Grow(9, 12, [("paid", null, 12)]);
        _tail.HasNothingFor(new Quiet(), Bookings, 8).ShouldBeFalse();
        _tail.HasNothingFor(new Quiet(), Bookings, 9).ShouldBeTrue();
        _tail.HasNothingFor(new Quiet(), Bookings, 12).ShouldBeFalse();
        _tail.HasNothingFor(new Quiet(), null, 9).ShouldBeFalse();
    }

    [Fact]
    public void Kinds_that_a_follower_takes_are_read_but_not_rows_that_their_writer_stored()
    {
        _tail.Grow(long.MaxValue, 9, []);
        _tail.Grow(9, 12, [("booked", "rows", 11), ("paid", null, 12)]);
        _tail.HasNothingFor(new Quiet(), Bookings, 10).ShouldBeFalse();
        _tail.HasNothingFor(new Quiet(), Bookings, 11).ShouldBeTrue();
        _tail.HasNothingFor(new Quiet { Rows = "rows" }, Bookings, 10).ShouldBeTrue();
        _tail.HasNothingFor(new Quiet { Rows = "newer rows" }, Bookings, 10).ShouldBeFalse();
    }

    [Fact]
    public void Two_first_looks_at_the_same_time_leave_nothing_out_between_them()
    {
        _tail.Grow(long.MaxValue, 9, []);
        _tail.Grow(long.MaxValue, 11, []);
        _tail.Head.ShouldBe(9);
        _tail.Grow(9, 11, [("booked", null, 11)]);
        _tail.HasNothingFor(new Quiet(), Bookings, 9).ShouldBeFalse();
    }

    [Fact]
    public void Who_looked_earlier_and_comes_later_takes_nothing_back()
    {
        _tail.Grow(long.MaxValue, 9, []);
        _tail.Grow(9, 12, [("booked", null, 12)]);
        _tail.Grow(9, 10, [("booked", null, 10)]);
        (_tail.Head, _tail.HasNothingFor(new Quiet(), Bookings, 11)).ShouldBe((12, false));
        _tail.Reach(12);
        _tail.Reach(10);
        _tail.Reached.ShouldBe(12);
    }

    private sealed class Quiet : IFollower
    {
        public string Name => "quiet";

        public string Module => "fake";

        public IReadOnlyList<Type>? Families => null;

        public string? Rows { get; init; }

        public Task<IReadOnlyList<Statement>> Take(IReadOnlyList<Positioned> facts, Func<Statement, Task> locking, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<Statement>>([]);
    }
}
