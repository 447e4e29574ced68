namespace ClusterNet.Projections;

/// <summary>
/// The log's end as this program has looked at it: which kinds of events came, and where the last of each kind lies. It tells without reading events
/// whether a follower has anything to do there.
/// </summary>
internal sealed class LogTail
{
    private readonly Dictionary<(string Type, string? Rows), long> _last = [];
    private readonly Lock _turn = new();
    private long _after = long.MaxValue;

    /// <summary>The last position that was looked at; -1 for an empty log, the greatest number before the first look.</summary>
    public long Head { get; private set; } = long.MaxValue;

    /// <param name="kinds">Kinds of the events after the last <see cref="Head"/>, with the last position of each.</param>
    public void Grow(long head, IEnumerable<(string Type, string? Rows, long Last)> kinds)
    {
        lock (_turn)
        {
            foreach (var (type, rows, last) in kinds)
            {
                _last[(type, rows)] = Math.Max(last, _last.GetValueOrDefault((type, rows), -1));
                head = Math.Max(head, last);
            }

            if (_after == long.MaxValue) (_after, Head) = (head, head);
            else Head = Math.Max(Head, head);
        }
    }

    /// <summary>Whether nothing between <paramref name="position"/> and <see cref="Head"/> concerns the follower; false where that was not looked at.</summary>
    public bool HasNothingFor(IFollower follower, IReadOnlySet<string>? names, long position)
    {
        lock (_turn)
            return position >= _after && position < Head && !_last.Any(k =>
                k.Value > position && (names is null || names.Contains(k.Key.Type)) && (follower.Rows is not { } rows || rows != k.Key.Rows));
    }
}
