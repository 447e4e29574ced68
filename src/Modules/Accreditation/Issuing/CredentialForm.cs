using System.Text.Json.Serialization;
using ClusterNet.Projections;

namespace ClusterNet.Accreditation.Issuing;

/// <summary>How one content is signed.</summary>
[JsonConverter(typeof(WireNameConverter<CredentialForm>))]
internal enum CredentialForm
{
    /// <summary>JSON with an embedded proof (W3C Data Integrity, <c>ecdsa-jcs-2019</c>).</summary>
    [JsonStringEnumMemberName("proof")]
    Proof,

    /// <summary>A <c>vc+jwt</c> (W3C VC-JOSE-COSE, ES256).</summary>
    [JsonStringEnumMemberName("vc-jwt")]
    VcJwt,

    /// <summary>The JWT of Open Badges 3.0, section 8.2 (ES256).</summary>
    [JsonStringEnumMemberName("badge-jwt")]
    BadgeJwt,
}

internal static class CredentialForms
{
    public static string MediaType(this CredentialForm form) => form switch
    {
        CredentialForm.Proof => "application/vc",
        CredentialForm.VcJwt => "application/vc+jwt",
        _ => "application/jwt",
    };

    public static string FileName(this CredentialForm form, string number) => form switch
    {
        CredentialForm.Proof => $"{number}.json",
        CredentialForm.VcJwt => $"{number}.vc.jwt",
        _ => $"{number}.badge.jwt",
    };
}
