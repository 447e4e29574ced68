using System.Security.Cryptography;
using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Credentials;
using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Accreditation.Issuing;

/// <summary>Signs credentials: at the moment in which the holder, or somebody with a link of the holder's, asks for one. Nothing that is signed is kept.</summary>
internal sealed class CredentialDesk(
    Database database, Streams<Credential, CredentialEvent> credentials, Streams<Application, ApplicationEvent> applications, Streams<Standard, StandardEvent> standards,
    IAccounts accounts, IPeopleNames people, IssuerKeys keys, IssuerAddress address, TimeProvider clock)
{
    private const int Draws = 8, SaltBytes = 16;

    private static readonly Refusal NotYours = new("credential-not-yours", "You hold no credential of this number. See the list of your credentials.", 404);

    /// <summary>One's own credential; null for any other number, for the reason that <see cref="NotOwn"/> says.</summary>
    public async Task<CredentialRow?> Own(string number, Caller caller, CancellationToken ct) =>
        CredentialNumber.Read(number) is { } read && await HeldCredentials.Find(read, database, ct) is { } row && row.Holder == caller.Person ? row : null;

    /// <summary>Of another's credential it says no more than of one that there is not.</summary>
    public static Refusal NotOwn(string number) => CredentialNumber.Read(number) is null ? VerifyCredentialEndpoint.Mistyped : NotYours;

    /// <param name="showsName">Whether the holder's name stands in it; the hash of a mail address that was confirmed always does.</param>
    public async Task<string> Sign(CredentialRow row, CredentialForm form, bool showsName, CancellationToken ct)
    {
        var content = await Content(row, showsName, ct);
        var key = await keys.Current(ct);
        return form switch
        {
            CredentialForm.Proof => EcdsaJcs2019.Sign(content, new($"{address.Did}#{key.Name}", clock.GetUtcNow()), key.Key),
            CredentialForm.VcJwt => CredentialJwt.Sign(content, $"{address.Did}#{key.Name}-jwk", key.Key),
            // The public validators of Open Badges resolve no DIDs.
            _ => CredentialJwt.SignBadge(content, $"{address.Did}#{key.Name}-jwk", key.Key, withKey: true),
        };
    }

    /// <summary>What the evidence came to when it was decided on.</summary>
    public async Task<EvidenceSummary> Evidence(CredentialRow row, CancellationToken ct) =>
        (await applications.Load(row.Application.Value, ct)).State is Application.Existing { Dossier: var dossier }
            ? EvidenceSummary.Of(dossier)
            : throw new InvalidOperationException($"Credential {row.Number} rests on an application that does not exist.");

    private async Task<string> Content(CredentialRow row, bool showsName, CancellationToken ct)
    {
        var events = await Listed(row, ct);
        var issued = events.Select(e => e.Fact).OfType<CredentialIssued>().Single();
        var listed = events.Select(e => e.Fact).OfType<CredentialListed>().Single();
        if ((await standards.Load(row.Standard.Value, ct)).State is not Standard.Existing { Terms: var terms })
            throw new InvalidOperationException($"Credential {row.Number} is by a standard that does not exist.");
        // An address that was only typed is perhaps somebody else's, and would say so with our signature.
        var card = await accounts.HasConfirmedEmail(row.Holder, ct) ? (await accounts.Cards([row.Holder], ct)).GetValueOrDefault(row.Holder) : null;
        var name = showsName ? (await people.Known([row.Holder], ct)).GetValueOrDefault(row.Holder) : null;
        var identity = new HolderIdentity(Known(card?.Email), Known(listed.Salt), name);
        return CredentialContent.Of(row, issued.At, listed.Place, terms, await Evidence(row, ct), identity, address);
    }

    /// <summary>The credential's events, among them its place in the status lists, which it gets now if it has none.</summary>
    private async Task<IReadOnlyList<Recorded>> Listed(CredentialRow row, CancellationToken ct)
    {
        for (var draw = 0; draw < Draws; draw++)
        {
            var loaded = await credentials.Load(row.Id.Value, ct);
            if (loaded.State is Credential.Held { Listed: true }) return loaded.Events;
            var command = new ListCredential(await StatusPlaces.Draw(database, ct), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SaltBytes)), clock.GetUtcNow());
            // Where another credential has the place, the next draw finds another.
            await credentials.Execute(row.Id.Value, command, new(CommandMetadata.System("credential-listing")), ct);
        }

        throw new InvalidOperationException($"No free place in the status lists was found for credential {row.Number}.");
    }

    private static string? Known(Personal<string>? value) => value is { } v && v.Or("") is { Length: > 0 } text ? text : null;
}
