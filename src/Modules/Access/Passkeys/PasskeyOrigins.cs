using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;

namespace ClusterNet.Access.Passkeys;

/// <summary>
/// For which site passkeys are (W3C Web Authentication, sections 5.1.3 and 13.4.9): the host of the setting ClusterNet:PublicUrl, or the one that
/// the request names. Browsers ask for https, or for localhost.
/// </summary>
internal static class PasskeyOrigins
{
    public static void Configure(IdentityPasskeyOptions options, IConfiguration configuration)
    {
        var site = Uri.TryCreate(configuration["ClusterNet:PublicUrl"], UriKind.Absolute, out var url) ? url : null;
        options.ServerDomain = site?.Host;
        // A passkey stands for both factors: whoever holds the device must unlock it, and it knows whose it is.
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required";
        options.AttestationConveyancePreference = "none";
        options.AuthenticatorTimeout = PasskeyDesk.CeremonyLasts;
        options.ValidateOrigin = origin => ValueTask.FromResult(
            !origin.CrossOrigin && Uri.TryCreate(origin.Origin, UriKind.Absolute, out var from)
            && (site is null ? from.Authority == origin.HttpContext.Request.Host.Value && IsSafe(from) : from.GetLeftPart(UriPartial.Authority) == site.GetLeftPart(UriPartial.Authority)));
    }

    private static bool IsSafe(Uri origin) => origin.Scheme == Uri.UriSchemeHttps || origin.Host == "localhost";
}
