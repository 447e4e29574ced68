using System.Globalization;
using System.Text.RegularExpressions;
using ClusterNet.Csv;
using ClusterNet.Skills.Catalogue.Finding;

namespace ClusterNet.Skills.Catalogue.Intake;

/// <summary>
/// A first reading of an archive, before anything of it is taken in: what it holds, and why it must not be taken in, so that a damaged or a wrong
/// file leaves nothing half done.
/// </summary>
/// <param name="Source">The name that was given, or what the files say of their version.</param>
/// <param name="Skills">All URIs of skills.</param>
/// <param name="Groups">All URIs of skill groups; empty where the archive has none.</param>
/// <param name="Occupations">All URIs of occupations and their groups; empty where the archive has none.</param>
/// <param name="Named">Concepts of all three kinds, in rows with faults as well.</param>
/// <param name="Faults">Empty when it may be taken in.</param>
internal sealed partial record EscoSurvey(
    string Source, IReadOnlySet<string> Skills, IReadOnlySet<string> Groups, IReadOnlySet<string> Occupations, IReadOnlyList<LanguageTakenIn> Languages,
    IReadOnlySet<string> Named, IReadOnlyList<RowFault> Faults)
{
    /// <summary>From how many labels on an archive can be told to be in the wrong language.</summary>
    private const int FewestLabels = 5;

    /// <param name="source">Such as <c>ESCO 1.2.0</c>; a version that it lacks is taken from the files' names.</param>
    /// <param name="known">The catalogue as it is.</param>
    /// <param name="versions">What was taken in before.</param>
    public static async Task<EscoSurvey> Of(
        IReadOnlyList<string> paths, string source, SkillSnapshot known, KnownVersions versions, CancellationToken ct)
    {
        using var archive = EscoArchive.Open(paths);
        var (skills, groups, occupations) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        var (labels, alike, old) = (new Dictionary<string, int>(), new AlikeLabels(known), (IReadOnlySet<string>)new HashSet<string>());
        await foreach (var group in archive.ReadGroupsAsync(ct)) groups.Add(group.Uri);
        await foreach (var concept in archive.ReadAsync(ct))
        {
            skills.Add(concept.Uri);
            old = concept.OldLanguages;
            foreach (var language in concept.PreferredLabels.Keys) labels[language] = labels.GetValueOrDefault(language) + 1;
            alike.Compare(concept);
        }

        source = NameOf(source, paths, old.Contains(archive.Languages.FirstOrDefault(Catalogue.Languages.Fallback)));
        await foreach (var occupation in archive.ReadOccupationsAsync(source, CatalogueVersions.None, default, ct)) occupations.Add(occupation.Uri);
        var languages = labels.Select(l => new LanguageTakenIn(l.Key, EscoConcept.SourceOf(l.Key, old, source), l.Value)).OrderBy(l => l.Language, StringComparer.Ordinal);
        var survey = new EscoSurvey(source, skills, groups, occupations, [.. languages], archive.Named, []);
        IEnumerable<RowFault> faults = archive.IsRefused ? archive.Report.Faults : survey.Wrong(archive, old, alike, known, versions);
        return survey with { Faults = [.. faults] };
    }

    private IEnumerable<RowFault> Wrong(EscoArchive archive, IReadOnlySet<string> old, AlikeLabels alike, SkillSnapshot known, KnownVersions versions)
    {
        foreach (var (language, other, same, of) in alike.Suspects(FewestLabels))
        {
            yield return EscoFiles.Fault(
                $"skills_{language}.csv", "esco-language-mix", $"{same} of {of} labels are those of the language {other}.",
                $"Send the file of the language {language}, or name the file after the language that it holds.");
        }

        foreach (var (language, left) in archive.WithoutConcept.Where(l => l.Value >= FewestLabels && l.Value > Languages.Where(k => k.Language == l.Key).Sum(k => k.Labels)))
        {
            yield return EscoFiles.Fault(
                $"skills_{language}.csv", "esco-other-version", $"The file of {archive.Languages[0]} lacks most of its concepts: {left}.", "Send files of the same version.");
        }

        if (archive.Languages is [var main, ..] && old.Contains(main) && SourceVersion.Of(Source) is not null && SourceVersion.MayHaveStatus(Source))
        {
            yield return EscoFiles.Fault(
                $"skills_{main}.csv", "esco-other-version", $"The file has the columns of {SourceVersion.OldestEsco}, and is to be taken in as {Source}.",
                $"Name the version that the file has, such as {SourceVersion.OldestEsco}, or send the file of {Source}.");
        }

        if (SourceVersion.Of(Source) is null && versions.NewestOf(Source) is { } newest)
        {
            yield return EscoFiles.Fault(
                "", "esco-version-needed", $"The catalogue has {newest.Source}, and nothing says which version this is.",
                $"Name the version as the source, such as {newest.Source}.");
        }

        if (Skills.Select(u => known.Row(Skill.StreamOf(u))).OfType<SkillRow>().Where(r => !SourceVersion.MayChange(Source, r)).ToList() is [var first, ..] others)
        {
            yield return EscoFiles.Fault(
                "", "esco-other-classification", $"{others.Count} of these concepts are known of {first.Source}, and this is to be taken in as {Source}.",
                $"Name the import after the classification and its version, such as {first.Source}.");
        }

        if (versions.WholeOf(Source) is { } before && Skills.Count(u => known.Row(Skill.StreamOf(u)) is null) is var strange && strange > Tolerated(before.Concepts)
            // A file that holds far more is the rest of what came first.
            && Skills.Count <= before.Concepts + Tolerated(before.Concepts))
        {
            yield return EscoFiles.Fault(
                "", "esco-other-version", $"{before.Source} was taken in before with {before.Concepts} concepts, and {strange} of these {Skills.Count} were not among them.",
                "Name the version that the file has.");
        }
    }

    /// <summary>A tenth, or ten of a small classification: so many concepts may come or go before it is another one.</summary>
    internal static int Tolerated(int concepts) => Math.Max(10, concepts / 10);

    private static string NameOf(string source, IReadOnlyList<string> paths, bool isOld)
    {
        if (!source.Trim().Equals(SourceVersion.Esco, StringComparison.OrdinalIgnoreCase)) return source;
        if (isOld) return SourceVersion.OldestEsco;
        var version = paths.Select(p => FileVersion().Match(Path.GetFileName(p))).FirstOrDefault(m => m.Success)?.Groups["version"].Value;
        return version is null ? source : string.Create(CultureInfo.InvariantCulture, $"{SourceVersion.Esco} {version}");
    }

    // The Commission's own: "ESCO dataset - v1.2.0 - classification - en - csv.zip".
    [GeneratedRegex(@"ESCO\b.*\bv(?<version>[0-9]{1,3}(\.[0-9]{1,3}){1,2})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FileVersion();
}

/// <summary>
/// Finds a file that holds another language than its name says, by labels of several words: between languages of ESCO one in two hundred of those
/// is the same.
/// </summary>
internal sealed class AlikeLabels(SkillSnapshot known)
{
    private const int Suspicious = 3; // one in so many

    private readonly Dictionary<(string Language, string Other), (int Same, int Own, int Of)> _pairs = [];

    public void Compare(EscoConcept concept)
    {
        var before = known.Row(concept.Kind == SkillKind.Skill ? Skill.StreamOf(concept.Uri) : Guid.Empty)?.Labels;
        foreach (var (language, label) in concept.PreferredLabels)
        {
            if (!label.Contains(' ', StringComparison.Ordinal)) continue;
            var isOwn = before is not null && before.TryGetValue(language, out var own) && Same(own, label);
            foreach (var (other, text) in concept.PreferredLabels) Count(language, other, text, label, isOwn);
            foreach (var (other, text) in before ?? concept.PreferredLabels)
                if (!concept.PreferredLabels.ContainsKey(other)) Count(language, other, text, label, isOwn);
        }
    }

    /// <summary>Languages with a third of labels from another one, and not the ones that the catalogue already has.</summary>
    public IEnumerable<(string Language, string Other, int Same, int Of)> Suspects(int fewest) => _pairs
        .Where(p => p.Value.Same >= fewest && p.Value.Same * Suspicious >= p.Value.Of && p.Value.Same > p.Value.Own)
        // Of two files that say the same, the one beside English is the wrong one.
        .Where(p => p.Key.Language != Languages.Fallback || !_pairs.ContainsKey((p.Key.Other, p.Key.Language)))
        .Select(p => (p.Key.Language, p.Key.Other, p.Value.Same, p.Value.Of));

    private void Count(string language, string other, string text, string label, bool isOwn)
    {
        if (Languages.Primary(language) == Languages.Primary(other)) return;
        var (same, own, of) = _pairs.GetValueOrDefault((language, other));
        _pairs[(language, other)] = (same + (Same(text, label) ? 1 : 0), own + (isOwn ? 1 : 0), of + 1);
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
