using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Communities;

internal sealed record ChooseListing(Id<Community> Community, Id<Person> Person, bool Listed, DateTimeOffset Now) : ICommand<Participation, ParticipationEvent>
{
    public Decision<ParticipationEvent> Decide(Participation state) => state switch
    {
        Participation.Inside i when i.Listed == Listed => Decision<ParticipationEvent>.Nothing,
        Participation.Inside => new CommunityListingChosen(Community, Person, Listed, Now),
        _ => CommunityRules.NotMember,
    };
}

/// <summary>How many other people somebody has helped: whose question was answered, or who found something helpful. How much one writes does not count.</summary>
/// <param name="Accepted">Askers, each once, whose question an answer of the person solved.</param>
/// <param name="Helpful">People, each once, who found something of the person helpful.</param>
internal sealed record Contribution(Id<Person> Person, int People, int Accepted, int Helpful);

/// <summary>The board of contributions of a community.</summary>
internal sealed class Contributions(Database database)
{
    /// <summary>Below so many people a figure would be somebody's.</summary>
    public const int Fewest = 5;

    private const int Longest = 20;

    private const string Sql = """
        with helped as (
            select p.author as helper, d.author as helped, 'accepted' as how from learning.discussions d join learning.discussion_posts p on p.id = d.accepted
            where d.community = $1 and p.status = 'shown' and p.author <> d.author
            union select m.author, m.by, 'helpful' from learning.helpful_marks m join learning.discussion_posts p on p.id = m.post
            where m.community = $1 and m.helpful and p.status = 'shown' and m.author <> m.by)
        select m.person, count(distinct h.helped)::int, (count(distinct h.helped) filter (where how = 'accepted'))::int,
            (count(distinct h.helped) filter (where how = 'helpful'))::int
        from helped h join learning.community_members m on m.person = h.helper and m.community = $1 and m.active and m.listed
        group by m.person order by 2 desc, m.person
        """;

    /// <returns>Null where fewer than five people would stand on it.</returns>
    public async Task<IReadOnlyList<Contribution>?> Of(Id<Community> community, CancellationToken ct)
    {
        var all = await database.Query(
            LearningModule.Name, Statement.Of(Sql, community.Value), r => new Contribution(new(r.GetGuid(0)), r.GetInt32(1), r.GetInt32(2), r.GetInt32(3)), ct);
        return all.Count < Fewest ? null : [.. all.Take(Longest)];
    }

    public async Task<bool> IsListed(Id<Community> community, Id<Person> person, CancellationToken ct) => (await database.Query(
        LearningModule.Name, Statement.Of("select listed from learning.community_members where id = $1", Participation.IdOf(community, person)), r => r.GetBoolean(0), ct))
        .FirstOrDefault();
}

internal static class ContributionsEndpoint
{
    /// <param name="Listed">False to stand on the board no more.</param>
    internal sealed record Body(bool Listed);

    /// <param name="Contributions">Null where fewer than five people would stand there.</param>
    internal sealed record BoardAnswer(IReadOnlyList<Entry>? Contributions);

    /// <param name="People">How many other people the person has helped.</param>
    internal sealed record Entry(Id<Person> Person, string? Name, int People, int Accepted, int Helpful);

    internal static void MapContributions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/learning/communities/{id}/contributions", Read)
            .WithName("ReadContributions").WithSummary("Who has helped how many others in a community; how much one writes does not count")
            .WithDescription("Null where fewer than five people would stand there. Who does not want to, does not.").Produces<BoardAnswer>().SignedInMayCall("members of the community");
        routes.MapPut("/learning/communities/{id}/listing", Choose)
            .WithName(nameof(ChooseListing)).WithSummary("Stand on the board of contributions, or not").WithExample(new Body(false)).SignedInMayCall("members about themselves");
    }

    private static async Task<IResult> Read(Id<Community> id, Caller caller, CommunityDesk desk, Contributions board, IPeopleNames names, CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is not { } seen) return Problems.From(CommunityRules.Unknown);
        if (!seen.IsMember) return Problems.From(CommunityRules.NotMember);
        var entries = await board.Of(id, ct);
        // Who stands there has written for all readers.
        var known = await names.Known([.. (entries ?? []).Select(e => e.Person)], ct);
        return TypedResults.Ok(new BoardAnswer(entries?.Select(e => new Entry(e.Person, known.GetValueOrDefault(e.Person), e.People, e.Accepted, e.Helpful)).ToList()));
    }

    internal static async Task<IResult> Choose(Id<Community> id, Body body, Caller caller, CommunityDesk desk, CommunityCommands communities, CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is not { } seen) return Problems.From(CommunityRules.Unknown);
        return seen.IsMember
            ? await communities.Run(id, caller, new ChooseListing(id, caller.Person, body.Listed, communities.Now), ct)
            : Problems.From(CommunityRules.NotMember);
    }
}
