namespace ClusterNet.Credentials;

/// <summary>What is wrong at one place of a document.</summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Place">Where (RFC 6901); empty for the whole document.</param>
/// <param name="Message">In plain words.</param>
public sealed record CredentialFault(string Code, string Place, string Message)
{
    public override string ToString() => $"{Code} at '{Place}': {Message}";
}
