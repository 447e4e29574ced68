using System.Text.Json.Serialization;
using ClusterNet.EventStore;

namespace ClusterNet.Benchmarks;

/// <summary>Readings of a meter: an event of ordinary size without personal data, and its state.</summary>
internal abstract record MeterFact;

[StoredAs("meter_read")]
internal sealed record MeterRead(Id<Meter> Reader, long Value, string Unit, string Place, DateTimeOffset At) : MeterFact;

internal sealed record Meter(long Sum, int Count) : IState<Meter, MeterFact>
{
    public static Meter Initial => new(0, 0);

    public static Meter Evolve(Meter state, MeterFact fact) => fact is MeterRead read ? new(state.Sum + read.Value, state.Count + 1) : state;
}

internal sealed record ReadThrice(MeterRead Read) : ICommand<Meter, MeterFact>
{
    public Decision<MeterFact> Decide(Meter state) => Decision<MeterFact>.Of(Read with { Value = state.Count }, Read, Read);
}

[JsonSerializable(typeof(MeterRead))]
internal sealed partial class MeterJson : JsonSerializerContext;

internal static class Sample
{
    public static readonly MeterRead Read = new(
        new(new Guid("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f")), 42, "minutes", "watched an expert set up the laser cutter", new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    public static readonly CommandMetadata Metadata = new(
        "0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e60", null, "0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e61", "0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e62",
        "4bf92f3577b34da6a3ce929d0e0e4736");
}
