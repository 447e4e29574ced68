using ClusterNet.Resources.Bookings;
using ClusterNet.Web;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Resources.Bookings;

/// <summary>Dates of series over time zones and their clock changes, against what the wall clock says.</summary>
public sealed class SeriesPropertyTests
{
    private static readonly string[] Zones =
        ["Europe/Berlin", "Europe/London", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "Etc/UTC", "Africa/Casablanca", "Pacific/Chatham"];

    private static readonly Gen<(Recurrence Repeat, string Zone, TimeOnly From, int Minutes)> Series =
        from zone in Gen.Elements(Zones)
        from first in Gen.Choose(0, 1_500)
        from monthly in Gen.Elements(true, false)
        from every in Gen.Choose(1, 5)
        from days in Gen.Choose(0, 127)
        from count in Gen.Choose(1, 30)
        from minute in Gen.Choose(0, (24 * 60) - 1)
        from minutes in Gen.Choose(15, 24 * 60)
        select (
            new Recurrence(
                new DateOnly(2026, 1, 1).AddDays(first), monthly ? Rhythm.Monthly : Rhythm.Weekly, every,
                monthly ? null : [.. Enum.GetValues<Weekday>().Where(d => (days >> (int)d & 1) == 1)], Count: count),
            zone, TimeOnly.MinValue.AddMinutes(minute), minutes);

    [Fact]
    public void The_clock_of_the_place_says_the_same_each_day_unless_it_cannot() => Check(s =>
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(s.Zone);
        foreach (var date in Dates(s))
        {
            (date.Slot.End - date.Slot.Start).ShouldBe(TimeSpan.FromMinutes(s.Minutes));
            date.Slot.Start.Offset.ShouldBe(TimeSpan.Zero);
            var local = TimeZoneInfo.ConvertTime(date.Slot.Start, zone);
            var nominal = date.Day.ToDateTime(s.From);
            if (date.Clock == ClockChange.Skipped) (local.DateTime - nominal).ShouldBe(TimeSpan.FromHours(1));
            else local.DateTime.ShouldBe(nominal);
            // Of a time that comes twice, the earlier instant.
            if (date.Clock == ClockChange.Repeated) TimeZoneInfo.ConvertTime(date.Slot.Start.AddMinutes(-30), zone).DateTime.ShouldBe(nominal.AddMinutes(-30));
        }
    });

    [Fact]
    public void Days_come_in_order_and_on_the_weekdays_that_were_chosen() => Check(s =>
    {
        var (days, repeat) = (s.Repeat.Days(), s.Repeat);
        days.Count.ShouldBeGreaterThan(0);
        days.Zip(days.Skip(1)).ShouldAllBe(pair => pair.First < pair.Second);
        days.ShouldAllBe(day => day >= repeat.First && day <= repeat.First.AddYears(2));
        if (repeat.Rhythm == Rhythm.Monthly)
        {
            days.ShouldAllBe(day => day.Day == Math.Min(repeat.First.Day, DateTime.DaysInMonth(day.Year, day.Month)));
            return;
        }

        var wanted = repeat.Weekdays is { Count: > 0 } chosen ? chosen : [WeekdayOf(repeat.First)];
        days.ShouldAllBe(day => wanted.Contains(WeekdayOf(day)));
        days.ShouldAllBe(day => (Monday(day).DayNumber - Monday(repeat.First).DayNumber) % (7 * repeat.Every) == 0);
    });

    [Theory]
    [InlineData("2027-03-28", "02:30", ClockChange.Skipped, "2027-03-28T01:30:00Z")] // there is no half past two
    [InlineData("2027-10-31", "02:30", ClockChange.Repeated, "2027-10-31T00:30:00Z")] // half past two comes twice
    [InlineData("2027-03-27", "23:30", ClockChange.During, "2027-03-27T22:30:00Z")]
    [InlineData("2027-03-28", "10:00", ClockChange.None, "2027-03-28T08:00:00Z")]
    [InlineData("2027-03-27", "10:00", ClockChange.None, "2027-03-27T09:00:00Z")]
    public void Nights_in_which_the_clocks_change(string day, string from, object change, string start)
    {
        var date = SeriesDate.Of(
            DateOnly.Parse(day, null), TimeOnly.Parse(from, null), 4 * 60, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        (date.Clock, date.Slot.Start).ShouldBe(((ClockChange)change, DateTimeOffset.Parse(start, null)));
    }

    [Fact]
    public void The_31st_is_the_last_day_of_shorter_months() =>
        new Recurrence(new(2027, 1, 31), Rhythm.Monthly, Count: 4).Days().ShouldBe([new(2027, 1, 31), new(2027, 2, 28), new(2027, 3, 31), new(2027, 4, 30)]);

    [Theory]
    [InlineData(1, 60, false)]
    [InlineData(1, 61, true)]
    [InlineData(5, 60, true)] // five years
    public void A_series_has_an_end(int every, int count, bool isTooLong) =>
        new Recurrence(new(2027, 1, 4), Rhythm.Weekly, every, Count: count).IsTooLong().ShouldBe(isTooLong);

    [Fact]
    public void A_series_of_each_day_until_far_off_is_too_long()
    {
        new Recurrence(new(2027, 1, 4), Rhythm.Weekly, 1, Enum.GetValues<Weekday>(), new DateOnly(2027, 3, 31)).IsTooLong().ShouldBeTrue();
        new Recurrence(new(2027, 1, 4), Rhythm.Monthly, 12, Until: new DateOnly(2037, 1, 4)).IsTooLong().ShouldBeTrue();
        new Recurrence(new(2027, 1, 4), Rhythm.Monthly, 1, Until: new DateOnly(2027, 12, 31)).IsTooLong().ShouldBeFalse();
    }

    [Fact]
    public void An_end_is_said_in_one_way()
    {
        Codes(new(new(2027, 1, 4), Rhythm.Weekly)).ShouldBe(["until-or-count"]);
        Codes(new(new(2027, 1, 4), Rhythm.Weekly, 0, [Weekday.Friday, Weekday.Friday], new DateOnly(2027, 1, 1))).ShouldBe(["out-of-range", "repeated", "ends-before-start"], ignoreOrder: true);
        Codes(new(new(2027, 1, 4), Rhythm.Monthly, 1, [Weekday.Friday], Count: 3)).ShouldBe(["weekdays-of-weeks"]);
    }

    private static List<string> Codes(Recurrence repeat)
    {
        var faults = new Faults();
        repeat.Validate(faults);
        return [.. faults.All.Select(f => f.Code)];
    }

    private static IEnumerable<SeriesDate> Dates((Recurrence Repeat, string Zone, TimeOnly From, int Minutes) s) =>
        s.Repeat.Days().Select(day => SeriesDate.Of(day, s.From, s.Minutes, TimeZoneInfo.FindSystemTimeZoneById(s.Zone)));

    private static void Check(Action<(Recurrence Repeat, string Zone, TimeOnly From, int Minutes)> holds) =>
        Prop.ForAll(Arb.From(Series), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static Weekday WeekdayOf(DateOnly day) => Enum.GetValues<Weekday>().Single(w => w.ToString() == day.DayOfWeek.ToString());

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(int)WeekdayOf(day));
}
