using ClusterNet.EventStore;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.EventStore;

public sealed class TimeOrderedGuidTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A tick is a ten-thousandth of a millisecond and a step of an id a 4096th: three ticks are always told apart.</summary>
    [Fact]
    public void Of_two_instants_three_ticks_apart_the_later_one_has_the_greater_id() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), ticks => TimeOrderedGuid.At(Start.AddTicks(ticks + 3L)) > TimeOrderedGuid.At(Start.AddTicks(ticks)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void It_is_a_version_7_uuid_of_its_millisecond_and_no_two_are_alike()
    {
        var (one, other) = (TimeOrderedGuid.At(Start), TimeOrderedGuid.At(Start));
        (one.Version, one.Variant >> 2).ShouldBe((7, 2));
        one.ToString("N")[..12].ShouldBe($"{Start.ToUnixTimeMilliseconds():x12}");
        one.ShouldNotBe(other);
    }
}
