using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Skills.Contracts;

/// <summary>Levels of people's skills, for modules above.</summary>
public interface ISkillLevels
{
    /// <summary>What the caller may see: one's own; of others what is claimed and evidenced as their profile is shown, and what was rated to managers of the firm.</summary>
    Task<IReadOnlyList<SkillLevel>> SeenBy(Caller caller, IReadOnlyCollection<Id<Person>> persons, CancellationToken ct);

    /// <summary>Who has a level in one of the skills, by whatever source. It is for nobody's eyes: what of it a caller may see, <see cref="SeenBy"/> says.</summary>
    Task<IReadOnlyList<Id<Person>>> Holders(IReadOnlyCollection<string> skillUris, CancellationToken ct);
}

/// <summary>A level by one source.</summary>
/// <param name="Source">claimed, rated or evidenced; they are never mixed.</param>
/// <param name="Level">As it was said, 0 to 5.</param>
/// <param name="Counts">As it counts now: a stale one counts a step lower.</param>
/// <param name="Audit">The audit that it comes from; null for none.</param>
public sealed record SkillLevel(
    Id<Person> Person, string SkillUri, string Source, int Level, int Counts, bool Stale, DateTimeOffset At, Id<Audit>? Audit)
{
    /// <summary>The skill under which it was said, where another one stands in its place now; null where it is the same.</summary>
    public string? WasUri { get; init; }
}
