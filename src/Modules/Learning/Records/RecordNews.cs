using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Learning.Records;

/// <summary>Tells whom a record names, and its owner what they say. A notice names the person only: what the record says is read there, by who may.</summary>
internal sealed class RecordNews(INotices notices, Streams<Entry, EntryEvent> entries, TimeProvider clock) : News<EntryEvent>(notices, clock)
{
    public override string Name => "notices/learning-records";

    public override string Module => LearningModule.Name;

    public static void Declare(IServiceCollection services)
    {
        Kind("learning-named", NoticeMail.Digest);
        Kind("learning-confirmed", NoticeMail.Digest);
        Kind("learning-disputed", NoticeMail.AtOnce);
        Kind("learning-endorsed", NoticeMail.Digest);
        services.AddNews<RecordNews>();

        void Kind(string name, NoticeMail mail) => services.AddNoticeKind(new(name, "learning", typeof(NoticeTexts), mail));
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<EntryEvent> recorded, CancellationToken ct)
    {
        // As it is now: what became private meanwhile, nobody else is told of.
        if ((await entries.Load(recorded.Stream, ct)).State is not Entry.Kept record || record.Visibility == Visibility.Private) return [];
        return recorded.Fact switch
        {
            LearningRecordRecorded e => Named(record, recorded, e.With.Select(c => c.Person)),
            LearningRecordCorrected or LearningRecordVisibilityChanged => Named(record, recorded, await NewlyAsked(record, recorded, ct)),
            LearningRecordConfirmed e => Said("learning-confirmed", record, recorded, e.By),
            LearningRecordDisputed e => Said("learning-disputed", record, recorded, e.By),
            LearningRecordEndorsed e => Said("learning-endorsed", record, recorded, e.By),
            _ => [],
        };
    }

    /// <summary>Whom the record names now and did not before; all of them when it was private until then.</summary>
    private async Task<IEnumerable<Id<Person>>> NewlyAsked(Entry.Kept record, Recorded<EntryEvent> recorded, CancellationToken ct)
    {
        var before = (await entries.Load(recorded.Stream, new AsOf.Version(recorded.Version - 1), ct)).State as Entry.Kept;
        var known = before is null or { Visibility: Visibility.Private } ? [] : before.Content.With.Select(c => c.Person);
        return record.Content.With.Select(c => c.Person).Except(known).Where(p => record.StandingVoiceOf(p) is null);
    }

    private static IReadOnlyList<Notice> Named(Entry.Kept record, Recorded<EntryEvent> recorded, IEnumerable<Id<Person>> people) => ToAll(
        people.Where(p => record.CompanionOf(p) is not null), record.Person,
        p => new(p, "learning-named", recorded.Id, Page(recorded), record.Person));

    private static IReadOnlyList<Notice> Said(string kind, Entry.Kept record, Recorded<EntryEvent> recorded, Id<Person> by) =>
        by == record.Person ? [] : [new(record.Person, kind, recorded.Id, Page(recorded), by)];

    private static string Page(Recorded<EntryEvent> recorded) => $"/learning/records/{recorded.Stream}";
}
