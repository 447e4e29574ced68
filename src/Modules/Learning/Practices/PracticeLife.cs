using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Learning.Flags;
using ClusterNet.Privacy;

namespace ClusterNet.Learning.Practices;

/// <summary>What one site found out, with every version of its description.</summary>
internal abstract record PracticeLife : IState<PracticeLife, PracticeEvent>
{
    public sealed record Absent : PracticeLife;

    /// <param name="From">The practice that it is an adaptation of; null for none.</param>
    /// <param name="Reason">Why it was withdrawn; empty until then.</param>
    public sealed record Kept(
        Id<Firm> Firm, Id<Person> Author, Id<Practice>? From, ValueList<PracticeVersion> Versions, PracticeStatus Status, Personal<string> Reason, DateTimeOffset DescribedAt)
        : PracticeLife
    {
        /// <summary>A coordinator has hidden it.</summary>
        public bool Hidden { get; init; }

        /// <summary>Of those who find that it should be looked at; empty once it was.</summary>
        public ValueList<PostFlag> Flags { get; init; } = [];

        public Flaggable Flaggable => new(Status != PracticeStatus.Draft, false, Hidden, Flags, PracticeRules.Hidden);

        public PracticeVersion Now => Versions[^1];

        /// <summary>The newest version whose words still exist: what was written by somebody erased gives way to what stood there before.</summary>
        public PracticeVersion Readable => Versions.LastOrDefault(v => v.Said.How.IsKnown) ?? Now;
    }

    public static PracticeLife Initial { get; } = new Absent();

    public static PracticeLife Evolve(PracticeLife state, PracticeEvent fact) => (state, fact) switch
    {
        (_, PracticeDescribed e) => new Kept(
            e.Firm, e.Author, e.From, [new(1, Description.Of(e), "", e.Author, e.Draft, e.At)], e.Draft ? PracticeStatus.Draft : PracticeStatus.Published, "", e.At),
        (Kept k, PracticeCorrected e) => k with
        {
            Versions = [.. k.Versions, new(k.Versions.Count + 1, Description.Of(e), e.Note, e.By, k.Status == PracticeStatus.Draft, e.At)],
        },
        // What is published is its last version; those before were a draft.
        (Kept k, PracticePublished) => k with
        {
            Status = PracticeStatus.Published,
            Versions = [.. k.Versions.Select(v => v == k.Now ? v with { Draft = false } : v)],
        },
        (Kept k, PracticeWithdrawn e) => k with { Status = PracticeStatus.Withdrawn, Reason = e.Reason },
        (Kept k, PracticeFlagged e) => k with { Flags = [.. k.Flags, new(e.By, e.Reason, e.At)] },
        (Kept k, PracticeModerated e) => k with { Hidden = Flaggable.HiddenAfter(e.Step, k.Hidden), Flags = [] },
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

/// <summary>What a practice says.</summary>
internal sealed record Description(
    Personal<string> Title, Personal<string> Problem, Personal<string> How, Personal<string> Needs, Personal<string> Gave, ValueList<string> SkillUris, UseLevel Level,
    Visibility Visibility)
{
    public static Description Of(PracticeDescribed e) => new(e.Title, e.Problem, e.How, e.Needs, e.Gave, e.SkillUris, e.Level, e.Visibility);

    public static Description Of(PracticeCorrected e) => new(e.Title, e.Problem, e.How, e.Needs, e.Gave, e.SkillUris, e.Level, e.Visibility);
}

/// <param name="Number">From 1.</param>
/// <param name="Note">What was changed; may be empty.</param>
/// <param name="Draft">Nobody but its author could read it.</param>
internal sealed record PracticeVersion(int Number, Description Said, Personal<string> Note, Id<Person> By, bool Draft, DateTimeOffset At);
