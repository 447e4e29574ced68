using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Learning.Wiki;

/// <summary>A page that the reader may see.</summary>
internal sealed record SeenPage(Id<WikiPage> Id, SeenCommunity Community, WikiLife.Kept State, long Version)
{
    /// <summary>What the reader reads first: what everybody sees; before that is there, what waits.</summary>
    public WikiVersion Shown => State.Current ?? State.Versions.Last(MayRead);

    /// <summary>What the reader goes on writing: the newest version that the reader may see.</summary>
    public WikiVersion Latest => State.Versions.Last(MayRead);

    public bool MayRead(WikiVersion version) => version.Status == PostStatus.Shown || Community.Facilitates || version.By == Community.Reader;

    public IEnumerable<WikiVersion> Versions => State.Versions.Where(MayRead);
}

/// <summary>Reads and writes pages, for those who may: who sees the community reads, members write, facilitators see what waits and what is hidden.</summary>
internal sealed class WikiDesk(
    Database database, CommunityDesk communities, CommunityCommands also, Streams<WikiLife, WikiEvent> pages, IPeopleNames names, Commands commands, TimeProvider clock)
{
    public const int MaxText = 40_000, MaxNote = 200;

    public static readonly Refusal Unknown = new("wiki-page-unknown", "There is no such page for you. Look at the pages of a community with GET /api/v1/learning/communities/{id}/pages.", 404);

    public DateTimeOffset Now => clock.GetUtcNow();

    public Id<WikiPage> NewId() => Id<WikiPage>.New(clock);

    public static string Address(Id<WikiPage> id) => $"/api/v1/learning/pages/{id}";

    public async Task<SeenPage?> Find(Id<WikiPage> id, Caller caller, CancellationToken ct)
    {
        var loaded = await pages.Load(id.Value, ct);
        if (loaded.State is not WikiLife.Kept kept || await communities.Find(kept.Community, caller, ct) is not { } community) return null;
        var seen = new SeenPage(id, community, kept, loaded.Version);
        return kept.Versions.Any(seen.MayRead) && (!kept.Hidden || community.Facilitates || kept.Versions[0].By == caller.Person) ? seen : null;
    }

    /// <summary>The page, for a member who wants to change something in it.</summary>
    public async Task<(SeenPage? Seen, Refusal? Refusal)> ForMember(Id<WikiPage> id, Caller caller, CancellationToken ct) =>
        await Find(id, caller, ct) is not { } seen ? (null, Unknown) : seen.Community.IsMember ? (seen, null) : (null, CommunityRules.NotMember);

    public Task<IResult> Run(Id<Community> community, Id<WikiPage> id, ICommand<WikiLife, WikiEvent> command, CancellationToken ct, Func<long, Answer>? answer = null) =>
        commands.Run(pages, id.Value, command, answer ?? Reply.Changed(Address(id), id), ct, also: _ => also.Prepare(community, new StillOpen(), ct));

    /// <summary>What those are called who wrote versions, and those whom they name.</summary>
    public Task<PeopleInText> PeopleIn(IReadOnlyCollection<WikiVersion> versions, Caller caller, CancellationToken ct) =>
        PeopleInText.Of(names, [.. versions.Select(v => v.By).Distinct()], versions.SelectMany(v => v.Mentions), caller, ct);

    /// <summary>Pages of a community, by title.</summary>
    public async Task<IReadOnlyList<WikiPageRow>> Of(SeenCommunity community, CancellationToken ct) => [.. (await database.Query(
        LearningModule.Name,
        Statement.Of(
            WikiPageRows.Table.Select("where community = $1 and (status = 'shown' or $3 or status = 'in-review' and author = $2)"),
            community.Row.Id.Value, community.Reader.Value, community.Facilitates),
        WikiPageRows.Table.Read, ct)).OrderBy(p => p.Title.Or(""), StringComparer.CurrentCulture).ThenBy(p => p.Id)];
}
