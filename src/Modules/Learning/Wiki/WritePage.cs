using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Wiki;

internal sealed record WritePage(Id<Community> Community, WikiKind Kind, string Title, string Text, Id<Person> Author, PostStatus Status, DateTimeOffset Now)
    : ICommand<WikiLife, WikiEvent>
{
    public Decision<WikiEvent> Decide(WikiLife state) => state is WikiLife.Absent
        ? new WikiPageWritten(Community, Kind, Title, Text, Author, Status, Now)
        : Decision<WikiEvent>.Nothing;
}

internal sealed record RevisePage(string Title, string Text, string Note, Id<Person> Author, PostStatus Status, DateTimeOffset Now) : ICommand<WikiLife, WikiEvent>
{
    public Decision<WikiEvent> Decide(WikiLife state) => state switch
    {
        WikiLife.Kept k when k.Versions[^1].Title == Title && k.Versions[^1].Text == Text => Decision<WikiEvent>.Nothing,
        WikiLife.Kept => new WikiPageRevised(Title, Text, Note, Author, Status, Now),
        _ => WikiDesk.Unknown,
    };
}

internal static class WritePageEndpoint
{
    private const string Who = "members of the community";

    /// <param name="Kind">page, or faq for a question that comes up often.</param>
    /// <param name="Text">Markdown, without HTML. <c>@[Name]</c> or <c>@[id]</c> names a member, who is told.</param>
    internal sealed record Body(string Title, string Text, WikiKind Kind = WikiKind.Page) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("title", Title, 1, DiscussionRules.MaxTitle).Text("text", Text, 1, WikiDesk.MaxText);
    }

    /// <param name="Note">What was changed, in a few words.</param>
    internal sealed record ReviseBody(string Title, string Text, string? Note = null) : IValidated
    {
        public void Validate(Faults faults) =>
            faults.Text("title", Title, 1, DiscussionRules.MaxTitle).Text("text", Text, 1, WikiDesk.MaxText).OptionalText("note", Note, WikiDesk.MaxNote);
    }

    internal static void MapWritePage(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/learning/communities/{id}/pages", Write)
            .WithName(nameof(WritePage)).WithSummary("Write a page of a community's wiki, or a question that comes up often with its answer")
            .WithExample(new Body("Clamping thin sheet", "## What works\n\n- copper bars on both sides\n- a tack every 30 mm")).SignedInMayCall(Who);
        routes.MapPut("/learning/pages/{id}", Revise)
            .WithName(nameof(RevisePage)).WithSummary("Write a new version of a page; send the ETag as If-Match, so that nobody's version is passed over")
            .WithExample(new ReviseBody("Clamping thin sheet", "## What works\n\n- copper bars on both sides\n- a tack every 20 mm", "Closer tacks")).SignedInMayCall(Who);
    }

    internal static async Task<IResult> Write(Id<Community> id, Body body, Caller caller, CommunityDesk communities, WikiDesk wiki, Mentions mentions, CancellationToken ct)
    {
        if (await communities.Find(id, caller, ct) is not { } community) return Problems.From(CommunityRules.Unknown);
        if (!community.IsMember) return Problems.From(CommunityRules.NotMember);
        var (text, stranger) = await mentions.Resolve(community, caller, body.Text, ct);
        if (text is null) return Problems.From(stranger!); // one of the two is given
        var (page, status) = (wiki.NewId(), DiscussionRules.StatusOf(false, community));
        return await wiki.Run(
            id, page, new WritePage(id, body.Kind, body.Title.Trim(), text.Text, caller.Person, status, wiki.Now), ct,
            Reply.Created(WikiDesk.Address(page), page, ("status", WireNames.Of(status))));
    }

    internal static async Task<IResult> Revise(Id<WikiPage> id, ReviseBody body, IfMatch ifMatch, Caller caller, WikiDesk wiki, Mentions mentions, CancellationToken ct)
    {
        var (seen, refusal) = await wiki.ForMember(id, caller, ct);
        if (seen is null) return Problems.From(refusal!); // one of the two is given
        var (text, stranger) = await mentions.Resolve(seen.Community, caller, body.Text, ct, seen.Latest.Mentions);
        if (text is null) return Problems.From(stranger!); // as above
        var command = new RevisePage(body.Title.Trim(), text.Text, body.Note?.Trim() ?? "", caller.Person, DiscussionRules.StatusOf(false, seen.Community), wiki.Now);
        return await wiki.Run(seen.State.Community, id, command, ct);
    }
}
