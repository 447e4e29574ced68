using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Records;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Discussions;

/// <summary>What a discussion says of itself in a learning record: what it was about, who answered, its skills, and where it stands.</summary>
internal sealed class DiscussionLearning(IPeopleNames names, Company company, ISkillCatalogue skills, Streams<Entry, EntryEvent> entries, PublicUrl url)
{
    /// <returns>What to record, without what was learnt; null where the discussion is not shown to everybody, or its words are erased.</returns>
    public async Task<RecordLearningEndpoint.Body?> Of(SeenDiscussion seen, Caller caller, Id<Firm>? firm, HttpRequest request, CancellationToken ct)
    {
        var first = seen.State.First;
        if (first.Status != PostStatus.Shown || !first.Now.Title.TryGet(out var title)) return null;
        return new(
            LearningKind.CommunityDiscussion, title, With: await Answering(seen, caller, firm, ct), SkillUris: await Usable(seen.State.SkillUris, request, ct),
            Links: [url.Of($"/communities/{seen.State.Community}/discussions/{seen.Id}")], Firm: firm, Capture: CaptureOf(seen.Id));
    }

    /// <summary>The caller's record of the discussion; null while there is none.</summary>
    public async Task<Id<LearningRecord>?> RecordOf(Id<Discussion> discussion, Caller caller, CancellationToken ct)
    {
        var id = RecordLearningEndpoint.Captured(caller.Person, CaptureOf(discussion));
        return (await entries.Load(id.Value, ct)).State is Entry.Kept ? id : null;
    }

    private static Guid CaptureOf(Id<Discussion> discussion) => NamedGuid.Of("discussion-learning", discussion.ToString());

    /// <summary>Others whose answers are shown, who show themselves to the caller and can have been there.</summary>
    private async Task<IReadOnlyList<Id<Person>>> Answering(SeenDiscussion seen, Caller caller, Id<Firm>? firm, CancellationToken ct)
    {
        var own = await company.FirmsOf(caller.Person, ct);
        if ((firm ?? own.Order().Cast<Id<Firm>?>().FirstOrDefault()) is not { } there) return [];
        var authors = seen.State.Posts.Skip(1).Where(p => p.Status == PostStatus.Shown && p.Author != caller.Person).Select(p => p.Author).Distinct().ToList();
        var known = await names.SeenBy(caller, authors, ct);
        return [.. (await company.Near(there, [.. authors.Where(known.ContainsKey)], ct)).Select(c => c.Person).Take(Rules.MaxWith)];
    }

    /// <summary>Skills may have been retired since the discussion began.</summary>
    private async Task<IReadOnlyList<string>> Usable(IEnumerable<string> uris, HttpRequest request, CancellationToken ct)
    {
        var usable = new List<string>();
        foreach (var uri in uris)
            if (await skills.Check([uri], Language.Of(request), ct) is null) usable.Add(uri);
        return usable;
    }
}

/// <summary>Makes a learning record of a discussion, which names those who answered and links back to it. Kept twice, there is one.</summary>
internal static class KeepDiscussionEndpoint
{
    /// <param name="Learnt">What one takes from it.</param>
    /// <param name="Minutes">How long one spent on it; 15, unless told.</param>
    /// <param name="Visibility">Unless told, as for any record: the smallest circle that holds everybody named.</param>
    /// <param name="Firm">Needed only by people who work in several firms.</param>
    internal sealed record Body(string? Learnt = null, int? Minutes = null, Visibility? Visibility = null, Id<Firm>? Firm = null) : IValidated
    {
        public void Validate(Faults faults) => faults.OptionalText("learnt", Learnt, Rules.MaxText).Whole("minutes", Minutes, 1, Rules.MaxMinutes);
    }

    internal static void MapKeepDiscussion(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/learning/discussions/{id}/learning", Handle)
            .WithName("KeepDiscussion").WithSummary("Keep what one learnt from a discussion: a record of the kind community-discussion with those who answered; kept twice, there is one")
            .WithExample(new Body("Copper bars on both sides, then tack.", 20)).SignedInMayCall("everybody who sees the discussion and works in a firm, for themselves");

    internal static async Task<IResult> Handle(
        Id<Discussion> id, Body body, Caller caller, DiscussionDesk discussions, DiscussionLearning learning, Streams<Entry, EntryEvent> entries, Company company, ISkillCatalogue skills,
        Commands commands, TimeProvider clock, HttpRequest request, CancellationToken ct)
    {
        if (await discussions.Find(id, caller, ct) is not { } seen) return Problems.From(DiscussionRules.Unknown);
        if (await learning.Of(seen, caller, body.Firm, request, ct) is not { } record) return Problems.From(DiscussionRules.NotShown);
        return await RecordLearningEndpoint.Handle(
            record with { Learnt = (body.Learnt ?? "").Trim(), Minutes = body.Minutes, Visibility = body.Visibility }, caller, entries, company, skills, commands, clock, request, ct);
    }
}
