using System.Globalization;
using ClusterNet.Resources.Calendar;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Resources.Calendar;

public sealed class CalendarLayoutTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("day", "2027-01-06", "2027-01-06", "2027-01-06", "2027-01-05", "2027-01-07")]
    [InlineData("week", "2027-01-06", "2027-01-04", "2027-01-10", "2026-12-30", "2027-01-13")]
    [InlineData("week", "2027-01-10", "2027-01-04", "2027-01-10", "2027-01-03", "2027-01-17")]
    [InlineData("month", "2027-01-31", "2026-12-28", "2027-01-31", "2026-12-01", "2027-02-01")]
    [InlineData("month", "2027-03-31", "2027-03-01", "2027-04-04", "2027-02-01", "2027-04-01")]
    [InlineData("year", "soon", "2027-06-07", "2027-06-13", "2027-06-01", "2027-06-15")]
    public void A_calendar_shows_whole_weeks_from_Monday_on(string view, string on, string first, string last, string earlier, string later)
    {
        var span = CalendarSpan.Read(view, on, new(2027, 6, 8));

        (Iso(span.First), Iso(span.Last), Iso(span.Earlier.On), Iso(span.Later.On)).ShouldBe((first, last, earlier, later));
        span.Days.Count().ShouldBe(span.Last.DayNumber - span.First.DayNumber + 1);
    }

    [Theory]
    [InlineData("2027-01-05T08:00Z", "2027-01-05T10:00Z", "2027-01-05", 36, 8)] // winter: an hour ahead of UTC
    [InlineData("2027-07-06T08:00Z", "2027-07-06T10:10Z", "2027-07-06", 40, 9)] // summer: two
    [InlineData("2027-03-28T00:30Z", "2027-03-28T01:30Z", "2027-03-28", 6, 8)] // 01:30 to 03:30 on the clock, which skips an hour
    [InlineData("2027-10-31T00:30Z", "2027-10-31T01:30Z", "2027-10-31", 10, 1)] // 02:30 to 02:30, an hour later: still to be seen
    [InlineData("2027-01-05T22:00Z", "2027-01-06T01:00Z", "2027-01-05", 92, 4)] // over midnight
    [InlineData("2027-01-05T22:00Z", "2027-01-06T01:00Z", "2027-01-06", 0, 8)]
    [InlineData("2027-01-04T22:00Z", "2027-01-06T22:00Z", "2027-01-06", 0, 92)]
    public void An_item_stands_where_the_clock_on_the_wall_says(string start, string end, string day, int row, int rows)
    {
        var placed = CalendarLayout.Of(DateOnly.Parse(day, CultureInfo.InvariantCulture), [Item(start, end)], Berlin).Items.ShouldHaveSingleItem();

        (placed.Row, placed.Rows, placed.Lane, placed.Lanes).ShouldBe((row, rows, 0, 1));
    }

    [Theory]
    [InlineData("2027-01-05T22:00Z", "2027-01-05T23:00Z", "2027-01-06")]
    [InlineData("2027-01-05T23:00Z", "2027-01-05T23:30Z", "2027-01-05")]
    public void What_ends_or_begins_at_midnight_is_on_one_day(string start, string end, string day) =>
        CalendarLayout.Of(DateOnly.Parse(day, CultureInfo.InvariantCulture), [Item(start, end)], Berlin).Items.ShouldBeEmpty();

    [Theory]
    [InlineData("2027-01-05T06:00Z", "2027-01-05T18:10Z", 7, 20)] // until 19:10 on the clock
    [InlineData("2027-01-05T01:00Z", "2027-01-05T22:00Z", 6, 21)] // free at night: that is shown from day to day only
    [InlineData("2027-01-05T09:00Z", "2027-01-05T10:00Z", 8, 18)]
    [InlineData("2027-01-04T09:00Z", "2027-01-06T10:00Z", 8, 18)]
    public void A_grid_shows_the_hours_of_work_and_those_of_free_times_by_day(string start, string end, int from, int until) =>
        CalendarLayout.Hours([CalendarLayout.Of(new(2027, 1, 5), [Item(start, end)], Berlin)]).ShouldBe((from, until));

    [Fact]
    public void What_overlaps_stands_side_by_side_and_shares_the_width_alike() =>
        Prop.ForAll(Arb.From((from s in Gen.Choose(0, 90) from l in Gen.Choose(1, 20) select (Start: s, Length: l)).ListOf(9)), items =>
        {
            var day = CalendarLayout.Of(new(2027, 1, 5), items.Select(i => new CalendarItem(Hours.Day.AddMinutes((i.Start * 15) - 60), Hours.Day.AddMinutes(((i.Start + i.Length) * 15) - 60), null)), Berlin);

            day.Items.Count.ShouldBe(items.Count);
            foreach (var (n, one) in day.Items.Index())
            {
                one.Lane.ShouldBeLessThan(one.Lanes);
                (12 % one.Lanes).ShouldBe(0);
                foreach (var other in day.Items.Skip(n + 1).Where(o => o.Row < one.Row + one.Rows && one.Row < o.Row + o.Rows))
                    (one.Lanes == other.Lanes && one.Lane != other.Lane).ShouldBeTrue();
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static CalendarItem Item(string start, string end) =>
        new(DateTimeOffset.Parse(start, CultureInfo.InvariantCulture), DateTimeOffset.Parse(end, CultureInfo.InvariantCulture), null);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
