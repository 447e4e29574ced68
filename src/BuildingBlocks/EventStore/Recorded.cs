using System.Text.Json;

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
/// <param name="Rows">The inline read rows that the writer stored with the event: its program's; null when it knew none.</param>
public sealed record EventMetadata(
    string? Actor, string? OnBehalfOf, string? CorrelationId, string? CausationId, string? TraceId, string? Module, int Schema,
    string? Rows = null)
{
    internal const string ImportPrefix = "import/";

    /// <summary>The event was taken over from a file, with many others: nobody is told of each.</summary>
    public bool IsImport => CausationId?.StartsWith(ImportPrefix, StringComparison.Ordinal) == true;

    /// <summary>A foreign writer says no schema: it is taken to know the newest.</summary>
    internal const int UnknownSchema = 0;

    internal static string Headers(EventType type, CommandMetadata metadata, string? rows)
    {
        var onBehalfOf = metadata.OnBehalfOf is null ? "" : $",\"on_behalf_of\":\"{JsonEncodedText.Encode(metadata.OnBehalfOf)}\"";
        var trace = metadata.TraceId is null ? "" : $",\"trace_id\":\"{JsonEncodedText.Encode(metadata.TraceId)}\"";
        var stored = rows is null ? "" : $",\"rows\":\"{rows}\"";
        return $"{type.HeadersStart}{stored}{onBehalfOf}{trace}}}";
    }

    internal static EventMetadata From(byte[]? headers, string? actor, string? correlation, string? causation)
    {
        string? onBehalfOf = null, trace = null, module = null, rows = null;
        var schema = UnknownSchema;
        // jsonb is well-formed; headers that are no object are another writer's business.
        var reader = new Utf8JsonReader(headers ?? []);
        if (headers is not null && reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isSchema, isModule) = (reader.ValueTextEquals("schema"u8), reader.ValueTextEquals("module"u8));
                var (isOnBehalfOf, isTrace, isRows) =
                    (reader.ValueTextEquals("on_behalf_of"u8), reader.ValueTextEquals("trace_id"u8), reader.ValueTextEquals("rows"u8));
                reader.Read();
                if (isSchema && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number)) schema = number;
                else if (isModule && reader.TokenType == JsonTokenType.String) module = reader.GetString();
                else if (isOnBehalfOf && reader.TokenType == JsonTokenType.String) onBehalfOf = reader.GetString();
                else if (isTrace && reader.TokenType == JsonTokenType.String) trace = reader.GetString();
                else if (isRows && reader.TokenType == JsonTokenType.String) rows = reader.GetString();
                else reader.Skip();
            }
        }

        return new(actor, onBehalfOf, correlation, causation, trace, module, schema, rows);
    }
}
