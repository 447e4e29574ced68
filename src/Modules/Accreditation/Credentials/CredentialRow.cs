using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Accreditation.Credentials;

/// <summary>What a credential is worth at a moment.</summary>
[JsonConverter(typeof(WireNameConverter<CredentialStatus>))]
internal enum CredentialStatus
{
    [JsonStringEnumMemberName("active")]
    Active,

    [JsonStringEnumMemberName("suspended")]
    Suspended,

    [JsonStringEnumMemberName("withdrawn")]
    Withdrawn,

    [JsonStringEnumMemberName("expired")]
    Expired,
}

/// <param name="Standing">Never expired: that follows from the date.</param>
/// <param name="StatusIndex">Of its bits in the lists of that number; null before it was signed for the first time.</param>
internal sealed record CredentialRow(
    Id<Credential> Id, string Number, Id<Person> Holder, Id<Application> Application, Id<Cluster> Cluster, string IssuingBody,
    Id<Standard> Standard, Id<Standard> Lineage, int StandardVersion, string Title, string Skill, int EqfLevel, DateOnly IssuedOn,
    DateOnly ValidUntil, CredentialStatus Standing, DateTimeOffset StandingSince, int? StatusList, int? StatusIndex, long Version)
{
    /// <summary>Withdrawn outweighs expired, which outweighs suspended: none of them is ever shown as active.</summary>
    public CredentialStatus StatusAt(DateTimeOffset instant) =>
        Standing != CredentialStatus.Withdrawn && DateOnly.FromDateTime(instant.UtcDateTime) > ValidUntil ? CredentialStatus.Expired
            : Standing;
}

/// <summary>All credentials; also the guard that a number is given once.</summary>
internal sealed class HeldCredentials() : InlineProjection<CredentialEvent, CredentialRow>(AccreditationModule.Name, Table)
{
    public static readonly Table<CredentialRow> Table = new(AccreditationModule.Name, "credentials", nameof(CredentialRow.Id))
    {
        Guard = true,
        Indexes = ["unique (number)", "(holder, lineage)", "(cluster, id)", "unique (status_list, status_index)", "(status_list) where standing <> 'active'"],
    };

    public static async Task<CredentialRow?> Find(CredentialNumber number, Database database, CancellationToken ct)
    {
        var rows = await Rows("where number = $1", database, ct, number.Text);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>
    /// The number of the credential that somebody holds now by any version of a standard; suspended ones are held as well.
    /// </summary>
    public static async Task<string?> ActiveNumber(
        Id<Person> holder, Id<Standard> lineage, DateTimeOffset now, Database database, CancellationToken ct)
    {
        var rows = await Rows("where holder = $1 and lineage = $2", database, ct, holder.Value, lineage.Value);
        return rows.FirstOrDefault(r => r.StatusAt(now) is CredentialStatus.Active or CredentialStatus.Suspended)?.Number;
    }

    /// <summary>The credential as its events up to some moment leave it; null before its issue.</summary>
    public static CredentialRow? RowOf(IEnumerable<Recorded> events) =>
        (CredentialRow?)events.Aggregate((IReadOnlyList<object>)[], new HeldCredentials().Apply).SingleOrDefault();

    public static Task<List<CredentialRow>> Rows(string where, Database database, CancellationToken ct, params object[] values) =>
        database.Query(AccreditationModule.Name, Statement.Of(Table.Select(where), values), Table.Read, ct);

    protected override CredentialRow? Apply(CredentialRow? row, Recorded<CredentialEvent> recorded) => recorded.Fact switch
    {
        CredentialIssued e => new(
            new(recorded.Stream), e.Number, e.Holder, e.Application, e.Cluster, e.IssuingBody, e.Standard, e.Lineage, e.StandardVersion,
            e.Title, e.Skill, e.EqfLevel, e.IssuedOn, e.ValidUntil, CredentialStatus.Active, e.At, null, null, recorded.Version),
        CredentialListed e when row is not null => row with { StatusList = e.Place.List, StatusIndex = e.Place.Index, Version = recorded.Version },
        CredentialSuspended e when row is not null => Now(row, CredentialStatus.Suspended, e.At, recorded.Version),
        CredentialReinstated e when row is not null => Now(row, CredentialStatus.Active, e.At, recorded.Version),
        CredentialWithdrawn e when row is not null => Now(row, CredentialStatus.Withdrawn, e.At, recorded.Version),
        _ => row,
    };

    private static CredentialRow Now(CredentialRow row, CredentialStatus standing, DateTimeOffset since, long version) =>
        row with { Standing = standing, StandingSince = since, Version = version };
}
