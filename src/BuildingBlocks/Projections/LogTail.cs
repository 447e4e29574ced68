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

    /// <summary>Up to where all that follow the log have been looked after, or have to go on by themselves.</summary>
    public long Reached { get; private set; } = -1;

    /// <param name="after">The <see cref="Head"/> with which one looked.</param>
    /// <param name="kinds">Kinds of the events after that, with the last position of each.</param>
    public void Grow(long after, long head, IReadOnlyCollection<(string Type, string? Rows, long Last)> kinds)
    {
        lock (_turn)
        {
            // Somebody else's first look came first: this one, which asked for nothing, knows nothing of what lies between.
            if (after > Head) return;
            if (Head == long.MaxValue) (_after, Head) = (head, head);
            foreach (var (type, rows, last) in kinds) _last[(type, rows)] = Math.Max(last, _last.GetValueOrDefault((type, rows), -1));
            Head = Math.Max(Head, kinds.Count == 0 ? head : Math.Max(head, kinds.Max(k => k.Last)));
        }
    }

    /// <summary>Two may look at the same time: the one that saw more counts.</summary>
    public void Reach(long position)
    {
        lock (_turn) Reached = Math.Max(Reached, position);
    }

    /// <summary>Whether nothing between <paramref name="position"/> and <see cref="Head"/> concerns the follower; false where that was not looked at.</summary>
    public bool HasNothingFor(IFollower follower, IReadOnlySet<string>? names, long position)
    {
        lock (_turn)
            return position >= _after && position < Head && !_last.Any(k =>
                k.Value > position && (names is null || names.Contains(k.Key.Type)) && (follower.Rows is not { } rows || rows != k.Key.Rows));
    }
}
