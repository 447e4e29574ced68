using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterNet.EventStore;

/// <summary>A fact as it was recorded: where it stands in its stream, when, and by whom.</summary>
/// <param name="Stream">The stream's id.</param>
/// <param name="Version">The fact's place in its stream, from 1.</param>
/// <param name="Id">The event's own id.</param>
/// <param name="SeqId">Tie-breaker of the store; never an order (positions are).</param>
/// <param name="StoredAs">The stored name.</param>
/// <param name="Fact">The fact; a <see cref="ForeignFact"/> when another writer stored something that is not ours.</param>
public sealed record Recorded(Guid Stream, long Version, Guid Id, DateTimeOffset At, long SeqId, string StoredAs, EventMetadata Metadata, object Fact)
{
    /// <summary>The same event seen as one family's; null when the fact is none of that family.</summary>
    public Recorded<TEvent>? As<TEvent>() => Fact is TEvent fact ? new(Stream, Version, Id, At, Metadata, fact) : null;
}

/// <summary>A recorded fact of a known family.</summary>
public sealed record Recorded<TEvent>(Guid Stream, long Version, Guid Id, DateTimeOffset At, EventMetadata Metadata, TEvent Fact);

/// <summary>An event that another program stored in our tables under a name or shape that is not ours: kept, counted and shown, never interpreted.</summary>
public sealed record ForeignFact(string StoredAs, string Data);

/// <summary>A recorded fact with its place in the one global order.</summary>
public sealed record Positioned(long Position, Recorded Event);

/// <summary>Who and what stood behind an event.</summary>
/// <param name="Actor">Opaque id of the caller (column user_name); null for the system itself.</param>
/// <param name="OnBehalfOf">Opaque id of the person for whom the actor acted.</param>
/// <param name="CorrelationId">The request or run that the event belongs to.</param>
/// <param name="CausationId">The command that caused it.</param>
/// <param name="TraceId">W3C trace id (Trace Context section 3.2.2.3).</param>
/// <param name="Module">The module that declared the event; null when a foreign writer stored it.</param>
/// <param name="Schema">The schema version of the stored data; 0 when the writer did not say.</param>
public sealed record EventMetadata(
    string? Actor, string? OnBehalfOf, string? CorrelationId, string? CausationId, string? TraceId, string? Module, int Schema)
{
    /// <summary>A foreign writer says no schema: it is taken to know the newest.</summary>
    internal const int UnknownSchema = 0;

    internal string ToHeaders()
    {
        var headers = new JsonObject { ["module"] = Module, ["schema"] = Schema };
        if (OnBehalfOf is not null) headers["on_behalf_of"] = OnBehalfOf;
        if (TraceId is not null) headers["trace_id"] = TraceId;
        return headers.ToJsonString();
    }

    internal static EventMetadata From(byte[]? headers, string? actor, string? correlation, string? causation)
    {
        string? onBehalfOf = null, trace = null, module = null;
        var schema = UnknownSchema;
        if (headers is not null)
        {
            using var parsed = JsonDocument.Parse(headers);
            if (parsed.RootElement.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in parsed.RootElement.EnumerateObject())
                {
                    if (member.NameEquals("schema") && member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var number)) schema = number;
                    else if (member.Value.ValueKind != JsonValueKind.String) continue;
                    else if (member.NameEquals("module")) module = member.Value.GetString();
                    else if (member.NameEquals("on_behalf_of")) onBehalfOf = member.Value.GetString();
                    else if (member.NameEquals("trace_id")) trace = member.Value.GetString();
                }
            }
        }

        return new(actor, onBehalfOf, correlation, causation, trace, module, schema);
    }
}
