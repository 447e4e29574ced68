using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ClusterNet.Tests.Hosting;

/// <summary>The lines of a Host's technical log, as an operator reads them.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, string Text)> _all = new();

    public IReadOnlyList<string> Of(string category) => [.. _all.Where(l => l.Category == category).Select(l => l.Text)];

    public ILogger CreateLogger(string categoryName) => new Lines(this, categoryName);

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Lines(LogLines log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log._all.Enqueue((category, formatter(state, exception)));
    }
}
