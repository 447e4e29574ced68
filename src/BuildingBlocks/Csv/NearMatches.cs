namespace ClusterNet.Csv;

/// <summary>What the writer of a value probably meant.</summary>
internal static class NearMatches
{
    private const int Shown = 20;

    internal static string Advice(string value, IReadOnlyCollection<string> allowed)
    {
        var near = Of(value, allowed);
        if (near.Count > 0)
            return $"Did you mean {string.Join(" or ", near)}?";
        return $"Allowed are: {string.Join(", ", allowed.Take(Shown))}{(allowed.Count > Shown ? ", …" : "")}.";
    }

    /// <summary>At most three, nearest first. A third of the letters may be wrong, two at least.</summary>
    internal static IReadOnlyList<string> Of(string value, IReadOnlyCollection<string> allowed)
    {
        var key = CsvLayout.Key(value);
        if (key.Length is 0 or > 100)
            return [];
        return
        [
            .. allowed
                .Select(candidate => (candidate, key: CsvLayout.Key(candidate), most: Math.Min(Math.Max(2, key.Length / 3), candidate.Length - 1)))
                // The distance is never less than the difference in length: most candidates need no counting.
                .Where(match => Math.Abs(match.key.Length - key.Length) <= match.most)
                .Select(match => (match.candidate, match.most, distance: Distance(key, match.key)))
                .Where(match => match.distance <= match.most)
                .OrderBy(match => match.distance)
                .Select(match => match.candidate)
                .Take(3),
        ];
    }

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
