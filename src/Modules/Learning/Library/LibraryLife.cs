using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Learning.Flags;
using ClusterNet.Privacy;

namespace ClusterNet.Learning.Library;

/// <summary>A file, a link or a short video that a community keeps, with every version of it and of the words about it.</summary>
internal abstract record LibraryLife : IState<LibraryLife, LibraryEvent>
{
    public sealed record Absent : LibraryLife;

    /// <summary>Taken back by who added it; what lay in the vault is named still, for it to be deleted.</summary>
    public sealed record Withdrawn(ValueList<ItemVersion> Versions) : LibraryLife;

    /// <param name="Hidden">A facilitator has hidden it.</param>
    /// <param name="Flags">Of those who find that it should be looked at; empty once it was.</param>
    public sealed record Kept(Id<Community> Community, LibraryKind Kind, Id<Person> AddedBy, ValueList<ItemVersion> Versions, bool Hidden, ValueList<PostFlag> Flags) : LibraryLife
    {
        /// <summary>What readers see: the newest version that is shown, as far as its authors' words and files still exist; null while none was let through.</summary>
        public ItemVersion? Current =>
            Versions.LastOrDefault(v => v is { Status: PostStatus.Shown, Words.Title.IsKnown: true, Source.Content.IsKnown: true })
            ?? Versions.LastOrDefault(v => v is { Status: PostStatus.Shown, Source.Content.IsKnown: true })
            ?? Versions.LastOrDefault(v => v.Status == PostStatus.Shown);

        /// <summary>The newest version that waits for a facilitator.</summary>
        public ItemVersion? Waiting => Versions.LastOrDefault(v => v.Status == PostStatus.InReview);

        public Flaggable Flaggable => new(Current is not null, Waiting is not null, Hidden, Flags, LibraryRules.NotShown);

        public ItemVersion? Find(int number) => Versions.FirstOrDefault(v => v.Number == number);

        /// <summary>What somebody goes on from: never a version that was let through for nobody else.</summary>
        public ItemVersion BaseFor(Id<Person> person) => Versions.LastOrDefault(v => v.Status == PostStatus.Shown || v.By == person) ?? Versions[^1];

        internal Kept With(int number, Func<ItemVersion, ItemVersion> changed) => this with { Versions = [.. Versions.Select(v => v.Number == number ? changed(v) : v)] };

        internal Kept And(Func<ItemVersion, ItemVersion> next, Id<Person> by) =>
            this with { Versions = [.. Versions, next(BaseFor(by)) with { Number = Versions.Count + 1, By = by, Corrections = [] }] };
    }

    public static LibraryLife Initial { get; } = new Absent();

    public static LibraryLife Evolve(LibraryLife state, LibraryEvent fact) => (state, fact) switch
    {
        (_, LibraryItemAdded e) => new Kept(
            e.Community, e.Kind, e.By,
            [new(1, new(e.Title, e.Text, e.Tags, e.SkillUris, e.By), new(e.Address, e.Content, e.By), "", e.By, e.Status, e.At, [])], false, []),
        (Kept k, LibraryItemRevised e) =>
            k.And(v => v with { Words = new(e.Title, e.Text, e.Tags, e.SkillUris, e.By), Note = e.Note, Status = e.Status, At = e.At }, e.By),
        (Kept k, LibraryItemRenewed e) => k.And(v => v with { Source = new(e.Address, e.Content, e.By), Note = e.Note, Status = e.Status, At = e.At }, e.By),
        (Kept k, LibraryItemPublished e) => k.With(e.Number, v => v with { Status = e.Status }),
        (Kept k, LibraryItemFlagged e) => k with { Flags = [.. k.Flags, new(e.By, e.Reason, e.At)] },
        (Kept k, LibraryItemModerated { Step: Moderation.Return }) => k with
        {
            Versions = [.. k.Versions.Select(v => v.Status == PostStatus.InReview ? v with { Status = PostStatus.Draft } : v)],
        },
        (Kept k, LibraryItemModerated e) => k with { Hidden = Flaggable.HiddenAfter(e.Step, k.Hidden), Flags = [] },
        (Kept k, LibraryItemCorrected e) => k.With(e.Number, v => v with
        {
            Words = new(e.Title, e.Text, e.Tags, v.Words.SkillUris, e.By),
            Corrections = [.. v.Corrections, new(v.Words, e.Reason, e.By, e.At)],
        }),
        (Kept k, LibraryItemWithdrawn) => new Withdrawn(k.Versions),
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

/// <param name="Number">From 1.</param>
/// <param name="Note">Why there is a new version; may be empty.</param>
/// <param name="By">Who made the version; its words or its content may still be of the one before.</param>
internal sealed record ItemVersion(
    int Number, ItemWords Words, ItemSource Source, Personal<string> Note, Id<Person> By, PostStatus Status, DateTimeOffset At, ValueList<Correction> Corrections);

/// <summary>What is said about an item.</summary>
internal sealed record ItemWords(Personal<string> Title, Personal<string> Text, ValueList<string> Tags, ValueList<string> SkillUris, Id<Person> By);

/// <param name="Address">Of the file in the vault; null for a link.</param>
internal sealed record ItemSource(string? Address, Personal<ItemContent> Content, Id<Person> By);

/// <param name="Before">What stood there: its author and the facilitators see it only.</param>
internal sealed record Correction(ItemWords Before, Personal<string> Reason, Id<Person> By, DateTimeOffset At);
