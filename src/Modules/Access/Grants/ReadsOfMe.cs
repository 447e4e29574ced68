using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Grants;

/// <summary>Who read what about a person, and why: from all modules, the newest first.</summary>
internal sealed class ReadsOfMe(IEnumerable<IReadsOf> sources, IAccounts accounts, Database database)
{
    /// <param name="ReaderName">Null when the auditor's name is not known any more.</param>
    /// <param name="Organisation">For whom the auditor works, as the grant says.</param>
    /// <param name="Kind">application, events, dossier, trail, list, record, other.</param>
    /// <param name="Purpose">Of the grant.</param>
    /// <param name="Added">What the auditor added; empty for nothing.</param>
    internal sealed record Read(
        DateTimeOffset At, Id<Person> Reader, Personal<string>? ReaderName, Personal<string>? Organisation, string Kind, string What, string Target,
        Personal<string>? Purpose, Personal<string> Added, Id<AuditorGrant>? Grant, Guid RecordedAs, long Version);

    public async Task<IReadOnlyList<Read>> Of(Id<Person> person, (DateTimeOffset, Guid, long)? before, int count, CancellationToken ct)
    {
        var found = new List<ReadOf>();
        foreach (var source in sources) found.AddRange(await source.Of(person, before, count, ct));
        var newest = found.OrderByDescending(r => r.At).ThenByDescending(r => r.Stream).ThenByDescending(r => r.Version).Take(count).ToList();
        var cards = await accounts.Cards([.. newest.Select(r => r.Reader).Distinct()], ct);
        var granted = (await Grants.Rows("where id = any($1)", database, ct, newest.Select(r => r.Grant?.Value).OfType<Guid>().Distinct().ToArray()))
            .ToDictionary(g => g.Id);
        return [.. newest.Select(r => Of(r, cards.GetValueOrDefault(r.Reader), r.Grant is { } g ? granted.GetValueOrDefault(g) : null))];
    }

    private static Read Of(ReadOf r, AccountCard? reader, GrantRow? grant) => new(
        r.At, r.Reader, reader?.Name, grant?.Organisation, r.Kind, r.What, r.Target, grant?.Purpose, r.Purpose, r.Grant, r.Stream, r.Version);
}

internal static class ReadsOfMeEndpoint
{
    internal static void MapReadsOfMe(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/access/me/reads", async (Caller caller, PageRequest page, ReadsOfMe reads, CancellationToken ct) =>
                page.Answer(
                    await reads.Of(caller.Person, page.After<(DateTimeOffset, Guid, long)>(), page.Fetch, ct), r => (r.At, r.RecordedAs, r.Version)))
            .WithName("ListReadsOfMe").WithSummary("Which auditors read what about me, when and for which purpose, the newest first")
            .Produces<Page<ReadsOfMe.Read>>().SignedInMayCall("everybody about themselves").OwnData();
}
