using ClusterNet.Access.Contracts;
using ClusterNet.Design.Markdown;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Signals;

internal sealed record TalkAboutSignal(Id<Community> Community, Id<Discussion> Discussion, Id<Person> By, DateTimeOffset Now) : ICommand<SignalLife, SignalEvent>
{
    public Decision<SignalEvent> Decide(SignalLife state) => state switch
    {
        SignalLife.Kept { Withdrawn: true } => SignalRules.Withdrawn,
        SignalLife.Kept { Hidden: true } => SignalRules.Hidden,
        SignalLife.Kept k when k.Talks.Any(t => t.Discussion == Discussion) => Decision<SignalEvent>.Nothing,
        SignalLife.Kept => new SignalTalkedAbout(Community, Discussion, By, Now),
        _ => SignalRules.Unknown,
    };
}

internal static class TalkAboutSignalEndpoint
{
    /// <param name="Community">Of which one is a member, and whose readers may all see the signal.</param>
    /// <param name="Text">One's own words before those of the signal: Markdown, without HTML.</param>
    internal sealed record Body(Id<Community> Community, string? Text = null) : IValidated
    {
        public void Validate(Faults faults) => faults.OptionalText("text", Text, SignalRules.MaxLearnt);
    }

    internal static void MapTalkAboutSignal(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/learning/signals/{id}/discussions", Handle)
            .WithName(nameof(TalkAboutSignal)).WithSummary("Open a discussion about a signal in a community; there is one in each, however often it is opened")
            .WithExample(new Body(Id<Community>.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f", null), "What do we do about it?")).SignedInMayCall("members of the community who see the signal");

    internal static async Task<IResult> Handle(
        Id<Signal> id, Body body, Caller caller, SignalDesk signals, CommunityDesk communities, DiscussionDesk discussions, Mentions mentions, PublicUrl url, CancellationToken ct)
    {
        if (await signals.Find(id, caller, ct) is not { } seen) return Problems.From(SignalRules.Unknown);
        if (seen.State.Withdrawn) return Problems.From(SignalRules.Withdrawn);
        if (seen.State.Hidden) return Problems.From(SignalRules.Hidden);
        if (await communities.Find(body.Community, caller, ct) is not { } community) return Problems.From(CommunityRules.Unknown);
        if (!community.IsMember) return Problems.From(CommunityRules.NotMember);
        if (!await signals.IsShownTo(seen, community.Row.Cluster, ct)) return Problems.From(SignalRules.Narrower);
        var (text, stranger) = await mentions.Resolve(community, caller, WordsOf(seen, body.Text, url), ct);
        if (text is null) return Problems.From(stranger!); // one of the two is given
        var discussion = DiscussionOf(id, body.Community);
        var (status, now) = (DiscussionRules.StatusOf(false, community), discussions.Now);
        var command = new OpenDiscussion(
            body.Community, discussion.Value, false, Headline(seen), text, [], caller.Person, await discussions.FirmOf(caller, community, ct), status, now);
        return await discussions.Run(
            body.Community, discussion, command, ct, Reply.Created(DiscussionDesk.Address(discussion), discussion, ("status", WireNames.Of(status))),
            also: () => signals.Prepare(id, new TalkAboutSignal(body.Community, discussion, caller.Person, now), ct));
    }

    /// <summary>The one discussion about a signal in a community.</summary>
    internal static Id<Discussion> DiscussionOf(Id<Signal> signal, Id<Community> community) => new(NamedGuid.Of("signal-discussion", signal.ToString(), community.ToString()));

    /// <summary>Who speaks, then what the signal says as a quotation, then where it stands. Nobody is called by a name in a quotation.</summary>
    private static string WordsOf(SeenSignal seen, string? own, PublicUrl url)
    {
        var said = seen.State.Now.Said;
        var quoted = string.Join("\n\n", new[] { said.What.Or(""), said.SoWhat.Or("") }.Where(s => s.Length > 0).Select(UserText.Words));
        string[] parts =
        [
            (own ?? "").ReplaceLineEndings("\n").Trim(), string.Join('\n', quoted.ReplaceLineEndings("\n").Split('\n').Select(line => $"> {line}")), url.Of($"/signals/{seen.Row.Id}"),
        ];
        return string.Join("\n\n", parts.Where(p => p.Length > 0));
    }

    private static string Headline(SeenSignal seen)
    {
        var line = seen.State.Now.Said.What.Or("…").ReplaceLineEndings(" ").Trim();
        return line.EnumerateRunes().Count() <= DiscussionRules.MaxTitle ? line : string.Concat(line.EnumerateRunes().Take(DiscussionRules.MaxTitle - 1)) + "…";
    }
}
