using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Discussions;

internal abstract record HelpfulMarkEvent;

/// <param name="Author">Who wrote the post.</param>
[StoredAs("helpful_mark_given")]
internal sealed record HelpfulMarkGiven(Id<Community> Community, Id<Discussion> Discussion, Guid Post, Id<Person> Author, Id<Person> By, DateTimeOffset At) : HelpfulMarkEvent;

[StoredAs("helpful_mark_withdrawn")]
internal sealed record HelpfulMarkWithdrawn(Id<Person> By, DateTimeOffset At) : HelpfulMarkEvent;

/// <summary>That one person found one post helpful: a stream of its own, so that each counts once however often it is sent.</summary>
/// <param name="Changes">How often the person has changed their mind.</param>
internal sealed record HelpfulMark(bool Helpful, int Changes) : IState<HelpfulMark, HelpfulMarkEvent>
{
    public static HelpfulMark Initial { get; } = new(false, 0);

    public static Guid IdOf(Guid post, Id<Person> by) => NamedGuid.Of("helpful-mark", post.ToString(), by.ToString());

    public static HelpfulMark Evolve(HelpfulMark state, HelpfulMarkEvent fact) => new(fact is HelpfulMarkGiven, state.Changes + 1);
}

internal sealed record HelpfulMarkRow(
    Guid Id, Id<Community> Community, Id<Discussion> Discussion, Guid Post, Id<Person> Author, Id<Person> By, bool Helpful, long Version);

/// <summary>Who finds what helpful now.</summary>
internal sealed class HelpfulMarks() : InlineProjection<HelpfulMarkEvent, HelpfulMarkRow>(LearningModule.Name, Table)
{
    public static readonly Table<HelpfulMarkRow> Table = new(LearningModule.Name, "helpful_marks", nameof(HelpfulMarkRow.Id))
    {
        Indexes = ["(discussion) where helpful", "(community, author) where helpful"],
    };

    protected override HelpfulMarkRow? Apply(HelpfulMarkRow? row, Recorded<HelpfulMarkEvent> recorded) => recorded.Fact switch
    {
        HelpfulMarkGiven e => new(recorded.Stream, e.Community, e.Discussion, e.Post, e.Author, e.By, true, recorded.Version),
        HelpfulMarkWithdrawn when row is not null => row with { Helpful = false, Version = recorded.Version },
        _ => row,
    };
}
