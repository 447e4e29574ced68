namespace ClusterNet.Design;

/// <summary>Bars over time, those of one label one upon the other.</summary>
public sealed record BarPlot(IReadOnlyList<string> Labels, IReadOnlyList<BarSeries> Series)
{
    public string Shape { get; } = "bars";
}

/// <summary>What one colour of the bars stands for.</summary>
/// <param name="Values">One for each label; null where nothing is told.</param>
public sealed record BarSeries(string Name, IReadOnlyList<decimal?> Values);

/// <summary>Points and the lines between them.</summary>
public sealed record GraphPlot(IReadOnlyList<GraphPoint> Points, IReadOnlyList<GraphLine> Lines)
{
    public string Shape { get; } = "graph";
}

/// <param name="Told">What is said of it beside the pointer.</param>
/// <param name="Partners">To how many others it is tied.</param>
/// <param name="Broker">It is one of those through which the others are tied.</param>
public sealed record GraphPoint(string Id, string Name, string Told, int Partners, bool Broker);

/// <param name="Told">What is said of it beside the pointer.</param>
/// <param name="Mutual">It has no direction.</param>
/// <param name="Records">The more, the thicker.</param>
public sealed record GraphLine(string From, string To, string Told, bool Mutual, long Records);
