using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterNet.EventStore;
using Shouldly;

namespace ClusterNet.Tests.Golden;

/// <summary>
/// The stored form of every event, frozen: a changed file would mean that history no longer reads as it was written.
/// For a new event or schema, run the tests once with CLUSTERNET_WRITE_GOLDEN=1 and commit the new file.
/// </summary>
public class GoldenFileTests
{
    private static readonly string Files = Path.Combine(TestServer.RepositoryRoot(), "tests", "ClusterNet.Tests", "Golden", "Files");
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public static TheoryData<string> Events => [.. GoldenEvents.Types.All.Select(t => t.Name).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Committed => [.. new DirectoryInfo(Files).EnumerateFiles("*.json").Select(f => f.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_is_stored_as_its_golden_file_says(string name)
    {
        var type = TypeOf(name);
        var sample = Sample.Of(type.Class, "");
        var stored = Stored(type, sample).ToJsonString(Indented) + "\n";
        var file = Path.Combine(Files, $"{type.Name}.v{type.Schema}.json");
        if (!File.Exists(file) && Environment.GetEnvironmentVariable("CLUSTERNET_WRITE_GOLDEN") == "1")
            File.WriteAllText(file, stored);

        File.Exists(file).ShouldBeTrue($"{name} has no golden file yet: run the tests once with CLUSTERNET_WRITE_GOLDEN=1 and commit {file}");
        File.ReadAllText(file).ShouldBe(stored, "A stored event never changes: raise its schema and add an upcaster, or make the new member optional.");
        Whole(Read(type, JsonNode.Parse(stored), type.Schema)).ShouldBe(Whole(sample));
    }

    [Theory]
    [MemberData(nameof(Committed))]
    public void A_golden_file_of_any_schema_is_still_understood(string file)
    {
        var name = file.Split('.')[0];
        var schema = int.Parse(file.Split('.')[1].AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
        var type = TypeOf(name);

        schema.ShouldBeLessThanOrEqualTo(type.Schema);
        Read(type, JsonNode.Parse(File.ReadAllText(Path.Combine(Files, file))), schema).ShouldNotBeNull();
    }

    private static EventType TypeOf(string name) =>
        GoldenEvents.Types.Find(name) ?? throw new InvalidOperationException($"No event is stored as {name} any more, but history has some: keep its class.");

    /// <summary>The data as jsonb gets it, and beside it what goes into envelopes.</summary>
    private static JsonObject Stored(EventType type, object fact)
    {
        var personal = new JsonArray();
        foreach (var member in type.Personal)
        {
            personal.Add(new JsonObject
            {
                ["member"] = member.Name,
                ["subject"] = member.SubjectMember,
                ["class"] = member.KeyClass,
                ["value"] = JsonSerializer.SerializeToNode(member.ValueOf(fact).Value, GoldenEvents.Types.Json.GetTypeInfo(member.ValueType)),
            });
        }

        return new() { ["data"] = JsonSerializer.SerializeToNode(fact, type.Info), ["personal"] = personal };
    }

    private static object? Read(EventType type, JsonNode? golden, int schema)
    {
        var json = (golden?["data"] ?? throw new JsonException("no data")).DeepClone().AsObject();
        foreach (var member in (golden["personal"] ?? throw new JsonException("no personal")).AsArray().OfType<JsonObject>())
            json[$"{member["member"]}"] = member["value"]?.DeepClone();
        for (; schema < type.Schema; schema++) json = GoldenEvents.Types.Upcasters[(type.Name, schema)].Up(json);
        return json.Deserialize(type.Info);
    }

    /// <summary>Everything in a fact, personal values included: records with arrays are not equal by themselves.</summary>
    private static string Whole(object? fact) => JsonSerializer.Serialize(fact, fact?.GetType() ?? typeof(object), Indented);
}
