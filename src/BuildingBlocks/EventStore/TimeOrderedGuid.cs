namespace ClusterNet.EventStore;

/// <summary>UUIDs of version 7 whose order is that of their instants, within a millisecond too.</summary>
public static class TimeOrderedGuid
{
    private const int Fractions = 1 << 12;

    /// <summary>The twelve bits after the version are the part of the millisecond (RFC 9562 section 6.2, method 3); the rest is random.</summary>
    public static Guid At(DateTimeOffset instant)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(instant).TryWriteBytes(bytes, bigEndian: true, out _);
        var fraction = instant.UtcTicks % TimeSpan.TicksPerMillisecond * Fractions / TimeSpan.TicksPerMillisecond;
        bytes[6] = (byte)(0x70 | (fraction >> 8));
        bytes[7] = (byte)fraction;
        return new(bytes, bigEndian: true);
    }
}
