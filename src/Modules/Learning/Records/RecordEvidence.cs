using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Learning.Records;

/// <summary>Tells Skills which skills a person's confirmed learning shows, and when it shows them no more: disputed, corrected, made private.</summary>
internal sealed class RecordEvidence(Streams<Entry, EntryEvent> entries, ISkillEvidence skills) : IFactSource, ISubscription
{
    public string Name => "learning-skill-evidence";

    public string Module => LearningModule.Name;

    public Type Family => typeof(EntryEvent);

    public object? Publish(Recorded recorded) => recorded.Fact is LearningRecordRecorded ? null : recorded.As<EntryEvent>();

    public bool Wants(IFactSource source) => source == this;

    public async Task Handle(PublishedFact fact, CancellationToken ct)
    {
        // As it is now: what comes later is told by its own event.
        if (fact.Fact is not Recorded<EntryEvent> || (await entries.Load(fact.Stream, ct)).State is not Entry.Kept record) return;
        var voices = record.Voices.Where(v => v.Stands).ToList();
        var confirmed = voices.Where(v => v.Kind == VoiceKind.Confirmed).ToList();
        var counts = confirmed.Count > 0 && confirmed.Count == voices.Count && record.Visibility != Visibility.Private && record.Content.SkillUris.Count > 0;
        await (counts
            ? skills.Show(
                new(fact.EventId, fact.Stream, EvidenceKind.Record, record.Person, record.Content.SkillUris, null, confirmed.Min(v => v.At)), ct)
            : skills.End(record.Person, fact.Stream, fact.EventId, ct));
    }
}
