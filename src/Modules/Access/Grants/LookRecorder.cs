using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Grants;

/// <summary>Records looks in the history.</summary>
internal sealed class LookRecorder(
    Streams<AuditorLook, AuditorLookEvent> looks, Commands commands, IHttpContextAccessor accessor, IAuditorGrants grants, TimeProvider clock)
    : IAuditorReads
{
    private const int MaxTarget = 300;

    public async Task<Refusal?> Record(
        Caller caller, Id<AuditorGrant>? grant, string what, IEnumerable<Id<Person>> persons, CancellationToken ct)
    {
        var request = accessor.HttpContext!.Request; // reads come by HTTP only
        var (words, unusable) = AuditorPurpose.Of(request);
        if (unusable is not null) return unusable;
        var path = request.Path.Value ?? "";
        var others = persons.Where(p => p != caller.Person).Distinct().Order();
        var look = new AuditorLookRecorded(
            caller.Person, grant, what, path.Length > MaxTarget ? path[..MaxTarget] : path, [.. others], words, clock.GetUtcNow());
        var outcome = await looks.Execute(Guid.CreateVersion7(look.At), new RecordLook(look), new(commands.Metadata()), ct);
        return outcome is Outcome.Written ? null : throw new InvalidOperationException($"An auditor's look could not be recorded: {outcome}.");
    }

    /// <summary>A look that nothing else records: by its address, with the person whom the route names.</summary>
    public async Task<Refusal?> RecordByAddress(HttpContext http, Caller caller)
    {
        var named = Id<Person>.TryParse(http.GetRouteValue("person")?.ToString(), null, out var person) ? [person] : Array.Empty<Id<Person>>();
        var cluster = Guid.TryParse(http.GetRouteValue("cluster")?.ToString(), out var inRoute)
            ? inRoute
            : caller.ScopesOf(ScopeKind.Cluster, Role.Auditor) is [var only] ? only : Guid.Empty;
        var inForce = await grants.InForce(caller, cluster, http.RequestAborted);
        var name = http.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "page";
        return await Record(caller, inForce is [var first, ..] ? first.Grant : null, $"by address: {name}", named, http.RequestAborted);
    }
}

/// <summary>What was recorded of looks, for the persons concerned.</summary>
internal sealed class LookQueries(Database database) : IReadsOf, IRecipients
{
    async Task<IReadOnlyList<ReadOf>> IReadsOf.Of(
        Id<Person> person, (DateTimeOffset At, Guid Stream, long Version)? before, int count, CancellationToken ct)
    {
        var (at, stream, version) = before ?? default;
        var rows = await database.Query(
            AccessModule.Name,
            Statement.Of(
                AuditorLooks.Table.Select(
                    "where persons @> array[$1] and ($5 or (at, id, version) < ($2, $3, $4)) order by at desc, id desc, version desc limit $6"),
                person.Value, at, stream, version, before is null, count),
            AuditorLooks.Table.Read, ct);
        return rows.ConvertAll(r => new ReadOf(r.Id, r.Version, r.Auditor, r.Granted, r.What, r.Target, r.Purpose, r.At));
    }

    async Task<IReadOnlyList<Recipient>> IRecipients.Of(Id<Person> person, CancellationToken ct) => await database.Query(
        AccessModule.Name,
        Statement.Of("select auditor, min(at) from access.auditor_looks where persons @> array[$1] group by auditor order by 2, 1", person.Value),
        r => new Recipient("auditor", r.GetGuid(0), r.GetFieldValue<DateTimeOffset>(1)), ct);
}
