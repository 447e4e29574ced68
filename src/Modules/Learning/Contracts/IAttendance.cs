using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Learning.Contracts;

/// <summary>Told who attended a session, makes of it a private learning record that its owner completes with a sentence.</summary>
public interface IAttendance
{
    /// <summary>
    /// One record for each session and person. Told again, with other minutes or none, it corrects the record for as long as its owner has not
    /// touched it; nobody's record is taken away.
    /// </summary>
    Task Record(AttendedSession attended, CancellationToken ct);
}

/// <summary>A session that somebody attended.</summary>
/// <param name="Session">Whatever names the session, always the same.</param>
/// <param name="Firm">For which the person was there.</param>
/// <param name="Minutes">0 for who did not come after all.</param>
/// <param name="Trainer">Null where nobody taught.</param>
public sealed record AttendedSession(
    Guid Session, Id<Person> Person, Id<Firm> Firm, LearningKind Kind, string Title, DateTimeOffset StartedAt, int Minutes,
    IReadOnlyList<string> SkillUris, Id<Person>? Trainer, DateTimeOffset ToldAt)
{
    /// <summary>The record that a session becomes for somebody.</summary>
    public static Guid RecordOf(Guid session, Id<Person> person) => NamedGuid.Of("attended-session-record", session.ToString(), person.ToString());
}
