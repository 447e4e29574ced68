using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Notices;
using ClusterNet.EventStore;
using ClusterNet.Ledger;
using ClusterNet.Privacy;

namespace ClusterNet.Access.Exports;

/// <summary>Writes a person's archive, event by event: the same walk over the person's envelopes on which erasure works.</summary>
internal sealed class ExportArchive(SubjectData data, KeyRing keys, PersonalDataPolicy policy, LogProofs proofs, Database database, TimeProvider clock)
{
    private const int FlushAt = 64 * 1024;

    private const string Readme = """
        This archive holds what the network's history knows about you.

        data.json     your sign-in, your settings and notices, and every event that concerns you: your own data, what you did, and where you are named, in order.
                      "personal" holds your own data by class; {"erased":true} stands where you had it erased, {"withheld":true} where it
                      belongs to another person; so it does for a whole event in which you recorded something for others. Ids are random numbers. "position" is the event's place in the sealed log.
        summary.html  the same for reading; it needs no network.
        proofs/       for each event with data of your own a proof that the sealed log holds it (C2SP tlog-proof); the newest have none yet.

        Purposes, legal bases and retention of each class: GET /api/v1/access/personal-data
        Erasure: GET /api/v1/access/me/erasure/preview, then POST /api/v1/access/me/erasure

        """;

    /// <summary>Before the first byte: opens the person's keys, so that one that is not in its place refuses the request and breaks no archive.</summary>
    public async Task Open(Id<Person> person, CancellationToken ct) =>
        await keys.Find(PersonalDataPolicy.All.Select(c => new KeyName(person.Value, c)).ToHashSet(), ct);

    public async Task Write(Stream output, Id<Person> person, SummaryWords words, CancellationToken ct)
    {
        await using var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, ct);
        await Entry(zip, "README.txt", s => s.WriteAsync(Encoding.UTF8.GetBytes(Readme), ct).AsTask(), ct);
        var events = new List<Guid>();
        await Entry(zip, "data.json", s => WriteData(s, person, events, ct), ct);
        await Entry(zip, "summary.html", s => new Summary(words, policy, clock.GetUtcNow()).Write(s, data.Events(person.Value, ct), ct), ct);
        foreach (var id in events)
        {
            if (await proofs.OfEvent(id, ct) is EventProof.Proven { Proof: var proof })
                await Entry(zip, $"proofs/{id}.tlog-proof", s => s.WriteAsync(Encoding.UTF8.GetBytes(proof.ToString()), ct).AsTask(), ct);
        }
    }

    private async Task WriteData(Stream stream, Id<Person> person, List<Guid> events, CancellationToken ct)
    {
        await using var json = new Utf8JsonWriter(stream, new() { Indented = true });
        json.WriteStartObject();
        json.WriteString("person", person.ToString());
        json.WriteString("exportedAt", clock.GetUtcNow().UtcDateTime);
        json.WritePropertyName("signIn");
        (await SignInState.Of(person, database, ct)).WriteTo(json);
        json.WritePropertyName("notices");
        (await NoticeState.Of(person, database, ct)).WriteTo(json);
        json.WriteStartArray("events");
        await foreach (var e in data.Events(person.Value, ct))
        {
            if (e.Members.Any(m => m.State != MemberState.Withheld)) events.Add(e.Event.Id);
            Line(e, person).WriteTo(json);
            if (json.BytesPending > FlushAt) await json.FlushAsync(ct);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(ct);
    }

    private static JsonObject Line(SubjectEvent e, Id<Person> person)
    {
        var recorded = e.Event;
        var metadata = recorded.Metadata;
        if (e.Withheld)
        {
            return new()
            {
                ["id"] = recorded.Id,
                ["position"] = e.Position,
                ["at"] = recorded.At.UtcDateTime,
                ["type"] = recorded.StoredAs,
                ["withheld"] = true,
            };
        }

        return new()
        {
            ["id"] = recorded.Id,
            ["stream"] = recorded.Stream,
            ["version"] = recorded.Version,
            ["position"] = e.Position,
            ["at"] = recorded.At.UtcDateTime,
            ["type"] = recorded.StoredAs,
            ["personal"] = new JsonObject(e.Members.Select(m => KeyValuePair.Create(m.Name, (JsonNode?)Member(m)))),
            ["data"] = e.Data,
            ["provenance"] = new JsonObject
            {
                ["module"] = metadata.Module,
                ["actor"] = metadata.Actor,
                ["actedYourself"] = metadata.Actor == person.ToString(),
                ["onBehalfOf"] = metadata.OnBehalfOf,
                ["correlation"] = metadata.CorrelationId,
            },
        };
    }

    private static JsonObject Member(SubjectMember member) => member.State switch
    {
        MemberState.Known => new() { ["class"] = member.KeyClass, ["value"] = member.Value?.DeepClone() },
        MemberState.Erased => new() { ["class"] = member.KeyClass, ["erased"] = true },
        _ => new() { ["class"] = member.KeyClass, ["withheld"] = true },
    };

    private static async Task Entry(ZipArchive zip, string name, Func<Stream, Task> write, CancellationToken ct)
    {
        await using var stream = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(ct);
        await write(stream);
    }
}
