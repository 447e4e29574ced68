using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Resources;
using ClusterNet.Design;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Clusters.People;

/// <summary>Positions as forms offer them, the most common first.</summary>
internal static class PositionChoices
{
    public static IReadOnlyList<Choice> Of(IStringLocalizer<Texts> text) =>
    [
        .. Enum.GetValues<Position>().Reverse().Select(p => new Choice(p.ToString(), text[$"Position-{p}"], text[$"Position-{p}-Hint"])),
    ];

    /// <summary>Null when nothing, or something else, was chosen.</summary>
    public static Position? Read(string? sent) => Enum.GetValues<Position>().Cast<Position?>().FirstOrDefault(p => p.ToString() == sent);
}
