using ClusterNet.Calendar;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Web;

public sealed class WallClockTests
{
    private static readonly string[] Zones = ["Europe/Berlin", "Africa/Casablanca", "Europe/Dublin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Chatham", "UTC"];

    [Fact]
    public void A_time_that_comes_twice_is_the_first_and_one_that_never_comes_is_as_much_later() =>
        Prop.ForAll(
            Gen.Choose(0, 366 * 24 * 4).SelectMany(quarter => Gen.Elements(Zones), (quarter, zone) => (Local: new DateTime(2028, 6, 1).AddMinutes(15 * quarter), zone)).ToArbitrary(),
            asked =>
            {
                var zone = TimeZoneInfo.FindSystemTimeZoneById(asked.zone);
                var found = WallClock.Of(zone, asked.Local);
                found.At.Offset.ShouldBe(TimeSpan.Zero);
                // Every instant of two days, in quarters of an hour, that says this time.
                var saying = Enumerable.Range(-4 * 26, 8 * 26).Select(q => new DateTimeOffset(asked.Local, TimeSpan.Zero).AddMinutes(15 * q))
                    .Where(at => TimeZoneInfo.ConvertTime(at, zone).DateTime == asked.Local).ToList();
                (found.IsSkipped, found.IsRepeated).ShouldBe((saying.Count == 0, saying.Count > 1));
                if (saying.Count > 0) found.At.ShouldBe(saying[0]);
                else (TimeZoneInfo.ConvertTime(found.At, zone).DateTime - asked.Local).ShouldBeOneOf(TimeSpan.FromMinutes(30), TimeSpan.FromHours(1));
            }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("Africa/Casablanca", "2029-02-18T02:50", "2029-02-18T02:50Z", true, false)]
    [InlineData("Europe/Berlin", "2027-10-31T02:15", "2027-10-31T00:15Z", false, true)]
    [InlineData("Europe/Berlin", "2027-03-28T02:15", "2027-03-28T01:15Z", true, false)]
    public void Clocks_go_back_and_forth(string zone, string local, string at, bool skipped, bool repeated) =>
        WallClock.Of(TimeZoneInfo.FindSystemTimeZoneById(zone), DateTime.Parse(local, null)).ShouldBe(new(DateTimeOffset.Parse(at, null), skipped, repeated));
}
