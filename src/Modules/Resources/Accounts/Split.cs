namespace ClusterNet.Resources.Accounts;

/// <summary>Divides cents so that the parts add up to the whole.</summary>
internal static class Split
{
    /// <summary>
    /// By the method of largest remainders (Hamilton): each part is rounded towards zero, and the cents that are left go one by one to the
    /// parts that lost most by it; of two that lost the same, to the one that comes first.
    /// </summary>
    /// <param name="cents">What is divided; may be below zero.</param>
    /// <param name="weights">Of each part, none below zero and not all zero, at most 2^53 in sum.</param>
    /// <exception cref="ArgumentException">The weights are none.</exception>
    public static IReadOnlyList<long> ByWeight(long cents, IReadOnlyList<long> weights)
    {
        var total = weights.Aggregate((Int128)0, (sum, weight) => sum + weight);
        if (total <= 0 || weights.Any(w => w < 0)) throw new ArgumentException("Weights are whole numbers from zero on, and one at least is above it.", nameof(weights));
        var (amount, sign) = (Int128.Abs(cents), cents < 0 ? -1 : 1);
        var parts = weights.Select(w => (long)(amount * w / total)).ToArray();
        var left = (int)((long)amount - parts.Sum());
        foreach (var (index, _) in weights.Index().OrderByDescending(w => amount * w.Item % total).ThenBy(w => w.Index).Take(left)) parts[index]++;
        return [.. parts.Select(p => sign * p)];
    }
}
