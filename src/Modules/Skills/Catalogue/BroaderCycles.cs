namespace ClusterNet.Skills.Catalogue;

/// <summary>Keeps what is broader than what free of circles, relation by relation.</summary>
internal sealed class BroaderCycles
{
    private readonly Dictionary<string, List<string>> _broader = [];

    /// <summary>Whether this relation would make a concept broader than itself; if not, it is kept for those to come.</summary>
    public bool Closes(string uri, string broaderUri)
    {
        var seen = new HashSet<string>();
        var left = new Stack<string>([broaderUri]);
        while (left.TryPop(out var next))
        {
            if (next == uri) return true;
            if (seen.Add(next) && _broader.TryGetValue(next, out var above)) above.ForEach(left.Push);
        }

        if (!_broader.TryGetValue(uri, out var all)) _broader[uri] = all = [];
        all.Add(broaderUri);
        return false;
    }
}
