using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Design.Markdown;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Learning.Flags;
using ClusterNet.Privacy;

namespace ClusterNet.Learning.Wiki;

/// <summary>A page that a community keeps together, with every version of it.</summary>
internal abstract record WikiLife : IState<WikiLife, WikiEvent>
{
    public sealed record Absent : WikiLife;

    /// <param name="Hidden">A facilitator has hidden it.</param>
    /// <param name="Flags">Of those who find that it should be looked at; empty once it was.</param>
    public sealed record Kept(Id<Community> Community, WikiKind Kind, ValueList<WikiVersion> Versions, bool Hidden, ValueList<PostFlag> Flags) : WikiLife
    {
        /// <summary>What readers see: the newest version that is shown and whose author's words still exist; null while none was let through.</summary>
        public WikiVersion? Current => Versions.LastOrDefault(v => v.Status == PostStatus.Shown && v.Text.IsKnown) ?? Versions.LastOrDefault(v => v.Status == PostStatus.Shown);

        /// <summary>The newest version that waits for a facilitator.</summary>
        public WikiVersion? Waiting => Versions[^1] is { Status: PostStatus.InReview } last ? last : null;

        public Flaggable Flaggable => new(Current is not null, Waiting is not null, Hidden, Flags, DiscussionRules.NotShown);
    }

    public static WikiLife Initial { get; } = new Absent();

    public static WikiLife Evolve(WikiLife state, WikiEvent fact) => (state, fact) switch
    {
        (_, WikiPageWritten e) => new Kept(e.Community, e.Kind, [new(1, e.Title, e.Text, "", e.Author, e.Status, e.At)], false, []),
        (Kept k, WikiPageRevised e) => k with { Versions = [.. k.Versions, new(k.Versions.Count + 1, e.Title, e.Text, e.Note, e.Author, e.Status, e.At)] },
        (Kept k, WikiPagePublished e) => k with { Versions = [.. k.Versions.Select(v => v.Number == e.Number ? v with { Status = PostStatus.Shown } : v)] },
        (Kept k, WikiPageFlagged e) => k with { Flags = [.. k.Flags, new(e.By, e.Reason, e.At)] },
        (Kept k, WikiPageModerated { Step: Moderation.Return }) => k with
        {
            Versions = [.. k.Versions.Select(v => v.Status == PostStatus.InReview ? v with { Status = PostStatus.Draft } : v)],
        },
        (Kept k, WikiPageModerated e) => k with { Hidden = Flaggable.HiddenAfter(e.Step, k.Hidden), Flags = [] },
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

/// <param name="Number">From 1.</param>
/// <param name="Note">What its author changed; may be empty.</param>
internal sealed record WikiVersion(
    int Number, Personal<string> Title, Personal<string> Text, Personal<string> Note, Id<Person> By, PostStatus Status, DateTimeOffset At)
{
    /// <summary>Whom the text names; nobody once its author's words are erased.</summary>
    public IReadOnlyList<Id<Person>> Mentions =>
        [.. UserText.Names(Text.Or("")).Select(name => Id<Person>.TryParse(name, null, out var id) ? id : (Id<Person>?)null).OfType<Id<Person>>()];
}
