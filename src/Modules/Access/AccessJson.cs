using System.Text.Json.Serialization;
using ClusterNet.Access.Accounts;
using ClusterNet.Access.Clients;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Erasures;
using ClusterNet.Access.Federation;
using ClusterNet.Access.Grants;
using ClusterNet.Access.Roles;
using ClusterNet.Access.Tokens;
using ClusterNet.EventStore;

namespace ClusterNet.Access;

/// <summary>The generated serializer of this module's events.</summary>
[JsonSerializable(typeof(AccountOpened))]
[JsonSerializable(typeof(AccountInvited))]
[JsonSerializable(typeof(AccountActivated))]
[JsonSerializable(typeof(AccountClosed))]
[JsonSerializable(typeof(RoleGranted))]
[JsonSerializable(typeof(RoleRevoked))]
[JsonSerializable(typeof(TokenIssued))]
[JsonSerializable(typeof(TokenRevoked))]
[JsonSerializable(typeof(PersonErasureRequested))]
[JsonSerializable(typeof(PersonErasureHeld))]
[JsonSerializable(typeof(PersonErased))]
[JsonSerializable(typeof(PersonErasureStepTaken))]
[JsonSerializable(typeof(PersonErasureCompleted))]
[JsonSerializable(typeof(Hold[]))]
[JsonSerializable(typeof(StoreCount[]))]
[JsonSerializable(typeof(Recipient[]))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(TokenScoped))]
[JsonSerializable(typeof(ClientRegistered))]
[JsonSerializable(typeof(ClientSecretRotated))]
[JsonSerializable(typeof(ClientRevoked))]
[JsonSerializable(typeof(SignInProviderSet))]
[JsonSerializable(typeof(SignInProviderRemoved))]
[JsonSerializable(typeof(AuditorGrantGiven))]
[JsonSerializable(typeof(AuditorGrantEnded))]
[JsonSerializable(typeof(AuditorLookRecorded))]
[JsonSerializable(typeof(Id<Person>[]))]
[JsonSerializable(typeof(AccountEmailConfirmed))]
[JsonSerializable(typeof(AccountEmailChanged))]
internal sealed partial class AccessJson : JsonSerializerContext;
