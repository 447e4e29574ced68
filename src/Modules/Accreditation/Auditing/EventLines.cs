using System.Text.Json;
using ClusterNet.EventStore;
using ClusterNet.Ledger;

namespace ClusterNet.Accreditation.Auditing;

/// <summary>An event as an auditor gets it.</summary>
/// <param name="Position">Its place in the one global order; null for the moment until it has one.</param>
/// <param name="Actor">Opaque id of who acted; null for the system itself.</param>
/// <param name="Data">Under the stored names; a personal value stands in clear, or as {"erased":true} when its key is gone.</param>
internal sealed record EventLine(
    Guid Id, Guid Stream, long Version, long? Position, string Type, DateTimeOffset At, string? Actor, string? Module, JsonElement Data);

/// <summary>Shows recorded events as they were stored.</summary>
internal sealed class EventLines(LogPositions positions)
{
    public async Task<IReadOnlyList<EventLine>> Of(IReadOnlyCollection<Recorded> events, CancellationToken ct)
    {
        var known = await positions.Of([.. events.Select(e => e.SeqId)], ct);
        return
        [
            .. events.Select(e => new EventLine(
                e.Id, e.Stream, e.Version, known.TryGetValue(e.SeqId, out var position) ? position : null, e.StoredAs, e.At,
                e.Metadata.Actor, e.Metadata.Module, DataOf(e.Fact))),
        ];
    }

    /// <summary>The position of a stream's last event, for naming the state that it leads to.</summary>
    public async Task<long?> PositionOfLast(IReadOnlyList<Recorded> events, CancellationToken ct)
    {
        if (events.Count == 0) return null;
        var known = await positions.Of([events[^1].SeqId], ct);
        return known.TryGetValue(events[^1].SeqId, out var position) ? position : null;
    }

    private static JsonElement DataOf(object fact)
    {
        if (fact is not ForeignFact foreign) return JsonSerializer.SerializeToElement(fact, fact.GetType(), AccreditationJson.Default);
        using var parsed = JsonDocument.Parse(foreign.Data);
        return parsed.RootElement.Clone();
    }
}
