using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Records;
using ClusterNet.Projections;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Discussions;

internal sealed record OpenDiscussion(
    Id<Community> Community, Guid Post, bool Question, string Title, Addressed Text, ValueList<string> SkillUris, Id<Person> Author, Id<Firm>? Firm, PostStatus Status,
    DateTimeOffset Now) : ICommand<Thread, DiscussionEvent>
{
    public Decision<DiscussionEvent> Decide(Thread state) => state is Thread.Absent
        ? new DiscussionOpened(Community, Post, Question, Title, Text.Text, SkillUris, Text.People, Author, Firm, Status, Now)
        : Decision<DiscussionEvent>.Nothing;
}

internal static class OpenDiscussionEndpoint
{
    /// <param name="Text">Markdown, without HTML. <c>@[Name]</c> or <c>@[id]</c> names a member, who is told.</param>
    /// <param name="Question">It asks for an answer, of which one can be accepted.</param>
    /// <param name="SkillUris">What it is about; of a question, what helps to find who can help.</param>
    /// <param name="Mention">A member to be named at the end, beside those in the text.</param>
    /// <param name="Draft">Only oneself sees it, until it is published.</param>
    internal sealed record Body(string Title, string Text, bool Question = false, IReadOnlyList<string>? SkillUris = null, Id<Person>? Mention = null, bool Draft = false) : IValidated
    {
        public void Validate(Faults faults) => DiscussionRules.Validate(faults, Text, Title, true).Count("skillUris", SkillUris, 0, DiscussionRules.MaxSkills);
    }

    internal static void MapOpenDiscussion(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/learning/communities/{id}/discussions", Handle)
            .WithName(nameof(OpenDiscussion)).WithSummary("Begin a discussion in a community, or ask it a question")
            .WithDescription("In a community with a review it is shown once a facilitator has read it; the answer's status says so.")
            .WithExample(new Body("How do you keep thin sheet flat?", "We weld 0.8 mm **1.4301** and it warps. What do you clamp it with?", true)).SignedInMayCall("members of the community");

    internal static async Task<IResult> Handle(
        Id<Community> id, Body body, Caller caller, CommunityDesk communities, DiscussionDesk discussions, Mentions mentions, ISkillCatalogue skills,
        HttpRequest request, CancellationToken ct)
    {
        if (await communities.Find(id, caller, ct) is not { } community) return Problems.From(CommunityRules.Unknown);
        if (!community.IsMember) return Problems.From(CommunityRules.NotMember);
        if (await skills.Check(body.SkillUris ?? [], Language.Of(request), ct) is { } unknown) return Problems.From(unknown);
        var (text, stranger) = await mentions.Resolve(community, caller, body.Text, ct, also: body.Mention);
        if (text is null) return Problems.From(stranger!); // one of the two is given
        var discussion = discussions.NewId<Discussion>();
        var status = DiscussionRules.StatusOf(body.Draft, community);
        var command = new OpenDiscussion(
            id, discussion.Value, body.Question, body.Title.Trim(), text, [.. (body.SkillUris ?? []).Distinct()], caller.Person, await discussions.FirmOf(caller, community, ct),
            status, discussions.Now);
        return await discussions.Run(id, discussion, command, ct, Reply.Created(DiscussionDesk.Address(discussion), discussion, ("status", WireNames.Of(status))));
    }
}
