using System.Collections.Immutable;
using System.Diagnostics;
using ClusterNet.Credentials;
using ClusterNet.EventStore;

namespace ClusterNet.Accreditation.Issuing;

internal abstract record IssuerEvent;

/// <param name="Name">Of the key within the issuer's DID document.</param>
/// <param name="PublicKey">As a Multikey (W3C Controlled Identifiers 1.0, section 2.2.2).</param>
[StoredAs("issuer_key_published")]
internal sealed record IssuerKeyPublished(string Name, string PublicKey, DateTimeOffset At) : IssuerEvent;

/// <summary>The key signs nothing from here on.</summary>
/// <param name="Lost">Somebody else may have it: nothing that it ever signed verifies any more. Else what it signed stays good.</param>
[StoredAs("issuer_key_retired")]
internal sealed record IssuerKeyRetired(string Name, bool Lost, DateTimeOffset At) : IssuerEvent;

/// <summary>A key of the issuer, past or present.</summary>
/// <param name="LostAt">From when on it counts as revoked.</param>
internal sealed record IssuerKey(string Name, string PublicKey, DateTimeOffset? RetiredAt, DateTimeOffset? LostAt);

/// <summary>With which keys the installation signs and signed credentials. Their history stands in the log, so that nobody can say later that a key was another one.</summary>
internal sealed record Issuer(ImmutableList<IssuerKey> Keys) : IState<Issuer, IssuerEvent>
{
    /// <summary>An installation has one issuer.</summary>
    public static readonly Guid Stream = NamedGuid.Of("credential-issuer", "installation");

    public static Issuer Initial { get; } = new([]);

    /// <summary>The key that signs now.</summary>
    public IssuerKey? Current => Keys.LastOrDefault(k => k.RetiredAt is null);

    /// <summary>As the issuer's DID document shows them.</summary>
    public IReadOnlyList<PublishedKey> Published() =>
        [.. Keys.Select(k => new PublishedKey(k.Name, P256PublicKey.FromMultikey(k.PublicKey) ?? throw new InvalidOperationException($"The issuer's key {k.Name} is stored as something that is no key."), k.LostAt))];

    public static Issuer Evolve(Issuer state, IssuerEvent fact) => fact switch
    {
        IssuerKeyPublished e => new(state.Keys.Add(new(e.Name, e.PublicKey, null, null))),
        IssuerKeyRetired e => new(state.Keys.ConvertAll(k => k.Name == e.Name ? k with { RetiredAt = e.At, LostAt = e.Lost ? e.At : null } : k)),
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

/// <summary>The first key, by whichever Host comes first.</summary>
internal sealed record PublishFirstKey(string Name, string PublicKey, DateTimeOffset Now) : ICommand<Issuer, IssuerEvent>
{
    public Decision<IssuerEvent> Decide(Issuer state) => state.Keys.IsEmpty ? new IssuerKeyPublished(Name, PublicKey, Now) : Decision<IssuerEvent>.Nothing;
}

/// <param name="Replaced">The key that signed until now.</param>
internal sealed record ReplaceKey(string Replaced, bool Lost, string Name, string PublicKey, DateTimeOffset Now) : ICommand<Issuer, IssuerEvent>
{
    public static readonly Refusal AlreadyReplaced = new("issuer-key-replaced", "This key was replaced already. Look at the keys, then say which one is to be replaced.");

    public Decision<IssuerEvent> Decide(Issuer state) => state.Current?.Name == Replaced
        ? Decision<IssuerEvent>.Of(new IssuerKeyRetired(Replaced, Lost, Now), new IssuerKeyPublished(Name, PublicKey, Now))
        : AlreadyReplaced;
}
