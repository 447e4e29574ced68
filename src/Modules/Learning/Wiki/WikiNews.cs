using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Discussions;
using ClusterNet.Learning.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Learning.Wiki;

/// <summary>
/// Tells followers of a community of new pages, followers of a page of new versions, people that they are named, facilitators what waits or is flagged, and authors what
/// became of it. A notice names people and the community only; what was written is read there, by who may.
/// </summary>
internal sealed class WikiNews(
    INotices notices, Streams<WikiLife, WikiEvent> pages, CommunityReads reads, CommunityDesk desk, Followers followers, TimeProvider clock) : News<WikiEvent>(notices, clock)
{
    public override string Name => "notices/wikis";

    public override string Module => LearningModule.Name;

    public static void Declare(IServiceCollection services)
    {
        foreach (var (name, mail) in new[]
        {
            ("wiki-written", NoticeMail.Digest), ("wiki-revised", NoticeMail.Digest), ("wiki-mentioned", NoticeMail.AtOnce), ("wiki-to-review", NoticeMail.Digest),
            ("wiki-published", NoticeMail.Digest), ("wiki-flagged", NoticeMail.AtOnce), ("wiki-moderated", NoticeMail.AtOnce),
        }) services.AddNoticeKind(new(name, "learning", typeof(CommunityTexts), mail));
        services.AddNews<WikiNews>();
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<WikiEvent> recorded, CancellationToken ct)
    {
        // As it is now: of what was hidden or sent back meanwhile nobody is told.
        if ((await pages.Load(recorded.Stream, ct)).State is not WikiLife.Kept page || await reads.Find(page.Community, ct) is not { } community) return [];
        var facilitators = community.Facilitators.Select(f => new Id<Person>(f));
        return recorded.Fact switch
        {
            WikiPageWritten => await Came(page.Versions[0]),
            WikiPageRevised e => await Came(page.Versions.First(v => v.By == e.Author && v.At == e.At)),
            WikiPagePublished e => [.. To([page.Versions[e.Number - 1].By], e.By, "wiki-published"), .. await Came(page.Versions[e.Number - 1])],
            WikiPageFlagged => To(facilitators, null, "wiki-flagged"),
            // What is hidden, only who began it still sees.
            WikiPageModerated { Step: not Moderation.Keep } e => To(page.Versions.Take(page.Hidden ? 1 : page.Versions.Count).Select(v => v.By), e.By, "wiki-moderated"),
            _ => [],
        };

        // To facilitators while it waits for them, else to whom it concerns, once for each version.
        async Task<IReadOnlyList<Notice>> Came(WikiVersion version)
        {
            if (version.Status == PostStatus.InReview) return To(facilitators, version.By, "wiki-to-review");
            if (version.Status != PostStatus.Shown || page.Hidden) return [];
            var before = page.Versions.Where(v => v.Number < version.Number && v.Status == PostStatus.Shown).ToList();
            var named = await desk.Readers(community.Cluster, [.. version.Mentions.Except(before.SelectMany(v => v.Mentions))], ct);
            var (target, byNature) = before.Count == 0
                ? (community.Id.Value, (await desk.Members(community.Id, ct)).Select(m => m.Person))
                : (recorded.Stream, FollowPageEndpoint.ByNature(page));
            var following = await desk.Readers(community.Cluster, [.. (await followers.Of(target, byNature, ct)).Except(named)], ct);
            var cause = NamedGuid.Of("wiki-version", recorded.Stream.ToString(), $"{version.Number}");
            return [.. To(named, version.By, "wiki-mentioned", cause), .. To(following, version.By, before.Count == 0 ? "wiki-written" : "wiki-revised", cause)];
        }

        IReadOnlyList<Notice> To(IEnumerable<Id<Person>> people, Id<Person>? by, string kind, Guid? cause = null) => ToAll(
            people, by, p => new(p, kind, cause ?? recorded.Id, $"/communities/{community.Id}/wiki/{recorded.Stream}", by, community.Name));
    }
}
