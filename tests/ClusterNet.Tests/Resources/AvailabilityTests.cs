using System.Globalization;
using ClusterNet.Resources.Pool;
using Shouldly;

namespace ClusterNet.Tests.Resources;

public sealed class AvailabilityTests
{
    private static readonly Availability Office = new("Mon-Fri 08:00-18:00", "Europe/Berlin");

    [Theory]
    [InlineData("always")]
    [InlineData("Tue,Thu 14:00-18:00")]
    [InlineData("mon-fri 08:00-18:00; Sat 09:00-12:00")]
    [InlineData("Fri-Mon 22:00-24:00")]
    [InlineData("Mon-Wed, Fri 08:00 - 12:00")]
    public void Hours_are_read_as_people_write_them(string text) => WeeklyHours.TryParse(text).ShouldNotBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("never")]
    [InlineData("Mon 18:00-08:00")]
    [InlineData("Mon 08:00-24:01")]
    [InlineData("Mon 8-18")]
    [InlineData("Mo-Fr 08:00-18:00")]
    [InlineData("Mon 08:60-09:00")]
    [InlineData("Mon 08:00-18:00, Tue")]
    public void Other_texts_are_no_hours(string text) => WeeklyHours.TryParse(text).ShouldBeNull();

    [Fact]
    public void A_range_of_days_may_go_over_the_weekend() =>
        WeeklyHours.TryParse("Fri-Mon 22:00-24:00").ShouldNotBeNull().Windows.Select(w => w.Day)
            .ShouldBe([DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday, DayOfWeek.Monday]);

    [Theory]
    [InlineData("2027-01-05T07:00Z", "2027-01-05T17:00Z", true)] // winter: 08:00 to 18:00 local
    [InlineData("2027-01-05T06:59Z", "2027-01-05T09:00Z", false)]
    [InlineData("2027-01-05T16:00Z", "2027-01-05T17:01Z", false)]
    [InlineData("2027-07-06T06:00Z", "2027-07-06T16:00Z", true)] // summer: the same hours on the clock, an hour earlier in UTC
    [InlineData("2027-07-06T16:00Z", "2027-07-06T17:00Z", false)]
    [InlineData("2027-01-09T10:00Z", "2027-01-09T11:00Z", false)] // a Saturday
    [InlineData("2027-01-05T10:00Z", "2027-01-06T10:00Z", false)] // over the night
    public void Windows_are_on_the_clocks_of_the_place(string start, string end, bool covered) =>
        Office.Covers(Slot(start, end)).ShouldBe(covered);

    // Berlin: 28 March 2027 02:00 becomes 03:00; 31 October 2027 03:00 becomes 02:00.
    [Theory]
    [InlineData("Sun 01:00-04:00", "2027-03-28T00:00Z", "2027-03-28T02:00Z", true)] // 01:00 to 04:00 has two hours that day
    [InlineData("Sun 01:00-04:00", "2027-03-28T00:00Z", "2027-03-28T03:00Z", false)]
    [InlineData("Sun 02:00-03:00", "2027-03-28T00:59Z", "2027-03-28T01:01Z", false)] // an hour that does not exist that day
    [InlineData("Sun 01:00-04:00", "2027-10-30T23:00Z", "2027-10-31T03:00Z", true)] // and four hours that day
    [InlineData("Sun 01:00-04:00", "2027-10-30T23:00Z", "2027-10-31T04:00Z", false)]
    [InlineData("Sun 02:00-03:00", "2027-10-31T00:00Z", "2027-10-31T02:00Z", true)] // the repeated hour, both times
    [InlineData("Sun 02:30-02:45", "2027-10-31T00:30Z", "2027-10-31T00:45Z", true)]
    [InlineData("Sun 02:30-02:45", "2027-10-31T01:30Z", "2027-10-31T01:45Z", true)]
    [InlineData("Sun 02:30-02:45", "2027-10-31T00:30Z", "2027-10-31T01:45Z", false)] // between them it is 02:45 to 02:30
    [InlineData("Sat 20:00-24:00; Sun 00:00-08:00", "2027-10-30T19:00Z", "2027-10-31T06:00Z", true)] // touching windows over midnight
    public void Days_on_which_the_clocks_change_have_the_hours_that_they_have(string hours, string start, string end, bool covered) =>
        new Availability(hours, "Europe/Berlin").Covers(Slot(start, end)).ShouldBe(covered);

    [Fact]
    public void Always_covers_weeks_and_changes_of_the_clocks() =>
        new Availability("always", "Europe/Berlin").Covers(Slot("2027-03-20T00:00Z", "2027-04-20T00:00Z")).ShouldBeTrue();

    [Fact]
    public void Open_parts_are_joined_and_cut_to_what_is_asked() =>
        Office.Open(Slot("2027-01-08T12:00Z", "2027-01-11T08:00Z"))
            .ShouldBe([Slot("2027-01-08T12:00Z", "2027-01-08T17:00Z"), Slot("2027-01-11T07:00Z", "2027-01-11T08:00Z")]);

    [Theory]
    [InlineData("Europe/Berlin", true)]
    [InlineData("W. Europe Standard Time", false)]
    [InlineData("Berlin", false)]
    [InlineData("", false)]
    public void Zones_are_named_as_IANA_does(string name, bool known) => (Availability.FindZone(name) is not null).ShouldBe(known);

    private static Slot Slot(string start, string end) =>
        new(DateTimeOffset.Parse(start, CultureInfo.InvariantCulture), DateTimeOffset.Parse(end, CultureInfo.InvariantCulture));
}
