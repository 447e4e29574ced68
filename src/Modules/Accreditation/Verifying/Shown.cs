using ClusterNet.Accreditation.Credentials;

namespace ClusterNet.Accreditation.Verifying;

/// <summary>What somebody wants to have verified, once it is known what it is.</summary>
internal abstract record Shown
{
    /// <summary>The number of one of ours.</summary>
    public sealed record Number(CredentialNumber Value) : Shown;

    /// <summary>A credential or a presentation as it was signed: JSON or a JWT.</summary>
    public sealed record Document(string Text) : Shown;

    /// <summary>Nothing that could be verified.</summary>
    /// <param name="Code">Why: there is a text for each.</param>
    public sealed record Nothing(string Code) : Shown;
}
