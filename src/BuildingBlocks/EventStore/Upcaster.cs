using System.Text.Json.Nodes;

namespace ClusterNet.EventStore;

/// <summary>A pure step from one schema of a stored event to the next, at read time; the stored bytes are never touched.</summary>
/// <param name="EventName">The stored name.</param>
/// <param name="FromSchema">The schema that <paramref name="Up"/> takes; it gives <c>FromSchema + 1</c>.</param>
public sealed record Upcaster(string EventName, int FromSchema, Func<JsonObject, JsonObject> Up);
