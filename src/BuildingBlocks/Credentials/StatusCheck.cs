using System.Text.Json;

namespace ClusterNet.Credentials;

/// <summary>Fetches status lists of others by https. The same duties as of <see cref="IDidDocuments"/>; a list may be kept for as long as it is valid.</summary>
public interface IStatusLists
{
    Task<Fetched> List(Uri url, CancellationToken ct);
}

/// <summary>Looks up whether a credential was taken back (Bitstring Status List 1.0, section 3.2). A list that proves nothing leaves the question open; one that was tampered with fails.</summary>
/// <param name="mayFetch">Whether one more request to another's server may be made.</param>
/// <param name="verify">Checks the list as the credential that it is, its own status aside.</param>
internal sealed class StatusCheck(IStatusLists lists, Func<bool> mayFetch, Func<string, CancellationToken, Task<(Verification Verification, JsonElement? Signed)>> verify)
{
    private const int MaxEntries = 8;
    private const string TooMany = "It names more status lists than we look up.";

    public async Task<IReadOnlyList<Check>> Of(JsonElement credential, CancellationToken ct)
    {
        var entries = credential.Items("credentialStatus").ToList();
        if (entries.Count == 0) return [Check.Passed(CheckTopic.Status, "status-not-given", "The issuer did not provide for taking it back.")];
        var checks = new List<Check>();
        foreach (var entry in entries.Take(MaxEntries)) checks.Add(await One(entry, credential, ct));
        if (entries.Count > MaxEntries) checks.Add(Check.Open(CheckTopic.Status, "status-too-many", TooMany));
        return checks;
    }

    private async Task<Check> One(JsonElement entry, JsonElement credential, CancellationToken ct)
    {
        if (StatusEntry.Read(entry) is not { } status) return Open("status-type-unknown", "Its status is kept in a way that we do not know, or at an address that is not https.");
        if (status.HasSize) return Open("status-size", "Its status is more than one bit, which we do not read.");
        if (!mayFetch()) return Open("status-too-many", TooMany);
        return await Fetched.Ask(c => lists.List(status.List, c), ct) switch
        {
            Fetched.Text text => await Listed(status, credential, text.Content, ct),
            Fetched.Absent => Open("status-list-absent", "The issuer's list is not where it should be."),
            _ => Open("status-list-unreachable", "The issuer's list could not be fetched."),
        };
    }

    private async Task<Check> Listed(StatusEntry status, JsonElement credential, string text, CancellationToken ct)
    {
        var (verification, signed) = await verify(text, ct);
        var bad = verification.Checks.Where(c => c.Outcome != CheckOutcome.Passed && c.Topic != CheckTopic.Other).ToList();
        if (signed is not { } list || bad.Any(c => c.Outcome == CheckOutcome.Failed && c.Topic != CheckTopic.Validity))
            return Failed("status-list-forged", $"The list is not what its issuer signed: {bad.FirstOrDefault()?.Message}");
        if (Swapped(status, credential, list) is { } swapped) return swapped;
        if (bad.Any(c => c.Topic == CheckTopic.Validity)) return Open("status-list-stale", "The list is out of date, so that it says nothing of today.");
        if (bad.Count > 0) return Open("status-list-unproven", $"The list could not be verified: {bad[0].Message}");
        return Bit(status, list);
    }

    /// <summary>A good list of somebody else, or another good list of the same issuer, says nothing of this credential.</summary>
    private static Check? Swapped(StatusEntry status, JsonElement credential, JsonElement list)
    {
        if (list.IdOf("issuer") is not { } issuer || issuer != credential.IdOf("issuer")) return Failed("status-list-issuer", "The list is of another issuer.");
        if (list.Member("id") is not null && list.Text("id") != status.ListText) return Failed("status-list-swapped", "In its place stands another list.");
        var subject = list.Member("credentialSubject") ?? default;
        if (!list.HasType(BitstringStatusList.CredentialType) || !subject.HasType(BitstringStatusList.SubjectType)) return Failed("status-list-type", "In the list's place stands something else.");
        return subject.Items("statusPurpose").Any(p => p.ValueKind == JsonValueKind.String && p.ValueEquals(status.Purpose))
            ? null
            : Failed("status-purpose", "The list is for another purpose than the credential says.");
    }

    private static Check Bit(StatusEntry status, JsonElement list)
    {
        var encoded = list.Member("credentialSubject")?.Text("encodedList");
        if (encoded is null || BitstringStatusList.Decode(encoded) is not { } bits) return Failed("status-list-encoding", "The list cannot be unpacked.");
        if (status.Index >= bits.Length) return Failed("status-index-beyond", "The credential's place is beyond the end of the list.");
        return (status.Purpose, bits[(int)status.Index]) switch
        {
            ("revocation", true) => Failed("revoked", "The issuer has revoked it."),
            ("suspension", true) => Failed("suspended", "The issuer has suspended it for now."),
            ("revocation", false) => Check.Passed(CheckTopic.Status, "not-revoked", "The issuer has not revoked it."),
            ("suspension", false) => Check.Passed(CheckTopic.Status, "not-suspended", "The issuer has not suspended it."),
            ("refresh", true) => Check.Open(CheckTopic.Other, "refresh-offered", "The issuer has a newer version of it."),
            ("refresh", false) => Check.Passed(CheckTopic.Status, "no-newer-version", "The issuer has no newer version of it."),
            _ => Open("status-purpose-unknown", "The list is for a purpose that we do not know."),
        };
    }

    private static Check Failed(string code, string message) => Check.Failed(CheckTopic.Status, code, message);

    private static Check Open(string code, string message) => Check.Open(CheckTopic.Status, code, message);
}
