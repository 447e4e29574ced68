using System.Runtime.InteropServices;

namespace ClusterNet.Skills.Catalogue.Finding;

/// <summary>
/// How many letters one text is away from another: insertions, deletions, substitutions and swaps of neighbours, 64 letters at once in the
/// bits of a word (Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", 2003). A pattern is made once and
/// held against many texts.
/// </summary>
internal sealed class EditDistance
{
    public const int Longest = 64;

    private readonly ulong[] _ascii = new ulong[128];
    private readonly Dictionary<char, ulong> _others = [];
    private readonly int _length;
    private readonly ulong _last;

    /// <param name="pattern">Not empty; beyond <see cref="Longest"/> it is cut.</param>
    public EditDistance(ReadOnlySpan<char> pattern)
    {
        if (pattern.Length > Longest) pattern = pattern[..Longest];
        _length = pattern.Length;
        _last = 1UL << (_length - 1);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] < 128) _ascii[pattern[i]] |= 1UL << i;
            else CollectionsMarshal.GetValueRefOrAddDefault(_others, pattern[i], out _) |= 1UL << i;
        }
    }

    /// <returns>The distance to the whole text, and to that beginning of it which is nearest.</returns>
    public (int Whole, int Prefix) To(ReadOnlySpan<char> text)
    {
        var (plus, minus, same, former) = (ulong.MaxValue, 0UL, 0UL, 0UL);
        var (score, best) = (_length, _length);
        foreach (var c in text)
        {
            var equal = c < 128 ? _ascii[c] : _others.GetValueOrDefault(c);
            same = (((equal & plus) + plus) ^ plus) | equal | minus | (((~same & equal) << 1) & former);
            var up = minus | ~(same | plus);
            var down = same & plus;
            if ((up & _last) != 0) score++;
            else if ((down & _last) != 0) score--;
            if (score < best) best = score;
            up = (up << 1) | 1;
            down <<= 1;
            plus = down | ~(same | up);
            minus = up & same;
            former = equal;
        }

        return (score, best);
    }
}
