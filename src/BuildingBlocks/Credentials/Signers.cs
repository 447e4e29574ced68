namespace ClusterNet.Credentials;

/// <summary>The key that a signature names, or why there is none.</summary>
/// <param name="Owner">Whose document names the key.</param>
internal readonly record struct NamedKey(VerificationMethod? Method, string? Owner, Check? Problem);

/// <summary>Finds keys by their address. Lives for one verification: each document is fetched once, and so many in all, whatever a text names.</summary>
internal sealed class Signers(IDidDocuments documents, TimeProvider clock)
{
    private const int MaxFetches = 24;
    private readonly Dictionary<string, (DidDocument? Document, Check? Problem)> _known = new(StringComparer.Ordinal);
    private int _fetches;

    /// <param name="method">The address of the key, or its name within the issuer's document.</param>
    /// <param name="issuer">Whose name it is, where it has no address of its own.</param>
    public async Task<NamedKey> Find(string method, string? issuer, KeyPurpose purpose, CancellationToken ct)
    {
        var owner = Owner(method) ?? issuer;
        if (owner is null) return new(null, null, Failed("key-without-owner", "It does not say whose key signed it."));
        var (document, problem) = await Document(owner, ct);
        if (document is null) return new(null, owner, problem);
        return new(document.Find(method), owner, document.Find(method) switch
        {
            null => Failed("key-not-named", "The signer's document does not name the key that signed."),
            var found when !found.Purposes.Contains(purpose) => Failed("key-purpose", "The signer's document does not allow this key for this."),
            { Key: null } => Check.Open(CheckTopic.Signature, "key-kind-unknown", "The key is of a kind that we cannot verify with."),
            { EndsAt: { } end } when end <= clock.GetUtcNow() => Failed("key-ended", "The signer has revoked this key, or its time has run out."),
            _ => null,
        });
    }

    /// <summary>A key that a header brings along counts only if the issuer's document names it too.</summary>
    public async Task<NamedKey> Find(VerificationKey key, string issuer, KeyPurpose purpose, CancellationToken ct)
    {
        var (document, problem) = await Document(issuer, ct);
        if (document is null) return new(null, issuer, problem);
        return document.Methods.FirstOrDefault(m => key.Equals(m.Key)) is { } method
            ? await Find(method.Id, issuer, purpose, ct)
            : new(null, issuer, Failed("key-not-named", "The header brings a key that the issuer's document does not name."));
    }

    /// <summary>Counts a request to another's server, of a document or a status list.</summary>
    public bool MayFetch() => ++_fetches <= MaxFetches;

    private static string? Owner(string method)
    {
        var hash = method.IndexOf('#', StringComparison.Ordinal);
        var owner = hash < 0 ? method : method[..hash];
        return Urls.IsUrl(owner) ? owner : null;
    }

    private async Task<(DidDocument? Document, Check? Problem)> Document(string id, CancellationToken ct)
    {
        if ((DidDocument.OfDidKey(id) ?? DidDocument.OfDidJwk(id)) is { } own) return (own, null);
        if (Dids.DocumentUrl(id) is not { } url) return (null, Check.Open(CheckTopic.Signature, "issuer-unknown-kind", "The signer is named in a way that we cannot look up: we know did:key, did:jwk, did:web and https addresses."));
        if (_known.TryGetValue(id, out var known)) return known;
        if (!MayFetch()) return (null, Check.Open(CheckTopic.Signature, "too-many-signers", "It names more signers than we look up."));
        return _known[id] = Read(await Fetched.Ask(c => documents.Document(url, c), ct), id);
    }

    private static (DidDocument? Document, Check? Problem) Read(Fetched fetched, string id)
    {
        if (fetched is Fetched.Absent) return (null, Failed("issuer-absent", "The signer has no document where it should be."));
        if (fetched is not Fetched.Text text) return (null, Check.Open(CheckTopic.Signature, "issuer-unreachable", "The signer's document could not be fetched."));
        var reading = CredentialText.Read(text.Content);
        return reading.Fault is null && DidDocument.Parse(reading.Root, id) is { } document ? (document, null) : (null, Failed("issuer-document", "What stands at the signer's address is not the signer's document."));
    }

    private static Check Failed(string code, string message) => Check.Failed(CheckTopic.Signature, code, message);
}
