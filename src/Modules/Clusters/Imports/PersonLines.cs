using ClusterNet.Clusters.Contracts;
using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Clusters.Imports;

/// <summary>A row of a list of the people in a cluster's firms.</summary>
internal sealed record PersonLine(Id<Firm> Firm, string GivenName, string FamilyName, string Email, Position Position, string JobTitle, string Language)
{
    public static readonly CsvLayout Layout = new(["firm", "given_name", "family_name", "email", "role"], ["job_title", "language"]);

    /// <summary>Reads a row to its end; look at <see cref="CsvRow.IsSound"/> before using the line.</summary>
    public static PersonLine Of(CsvRow row, FirmNames firms)
    {
        var firm = firms.Find(row);
        var (position, jobTitle, language) = PersonColumns.WorkOf(row);
        return new(firm, row.Text("given_name", 100), row.Text("family_name", 100), row.Email("email"), position, jobTitle, language);
    }
}

/// <summary>The columns that lists of people have alike.</summary>
internal static class PersonColumns
{
    private static readonly string[] Positions = [.. WireNames.All<Position>()];

    /// <summary>The columns role, job_title (the role unless told) and language (English unless told); look at <see cref="CsvRow.IsSound"/> before using them.</summary>
    public static (Position Position, string JobTitle, string Language) WorkOf(CsvRow row)
    {
        var role = row.OneOf("role", Positions);
        var language = row.OptionalText("language")?.ToLowerInvariant() ?? "en";
        if (!Codes.IsLanguage(language))
            row.Refuse("language", "malformed-language", "This is no code of a language.", "Write the two letters of ISO 639-1, such as de.");
        return (role == "" ? Position.Employee : WireNames.Parse<Position>(role), row.OptionalText("job_title") ?? role, language);
    }
}

/// <summary>A cluster's firms by the names that lists call them by.</summary>
internal sealed class FirmNames(IReadOnlyList<FirmCard> firms)
{
    private const int NearMatchesAtMost = ImportTally.FaultsKept;
    private readonly ILookup<string, Id<Firm>> _byName = firms.ToLookup(f => Bare(f.Name), f => f.Firm, StringComparer.OrdinalIgnoreCase);
    /// <summary>The firms that the list may name.</summary>
    public IReadOnlyCollection<Id<Firm>> All { get; } = [.. firms.Select(f => f.Firm)];

    private readonly List<string> _names = [.. firms.Select(f => f.Name)];
    private int _unknown;

    public Id<Firm> Find(CsvRow row)
    {
        var name = row.Text("firm");
        if (name == "") return default;
        var found = _byName[Bare(name)].Take(2).ToList();
        if (found.Count == 1) return found[0];
        if (found.Count > 1)
            row.Refuse("firm", "firm-ambiguous", "Several firms of this cluster have this name.", "Add the person to the right one by hand.");
        else if (_unknown++ < NearMatchesAtMost) // faults beyond those kept are shown to nobody: no work for them
            row.RefuseUnknown("firm", "firm-not-in-cluster", "No firm of this cluster has this name.", _names);
        else
            row.Refuse("firm", "firm-not-in-cluster", "No firm of this cluster has this name.", "Import the firms first.");
        return default;
    }

    private static string Bare(string name) => string.Join(' ', name.Normalize().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
