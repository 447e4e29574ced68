using System.Collections.Immutable;

namespace ClusterNet.EventStore;

/// <summary>The folded state of a stream: where it begins and how each fact changes it. <c>Evolve</c> never refuses and never reads a clock.</summary>
public interface IState<TState, in TEvent>
    where TState : IState<TState, TEvent>
{
    static abstract TState Initial { get; }

    static abstract TState Evolve(TState state, TEvent fact);
}

/// <summary>A command as a pure decision: state in, facts or one refusal out.</summary>
public interface ICommand<in TState, TEvent>
{
    Decision<TEvent> Decide(TState state);
}

/// <summary>A business "no". The code is API and never reworded; the text says what to do next.</summary>
/// <param name="Code">Kebab-case, stable; the problem's type is <c>urn:clusternet:problem:{code}</c> (RFC 9457 section 3.1.1).</param>
/// <param name="Status">409 when the state forbids it, 422 when the request can never succeed, 404 and 403 for what the caller may not see or do.</param>
public sealed record Refusal(string Code, string Text, int Status = 409)
{
    /// <summary>Facts that help the caller to go on, such as near matches or the other booking; members of the problem.</summary>
    public ImmutableDictionary<string, object?> Details { get; init; } = ImmutableDictionary<string, object?>.Empty;

    public Refusal With(string name, object? value) => this with { Details = Details.SetItem(name, value) };

    public bool Equals(Refusal? other) => other is not null && Code == other.Code && Status == other.Status;

    public override int GetHashCode() => HashCode.Combine(Code, Status);
}

/// <summary>What a command decided: facts in order (none for a retry), or one refusal.</summary>
public readonly record struct Decision<TEvent>
{
    private readonly ImmutableArray<TEvent> _facts;

    private Decision(ImmutableArray<TEvent> facts, Refusal? refusal) => (_facts, Refusal) = (facts, refusal);

    /// <summary>Nothing to add: what is asked holds already.</summary>
    public static Decision<TEvent> Nothing => new([], null);

    public ImmutableArray<TEvent> Facts => _facts.IsDefault ? [] : _facts;

    public Refusal? Refusal { get; }

    public static Decision<TEvent> Of(params ReadOnlySpan<TEvent> facts) => new([.. facts], null);

    public static implicit operator Decision<TEvent>(TEvent fact) => new([fact], null);

    public static implicit operator Decision<TEvent>(Refusal refusal) => new([], refusal);
}
