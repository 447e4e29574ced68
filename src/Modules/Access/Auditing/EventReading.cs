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
    private readonly Dictionary<string, IEventReaders> _readers = readers.ToDictionary(r => r.Module);

    /// <summary>Whether the module shows the caller all events of this one's stream; an auditor's look is recorded with that.</summary>
    /// <param name="what">What is about to be shown; null when nothing will be.</param>
    public async Task<bool> MayReadAll(Caller caller, SealedEvent e, string? what, CancellationToken ct) =>
        e.Stored.Stream is { } stream && e.Metadata.Module is { } module && _readers.TryGetValue(module, out var rule)
        && await rule.MayRead(stream, caller, what, ct);

    /// <summary>The events that the caller may read; personal members opened where they are the caller's to read.</summary>
    /// <param name="all">What <see cref="MayReadAll"/> said of their stream.</param>
    public async Task<IReadOnlyList<EventAnswer>> For(Caller caller, IEnumerable<SealedEvent> events, bool all, CancellationToken ct)
    {
        var readable = events.Where(e => all || Concerns(caller, e)).ToList();
        var personal = await views.Personal(readable, (_, subject) => all || subject == caller.Person.Value, ct);
        return [.. readable.Select(e => Answer(e, personal[e.Stored.Id]))];
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
