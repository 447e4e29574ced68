using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;

namespace ClusterNet.Resources;

/// <summary>The generated serializer of this module's events.</summary>
[JsonSerializable(typeof(ResourceContributed))]
[JsonSerializable(typeof(ResourceWithdrawn))]
[JsonSerializable(typeof(SessionBooked))]
[JsonSerializable(typeof(SessionMoved))]
[JsonSerializable(typeof(SessionCancelled))]
[JsonSerializable(typeof(SessionSeatsReserved))]
[JsonSerializable(typeof(SessionSeatsWaitlisted))]
[JsonSerializable(typeof(SessionSeatsPromoted))]
[JsonSerializable(typeof(SessionSeatsCancelled))]
[JsonSerializable(typeof(Use[]))]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(Id<Person>[]))]
internal sealed partial class ResourcesJson : JsonSerializerContext;
