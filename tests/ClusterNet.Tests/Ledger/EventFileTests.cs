using System.Text;
using System.Text.Json.Nodes;
using ClusterNet.Auditing;
using ClusterNet.Ledger;
using Shouldly;

namespace ClusterNet.Tests.Ledger;

/// <summary>An event's file proves what its header proves: a member that was changed by whoever shows it is refused.</summary>
public class EventFileTests
{
    private static readonly byte[] Salt = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void A_file_whose_members_are_those_of_its_header_proves_them() =>
        ProvenEntry.OfEvent(File().ToJsonString()).Proved.ShouldBe(["id", "stream", "version", "type", "time", "data"]);

    [Theory]
    [InlineData("id", "\"0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e60\"")]
    [InlineData("stream", "\"0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e60\"")]
    [InlineData("stream", "null")]
    [InlineData("version", "8")]
    [InlineData("version", "\"7\"")]
    [InlineData("type", "\"visit_cancelled\"")]
    [InlineData("at", "\"2025-03-01T09:30:00.000000Z\"")]
    [InlineData("data", "{\"Amount\":13,\"Where\":\"Linz\"}")]
    [InlineData("data", "{\"Amount\":12.5}")]
    [InlineData("data", "null")]
    [InlineData("commitment", "\"0000000000000000000000000000000000000000000000000000000000000000\"")]
    [InlineData("leafHash", "\"0000000000000000000000000000000000000000000000000000000000000000\"")]
    public void Each_falsified_member_is_refused_by_name(string member, string value)
    {
        var file = File();
        file[member] = JsonNode.Parse(value);

        var name = member == "leafHash" ? "leaf hash" : member;
        Should.Throw<LogFaultException>(() => ProvenEntry.OfEvent(file.ToJsonString())).Message.ShouldContain(name);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("version")]
    [InlineData("data")]
    public void A_member_that_was_left_out_is_refused_by_name(string member)
    {
        var file = File();
        file.Remove(member);

        Should.Throw<LogFaultException>(() => ProvenEntry.OfEvent(file.ToJsonString())).Message.ShouldContain($"The file's {member}");
    }

    [Theory]
    [InlineData("header")]
    [InlineData("salt")]
    [InlineData("commitment")]
    public void Without_header_or_salt_nothing_is_proved_and_that_is_said(string member)
    {
        var file = File();
        file[member] = null;

        Should.Throw<CannotAuditException>(() => ProvenEntry.OfEvent(file.ToJsonString())).Message.ShouldStartWith($"The event's file has no {member}");
    }

    [Fact]
    public void A_member_that_stands_twice_is_not_read() =>
        Should.Throw<CannotAuditException>(() => ProvenEntry.OfEvent(File().ToJsonString().Replace("\"version\":7", "\"version\":8,\"version\":7", StringComparison.Ordinal)));

    [Fact]
    public void Data_in_another_spelling_is_the_same_data() =>
        ProvenEntry.OfEvent(File().ToJsonString().Replace("\"data\":{\"Amount\":12,\"Where\":\"Linz\"}", "\"data\": {\"Where\": \"\\u004cinz\", \"Amount\": 12}", StringComparison.Ordinal))
            .Proved.ShouldNotBeNull().ShouldContain("data");

    [Fact]
    public void Data_without_a_canonical_form_is_not_among_what_is_proved()
    {
        var file = File("{\"Amount\": 12.5}");
        ProvenEntry.OfEvent(file.ToJsonString()).Proved.ShouldBe(["id", "stream", "version", "type", "time"]);

        file["data"] = new JsonObject { ["Amount"] = 12 };
        Should.Throw<LogFaultException>(() => ProvenEntry.OfEvent(file.ToJsonString())).Message.ShouldContain("data");
    }

    /// <summary>What the installation answers about an event.</summary>
    internal static JsonObject FileOf(StoredEvent e, byte[] salt, long position)
    {
        var header = EventSeal.Header(e);
        var commitment = EventSeal.Commitment(salt, header);
        return new()
        {
            ["id"] = e.Id.ToString("D"),
            ["stream"] = e.Stream?.ToString("D"),
            ["version"] = e.Version,
            ["position"] = position,
            ["type"] = e.Type,
            ["at"] = e.At,
            ["header"] = Encoding.UTF8.GetString(header),
            ["salt"] = Convert.ToHexStringLower(salt),
            ["commitment"] = Convert.ToHexStringLower(commitment),
            ["leafHash"] = Convert.ToHexStringLower(EventSeal.LeafHash(commitment)),
            ["data"] = JsonNode.Parse(e.Data),
        };
    }

    private static JsonObject File(string data = "{\"Amount\":12,\"Where\":\"Linz\"}") => FileOf(
        new(1, Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f"), Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5e"), 7, Encoding.UTF8.GetBytes(data), null, "visit_planned",
            "2026-03-01T09:30:00.000000Z", null, null, null, null, null, null),
        Salt, 3);
}
