using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Communities;

internal sealed record Follow(Id<Community> Community, Guid Target, Id<Person> Person, bool Follows, DateTimeOffset Now) : ICommand<Following, FollowingEvent>
{
    public Decision<FollowingEvent> Decide(Following state) => state switch
    {
        _ when state.Follows == Follows => Decision<FollowingEvent>.Nothing,
        _ when Follows => new CommunityFollowingBegun(Community, Target, Person, Now),
        _ => new CommunityFollowingEnded(Community, Target, Person, Now),
    };
}

/// <summary>Who hears of what.</summary>
internal sealed class Followers(Database database, Streams<Following, FollowingEvent> followings, Commands commands, TimeProvider clock)
{
    /// <param name="byNature">Who follows it unless they said otherwise.</param>
    public async Task<IReadOnlyList<Id<Person>>> Of(Guid target, IEnumerable<Id<Person>> byNature, CancellationToken ct)
    {
        var said = await database.Query(
            LearningModule.Name, Statement.Of(Followings.Table.Select("where target = $1"), target), Followings.Table.Read, ct);
        return [.. byNature.Concat(said.Where(s => s.Follows).Select(s => s.Person)).Except(said.Where(s => !s.Follows).Select(s => s.Person))];
    }

    /// <param name="byNature">Whether the person follows it unless they said otherwise.</param>
    public async Task<bool> Follows(Guid target, Id<Person> person, bool byNature, CancellationToken ct) => (await database.Query(
        LearningModule.Name, Statement.Of("select follows from learning.community_followings where id = $1", Following.IdOf(target, person)), r => r.GetBoolean(0), ct))
        .Cast<bool?>().FirstOrDefault() ?? byNature;

    public Task<IResult> Choose(Id<Community> community, Guid target, string self, IId id, Caller caller, bool follows, CancellationToken ct) => commands.Run(
        followings, Following.IdOf(target, caller.Person), new Follow(community, target, caller.Person, follows, clock.GetUtcNow()), Reply.Changed(self, id), ct);
}

internal static class FollowEndpoint
{
    /// <param name="Following">False to hear no more of it.</param>
    internal sealed record Body(bool Following);

    internal static void MapFollow(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/learning/communities/{id}/following", Handle)
            .WithName("FollowCommunity").WithSummary("Hear of new discussions in a community, or no more; members hear of them unless they say otherwise")
            .WithExample(new Body(false)).SignedInMayCall("everybody who may see it, for themselves");

    internal static async Task<IResult> Handle(Id<Community> id, Body body, Caller caller, CommunityDesk desk, Followers followers, CancellationToken ct) =>
        await desk.Find(id, caller, ct) is null
            ? Problems.From(CommunityRules.Unknown)
            : await followers.Choose(id, id.Value, $"/api/v1/learning/communities/{id}", id, caller, body.Following, ct);
}
