using System.Text.RegularExpressions;
using ClusterNet.Skills.Catalogue;

namespace ClusterNet.Tests.AccessMatrix;

/// <summary>Fills the ids of the aimed-at things into a row's path.</summary>
internal static partial class Addresses
{
    /// <summary>What <c>{id}</c> names where there is one kind of thing only.</summary>
    private static readonly (string Prefix, string Thing)[] Kinds =
    [
        ("/api/v1/access/tokens/", "token"),
        ("/api/v1/access/erasures/", "receipt"),
        ("/receipts/", "receipt"),
        ("/api/v1/resources/resources/", "resource"),
        ("/api/v1/resources/sessions/", "session"),
        ("/api/v1/resources/series/", "series"),
        ("/api/v1/resources/feeds/", "calendar feed"),
    ];

    private static readonly Dictionary<string, string> Queries = new()
    {
        ["/api/v1/skills"] = "q=negotiate",
        ["/api/v1/skills/occupations"] = "q=negotiator",
        ["/api/v1/skills/concept"] = $"uri={Uri.EscapeDataString(MatrixCluster.Skill)}",
        ["/api/v1/skills/clusters/{cluster}/areas/skills"] = $"uri={Uri.EscapeDataString(MatrixCluster.Skill)}",
        ["/api/v1/skills/clusters/{cluster}/own/near"] = "q=grinding",
        ["/api/v1/search"] = "q=acme",
        ["/search"] = "q=acme",
        ["/search/suggestions"] = "q=acme",
        ["/search/choices"] = "kind=firm&q=acme",
        ["/api/v1/audit/consistency"] = "from=1&to=2",
        ["/api/v1/learning/communities/{id}/library/files"] = "title=Checklist",
        ["/api/v1/resources/clusters/{cluster}/rules/simulation"] = "byHead=100",
        ["/pools/{cluster}/demand/plan"] = $"skill={Uri.EscapeDataString(MatrixCluster.Wished)}",
        ["/api/v1/resources/resources/{id}/free"] = "from=2030-01-01T00:00:00Z&to=2030-01-02T00:00:00Z",
        ["/api/v1/resources/clusters/{cluster}/availability"] = "from=2030-01-01T00:00:00Z&to=2030-01-02T00:00:00Z",
    };

    /// <summary>What is done about posts of somebody else.</summary>
    private static readonly string[] OfOthers = ["/helpful", "/flags", "/moderation", "/correction"];

    public static string Of(MatrixRow row, Aim aim, MatrixWorld world)
    {
        var path = Parameter().Replace(row.Path, name => Value(row, name.Groups[1].Value, aim, world));
        // Auditors say why they read; others need not, and may.
        var query = Queries.GetValueOrDefault(row.Path) ?? (row.Path.StartsWith("/api/v1/accreditation/", StringComparison.Ordinal) ? "purpose=matrix" : "");
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    private static string Value(MatrixRow row, string name, Aim aim, MatrixWorld world) => name.ToLowerInvariant() switch
    {
        "cluster" => aim.Place.Cluster,
        "firm" => row.Thing.Contains("firm that", StringComparison.Ordinal) || row.Thing == "suspended firm" ? aim.Id(row.Thing) : aim.Place.Firm,
        "person" => row.Thing.StartsWith("person", StringComparison.Ordinal) ? aim.Id(row.Thing) : aim.Owner.Person,
        "number" when row.Thing == "certificate of attendance" => aim.Id(row.Thing),
        "number" => aim.Id("credential"),
        "share" => aim.Id("share of a credential"),
        "list" => "revocation-0",
        "assessor" => aim.Place.Cast["assessor"].Person,
        "record" when row.Thing.Contains("record", StringComparison.Ordinal) => aim.Id(row.Thing),
        "record" => aim.Id("record for the firm"),
        "application" => aim.Id(row.Thing),
        "area" => row.Path.EndsWith("/closing", StringComparison.Ordinal) ? "closing" : row.Path.EndsWith("/names", StringComparison.Ordinal) ? "surfaces" : "marketing",
        "own" => aim.Id(row.Thing),
        "framework" => "digcomp",
        "skill" => Skill.StreamOf(MatrixCluster.Skill).ToString(),
        "occupation" => MatrixCatalogue.Occupation,
        "import" => MatrixCatalogue.Import,
        "reservation" => aim.Id("reservation"),
        "profile" or "audit" => aim.Id(row.Thing),
        "community" => aim.Id($"community in the {CircleOf(row)}"),
        "goal" when row.Thing.StartsWith("community", StringComparison.Ordinal) => aim.Id($"goal in the {CircleOf(row)}"),
        "discussion" => aim.Id($"discussion in the {CircleOf(row)}"),
        "post" => aim.Id($"{(OfOthers.Any(end => row.Path.EndsWith(end, StringComparison.Ordinal)) ? "answer" : "discussion")} in the {CircleOf(row)}"),
        "pair" or "offer" or "plan" or "practice" or "signal" => aim.Id(row.Thing),
        "question" => aim.Id(row.Path.EndsWith("/withdrawal", StringComparison.Ordinal) ? "own question about a practice" : "question about a practice"),
        "address" => aim.Id(row.Thing.StartsWith("library", StringComparison.Ordinal) ? "address of a library file" : "file of a record"),
        "version" => "1",
        "template" => aim.Id(row.Thing),
        "kind" when row.Thing != "firm" => "mentor",
        "session" => aim.Id("mentoring session"),
        "call" => aim.Id("call for help"),
        "goal" or "activity" => aim.Id(name.ToLowerInvariant()),
        "programmeid" => aim.Id(row.Thing),
        "secret" => aim.Id("calendar link"),
        "token" => aim.Id("secret of a calendar feed"),
        "funder" or "proposal" => aim.Id(row.Thing),
        "exception" => aim.Id("hours exception"),
        "period" or "month" => "2999-01",
        "kind" when row.Thing == "firm" => "firm",
        "owner" => aim.Place.Firm,
        "path" => "0/000",
        "id" when row.Path.StartsWith("/api/v1/access/people/", StringComparison.Ordinal) => aim.Owner.Person,
        "id" => Thing(row) is var thing && world.Things.TryGetValue(thing, out var id) ? id : aim.Id(thing),
        _ => throw new FormatException($"matrix.md, line {row.Line}: the test does not know what {{{name}}} names; say it in {nameof(Addresses)}."),
    };

    private static string CircleOf(MatrixRow row) => row.Thing.Split(' ')[^1];

    private static string Thing(MatrixRow row) =>
        row.Thing.Length > 0 ? row.Thing : Kinds.FirstOrDefault(k => row.Path.StartsWith(k.Prefix, StringComparison.Ordinal)).Thing ?? "";

    [GeneratedRegex(@"\{([A-Za-z]+)\}")]
    private static partial Regex Parameter();
}
