namespace ClusterNet.Resources;

/// <summary>A list that equals another one with the same entries, so that facts and states compare by value. Filled once, by a collection expression.</summary>
internal sealed class Values<T> : List<T>, IEquatable<Values<T>>
{
    public bool Equals(Values<T>? other) => other is not null && this.SequenceEqual(other);

    public override bool Equals(object? obj) => Equals(obj as Values<T>);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var entry in this) hash.Add(entry);
        return hash.ToHashCode();
    }
}
