using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ClusterNet.EventStore;

namespace ClusterNet.Projections;

/// <summary>What a replay says about one read table. Recorded as an event it becomes a leaf of the log: a claim that nobody can change later.</summary>
internal abstract record ProjectionEvent;

/// <summary>The rows that the events up to a position give.</summary>
/// <param name="Table">Schema and name.</param>
/// <param name="CodeVersion">Of the projection and its table's definition.</param>
/// <param name="Until">The last position that was folded.</param>
/// <param name="Form">How the digest is made: <see cref="RowDigest.Form"/>.</param>
/// <param name="Digest">In lower-case hex.</param>
[StoredAs("projection_digest")]
internal sealed record ProjectionDigest(string Table, string CodeVersion, long Until, long Rows, string Form, string Digest, DateTimeOffset At) : ProjectionEvent;

/// <summary>An incident: the live table was not what the events say.</summary>
/// <param name="Until">Where the log stood.</param>
/// <param name="Buckets">The buckets that differed.</param>
/// <param name="Differing">How many rows.</param>
/// <param name="Keys">The keys of the first of them; no values.</param>
[StoredAs("projection_difference")]
internal sealed record ProjectionDifference(
    string Table, string CodeVersion, long Until, long LiveRows, long ReplayedRows, ValueList<int> Buckets, long Differing, ValueList<string> Keys,
    DateTimeOffset At) : ProjectionEvent;

/// <summary>All that was ever claimed about one read table.</summary>
internal sealed record ProjectionClaims(ImmutableList<ProjectionEvent> Claims) : IState<ProjectionClaims, ProjectionEvent>
{
    public static ProjectionClaims Initial { get; } = new([]);

    public static Guid IdOf(string table) => NamedGuid.Of("projection-claims", table);

    public static ProjectionClaims Evolve(ProjectionClaims state, ProjectionEvent fact) => new(state.Claims.Add(fact));
}

/// <summary>Records a claim, unless the very same was recorded before.</summary>
internal sealed record ClaimProjection(ProjectionEvent Claim) : ICommand<ProjectionClaims, ProjectionEvent>
{
    public Decision<ProjectionEvent> Decide(ProjectionClaims state) =>
        state.Claims.Any(c => Timeless(c) == Timeless(Claim)) ? Decision<ProjectionEvent>.Nothing : Claim;

    private static ProjectionEvent Timeless(ProjectionEvent claim) => claim switch
    {
        ProjectionDigest digest => digest with { At = default },
        ProjectionDifference difference => difference with { At = default },
        _ => claim,
    };
}

[JsonSerializable(typeof(ProjectionDigest))]
[JsonSerializable(typeof(ProjectionDifference))]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ProjectionsJson : JsonSerializerContext;
