using System.Text.Json;
using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Ledger;
using ClusterNet.Projections;

namespace ClusterNet.Access.Auditing;

/// <summary>An event with all that its seal can be checked with.</summary>
/// <param name="Header">What the commitment commits to: <c>printf %s "$HEADER" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$SALT</c> gives the commitment.</param>
/// <param name="Data">As stored; personal members are not in it.</param>
/// <param name="Fault">What was changed after it was sealed; null while all is as it was.</param>
internal sealed record EventAnswer(
    Guid Id, Guid? Stream, long Version, long Position, string Type, string At, string? Actor, string? Module, string Header, string? Salt, string Commitment,
    string LeafHash, JsonElement Data, IReadOnlyList<PersonalAnswer> Personal, string Proof, string? Fault);

/// <param name="Members">The personal members by name; null unless they are readable.</param>
internal sealed record PersonalAnswer(
    Guid Subject, string Class, [property: JsonConverter(typeof(WireNameConverter<PersonalState>))] PersonalState State, JsonElement? Members);

/// <summary>Gives each reader what is his to read of stored events: the module's rule first, then what concerns the reader himself.</summary>
internal sealed class EventReading(EventViews views, IEnumerable<IEventReaders> readers)
{
    private readonly ILookup<string, IEventReaders> _readers = readers.ToLookup(r => r.Module);

    /// <summary>What the modules show the caller of this event's stream; an auditor's look is recorded with that.</summary>
    /// <param name="what">What is about to be shown; null when nothing will be.</param>
    /// <returns>Null when no module shows anything of it.</returns>
    public async Task<OpenedStream?> Open(Caller caller, SealedEvent e, string? what, CancellationToken ct)
    {
        if (e.Stored.Stream is not { } stream || e.Metadata.Module is not { } module) return null;
        foreach (var rule in _readers[module])
            if (await rule.Open(stream, caller, what, ct) is { } opened) return opened;
        return null;
    }

    /// <summary>The same for one event: what is closed within an open stream is not recorded as read.</summary>
    public async Task<OpenedStream?> OpenOne(Caller caller, SealedEvent e, string what, CancellationToken ct) =>
        await Open(caller, e, null, ct) is { } opened && e.Stored.Version <= opened.Until ? await Open(caller, e, what, ct) : null;

    /// <summary>The events that the caller may read; personal members opened where they are the caller's to read.</summary>
    /// <param name="opened">What <see cref="Open"/> said of their stream.</param>
    public async Task<IReadOnlyList<EventAnswer>> For(Caller caller, IEnumerable<SealedEvent> events, OpenedStream? opened, CancellationToken ct)
    {
        var readable = events.Where(e => IsOpen(e) || Concerns(caller, e)).ToList();
        var personal = await views.Personal(
            readable, (e, subject) => (IsOpen(e) && opened?.Opens(subject) == true) || subject == caller.Person.Value, ct);
        return [.. readable.Select(e => Answer(e, personal[e.Stored.Id]))];

        bool IsOpen(SealedEvent e) => e.Stored.Version <= opened?.Until;
    }

    /// <summary>It says something personal of the caller. To have done it is not enough: who imports for others does not read their data by that.</summary>
    private static bool Concerns(Caller caller, SealedEvent e) => e.Subjects.Contains(caller.Person.Value);

    private static EventAnswer Answer(SealedEvent e, IEnumerable<PersonalPart> personal)
    {
        using var data = JsonDocument.Parse(e.Stored.Data);
        return new(
            e.Stored.Id, e.Stored.Stream, e.Stored.Version, e.Position, e.Stored.Type, e.Stored.At, e.Metadata.Actor, e.Metadata.Module, e.Header,
            e.Salt is null ? null : Convert.ToHexStringLower(e.Salt), Convert.ToHexStringLower(e.Commitment), Convert.ToHexStringLower(e.LeafHash),
            data.RootElement.Clone(), [.. personal.Select(p => new PersonalAnswer(p.Subject, p.KeyClass, p.State, p.Members))], $"/api/v1/audit/events/{e.Stored.Id}/proof", e.Fault);
    }
}
