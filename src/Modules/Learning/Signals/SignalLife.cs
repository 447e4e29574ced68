using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Discussions;
using ClusterNet.Learning.Flags;
using ClusterNet.Privacy;

namespace ClusterNet.Learning.Signals;

/// <summary>A small piece of outside knowledge with what it means for the firm, and every version of it.</summary>
internal abstract record SignalLife : IState<SignalLife, SignalEvent>
{
    public sealed record Absent : SignalLife;

    /// <param name="Reason">Why it was withdrawn; may be empty.</param>
    /// <param name="Talks">Discussions that were opened about it.</param>
    public sealed record Kept(
        Id<Firm> Firm, Id<Person> Author, ValueList<SignalVersion> Versions, bool Withdrawn, Personal<string> Reason, ValueList<SignalTalkedAbout> Talks) : SignalLife
    {
        /// <summary>A coordinator has hidden it.</summary>
        public bool Hidden { get; init; }

        /// <summary>Of those who find that it should be looked at; empty once it was.</summary>
        public ValueList<PostFlag> Flags { get; init; } = [];

        public Flaggable Flaggable => new(!Withdrawn, false, Hidden, Flags, SignalRules.Hidden);

        public SignalVersion Now => Versions[^1];
    }

    public static SignalLife Initial { get; } = new Absent();

    public static SignalLife Evolve(SignalLife state, SignalEvent fact) => (state, fact) switch
    {
        (_, SignalShared e) => new Kept(e.Firm, e.Author, [new(1, Noticed.Of(e), e.At)], false, "", []),
        (Kept k, SignalCorrected e) => k with { Versions = [.. k.Versions, new(k.Versions.Count + 1, Noticed.Of(e), e.At)] },
        (Kept k, SignalWithdrawn e) => k with { Withdrawn = true, Reason = e.Reason },
        (Kept k, SignalFlagged e) => k with { Flags = [.. k.Flags, new(e.By, e.Reason, e.At)] },
        (Kept k, SignalModerated e) => k with { Hidden = Flaggable.HiddenAfter(e.Step, k.Hidden), Flags = [] },
        (Kept k, SignalTalkedAbout e) => k with { Talks = [.. k.Talks, e] },
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

/// <summary>What a signal says.</summary>
/// <param name="Link">Empty for none.</param>
internal sealed record Noticed(Personal<string> What, Personal<string> Link, Personal<string> SoWhat, ValueList<string> Tags, Visibility Visibility)
{
    public static Noticed Of(SignalShared e) => new(e.What, e.Link, e.SoWhat, e.Tags, e.Visibility);

    public static Noticed Of(SignalCorrected e) => new(e.What, e.Link, e.SoWhat, e.Tags, e.Visibility);
}

/// <param name="Number">From 1.</param>
internal sealed record SignalVersion(int Number, Noticed Said, DateTimeOffset At);
