using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Skills.Levels;

/// <summary>Where a level comes from; the three are never mixed.</summary>
[JsonConverter(typeof(WireNameConverter<LevelSource>))]
internal enum LevelSource
{
    /// <summary>What the person says, in a claim or in an audit.</summary>
    [JsonStringEnumMemberName("claimed")]
    Claimed,

    /// <summary>What manager and peers said in an audit.</summary>
    [JsonStringEnumMemberName("rated")]
    Rated,

    /// <summary>What credentials and confirmed learning show.</summary>
    [JsonStringEnumMemberName("evidenced")]
    Evidenced,
}

/// <summary>A level that somebody has by one source, as it was said: not yet aged (see <see cref="Decay"/>).</summary>
/// <param name="Audit">The audit that it comes from; null where it comes from none.</param>
internal sealed record HeldLevel(Id<Person> Person, string SkillUri, LevelSource Source, int Level, DateTimeOffset At, Id<Audit>? Audit)
{
    /// <inheritdoc cref="SkillLevel.WasUri"/>
    public string? WasUri { get; init; }
}

/// <param name="Reference">The audit, credential or record; empty for a claim of the person's own.</param>
/// <param name="Level">0 for "not yet", and for evidence that speaks of no level.</param>
internal sealed record LevelRow(
    Guid Stream, Id<Person> Person, string SkillUri, LevelSource Source, Guid Reference, Id<Audit>? Audit, EvidenceKind? Kind,
    Personal<int> Level, DateTimeOffset At);

/// <summary>Levels by source: every claim, every audit's rating, every piece of evidence that counts.</summary>
internal sealed class LevelRows() : InlineRows<LevelEvent, LevelRow>(SkillsModule.Name, Table, "stream")
{
    public static readonly Table<LevelRow> Table = new(
        SkillsModule.Name, "levels", nameof(LevelRow.Stream), nameof(LevelRow.SkillUri), nameof(LevelRow.Source), nameof(LevelRow.Reference))
    {
        Indexes = ["(person)", "(skill_uri)"],
    };

    protected override IReadOnlyList<LevelRow> Apply(IReadOnlyList<LevelRow> rows, Recorded<LevelEvent> recorded) => recorded.Fact switch
    {
        SkillLevelClaimed e => With(rows, Claim(recorded.Stream, e.Person, e.SkillUri, null, e.Level, e.At)),
        SkillClaimWithdrawn e => [.. rows.Where(r => r.Source != LevelSource.Claimed || r.SkillUri != e.SkillUri)],
        SkillLevelsRated e => Rated(rows, recorded.Stream, e),
        SkillEvidenceShown e =>
        [
            .. rows.Where(r => r.Reference != e.Source),
            .. e.SkillUris.Select(u => new LevelRow(
                recorded.Stream, e.Person, u, LevelSource.Evidenced, e.Source, null, e.Kind, e.Level, e.At)),
        ],
        SkillEvidenceEnded e => [.. rows.Where(r => r.Reference != e.Source)],
        _ => rows,
    };

    /// <summary>Of claims the last one counts; an audit's ratings stay beside those of earlier audits.</summary>
    private static IReadOnlyList<LevelRow> Rated(IReadOnlyList<LevelRow> rows, Guid stream, SkillLevelsRated e)
    {
        foreach (var (i, uri) in e.ClaimedUris.Index())
            rows = With(rows, Claim(stream, e.Person, uri, e.Audit, e.ClaimedLevels.Select(l => l[i]), e.At));
        return
        [
            .. rows,
            .. e.RatedUris.Index().Select(u => new LevelRow(
                stream, e.Person, u.Item, LevelSource.Rated, e.Audit.Value, e.Audit, null, e.RatedLevels.Select(l => l[u.Index]), e.At)),
        ];
    }

    private static LevelRow Claim(Guid stream, Id<Person> person, string skill, Id<Audit>? audit, Personal<int> level, DateTimeOffset at) =>
        new(stream, person, skill, LevelSource.Claimed, Guid.Empty, audit, null, level, at);

    private static IReadOnlyList<LevelRow> With(IReadOnlyList<LevelRow> rows, LevelRow row) =>
        [.. rows.Where(r => (r.SkillUri, r.Source, r.Reference) != (row.SkillUri, row.Source, row.Reference)), row];
}
