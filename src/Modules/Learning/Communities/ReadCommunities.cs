using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Search;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Communities;

internal static class ReadCommunitiesEndpoint
{
    private const string Who = "everybody for communities of the network, people of a cluster for those of the cluster";

    /// <param name="Cluster">Null for the whole network.</param>
    /// <param name="Member">Whether the caller takes part.</param>
    internal sealed record Summary(
        Id<Community> Id, string Name, string Objective, CommunityKind Kind, Id<Cluster>? Cluster, IReadOnlyList<string> SkillUris, IReadOnlyList<string> Tags, int Members,
        int Discussions, bool Member, bool Open);

    /// <param name="Reviewed">What is written is read by a facilitator before it is shown.</param>
    /// <param name="Facilitator">Whether the caller is one.</param>
    internal sealed record CommunityAnswer(
        Id<Community> Id, string Name, string Objective, CommunityKind Kind, Id<Cluster>? Cluster, bool Reviewed, Id<Person>? Sponsor, IReadOnlyList<Id<Person>> Facilitators,
        IReadOnlyList<string> SkillUris, IReadOnlyList<string> Tags, IReadOnlyList<GoalAnswer> Goals, bool Member, bool Facilitator, bool Following, DateTimeOffset FoundedAt,
        DateTimeOffset? ClosedAt, long Version);

    internal sealed record GoalAnswer(Guid Id, string Text, DateOnly? Until, int Percent);

    /// <param name="Hidden">How many more there are whom the caller may not see.</param>
    internal sealed record MembersAnswer(IReadOnlyList<Member> Members, int Hidden);

    internal sealed record Member(Id<Person> Person, string Name, Id<Firm>? Firm, bool Facilitator, DateTimeOffset JoinedAt);

    internal static void MapReadCommunities(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/learning/communities", List)
            .WithName("ListCommunities").WithSummary("Communities that one may see, by name; closed ones last")
            .WithDescription("Filters: q (words of name, tags and objective), mine (true for those of which one is a member, false for the others).")
            .Produces<Page<Summary>>().SignedInMayCall(Who);
        routes.MapGet("/learning/communities/{id}", One).WithName("ReadCommunity").WithSummary("One community").Produces<CommunityAnswer>().SignedInMayCall(Who);
        routes.MapGet("/learning/communities/{id}/members", Members)
            .WithName("ListCommunityMembers").WithSummary("Who takes part, as far as each shows themselves to the caller").Produces<MembersAnswer>().SignedInMayCall(Who);
    }

    private static async Task<IResult> List(PageRequest page, Caller caller, CommunityDesk desk, CancellationToken ct, string? q = null, bool? mine = null)
    {
        var query = string.IsNullOrWhiteSpace(q) ? null : FoldedQuery.Of(q);
        var found = query is null && !string.IsNullOrWhiteSpace(q) ? [] : await desk.List(caller, query, mine, page.After<Guid>(), page.Fetch, ct);
        return page.Answer([.. found.Select(SummaryOf)], s => s.Id.Value);
    }

    private static async Task<IResult> One(Id<Community> id, Caller caller, CommunityDesk desk, Followers followers, HttpContext http, CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is not { } seen) return Problems.From(CommunityRules.Unknown);
        var row = seen.Row;
        ETags.Set(http, row.Version);
        return TypedResults.Ok(new CommunityAnswer(
            row.Id, row.Name, row.Objective, row.Kind, row.Cluster, row.Reviewed, row.Sponsor, [.. row.Facilitators.Select(f => new Id<Person>(f))], row.SkillUris, row.Tags,
            [.. row.Goals.Select(g => new GoalAnswer(g.Id, g.Text, g.Until, g.Percent))], seen.IsMember, seen.Facilitates,
            await followers.Follows(id.Value, caller.Person, seen.IsMember, ct), row.FoundedAt, row.ClosedAt, row.Version));
    }

    private static async Task<IResult> Members(Id<Community> id, Caller caller, CommunityDesk desk, IPeopleNames names, CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is not { } seen) return Problems.From(CommunityRules.Unknown);
        var all = await desk.Members(id, ct);
        var seenBy = await names.SeenBy(caller, [.. all.Select(m => m.Person)], ct);
        var shown = all.Where(m => seenBy.ContainsKey(m.Person)).Select(m => new Member(
            m.Person, seenBy[m.Person], m.Firm, seen.Row.Facilitators.Contains(m.Person.Value), m.JoinedAt)).ToList();
        return TypedResults.Ok(new MembersAnswer(shown, all.Count - shown.Count));
    }

    private static Summary SummaryOf(ListedCommunity c) => new(
        c.Row.Id, c.Row.Name, c.Row.Objective, c.Row.Kind, c.Row.Cluster, c.Row.SkillUris, c.Row.Tags, c.Members, c.Discussions, c.IsMember, c.Row.IsOpen);
}
