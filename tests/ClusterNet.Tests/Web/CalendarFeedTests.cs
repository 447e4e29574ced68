using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ClusterNet.Calendar;
using ClusterNet.Tests.Ledger;
using Shouldly;

namespace ClusterNet.Tests.Web;

/// <summary>Our calendar feeds, by the letter of RFC 5545 and by a reader that we did not write (npm ical.js).</summary>
public class CalendarFeedTests
{
    private static readonly DateTimeOffset Start = new(2026, 10, 25, 2, 30, 0, TimeSpan.FromHours(2));

    private static readonly CalendarEntry Entry = new(
        "mentoring-session-1@learn.example.org", 3, Start, Start.AddMinutes(45), Start.AddDays(-1), "Mentoring; with \"Ada\", \\ and Żaneta 🧰 " + new string('ß', 80), false,
        "Hall 2, gate B\nsecond door", "Bring:\r\n- gloves\u0007", new("https://learn.example.org/mentoring/pairs/1"));

    [Fact]
    public void No_line_has_more_than_75_octets_and_no_character_is_torn_apart()
    {
        var feed = CalendarFeed.Write("Mentoring", [Entry], TimeSpan.FromHours(1));

        feed.ShouldEndWith("END:VCALENDAR\r\n");
        feed.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain('\n');
        foreach (var line in feed.Split("\r\n")) Encoding.UTF8.GetByteCount(line).ShouldBeLessThanOrEqualTo(75);
        feed.Replace("\r\n ", "", StringComparison.Ordinal).ShouldContain(new string('ß', 80));
        feed.ShouldContain("DTSTART:20261025T003000Z");
        feed.ShouldNotContain('\u0007');
    }

    [Fact]
    public async Task Others_read_from_it_what_we_wrote()
    {
        var cancelled = Entry with { Uid = "mentoring-session-2@learn.example.org", Cancelled = true, Sequence = 4 };
        var folder = await OthersCode.Node("icalendar");

        var said = await OthersCode.Run("node", ["read.js"], folder, CalendarFeed.Write("Mentorat à deux", [Entry, cancelled], TimeSpan.FromHours(1)));

        said.Code.ShouldBe(0, said.ToString());
        var read = JsonNode.Parse(said.Output).ShouldNotBeNull();
        (Text(read, "name"), Text(read, "version")).ShouldBe(("Mentorat à deux", "2.0"));
        var entries = read["entries"].ShouldNotBeNull().AsArray();
        var first = entries[0].ShouldNotBeNull();
        (Text(first, "uid"), Text(first, "sequence"), Text(first, "status"), Text(first, "zone")).ShouldBe((Entry.Uid, "3", "CONFIRMED", "UTC"));
        DateTimeOffset.Parse(Text(first, "start"), CultureInfo.InvariantCulture).ShouldBe(Entry.Start);
        DateTimeOffset.Parse(Text(first, "end"), CultureInfo.InvariantCulture).ShouldBe(Entry.End);
        (Text(first, "summary"), Text(first, "location")).ShouldBe((Entry.Summary, Entry.Location));
        Text(first, "description").ShouldBe("Bring:\n- gloves");
        Text(first, "url").ShouldBe("https://learn.example.org/mentoring/pairs/1");
        var second = entries[1].ShouldNotBeNull();
        (Text(second, "sequence"), Text(second, "status")).ShouldBe(("4", "CANCELLED"));
    }

    private static string Text(JsonNode node, string member) => node[member].ShouldNotBeNull().ToString();
}
