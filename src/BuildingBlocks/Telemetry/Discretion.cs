using System.Text.RegularExpressions;
using Serilog.Core;
using Serilog.Events;

namespace ClusterNet.Telemetry;

/// <summary>
/// Takes the path, which may carry a token, from what the framework adds to every line of a request; the route is logged in its place.
/// And a second line of defence: no line should name an e-mail address, and one that does all the same is blanked.
/// </summary>
internal sealed partial class Discretion : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        logEvent.RemovePropertyIfPresent("RequestPath");
        foreach (var (name, value) in logEvent.Properties.Where(property => IsSuspect(property.Value)).ToArray())
        {
            logEvent.AddOrUpdateProperty(new(name, new ScalarValue(Address().Replace(TextOf(value), "(address)"))));
        }
    }

    private static bool IsSuspect(LogEventPropertyValue value) => TextOf(value).Contains('@');

    private static string TextOf(LogEventPropertyValue value) => value is ScalarValue { Value: string text } ? text : "";

    [GeneratedRegex(@"[^\s@""'<>,;]+@[^\s@""'<>,;]+\.[^\s@""'<>,;]+", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
