using System.Text.RegularExpressions;

namespace ClusterNet.Tests.AccessMatrix;

/// <summary>The declared table, docs/access/matrix.md: who may do what, as a coordinator reads it.</summary>
internal static class Matrix
{
    public const string Visitor = "visitor", Operator = "operator";

    /// <summary>Roles in a firm, then roles in a cluster.</summary>
    public static readonly string[] OfFirm = ["member", "trainer", "manager"], OfCluster = ["coordinator", "assessor", "decision maker", "auditor"];

    private static readonly string[] Before = ["endpoint", "what it does", "of what", "whose"];

    private static readonly string[] Columns = [Visitor, .. OfFirm, .. OfCluster, Operator];

    private static readonly string File = Path.Combine(TestServer.RepositoryRoot(), "docs", "access", "matrix.md");

    public static IReadOnlyList<MatrixRow> Rows { get; } = [.. Read(System.IO.File.ReadAllLines(File))];

    /// <summary>All rows of tables that have these columns; other tables, such as the one that explains the words, are passed over.</summary>
    internal static IEnumerable<MatrixRow> Read(IReadOnlyList<string> lines)
    {
        var within = false;
        for (var i = 0; i < lines.Count; i++)
        {
            var cells = Cells(lines[i]);
            if (cells.Length == 0) within = false;
            else if (cells.SequenceEqual([.. Before, .. Columns])) within = true;
            else if (within && !cells.All(c => c.All(l => l is '-' or ':'))) yield return RowOf(cells, i + 1);
        }
    }

    private static MatrixRow RowOf(string[] cells, int line)
    {
        if (cells.Length != Before.Length + Columns.Length)
            throw new FormatException($"matrix.md, line {line}: {cells.Length} cells, {Before.Length + Columns.Length} are needed.");
        return new(
            cells[0].Trim('`'), cells[2], cells[3],
            Columns.Zip(cells.Skip(Before.Length)).ToDictionary(c => c.First, c => Words(c.Second, line)), line);
    }

    private static IReadOnlyList<Word> Words(string cell, int line) => [.. cell.Split('/').Select(w => Word.Of(w.Trim(), line))];

    private static string[] Cells(string line) =>
        line.StartsWith('|') ? [.. line.Trim().Trim('|').Split('|').Select(c => c.Trim())] : [];
}

/// <param name="Endpoint">Method and path, such as <c>GET /api/v1/clusters/{cluster}</c>.</param>
/// <param name="Thing">Which kind of thing the path's ids name; empty where there is one kind only.</param>
/// <param name="Whose">person, firm, cluster, oneself, or – where it makes no difference.</param>
internal sealed record MatrixRow(
    string Endpoint, string Thing, string Whose, IReadOnlyDictionary<string, IReadOnlyList<Word>> Cells, int Line)
{
    public string Method => Endpoint.Split(' ')[0];

    public string Path => Endpoint.Split(' ')[^1];

    public string Key => Thing.Length == 0 ? Endpoint : $"{Endpoint} ({Thing})";
}

/// <summary>What a cell may say; matrix.md explains the words at its top.</summary>
internal sealed partial record Word(string Text)
{
    public static readonly Word Yes = new("yes"), No = new("no"), Hidden = new("hidden"), SignIn = new("sign in"), Refused = new("refused");

    /// <summary>It does not occur, so nothing is asked.</summary>
    public static readonly Word None = new("–");

    public static Word Of(string text, int line) =>
        new[] { Yes, No, Hidden, SignIn, Refused, None }.FirstOrDefault(w => w.Text == text)
        ?? throw new FormatException($"matrix.md, line {line}: '{text}' is no word of the matrix.");

    /// <summary>A route as the matrix writes it: without constraints.</summary>
    public static string Plain(string route) => Constraint().Replace(route.StartsWith('/') ? route : "/" + route, "{$1}");

    public override string ToString() => Text;

    [GeneratedRegex(@"\{\**([A-Za-z]+)[^}]*\}")]
    private static partial Regex Constraint();
}
