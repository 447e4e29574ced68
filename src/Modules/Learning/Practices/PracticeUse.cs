using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;

namespace ClusterNet.Learning.Practices;

/// <summary>What one firm makes of one practice: a stream of its own, so that any number of firms can adopt it at once and each has one use only.</summary>
/// <param name="Told">The newest last; empty for no use.</param>
internal sealed record PracticeUse(ValueList<PracticeUseTold> Told) : IState<PracticeUse, PracticeUseEvent>
{
    public static PracticeUse Initial { get; } = new((ValueList<PracticeUseTold>)[]);

    public static Guid IdOf(Id<Practice> practice, Id<Firm> firm) => NamedGuid.Of("practice-use", practice.ToString(), firm.ToString());

    public static PracticeUse Evolve(PracticeUse state, PracticeUseEvent fact) => fact is PracticeUseTold e ? new([.. state.Told, e]) : state;
}
