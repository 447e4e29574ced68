using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Skills.Contracts;

/// <summary>Takes what modules above know of a person's skills: accredited results and confirmed learning. The same event told again adds nothing.</summary>
public interface ISkillEvidence
{
    Task Show(SkillEvidence evidence, CancellationToken ct);

    /// <summary>The credential or record counts no more.</summary>
    /// <param name="eventId">The event that ended it.</param>
    Task End(Id<Person> person, Guid source, Guid eventId, CancellationToken ct);
}

/// <summary>Something that shows skills of a person.</summary>
/// <param name="EventId">The event that it rests on.</param>
/// <param name="Source">The credential or learning record: shown once more, it takes the place of what it showed before.</param>
/// <param name="EqfLevel">1 to 8, of a credential; null where the evidence speaks of no level.</param>
/// <param name="At">When it was granted or confirmed.</param>
public sealed record SkillEvidence(
    Guid EventId, Guid Source, EvidenceKind Kind, Id<Person> Person, IReadOnlyList<string> SkillUris, int? EqfLevel, DateTimeOffset At);

/// <summary>What shows a skill.</summary>
[JsonConverter(typeof(WireNameConverter<EvidenceKind>))]
public enum EvidenceKind
{
    /// <summary>An accredited result.</summary>
    [JsonStringEnumMemberName("credential")]
    Credential,

    /// <summary>A learning record that somebody who was there has confirmed.</summary>
    [JsonStringEnumMemberName("record")]
    Record,
}
