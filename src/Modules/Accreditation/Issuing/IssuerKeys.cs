using ClusterNet.Credentials;
using ClusterNet.EventStore;
using Microsoft.Extensions.Hosting;

namespace ClusterNet.Accreditation.Issuing;

/// <summary>The key that signs now, and its name in the issuer's DID document.</summary>
internal sealed record SigningKey(string Name, ICredentialKey Key);

/// <summary>Opens the issuer's keys. The history names them; the private part of the one that signs lies in the key directory.</summary>
internal sealed class IssuerKeys(KeyFolder folder, Streams<Issuer, IssuerEvent> issuers, TimeProvider clock) : IDisposable
{
    private readonly Lock _gate = new();
    private (string Name, CredentialKey Key)? _open;

    private async Task<Issuer> History(CancellationToken ct) => (await issuers.Load(Issuer.Stream, ct)).State;

    /// <summary>Read anew each time, because another Host may have replaced the key.</summary>
    /// <exception cref="CredentialKeyException">This Host lacks the key, or has another one.</exception>
    public async Task<SigningKey> Current(CancellationToken ct) =>
        Open((await Begun(ct)).Current ?? throw new InvalidOperationException("The issuer has retired all its keys."));

    /// <summary>All keys, past ones among them; a new installation makes its first one.</summary>
    public async Task<Issuer> Begun(CancellationToken ct)
    {
        if (await History(ct) is { Keys.IsEmpty: false } issuer) return issuer;
        var name = KeyFolder.Name(1);
        using var first = folder.FindOrMake(name);
        await issuers.Execute(Issuer.Stream, new PublishFirstKey(name, first.Public.Multikey, clock.GetUtcNow()), new(CommandMetadata.System("issuer-keys")), ct);
        return await History(ct);
    }

    /// <summary>Makes a new key, which signs from here on, and destroys the private part of the old one.</summary>
    /// <param name="lost">Whether somebody else may have the old key.</param>
    /// <returns>The names of the old and the new one; a refusal where another process replaced it at the same time.</returns>
    public async Task<(string Old, string New, Refusal? Refusal)> Replace(bool lost, CancellationToken ct)
    {
        var issuer = await Begun(ct);
        var old = issuer.Current?.Name ?? throw new InvalidOperationException("The issuer has retired all its keys.");
        var name = KeyFolder.Name(issuer.Keys.Count + 1);
        // One that an interrupted run has left is taken: no credential names it yet.
        using var next = folder.FindOrMake(name);
        var outcome = await issuers.Execute(Issuer.Stream, new ReplaceKey(old, lost, name, next.Public.Multikey, clock.GetUtcNow()), new(CommandMetadata.System("issuer-keys")), ct);
        if (outcome is Outcome.Refused refused) return (old, name, refused.Refusal);
        folder.Remove(old);
        return (old, name, null);
    }

    /// <summary>Whether this Host has the key that the history names, before it serves anybody.</summary>
    /// <exception cref="CredentialKeyException">It has not.</exception>
    public async Task Check(CancellationToken ct)
    {
        if ((await History(ct)).Current is { } current) Open(current);
    }

    public void Dispose() => _open?.Key.Dispose();

    private SigningKey Open(IssuerKey current)
    {
        lock (_gate)
        {
            if (_open is { } open && open.Name == current.Name) return new(open.Name, open.Key);
            var key = folder.Find(current.Name)
                ?? throw new CredentialKeyException($"Credentials are signed with a key that is not in {folder.PathOf(current.Name)}. Copy this installation's key directory there.");
            if (key.Public.Multikey != current.PublicKey)
                throw new CredentialKeyException($"The key in {folder.PathOf(current.Name)} is not the one with which this installation signs credentials ({current.PublicKey}). Put its own key there.");
            // The one before may be signing at this moment: it is left to the garbage collector.
            _open = (current.Name, key);
            return new(current.Name, key);
        }
    }
}

/// <summary>A Host without the key refuses to start, rather than to fail at the first credential.</summary>
internal sealed class IssuerKeyCheck(IssuerKeys keys) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => keys.Check(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
