using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Discussions;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Flags;

/// <param name="Step">A <see cref="Moderation"/>, or <c>correct</c>.</param>
internal sealed record ModerationStepRow(Guid Item, long Version, string Step, Personal<string> Reason, Id<Person> By, DateTimeOffset At);

/// <summary>What was done about things of one kind, step by step.</summary>
internal abstract class ModerationSteps<TEvent>(Table<ModerationStepRow> table) : InlineRows<TEvent, ModerationStepRow>(LearningModule.Name, table, "item")
    where TEvent : class
{
    protected override IReadOnlyList<ModerationStepRow> Apply(IReadOnlyList<ModerationStepRow> rows, Recorded<TEvent> recorded) => StepOf(recorded.Fact) is var (step, reason, by, at)
        ? [.. rows, new(recorded.Stream, recorded.Version, step, reason, by, at)]
        : rows;

    /// <returns>Null for what is no step.</returns>
    protected abstract (string Step, Personal<string> Reason, Id<Person> By, DateTimeOffset At)? StepOf(TEvent fact);

    protected static Table<ModerationStepRow> TableOf(string name) => new(LearningModule.Name, name, nameof(ModerationStepRow.Item), nameof(ModerationStepRow.Version));
}
