using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.Credentials;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Accreditation.Issuing;

/// <summary>What a bit says (Bitstring Status List 1.0, section 2.2).</summary>
[JsonConverter(typeof(WireNameConverter<StatusPurpose>))]
internal enum StatusPurpose
{
    /// <summary>For good.</summary>
    [JsonStringEnumMemberName("revocation")]
    Revocation,

    /// <summary>It may end.</summary>
    [JsonStringEnumMemberName("suspension")]
    Suspension,
}

/// <summary>Where the bits of a credential stand: the same place in the list of each purpose.</summary>
internal sealed record StatusPlace(int List, int Index);

internal static class StatusPlaces
{
    /// <summary>A place is drawn, so that its number says nothing of when somebody got a credential; beyond half the list that would take long.</summary>
    private const int Full = BitstringStatusList.MinLength / 2;

    private const string Fill = """
        select coalesce(max(status_list), 0), coalesce((select count(*) from accreditation.credentials where status_list = (select max(status_list) from accreditation.credentials)), 0)
        from accreditation.credentials
        """;

    /// <summary>What a list is called, such as <c>revocation-0</c>.</summary>
    public static string Name(StatusPurpose purpose, int list) => string.Create(CultureInfo.InvariantCulture, $"{WireNames.Of(purpose)}-{list}");

    /// <returns>null for what is called otherwise.</returns>
    public static (StatusPurpose Purpose, int List)? Read(string name) =>
        name.Split('-') is [var word, var number] && WireNames.TryParse<StatusPurpose>(word, out var purpose)
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var list) && name == Name(purpose, list)
            ? (purpose, list)
            : null;

    /// <summary>A place in the newest list, or in the next one when that is half full. Whether somebody has it shows when it is taken: a guard refuses it then.</summary>
    public static async Task<StatusPlace> Draw(Database database, CancellationToken ct)
    {
        var (list, taken) = (await database.Query(AccreditationModule.Name, Statement.Of(Fill), r => (r.GetInt32(0), r.GetInt64(1)), ct))[0];
        return new(taken < Full ? list : list + 1, RandomNumberGenerator.GetInt32(BitstringStatusList.MinLength));
    }
}

/// <summary>Gives a credential its place in the status lists and the salt of its identity hashes, once, before it is signed for the first time.</summary>
internal sealed record ListCredential(StatusPlace Place, string Salt, DateTimeOffset Now) : ICommand<Credential, CredentialEvent>
{
    public Decision<CredentialEvent> Decide(Credential state) => state switch
    {
        Credential.Held { Listed: false } c => new CredentialListed(c.Holder, Place, Salt, Now),
        Credential.Held => Decision<CredentialEvent>.Nothing,
        _ => VerifyCredentialEndpoint.Unknown,
    };
}
