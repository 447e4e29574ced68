using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Library;

internal sealed record RateItem(Id<Community> Community, Id<LibraryItem> Item, int? Stars, Id<Person> By, DateTimeOffset Now) : ICommand<Opinion, OpinionEvent>
{
    public const int MaxChanges = 20;

    public static readonly Refusal TooOften = new("opinion-changed-often", "You have changed what you say of this often enough; it stays as it is.");

    public Decision<OpinionEvent> Decide(Opinion state) => state switch
    {
        _ when state.Stars == Stars => Decision<OpinionEvent>.Nothing,
        { Changes: >= MaxChanges } => TooOften,
        _ => new LibraryItemRated(Community, Item, Stars, By, Now),
    };
}

internal sealed record MarkUsed(Id<Community> Community, Id<LibraryItem> Item, bool Used, Id<Person> By, DateTimeOffset Now) : ICommand<Opinion, OpinionEvent>
{
    public Decision<OpinionEvent> Decide(Opinion state) => state switch
    {
        _ when state.Used == Used => Decision<OpinionEvent>.Nothing,
        { Changes: >= RateItem.MaxChanges } => RateItem.TooOften,
        _ => new LibraryItemUsed(Community, Item, Used, By, Now),
    };
}

internal static class RateItemEndpoint
{
    private const string Who = "members of the community, for themselves, of what others have added";

    /// <param name="Stars">From 1 to 5; null takes the rating back.</param>
    internal sealed record RatingBody(int? Stars) : IValidated
    {
        public void Validate(Faults faults) => faults.Whole("stars", Stars, 1, LibraryRules.MaxStars);
    }

    /// <param name="Used">False to take it back.</param>
    internal sealed record UseBody(bool Used);

    internal static void MapRateItem(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/learning/library/{id}/rating", Rate)
            .WithName(nameof(RateItem)).WithSummary("Rate an item from 1 to 5, once; the last rating counts, and nobody learns whose it is")
            .WithExample(new RatingBody(4)).RequireRateLimiting(RateLimits.Marks).SignedInMayCall(Who);
        routes.MapPut("/learning/library/{id}/use", Use)
            .WithName(nameof(MarkUsed)).WithSummary("Say that one has used an item at work; only the number is shown").WithExample(new UseBody(true)).RequireRateLimiting(RateLimits.Marks).SignedInMayCall(Who);
    }

    internal static async Task<IResult> Rate(Id<LibraryItem> id, RatingBody body, Caller caller, LibraryDesk library, CancellationToken ct)
    {
        var (seen, refusal) = await ForReader(id, caller, library, ct);
        return seen is null
            ? Problems.From(refusal!) // one of the two is given
            : await library.Run(seen, new RateItem(seen.State.Community, id, body.Stars, caller.Person, library.Now), ct);
    }

    internal static async Task<IResult> Use(Id<LibraryItem> id, UseBody body, Caller caller, LibraryDesk library, CancellationToken ct)
    {
        var (seen, refusal) = await ForReader(id, caller, library, ct);
        return seen is null
            ? Problems.From(refusal!) // as above
            : await library.Run(seen, new MarkUsed(seen.State.Community, id, body.Used, caller.Person, library.Now), ct);
    }

    private static async Task<(SeenItem? Seen, Refusal? Refusal)> ForReader(Id<LibraryItem> id, Caller caller, LibraryDesk library, CancellationToken ct)
    {
        var (seen, refusal) = await library.ForMember(id, caller, ct);
        return seen is null ? (null, refusal) : seen.IsMine ? (null, LibraryRules.Own) : seen.IsOpen ? (seen, null) : (null, LibraryRules.NotShown);
    }
}
