using System.Text;
using Npgsql;

namespace ClusterNet.Privacy;

/// <summary>Which key: whose, and for what class of data.</summary>
public readonly record struct KeyName(Guid Subject, string Class) : IComparable<KeyName>
{
    public int CompareTo(KeyName other) =>
        Subject.CompareTo(other.Subject) is var order and not 0 ? order : string.CompareOrdinal(Class, other.Class);

    public static bool operator <(KeyName left, KeyName right) => left.CompareTo(right) < 0;

    public static bool operator <=(KeyName left, KeyName right) => left.CompareTo(right) <= 0;

    public static bool operator >(KeyName left, KeyName right) => left.CompareTo(right) > 0;

    public static bool operator >=(KeyName left, KeyName right) => left.CompareTo(right) >= 0;

    internal byte[] Associated() => [.. Subject.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(Class)];
}

/// <summary>The key database (<c>ConnectionStrings:ClusterNetKeys</c>): by default another database of the same server.</summary>
public sealed class KeyDatabase(NpgsqlDataSource source) : IAsyncDisposable
{
    public NpgsqlDataSource Source { get; } = source;

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
