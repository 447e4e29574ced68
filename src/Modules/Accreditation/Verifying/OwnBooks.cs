using System.Globalization;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.Accreditation.Issuing;
using ClusterNet.EventStore;
using ClusterNet.Ledger;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Accreditation.Verifying;

/// <summary>What this installation itself knows of a credential: its register, and the place of its issue in the public log.</summary>
internal sealed class OwnBooks(
    Database database, Streams<Credential, CredentialEvent> credentials, LogProofs log, IssuerAddress address, ISkillCatalogue skills, TimeProvider clock)
{
    public Task<CredentialRow?> Find(CredentialNumber number, CancellationToken ct) => HeldCredentials.Find(number, database, ct);

    /// <summary>The row of a signed credential of ours; null for those of others, whatever address they claim.</summary>
    public async Task<CredentialRow?> Find(SaidIn said, CancellationToken ct)
    {
        if (!said.Signed || said.Issuer.Id != address.Did || said.Id is not { } id || address.PathOf(id) is not { } path || !path.StartsWith(IssuerAddress.CredentialPath, StringComparison.Ordinal)) return null;
        return CredentialNumber.Read(path[IssuerAddress.CredentialPath.Length..]) is { } number ? await Find(number, ct) : null;
    }

    public async Task<SaidIn> Says(CredentialRow row, CancellationToken ct) =>
        Sayings.Of(row, (await skills.Find([row.Skill], CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, ct)).LabelOf(row.Skill));

    /// <summary>How it stands in our register now, and whether its issue is in the log.</summary>
    public async Task<IReadOnlyList<Finding>> Checks(CredentialRow row, CheckWords words, CancellationToken ct) =>
    [
        row.StatusAt(clock.GetUtcNow()) switch
        {
            CredentialStatus.Active => words.Of(CheckWords.Status, CheckWords.Passed, "register-active"),
            CredentialStatus.Suspended => words.Of(CheckWords.Status, CheckWords.Failed, "register-suspended"),
            CredentialStatus.Withdrawn => words.Of(CheckWords.Status, CheckWords.Failed, "register-withdrawn"),
            _ => words.Of(CheckWords.Status, CheckWords.Failed, "register-expired"),
        },
        await IsInLog(row, ct) ? words.Of(CheckWords.Ledger, CheckWords.Passed, "ledger-included") : words.Of(CheckWords.Ledger, CheckWords.NotChecked, "ledger-waiting"),
    ];

    private async Task<bool> IsInLog(CredentialRow row, CancellationToken ct) =>
        (await credentials.Load(row.Id.Value, ct)).Events is [var issued, ..] && await log.OfEvent(issued.Id, ct) is EventProof.Proven;
}
