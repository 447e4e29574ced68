using Microsoft.AspNetCore.Http;

namespace ClusterNet.Design;

/// <summary>One of <see cref="Chips"/>.</summary>
/// <param name="Value">What the form sends where it is taken; that it was offered it sends in any case.</param>
/// <param name="Hint">Why it is offered, or what it is.</param>
public sealed record Chip(string Value, string Text, string? Hint, bool Taken)
{
    /// <summary>What was taken of the chips of a name, and what was left.</summary>
    public static (IReadOnlyList<string> Taken, IReadOnlyList<string> Left) Sent(IFormCollection form, string name)
    {
        IReadOnlyList<string> taken = [.. form[name].OfType<string>().Distinct()];
        return (taken, [.. form[$"{name}.offered"].OfType<string>().Except(taken)]);
    }
}
