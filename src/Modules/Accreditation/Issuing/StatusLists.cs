using ClusterNet.Accreditation.Credentials;
using ClusterNet.Credentials;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Accreditation.Issuing;

/// <summary>A status list as it is published.</summary>
/// <param name="Json">With an embedded proof.</param>
/// <param name="Jwt">The same as <c>vc+jwt</c>.</param>
internal sealed record SignedStatusList(string Json, string Jwt);

/// <summary>
/// The published status lists (Bitstring Status List 1.0). A list is signed anew when a bit has changed or half of its time is over; a change shows
/// with the next request, on every Host.
/// </summary>
internal sealed class StatusLists(Database database, IssuerKeys keys, IssuerAddress address, TimeProvider clock)
{
    /// <summary>A list from before is no answer: whoever keeps one longer fetches it anew.</summary>
    private static readonly TimeSpan Validity = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly Dictionary<(StatusPurpose, int), Kept> _kept = [];

    /// <param name="name">Such as <c>revocation-0</c>.</param>
    /// <returns>null for a list that there is not.</returns>
    public async Task<SignedStatusList?> Find(string name, CancellationToken ct)
    {
        if (StatusPlaces.Read(name) is not var (purpose, number)) return null;
        var (standing, now) = (purpose == StatusPurpose.Revocation ? CredentialStatus.Withdrawn : CredentialStatus.Suspended, clock.GetUtcNow());
        var set = await database.Query(
            AccreditationModule.Name,
            Statement.Of("select status_index from accreditation.credentials where status_list = $1 and standing <> 'active' and standing = $2 order by 1", number, WireNames.Of(standing)),
            r => r.GetInt32(0), ct);
        if (set.Count == 0 && !await Exists(number, ct)) return null;
        var key = await keys.Current(ct);
        lock (_gate)
        {
            if (_kept.TryGetValue((purpose, number), out var kept) && kept.Key == key.Name && kept.Did == address.Did && now < kept.SignedAt + (Validity / 2) && kept.Set.SequenceEqual(set)) return kept.List;
        }

        var signed = Sign(purpose, number, set, key, now);
        lock (_gate) _kept[(purpose, number)] = new(key.Name, address.Did, now, set, signed);
        return signed;
    }

    /// <summary>All bits of a list, packed and signed in both forms.</summary>
    internal SignedStatusList Sign(StatusPurpose purpose, int number, IEnumerable<int> set, SigningKey key, DateTimeOffset now)
    {
        var bits = new BitstringStatusList();
        foreach (var index in set) bits[index] = true;
        var list = bits.ToBeSigned(address.StatusList(purpose, number), address.Did, WireNames.Of(purpose), now, now + Validity);
        return new(
            EcdsaJcs2019.Sign(list, new($"{address.Did}#{key.Name}", now), key.Key),
            CredentialJwt.Sign(list, $"{address.Did}#{key.Name}-jwk", key.Key));
    }

    private async Task<bool> Exists(int list, CancellationToken ct) =>
        (await database.Query(AccreditationModule.Name, Statement.Of("select exists (select from accreditation.credentials where status_list = $1)", list), r => r.GetBoolean(0), ct))[0];

    private sealed record Kept(string Key, string Did, DateTimeOffset SignedAt, IReadOnlyList<int> Set, SignedStatusList List);
}
