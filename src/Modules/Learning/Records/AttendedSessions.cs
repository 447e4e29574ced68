using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;

namespace ClusterNet.Learning.Records;

/// <param name="Content">As it was told; with 0 minutes for who did not come.</param>
internal sealed record RecordAttendance(Id<Person> Person, Id<Firm> Firm, Content Content, DateTimeOffset Now) : ICommand<Entry, EntryEvent>
{
    public Decision<EntryEvent> Decide(Entry state) => state switch
    {
        Entry.Absent when Content.Minutes == 0 => Decision<EntryEvent>.Nothing,
        Entry.Absent => Recorded(),
        Entry.Kept { Touched: false } kept when kept.Content != Content => Corrected(kept),
        _ => Decision<EntryEvent>.Nothing,
    };

    private LearningRecordRecorded Recorded()
    {
        var c = Content;
        return new(Person, Firm, c.Kind, c.What, c.Learnt, c.HappenedAt, c.Minutes, c.With, c.SkillUris, c.Part, c.Links, Visibility.Private, AttendedSessions.Source, Now);
    }

    private LearningRecordCorrected Corrected(Entry.Kept kept)
    {
        var c = Content;
        return new(kept.Person, c.Kind, c.What, c.Learnt, c.HappenedAt, c.Minutes, c.With, c.SkillUris, c.Part, c.Links, "", c.SaysTheSameAs(kept.Content), Now)
        {
            Told = true,
        };
    }
}

/// <summary>Learning records that come of sessions which the pool's training gave: private, and without a word of what was learnt.</summary>
internal sealed class AttendedSessions(Streams<Entry, EntryEvent> entries, Company company, IPeopleNames names) : IAttendance
{
    public const string Source = "session";

    public async Task Record(AttendedSession attended, CancellationToken ct)
    {
        // Of who was erased there is nothing to record.
        if (!(await names.Known([attended.Person], ct)).ContainsKey(attended.Person)) return;
        var trainer = attended.Trainer is { } person && person != attended.Person ? await company.Near(attended.Firm, [person], ct) : [];
        var content = new Content(
            attended.Kind, attended.Title, "", attended.StartedAt, Math.Min(attended.Minutes, Rules.MaxMinutes), [.. trainer],
            [.. attended.SkillUris.Take(Rules.MaxSkills)], LearningPart.KnowledgeAcquisition, new ValueList<string>([]));
        await entries.Execute(
            AttendedSession.RecordOf(attended.Session, attended.Person), new RecordAttendance(attended.Person, attended.Firm, content, attended.ToldAt),
            new(CommandMetadata.System("attended-session")), ct);
    }
}
