using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Records;

/// <param name="At">When what the record tells of happened.</param>
internal sealed record RecordSkillRow(Id<LearningRecord> Record, string SkillUri, DateTimeOffset At, long Version);

/// <summary>Records by the skills that they touch, in the order of time: the newest of a skill are found without looking at all of it.</summary>
internal sealed class RecordSkills() : InlineRows<EntryEvent, RecordSkillRow>(LearningModule.Name, Table, "record")
{
    public static readonly Table<RecordSkillRow> Table = new(LearningModule.Name, "record_skills", nameof(RecordSkillRow.Record), nameof(RecordSkillRow.SkillUri))
    {
        Indexes = ["(skill_uri, at desc, record desc)"],
    };

    protected override IReadOnlyList<RecordSkillRow> Apply(IReadOnlyList<RecordSkillRow> rows, Recorded<EntryEvent> recorded) => recorded.Fact switch
    {
        LearningRecordRecorded e => Of(recorded, Content.Of(e)),
        LearningRecordCorrected e => Of(recorded, Content.Of(e)),
        _ => rows,
    };

    private static IReadOnlyList<RecordSkillRow> Of(Recorded<EntryEvent> recorded, Content content) =>
        [.. content.SkillUris.Select(uri => new RecordSkillRow(new(recorded.Stream), uri, content.HappenedAt, recorded.Version))];
}
