using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;

namespace ClusterNet.Learning.Signals;

/// <summary>What one person says of one signal: a stream of its own, so that each has one view and one mark, however often they are sent.</summary>
/// <param name="View">What it means for the person's firm; null for none.</param>
/// <param name="Changes">How often the mark was changed.</param>
internal sealed record SignalVoice(SignalViewTold? View, bool Helpful, int Changes) : IState<SignalVoice, SignalVoiceEvent>
{
    public static SignalVoice Initial { get; } = new(null, false, 0);

    public static Guid IdOf(Id<Signal> signal, Id<Person> by) => NamedGuid.Of("signal-voice", signal.ToString(), by.ToString());

    public static SignalVoice Evolve(SignalVoice state, SignalVoiceEvent fact) => fact switch
    {
        SignalViewTold e => state with { View = e },
        SignalViewTakenBack => state with { View = null },
        SignalMarked e => state with { Helpful = e.Helpful, Changes = state.Changes + 1 },
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}
