using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Files;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Library;

/// <summary>An author hands a draft in; a facilitator lets through what waits.</summary>
/// <param name="HandedIn">Where something new by this author stands.</param>
internal sealed record PublishItem(int Number, Id<Person> By, bool Facilitates, PostStatus HandedIn, DateTimeOffset Now) : ICommand<LibraryLife, LibraryEvent>
{
    public Decision<LibraryEvent> Decide(LibraryLife state) => state is not LibraryLife.Kept k ? LibraryRules.Unknown : k.Find(Number) switch
    {
        null => LibraryRules.VersionUnknown,
        { Status: PostStatus.Draft } v when v.By != By => LibraryRules.NotAuthor,
        { Status: PostStatus.Draft } => new LibraryItemPublished(Number, HandedIn, By, Now),
        { Status: PostStatus.InReview } when Facilitates => new LibraryItemPublished(Number, PostStatus.Shown, By, Now),
        { Status: PostStatus.InReview } => CommunityRules.NotFacilitator,
        _ => Decision<LibraryEvent>.Nothing,
    };
}

internal sealed record FlagItem(string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<LibraryLife, LibraryEvent>
{
    public Decision<LibraryEvent> Decide(LibraryLife state) => state switch
    {
        LibraryLife.Kept { Flaggable: { IsShown: true, Hidden: false } } k when k.Versions.All(v => v.By == By) => LibraryRules.Own,
        LibraryLife.Kept k => k.Flaggable.Flag<LibraryEvent>(By, new LibraryItemFlagged(Reason, By, Now)),
        _ => LibraryRules.Unknown,
    };
}

/// <summary>A facilitator hides an item, shows it again, sends what waits back, or finds nothing wrong: always with a reason.</summary>
internal sealed record ModerateItem(Moderation Step, string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<LibraryLife, LibraryEvent>
{
    public Decision<LibraryEvent> Decide(LibraryLife state) =>
        state is LibraryLife.Kept kept ? kept.Flaggable.Moderate<LibraryEvent>(Step, new LibraryItemModerated(Step, Reason, By, Now)) : LibraryRules.Unknown;
}

/// <summary>A facilitator puts something right in what somebody said about an item.</summary>
internal sealed record CorrectItem(int Number, ItemWords Words, string Reason, DateTimeOffset Now) : ICommand<LibraryLife, LibraryEvent>
{
    public Decision<LibraryEvent> Decide(LibraryLife state) => state is not LibraryLife.Kept k ? LibraryRules.Unknown : k.Find(Number) switch
    {
        null or { Status: PostStatus.Draft } => LibraryRules.VersionUnknown,
        { } v when (v.Words.Title, v.Words.Text) == (Words.Title, Words.Text) && v.Words.Tags == Words.Tags => Decision<LibraryEvent>.Nothing,
        _ => new LibraryItemCorrected(Number, Words.Title, Words.Text, Words.Tags, Reason, Words.By, Now),
    };
}

internal sealed record WithdrawItem(Id<Person> By, DateTimeOffset Now) : ICommand<LibraryLife, LibraryEvent>
{
    public Decision<LibraryEvent> Decide(LibraryLife state) => state switch
    {
        LibraryLife.Withdrawn => Decision<LibraryEvent>.Nothing,
        LibraryLife.Kept k when k.AddedBy == By && k.Versions.All(v => v.By == By) => new LibraryItemWithdrawn(By, Now),
        LibraryLife.Kept => LibraryRules.NotYours,
        _ => LibraryRules.Unknown,
    };
}

internal static class ModerateItemEndpoint
{
    private const string Who = "facilitators of the community";

    /// <param name="Reason">Members read it in the log of moderation.</param>
    internal sealed record CorrectBody(string Title, string Reason, string? Text = null, IReadOnlyList<string>? Tags = null) : IValidated
    {
        public Said Says() => new(Title, Text, Tags, null);

        public void Validate(Faults faults) => Says().Check(faults).Text("reason", Reason, 1, DiscussionRules.MaxReason);
    }

    internal static void MapModerateItem(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/learning/library/{id}/versions/{version}/publication", Publish)
            .WithName(nameof(PublishItem)).WithSummary("Hand in a draft, or as a facilitator let through a version that waits for review")
            .SignedInMayCall("its author for a draft, facilitators for what is in review");
        routes.MapPost("/learning/library/{id}/flags", Flag)
            .WithName(nameof(FlagItem)).WithSummary("Say that an item should be looked at; only facilitators learn why")
            .WithExample(new ModeratePostEndpoint.FlagBody("This is under somebody else's copyright.")).SignedInMayCall("members of the community");
        routes.MapPost("/learning/library/{id}/moderation", Step)
            .WithName(nameof(ModerateItem)).WithSummary("Hide an item, show it again, send back what waits, or keep it after a flag; who added it is told")
            .WithExample(new ModeratePostEndpoint.StepBody(Moderation.Hide, "It is under somebody else's copyright.")).SignedInMayCall(Who);
        routes.MapPut("/learning/library/{id}/versions/{version}/correction", Correct)
            .WithName(nameof(CorrectItem)).WithSummary("Put something right in what is said about an item; what stood there before, only its author and facilitators read")
            .WithExample(new CorrectBody("How to sharpen drills", "The customer's name is taken out.")).SignedInMayCall(Who);
        routes.MapPost("/learning/library/{id}/withdrawal", Withdraw)
            .WithName(nameof(WithdrawItem)).WithSummary("Take back what one has added, with its files, for good").SignedInMayCall("who added it and made all its versions");
    }

    internal static async Task<IResult> Publish(Id<LibraryItem> id, int version, IfMatch ifMatch, Caller caller, LibraryDesk library, CancellationToken ct)
    {
        var (seen, refusal) = await library.ForMember(id, caller, ct);
        if (seen is null) return Problems.From(refusal!); // one of the two is given
        if (seen.Versions.All(v => v.Number != version)) return Problems.From(LibraryRules.VersionUnknown);
        return await library.Run(
            seen.State.Community, id,
            new PublishItem(version, caller.Person, seen.Community.Facilitates, DiscussionRules.StatusOf(false, seen.Community), library.Now), ct);
    }

    internal static async Task<IResult> Flag(Id<LibraryItem> id, ModeratePostEndpoint.FlagBody body, Caller caller, LibraryDesk library, CancellationToken ct)
    {
        var (seen, refusal) = await library.ForMember(id, caller, ct);
        return seen is null
            ? Problems.From(refusal!) // as above
            : await library.Run(seen.State.Community, id, new FlagItem(body.Reason.Trim(), caller.Person, library.Now), ct);
    }

    internal static async Task<IResult> Step(
        Id<LibraryItem> id, ModeratePostEndpoint.StepBody body, IfMatch ifMatch, Caller caller, LibraryDesk library, CancellationToken ct)
    {
        var (seen, refusal) = await library.ForFacilitator(id, caller, ct);
        return seen is null
            ? Problems.From(refusal!) // as above
            : await library.Run(seen.State.Community, id, new ModerateItem(body.Step, body.Reason.Trim(), caller.Person, library.Now), ct);
    }

    internal static async Task<IResult> Correct(
        Id<LibraryItem> id, int version, CorrectBody body, IfMatch ifMatch, Caller caller, LibraryDesk library, CancellationToken ct)
    {
        var (seen, refusal) = await library.ForFacilitator(id, caller, ct);
        return seen is null
            ? Problems.From(refusal!) // as above
            : await library.Run(seen.State.Community, id, new CorrectItem(version, body.Says().By(caller.Person), body.Reason.Trim(), library.Now), ct);
    }

    internal static async Task<IResult> Withdraw(Id<LibraryItem> id, IfMatch ifMatch, Caller caller, LibraryDesk library, IFileVault vault, CancellationToken ct)
    {
        var (seen, refusal) = await library.ForMember(id, caller, ct);
        if (seen is null) return Problems.From(refusal!); // as above
        var result = await library.Run(seen.State.Community, id, new WithdrawItem(caller.Person, library.Now), ct);
        if (PageForms.Read(result).Done)
            foreach (var version in seen.State.Versions)
                if (version.Source.Address is { } address) vault.Delete(address);
        return result;
    }
}
