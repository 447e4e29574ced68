using System.Diagnostics;
using System.Globalization;
using ClusterNet.Projections;

namespace ClusterNet.Host.CommandLine;

/// <summary>One line on stderr that says how far a replay is, how fast, and how long it will take; a line now and then where it is no terminal.</summary>
internal sealed class ReplayProgressLine : IProgress<ReplayProgress>, IDisposable
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly TimeSpan _every = Console.IsErrorRedirected ? TimeSpan.FromSeconds(10) : TimeSpan.FromMilliseconds(200);
    private TimeSpan _next;
    private double _rate;
    private bool _written;

    public void Report(ReplayProgress value)
    {
        var elapsed = _watch.Elapsed;
        if (value.Doing is null) _rate = value.Events / Math.Max(elapsed.TotalSeconds, 0.001);
        if (elapsed < _next) return;
        _next = elapsed + _every;
        var left = TimeSpan.FromSeconds(_rate > 0 ? (value.Total - value.Events) / _rate : 0);
        var doing = value.Doing ?? string.Create(CultureInfo.InvariantCulture, $@"{left:hh\:mm\:ss} left");
        Write(string.Create(CultureInfo.InvariantCulture, $"{value.Events} of {value.Total} events folded, {_rate:0} a second, {doing}"));
    }

    public void Dispose()
    {
        if (_written && !Console.IsErrorRedirected) Console.Error.WriteLine();
    }

    private void Write(string line)
    {
        if (Console.IsErrorRedirected) Console.Error.WriteLine(line);
        else Console.Error.Write($"\r{line,-100}");
        _written = true;
    }
}
