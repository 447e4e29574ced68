using System.Text.Json.Serialization;
using ClusterNet.Access.Accounts;
using ClusterNet.Access.Roles;
using ClusterNet.Access.Tokens;

namespace ClusterNet.Access;

/// <summary>The generated serializer of this module's events.</summary>
[JsonSerializable(typeof(AccountOpened))]
[JsonSerializable(typeof(AccountInvited))]
[JsonSerializable(typeof(AccountActivated))]
[JsonSerializable(typeof(RoleGranted))]
[JsonSerializable(typeof(RoleRevoked))]
[JsonSerializable(typeof(TokenIssued))]
[JsonSerializable(typeof(TokenRevoked))]
internal sealed partial class AccessJson : JsonSerializerContext;
