using System.Diagnostics;

namespace ClusterNet.Benchmarks;

/// <summary>How long to measure.</summary>
internal sealed record Pace(int Rounds, TimeSpan Round)
{
    public static Pace Full { get; } = new(7, TimeSpan.FromSeconds(2));

    public static Pace Quick { get; } = new(3, TimeSpan.FromSeconds(0.7));
}

/// <summary>One thing to measure: a number of workers that each repeat one operation.</summary>
/// <param name="Operation">Gets the number of its worker.</param>
internal sealed record Load(string Name, int Workers, Func<int, Task> Operation)
{
    /// <summary>Operations per second of one round.</summary>
    public async Task<double> Measure(TimeSpan duration)
    {
        var (done, watch) = (0L, Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            while (watch.Elapsed < duration)
            {
                await Operation(worker);
                Interlocked.Increment(ref done);
            }
        })));
        return done / watch.Elapsed.TotalSeconds;
    }
}

internal static class Rounds
{
    /// <summary>Measures the loads in turn, round by round, so that what disturbs the machine disturbs all of them.</summary>
    /// <returns>The median rate of each load, and of its share of the first load's rate in the same round.</returns>
    public static async Task<(double Rate, double Share)[]> Interleaved(Pace pace, params Load[] loads)
    {
        foreach (var load in loads) await load.Measure(pace.Round / 2);
        var rates = loads.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < pace.Rounds; round++)
            for (var i = 0; i < loads.Length; i++) rates[i].Add(await loads[i].Measure(pace.Round));
        return [.. rates.Select(own => (Median(own), Median(own.Zip(rates[0], (rate, limit) => rate / limit))))];
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
