using Microsoft.Extensions.Configuration;

namespace ClusterNet.Accreditation.Verifying;

/// <summary>Whether this installation also speaks the W3C's VC API, by which test suites drive issuers and verifiers; off unless <c>ClusterNet__VcApi</c> is true.</summary>
internal sealed record VcApiOptions(bool Enabled)
{
    /// <summary>Reads the setting; what is wrong with it goes to <paramref name="faults"/>.</summary>
    public static VcApiOptions From(IConfiguration configuration, ICollection<string> faults)
    {
        if (configuration["ClusterNet:VcApi"] is not { Length: > 0 } said) return new(false);
        if (!bool.TryParse(said, out var enabled)) faults.Add($"ClusterNet__VcApi is \"{said}\"; it takes true or false.");
        return new(enabled);
    }
}
