using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Discussions;
using ClusterNet.Learning.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Learning.Library;

/// <summary>
/// Tells followers of a community what is new in its library, who made an item of new versions of it, facilitators what waits or is flagged, and authors what became of it.
/// A notice names people and the community only; what it is about is read there, by who may.
/// </summary>
internal sealed class LibraryNews(
    INotices notices, Streams<LibraryLife, LibraryEvent> items, CommunityReads reads, CommunityDesk desk, Followers followers, TimeProvider clock) : News<LibraryEvent>(notices, clock)
{
    public override string Name => "notices/libraries";

    public override string Module => LearningModule.Name;

    public static void Declare(IServiceCollection services)
    {
        foreach (var (name, mail) in new[]
        {
            ("library-added", NoticeMail.Digest), ("library-renewed", NoticeMail.Digest), ("library-to-review", NoticeMail.Digest), ("library-flagged", NoticeMail.AtOnce),
            ("library-moderated", NoticeMail.AtOnce),
        }) services.AddNoticeKind(new(name, "learning", typeof(CommunityTexts), mail));
        services.AddNews<LibraryNews>();
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<LibraryEvent> recorded, CancellationToken ct)
    {
        // As it is now: of what was taken back or hidden meanwhile nobody is told.
        if ((await items.Load(recorded.Stream, ct)).State is not LibraryLife.Kept item || await reads.Find(item.Community, ct) is not { } community) return [];
        Id<Person>[] facilitators = [.. community.Facilitators.Select(f => new Id<Person>(f))];
        return recorded.Fact switch
        {
            LibraryItemAdded => await Came(1),
            LibraryItemRevised or LibraryItemRenewed => await Came(await Number()),
            LibraryItemPublished e => await Came(e.Number),
            LibraryItemFlagged => To(await Readers(facilitators), null, "library-flagged"),
            LibraryItemModerated { Step: not Moderation.Keep } e => To(await Readers([item.AddedBy]), e.By, "library-moderated"),
            LibraryItemCorrected e => To(await Readers([item.AddedBy]), e.By, "library-moderated"),
            _ => [],
        };

        // The version that the event made was the last one then.
        async Task<int> Number() => (await items.Load(recorded.Stream, new AsOf.Version(recorded.Version), ct)).State is LibraryLife.Kept then ? then.Versions.Count : 0;

        async Task<IReadOnlyList<Notice>> Came(int number)
        {
            if (item.Find(number) is not { } version) return [];
            if (version.Status == PostStatus.InReview) return To(await Readers(facilitators), version.By, "library-to-review");
            if (version.Status != PostStatus.Shown || item.Hidden) return [];
            var first = item.Versions.Where(v => v.Status == PostStatus.Shown).Min(v => v.Number) == number;
            IReadOnlyList<Id<Person>> told = first
                ? await followers.Of(community.Id.Value, (await desk.Members(community.Id, ct)).Select(m => m.Person), ct)
                : [item.AddedBy, .. item.Versions.Where(v => v.Status == PostStatus.Shown).Select(v => v.By)];
            return To(await Readers(told), version.By, first ? "library-added" : "library-renewed", NamedGuid.Of("library-version", recorded.Stream.ToString(), $"{number}"));
        }

        // Who has left the cluster may hold the office still.
        Task<IReadOnlySet<Id<Person>>> Readers(IReadOnlyCollection<Id<Person>> people) => desk.Readers(community.Cluster, people, ct);

        IReadOnlyList<Notice> To(IEnumerable<Id<Person>> people, Id<Person>? by, string kind, Guid? cause = null) => ToAll(
            people, by, p => new(p, kind, cause ?? recorded.Id, $"/communities/{community.Id}/library/{recorded.Stream}", by, community.Name));
    }
}
