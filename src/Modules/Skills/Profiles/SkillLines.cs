using System.Globalization;
using ClusterNet.Design;
using ClusterNet.Skills.Browsing;
using ClusterNet.Skills.Scale;

namespace ClusterNet.Skills.Profiles;

/// <summary>Skills and levels as forms send them.</summary>
internal sealed class SkillLines(CatalogueReader catalogue)
{
    /// <summary>The steps that can be required, in the reader's language.</summary>
    public static IReadOnlyList<Choice> Levels =>
    [
        .. SkillScale.Steps.Where(s => SkillScale.IsLevel(s.Level)).Select(s => new Choice(
            s.Level.ToString(CultureInfo.InvariantCulture), $"{s.Level} · {SkillScale.Name(s.Level, CultureInfo.CurrentUICulture)}",
            SkillScale.Descriptor(s.Level, CultureInfo.CurrentUICulture))),
    ];

    public static int LevelOf(string? sent) => int.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var level) ? level : SkillScale.Usual;

    /// <summary>The concept that somebody picked; null when nothing was chosen.</summary>
    public async Task<string?> UriOf(Picked? picked, CancellationToken ct) => Guid.TryParse(picked?.Id, out var id) ? await catalogue.UriOf(id, ct) : null;
}
