namespace ClusterNet.Tests.AccessMatrix;

/// <summary>Asks the Host for every cell of a row.</summary>
internal sealed class RowCheck(MatrixWorld world, MatrixRow row)
{
    private readonly Probe _probe = new(world, row);

    /// <summary>Whose things somebody has seen, so that they are there.</summary>
    private readonly HashSet<Someone> _found = [];

    /// <summary>Where the Host does something else than the row declares; empty when all is as declared.</summary>
    public async Task<IReadOnlyList<string>> Differences(CancellationToken ct)
    {
        var differences = new List<string>();
        foreach (var (column, words) in row.Cells)
        {
            var (caller, aims) = Circles.Of(world, row, column);
            if (words.Count > aims.Count) differences.Add($"{column}: {words.Count} words, and it can be asked about {aims.Count} only.");
            for (var i = 0; i < aims.Count; i++)
            {
                var declared = words[Math.Min(i, words.Count - 1)]; // the last word holds for everything further out
                if (declared != Word.None && await Difference(caller, aims[i], declared, ct) is { } difference) differences.Add($"{column}, {difference}");
            }
        }

        return differences;
    }

    private async Task<string?> Difference(Someone? caller, Aim aim, Word declared, CancellationToken ct)
    {
        var (word, said) = await _probe.Ask(caller, aim, ct);
        if (word != declared) return $"{aim.Circle}: declared {declared}, answered {word}: {said}";
        return word == Word.Hidden && !await IsThere(aim, ct) ? $"{aim.Circle}: hidden from everybody, so perhaps it is not there: {said}" : null;
    }

    /// <summary>That something is hidden says nothing unless somebody else, with the same request, does not miss it.</summary>
    private async Task<bool> IsThere(Aim aim, CancellationToken ct)
    {
        if (_found.Contains(aim.Owner)) return true;
        foreach (var insider in Circles.Insiders(world, aim))
        {
            if ((await _probe.Ask(insider, aim, ct)).Word is var word && word != Word.Yes && word != Word.Refused) continue;
            _found.Add(aim.Owner);
            return true;
        }

        return false;
    }
}
