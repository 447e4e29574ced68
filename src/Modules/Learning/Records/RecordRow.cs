using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Search;

namespace ClusterNet.Learning.Records;

/// <param name="WithFirms">One firm for each of <paramref name="WithPersons"/>.</param>
/// <param name="AnsweredBy">Whose confirmation or dispute stands.</param>
/// <param name="SpokenBy">Whoever has confirmed or disputed any version.</param>
/// <param name="Voices">All confirmations and disputes, without their texts.</param>
/// <param name="Disputed">Somebody's dispute stands.</param>
/// <param name="Folded">What happened and what was learnt, as search compares it.</param>
internal sealed record RecordRow(
    Id<LearningRecord> Id, Id<Person> Person, Id<Firm> Firm, LearningKind Kind, Personal<string> What, Personal<string> Learnt,
    DateTimeOffset HappenedAt, int Minutes, Guid[] WithPersons, Guid[] WithFirms, string[] SkillUris, LearningPart Part,
    Personal<ValueList<string>> Links, Visibility Visibility, Guid[] AnsweredBy, Guid[] SpokenBy, ValueList<RowVoice> Voices,
    ValueList<Endorsement> Endorsements,
    bool Disputed, Personal<string> Source, Personal<string> Folded, DateTimeOffset RecordedAt, DateTimeOffset ChangedAt, long Version);

/// <summary>A confirmation or dispute without its text: texts of other persons stay in the history, where erasure finds them.</summary>
internal sealed record RowVoice(Id<Person> Person, Id<Firm> Firm, VoiceKind Kind, DateTimeOffset At, bool Stands);

/// <summary>Learning records as they are now.</summary>
internal sealed class RecordList() : InlineProjection<EntryEvent, RecordRow>(LearningModule.Name, Table)
{
    public static readonly Table<RecordRow> Table = new(LearningModule.Name, "records", nameof(RecordRow.Id))
    {
        Indexes =
        [
            "(happened_at desc, id desc)", "(person, happened_at desc, id desc)", "(firm, happened_at desc, id desc)",
            "using gin (with_persons)", "using gin (skill_uris)", "using gin (folded gin_trgm_ops)",
        ],
    };

    protected override RecordRow? Apply(RecordRow? row, Recorded<EntryEvent> recorded) => recorded.Fact switch
    {
        LearningRecordRecorded e => With(
            new(
                new(recorded.Stream), e.Person, e.Firm, e.Kind, e.What, e.Learnt, e.HappenedAt, e.Minutes, [], [], [], e.Part, e.Links,
                e.Visibility,
                [], [], [], [], false, e.Source, "", e.At, e.At, recorded.Version),
            Content.Of(e)),
        _ when row is null => row,
        LearningRecordCorrected e => Voiced(With(row, Content.Of(e)), e.ConfirmationsStand ? row.Voices : Fallen(row.Voices)) with
        {
            Endorsements = e.ConfirmationsStand ? row.Endorsements : [],
            ChangedAt = e.At,
            Version = recorded.Version,
        },
        LearningRecordConfirmed e => Said(row, new(e.By, e.Firm, VoiceKind.Confirmed, e.At, true), recorded.Version),
        LearningRecordDisputed e => Said(row, new(e.By, e.Firm, VoiceKind.Disputed, e.At, true), recorded.Version) with
        {
            Endorsements = [.. row.Endorsements.Where(n => n.By != e.By)],
        },
        LearningRecordEndorsed e => row with
        {
            Endorsements = [.. row.Endorsements, new(e.By, e.Firm, e.SkillUri, e.At)],
            ChangedAt = e.At,
            Version = recorded.Version,
        },
        LearningRecordFileAttached e => row with { ChangedAt = e.At, Version = recorded.Version },
        LearningRecordFileDetached e => row with { ChangedAt = e.At, Version = recorded.Version },
        LearningRecordOutsiderNamed e => row with { ChangedAt = e.At, Version = recorded.Version },
        LearningRecordVisibilityChanged e => row with { Visibility = e.Visibility, ChangedAt = e.At, Version = recorded.Version },
        _ => row,
    };

    private static RecordRow With(RecordRow row, Content c) => row with
    {
        Kind = c.Kind,
        What = c.What,
        Learnt = c.Learnt,
        HappenedAt = c.HappenedAt,
        Minutes = c.Minutes,
        SkillUris = [.. c.SkillUris],
        Part = c.Part,
        Links = c.Links,
        Folded = c.What.With(c.Learnt, (what, learnt) => Folding.ForIndex($"{what} {learnt}")),
        WithPersons = [.. c.With.Select(w => w.Person.Value)],
        WithFirms = [.. c.With.Select(w => w.Firm.Value)],
    };

    private static RecordRow Said(RecordRow row, RowVoice voice, long version) =>
        Voiced(row, [.. row.Voices.Select(v => v.Person == voice.Person ? v with { Stands = false } : v), voice]) with
        {
            ChangedAt = voice.At,
            Version = version,
        };

    private static RecordRow Voiced(RecordRow row, ValueList<RowVoice> voices) => row with
    {
        Voices = voices,
        AnsweredBy = [.. voices.Where(v => v.Stands).Select(v => v.Person.Value)],
        SpokenBy = [.. voices.Select(v => v.Person.Value).Distinct()],
        Disputed = voices.Any(v => v is { Stands: true, Kind: VoiceKind.Disputed }),
    };

    private static ValueList<RowVoice> Fallen(ValueList<RowVoice> voices) => [.. voices.Select(v => v with { Stands = false })];
}
