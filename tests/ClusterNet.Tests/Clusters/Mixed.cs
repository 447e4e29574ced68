namespace ClusterNet.Tests.Clusters;

/// <summary>Lists of which three rows in ten are bad, each in one of many ways; the same seed gives the same list.</summary>
internal static class Mixed
{
    private static readonly Func<string[], int>[] FirmFaults =
    [
        c => Set(c, 0, ""), c => Set(c, 1, "--"), c => Set(c, 2, "XX"), c => Set(c, 3, "FR1"), c => Set(c, 5, "metal"),
        c => Set(c, 6, "many"),
        c => Set(c, 7, "-1"), c => Set(c, 9, "2999-01-01"), c => Set(c, 10, "no address"), c => Set(c, 4, ""), c => Set(c, 9, "1.3.2025"),
        c => Set(c, 6, ""),
    ];

    private static readonly Func<string[], int>[] PersonFaults =
    [
        c => Set(c, 0, "Nobody & Sons"), c => Set(c, 1, ""), c => Set(c, 2, ""), c => Set(c, 3, "not an address"), c => Set(c, 4, "boss"),
        c => Set(c, 6, "klingon"),
    ];

    public static string Firms(int count, int seed) => World.FirmHeader + "\n" + Rows(count, FirmFaults, i =>
        [$"Firm {seed}-{i}", $"HRB {seed}{i:000}", "DE", "DEA58", $"Town {seed}", "25.62", $"{i}", $"{i}00000", "", "2025-03-01", "https://firm.example"]);

    /// <summary>People of the good firms of the same seed.</summary>
    public static string People(int count, int seed) => World.PersonHeader + "\n" + Rows(count, PersonFaults, i =>
        [$"Firm {seed}-{i / 10 * 10}", $"Given{i}", $"Family{i}", $"p{i}@s{seed}.example", i % 10 == 0 ? "owner" : "employee", "Turner", "de"]);

    private static string Rows(int count, Func<string[], int>[] faults, Func<int, string[]> good) => string.Concat(Enumerable.Range(0, count).Select(i =>
    {
        var cells = good(i);
        if (i % 10 is 3 or 6 or 9) faults[i / 3 % faults.Length](cells);
        return string.Join(',', cells) + "\n";
    }));

    private static int Set(string[] cells, int column, string value)
    {
        cells[column] = value;
        return column;
    }
}
