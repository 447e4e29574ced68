using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Resources.Sessions;

/// <summary>What comes up in somebody's clusters, or concerns them wherever it is; the next first.</summary>
internal static class SessionsAhead
{
    public static Task<List<SessionRow>> Of(Id<Person> person, Guid[] clusters, DateTimeOffset now, int most, Database database, CancellationToken ct) =>
        database.Query(
            ResourcesModule.Name,
            Statement.Of(
                Sessions.Table.Select($"where standing = 'booked' and ends_at > $2 and (cluster = any($3) or {SessionTasks.ConcernsMe}) order by starts_at, id limit $4"),
                person.Value, now, clusters, most),
            Sessions.Table.Read, ct);
}
