using ClusterNet.EventStore;
using Shouldly;

namespace ClusterNet.Tests;

/// <summary>Given facts, when a command is decided, then exactly these facts or this refusal. Uses production's Initial and Evolve.</summary>
internal static class Spec<TState, TEvent>
    where TState : IState<TState, TEvent>
{
    public static Past Given(params TEvent[] facts) => new(facts.Aggregate(TState.Initial, TState.Evolve));

    internal sealed record Past(TState State)
    {
        public Decided When(ICommand<TState, TEvent> command) => new(command.Decide(State));
    }

    internal sealed record Decided(Decision<TEvent> Decision)
    {
        /// <summary>Exactly these facts, in this order; none for a retry.</summary>
        public void Then(params TEvent[] facts)
        {
            Decision.Refusal.ShouldBeNull();
            Decision.Facts.ShouldBe(facts);
        }

        /// <summary>Refused, and for this reason: an acceptance or another refusal fails.</summary>
        public void ThenRefused(Refusal refusal)
        {
            Decision.Facts.ShouldBeEmpty();
            Decision.Refusal.ShouldNotBeNull().Code.ShouldBe(refusal.Code);
        }
    }
}
