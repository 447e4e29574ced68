using System.IO.Compression;
using System.Text.RegularExpressions;
using ClusterNet.Csv;

namespace ClusterNet.Skills.Catalogue;

/// <summary>One CSV file of an archive, in a zip or on disk.</summary>
internal sealed record EscoFile(string Name, Func<Stream> Open);

/// <summary>
/// The files that matter among zips, folders and single CSV files, wherever inside a zip they lie. Only these are ever unpacked; names
/// inside a zip are compared, never used as paths.
/// </summary>
internal sealed partial class EscoFiles : IDisposable
{
    /// <summary>Files without a language.</summary>
    public const string Broader = "broaderRelationsSkillPillar", BroaderOccupations = "broaderRelationsOccPillar",
        SkillSkill = "skillSkillRelations", OccupationSkill = "occupationSkillRelations";

    /// <summary>With a language, as the Commission writes them; a file may be written in other letters.</summary>
    private static readonly string[] Kinds =
    [
        "skills", "skillGroups", "occupations", "ISCOGroups",
        .. new[] { "transversal", "digital", "green", "language", "research", "digComp" }.Select(c => c + "SkillsCollection"),
    ];

    private static readonly string[] Relations = [Broader, BroaderOccupations, SkillSkill, OccupationSkill];

    private readonly List<ZipArchive> zips = [];
    private readonly List<RowFault> faults = [];
    private readonly SortedDictionary<string, EscoFile> skills = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Kind, string Language), EscoFile> others = [];
    private readonly EscoBudget budget;

    internal EscoFiles(EscoLimits limits, IReadOnlyList<string> paths)
    {
        budget = new EscoBudget(limits);
        foreach (var path in paths)
            Add(path);
        if (skills.Count == 0 && faults.Count == 0)
            faults.Add(Fault("", "esco-no-skills-file", "No skills file was found.", "Give a zip or a folder that holds skills_en.csv."));
    }

    internal IReadOnlyList<RowFault> Faults => faults;

    /// <summary>The skills files by language.</summary>
    internal IReadOnlyDictionary<string, EscoFile> Skills => skills;

    /// <param name="kind">As the Commission names its files, such as <c>skillGroups</c>.</param>
    /// <param name="language">Empty for relations.</param>
    internal EscoFile? Other(string kind, string language = "") => others.GetValueOrDefault((kind, language));

    /// <summary>The languages in which there is a file of this kind, in order of letters.</summary>
    internal IEnumerable<string> LanguagesOf(string kind) => others.Keys.Where(k => k.Kind == kind).Select(k => k.Language).Order(StringComparer.Ordinal);

    internal static RowFault Fault(string name, string code, string reason, string remedy) =>
        new(1, "", name.Length == 0 ? null : name, code, name.Length == 0 ? reason : $"{name}: {reason}", remedy);

    internal static RowFault TooLarge(string name, string reason) =>
        Fault(name, "esco-too-large", reason, "Use the Commission's own download.");

    public void Dispose() => zips.ForEach(zip => zip.Dispose());

    private void Add(string path)
    {
        try
        {
            if (Directory.Exists(path))
                Array.ForEach(Directory.GetFiles(path, "*.csv"), AddFile);
            else if (path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
                AddFile(path);
            else
                AddZip(path);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // The message may name a path of the server; the reader of a fault has no business with it.
            faults.Add(Fault(
                Path.GetFileName(path), "esco-unreadable", "The file is not there, or is no zip archive.", "Download it again."));
        }
    }

    private void AddFile(string path)
    {
        var length = new FileInfo(path).Length;
        Sort(Path.GetFileName(path), length, length, () => File.OpenRead(path));
    }

    private void AddZip(string path)
    {
        var zip = ZipFile.OpenRead(path);
        zips.Add(zip);
        if (zip.Entries.Count > budget.Limits.Entries)
        {
            faults.Add(TooLarge(
                Path.GetFileName(path), $"The archive holds {zip.Entries.Count} files; {budget.Limits.Entries} are allowed."));
            return;
        }

        foreach (var entry in zip.Entries)
            Sort(entry.Name, entry.Length, entry.CompressedLength, entry.Open, entry.Crc32);
    }

    private void Sort(string name, long length, long packedLength, Func<Stream> open, uint? checksum = null)
    {
        var match = KnownName().Match(name);
        var kind = Relations.FirstOrDefault(r => name.Equals(r + ".csv", StringComparison.OrdinalIgnoreCase)) ?? match.Groups["kind"].Value;
        kind = Kinds.FirstOrDefault(k => k.Equals(kind, StringComparison.OrdinalIgnoreCase)) ?? kind;
        var language = match.Groups["language"].Value.ToLowerInvariant();
        if (kind.Length == 0)
            return;
        var allowed = budget.Limits.AllowedFor(packedLength);
        if (length > allowed)
            faults.Add(TooLarge(name, $"The file unpacks to more than {allowed:N0} bytes."));
        var file = new EscoFile(name, () => new BoundedStream(open(), allowed, budget, checksum));
        var isSkills = kind == "skills";
        if (isSkills ? !skills.TryAdd(language, file) : !others.TryAdd((kind, language), file))
            faults.Add(Fault(name, "esco-file-twice", "A file of this name was given twice.", "Give one version of ESCO at a time."));
    }

    [GeneratedRegex(
        @"^(?<kind>skills|skillGroups|occupations|ISCOGroups|(transversal|digital|green|language|research|digComp)SkillsCollection)"
            + @"_(?<language>[a-z]{2,3}(-[a-z0-9]{2,8})?)\.csv\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KnownName();
}
