using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Search;

namespace ClusterNet.Accreditation.Credentials;

/// <summary>Finds one's own credentials by what they attest, and any credential by its whole number, which whoever holds it may verify.</summary>
internal sealed class CredentialSearch(Database database) : ISearchSource
{
    /// <summary>Somebody holds tens of credentials, not thousands.</summary>
    private const int MaxOwn = 200, InsideTitle = 2;

    public async Task<IReadOnlyList<SearchHit>> Find(string text, int max, Caller caller, CancellationToken ct)
    {
        if (CredentialNumber.Read(text) is { } number)
            return await HeldCredentials.Find(number, database, ct) is { } row ? [HitOf(row, 0)] : [];
        if (FoldedQuery.Of(text) is not { } query) return [];
        var own = await HeldCredentials.Rows(
            "where holder = $1 order by issued_on desc, id desc limit $2", database, ct, caller.Person.Value, MaxOwn);
        return
        [
            .. own.Select(r => (Row: r, Rank: Math.Min(query.RankOf(r.Title), query.RankOf(r.Number))))
                .Where(r => r.Rank < InsideTitle).OrderBy(r => r.Rank).Take(max).Select(r => HitOf(r.Row, r.Rank)),
        ];
    }

    private static SearchHit HitOf(CredentialRow row, int rank) => new("credential", row.Title, row.Number, $"/verify?number={row.Number}", rank);
}
