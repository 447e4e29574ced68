using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Access.Contracts;

/// <summary>What auditors read about a person, as one module recorded it.</summary>
public interface IReadsOf
{
    /// <param name="before">Only what comes after this one in the order of the answer; null for the newest.</param>
    /// <returns>At most <paramref name="count"/>, the newest first; of the same moment by stream and version, the higher first.</returns>
    Task<IReadOnlyList<ReadOf>> Of(Id<Person> person, (DateTimeOffset At, Guid Stream, long Version)? before, int count, CancellationToken ct);
}

/// <summary>One read.</summary>
/// <param name="Stream">The stream and <paramref name="Version"/> of the event that recorded it.</param>
/// <param name="Grant">The grant under which it was; null for what was recorded before there were any, or when no single one opened it.</param>
/// <param name="What">As recorded, such as <c>application as of version 2</c>.</param>
/// <param name="Target">Its address.</param>
/// <param name="Purpose">What the auditor added to the grant's purpose; empty for nothing.</param>
public sealed record ReadOf(
    Guid Stream, long Version, Id<Person> Reader, Id<AuditorGrant>? Grant, string What, string Target, Personal<string> Purpose, DateTimeOffset At)
{
    private static readonly (string Start, string Kind)[] Kinds =
    [
        ("application", "application"), ("events", "events"), ("dossier", "dossier"), ("audit trail", "trail"), ("list of applications", "list"),
        ("stream ", "events"), ("event ", "events"), ("learning record", "record"),
    ];

    /// <summary>For words in the reader's language: application, events, dossier, trail, list, record; <c>other</c> for what was recorded by its address.</summary>
    public string Kind => KindOf(What);

    /// <inheritdoc cref="Kind"/>
    public static string KindOf(string what) =>
        Array.Find(Kinds, k => what.StartsWith(k.Start, StringComparison.Ordinal)).Kind ?? "other";
}
