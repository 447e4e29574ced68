using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Learning.Communities;

/// <summary>Who closes the account takes part in no community any more, and holds no office in one; where nobody else facilitates, a member can take it on.</summary>
internal sealed class CommunityErasure(
    Database database, Streams<Participation, ParticipationEvent> participations, Streams<CommunityLife, CommunityEvent> communities, TimeProvider clock) : IErasureStep
{
    public async Task<IReadOnlyList<StoreCount>> Close(Id<Person> person, Id<Person> by, CancellationToken ct)
    {
        var execution = new Execution(CommandMetadata.System("erasure"));
        var now = clock.GetUtcNow();
        foreach (var office in await Ids("select id from learning.communities where facilitators @> array[$1] or sponsor = $1 order by id", person, ct))
            Done(await communities.Execute(office, new GiveUpOffice(person, true, now), execution, ct));
        var parts = await Ids("select community from learning.community_members where person = $1 and active order by community", person, ct);
        foreach (var community in parts)
            Done(await participations.Execute(Participation.IdOf(new(community), person), new LeaveCommunity(new(community), person, now), execution, ct));
        return [new("communities", parts.Count)];
    }

    public Task<IReadOnlyList<StoreCount>> Scrub(ErasureOrder order, CancellationToken ct) => Task.FromResult<IReadOnlyList<StoreCount>>([]);

    private static void Done(Outcome outcome)
    {
        if (outcome is not Outcome.Written) throw new InvalidOperationException($"Somebody who is erased could not leave a community: {outcome}.");
    }

    private Task<List<Guid>> Ids(string sql, Id<Person> person, CancellationToken ct) =>
        database.Query(LearningModule.Name, Statement.Of(sql, person.Value), r => r.GetGuid(0), ct);
}
