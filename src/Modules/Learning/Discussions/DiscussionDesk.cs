using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Learning.Discussions;

/// <summary>A discussion that the reader may see.</summary>
internal sealed record SeenDiscussion(Id<Discussion> Id, SeenCommunity Community, Thread.Open State, long Version)
{
    public bool MayRead(Post post) => post.IsFor(Community.Reader, Community.Facilitates);

    /// <summary>A post that is there for the reader, if only as one that was hidden or withdrawn.</summary>
    public Post? Find(Guid post) => State.Find(post) is { } found && IsThere(found) ? found : null;

    public bool IsThere(Post post) => MayRead(post) || post.Status is PostStatus.Hidden or PostStatus.Withdrawn;

    public bool IsAsker => State.First.Author == Community.Reader;
}

/// <summary>Reads and writes in discussions, for those who may: who sees the community reads, members write.</summary>
internal sealed class DiscussionDesk(
    CommunityDesk communities, CommunityCommands open, Streams<Thread, DiscussionEvent> threads, IFirmDirectory directory, IPeopleNames names, Commands commands, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public Id<T> NewId<T>() => Id<T>.New(clock);

    /// <summary>The discussion; null when it is unknown, none of the caller's business, or not shown yet.</summary>
    public async Task<SeenDiscussion?> Find(Id<Discussion> id, Caller caller, CancellationToken ct)
    {
        var loaded = await threads.Load(id.Value, ct);
        if (loaded.State is not Thread.Open open || await communities.Find(open.Community, caller, ct) is not { } community) return null;
        var seen = new SeenDiscussion(id, community, open, loaded.Version);
        return seen.IsThere(open.First) ? seen : null;
    }

    /// <summary>The discussion, for a member who wants to change something in it.</summary>
    public async Task<(SeenDiscussion? Seen, Refusal? Refusal)> ForMember(Id<Discussion> id, Caller caller, CancellationToken ct) =>
        await Find(id, caller, ct) is not { } seen ? (null, DiscussionRules.Unknown)
        : seen.Community.IsMember ? (seen, null) : (null, CommunityRules.NotMember);

    /// <summary>The same for one post of it.</summary>
    public async Task<(SeenDiscussion? Seen, Refusal? Refusal)> ForMember(Id<Discussion> id, Guid post, Caller caller, CancellationToken ct)
    {
        var (seen, refusal) = await ForMember(id, caller, ct);
        return seen is not null && seen.Find(post) is null ? (null, DiscussionRules.PostUnknown) : (seen, refusal);
    }

    /// <summary>Carries a command out, as long as the community is open.</summary>
    /// <param name="also">What else happens with it, in a stream of another kind.</param>
    public Task<IResult> Run(
        Id<Community> community, Id<Discussion> id, ICommand<Thread, DiscussionEvent> command, CancellationToken ct, Func<long, Answer>? answer = null, Func<Task<Prepared>>? also = null) =>
        commands.Run(
            threads, id.Value, command, answer ?? Reply.Changed(Address(id), id), ct,
            also: async _ => [.. await open.Prepare(community, new StillOpen(), ct), .. also is null ? [] : new[] { await also() }]);

    public Task<IResult> Run(SeenDiscussion seen, ICommand<Thread, DiscussionEvent> command, CancellationToken ct, Func<long, Answer>? answer = null) =>
        Run(seen.Community.Row.Id, seen.Id, command, ct, answer);

    /// <summary>Where the caller works now, of several firms the first of the community's cluster.</summary>
    public async Task<Id<Firm>?> FirmOf(Caller caller, SeenCommunity community, CancellationToken ct) => (await communities.PlaceOf(caller, community.Row.Cluster, ct)).Firm;

    /// <summary>Names of those who wrote, for they have spoken to all readers, and of those who are named, as far as each shows themselves to the reader.</summary>
    public async Task<PeopleInText> PeopleIn(IEnumerable<Post> posts, Caller caller, CancellationToken ct)
    {
        var all = posts.ToList();
        var people = await PeopleInText.Of(
            names, [.. all.SelectMany(p => p.Versions.Select(v => v.By).Append(p.Author)).Distinct()], all.SelectMany(p => p.Versions.SelectMany(v => v.Mentions)), caller, ct);
        return people with { Firms = await directory.Cards([.. all.Select(p => p.Firm).OfType<Id<Firm>>().Distinct()], ct) };
    }

    public static string Address(Id<Discussion> id) => $"/api/v1/learning/discussions/{id}";
}

/// <summary>What people in texts are called.</summary>
/// <param name="Names">Of everybody whom the reader may be told of here.</param>
/// <param name="Seen">Of those whose page the reader may open.</param>
internal sealed record PeopleInText(
    IReadOnlyDictionary<Id<Person>, string> Names, IReadOnlyDictionary<Id<Person>, string> Seen, IReadOnlyDictionary<Id<Firm>, FirmCard> Firms)
{
    /// <param name="authors">They have spoken to all readers.</param>
    /// <param name="named">As far as each shows themselves to the reader.</param>
    public static async Task<PeopleInText> Of(
        IPeopleNames names, IReadOnlyCollection<Id<Person>> authors, IEnumerable<Id<Person>> named, Caller reader, CancellationToken ct)
    {
        var seen = await names.SeenBy(reader, [.. authors, .. named], ct);
        return Nobody with { Names = new Dictionary<Id<Person>, string>((await names.Known(authors, ct)).Concat(seen).DistinctBy(n => n.Key)), Seen = seen };
    }

    public static PeopleInText Nobody { get; } = new(new Dictionary<Id<Person>, string>(), new Dictionary<Id<Person>, string>(), new Dictionary<Id<Firm>, FirmCard>());

    /// <summary>What stands for an id in a text; null for who says nothing to the reader.</summary>
    public Design.Markdown.UserText.Named? Of(Guid id) =>
        Names.TryGetValue(new(id), out var name) ? new(name, Seen.ContainsKey(new(id)) ? $"/people/{id}" : null) : null;
}
