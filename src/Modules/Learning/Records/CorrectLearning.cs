using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Records;

/// <param name="Named">Companions with their firms, for people whom the record did not name before.</param>
internal sealed record CorrectLearning(Id<Person> By, CorrectLearningEndpoint.Body Body, ValueList<Companion> Named, DateTimeOffset Now)
    : ICommand<Entry, EntryEvent>
{
    public Decision<EntryEvent> Decide(Entry state)
    {
        if (state is not Entry.Kept kept) return Rules.Unknown;
        if (kept.Person != By) return Rules.NotOwner;
        var old = kept.Content;
        var with = old.With;
        if (Body.With is { } wanted)
        {
            // Who was named before keeps the firm of that time.
            var known = wanted.Distinct().Select(p => kept.CompanionOf(p) ?? Named.FirstOrDefault(c => c.Person == p)).ToList();
            if (known.Contains(null)) return Company.Strangers;
            with = [.. known.OfType<Companion>()];
        }

        var content = new Content(
            Body.Kind, Body.What, Body.Learnt ?? old.Learnt, Body.HappenedAt ?? old.HappenedAt, Body.Minutes ?? old.Minutes, with,
            Body.SkillUris is { } uris ? [.. uris.Distinct()] : old.SkillUris, Body.Part ?? old.Part,
            Body.Links is { } links ? ValueList.Of<string>([.. links]) : old.Links);
        if (content == old) return Decision<EntryEvent>.Nothing;
        if (Rules.Check(content, By, Now) is { } refusal) return refusal;
        return new LearningRecordCorrected(
            By, content.Kind, content.What, content.Learnt, content.HappenedAt, content.Minutes, content.With, content.SkillUris,
            content.Part, content.Links,
            Body.Reason ?? "", content.SaysTheSameAs(old), Now);
    }
}

internal static class CorrectLearningEndpoint
{
    /// <summary>Members left out keep what they were; empty ones are emptied.</summary>
    internal sealed record Body(
        LearningKind Kind, string What, string? Learnt = null, DateTimeOffset? HappenedAt = null, int? Minutes = null,
        IReadOnlyList<Id<Person>>? With = null,
        IReadOnlyList<string>? SkillUris = null, LearningPart? Part = null, IReadOnlyList<string>? Links = null, string? Reason = null)
            : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("what", What, 1, Rules.MaxText).OptionalText("reason", Reason, Rules.MaxReason);
            Rules.Validate(faults, Learnt, HappenedAt, Minutes, With, SkillUris, Links);
        }
    }

    internal static void MapCorrectLearning(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/learning/records/{id}", Handle)
            .WithName(nameof(CorrectLearning))
            .WithSummary("Correct or complete one's own learning record; its history keeps what it said before")
            .WithDescription(
                "Members left out keep what they were. When kind, what, happenedAt, minutes, with or skillUris change, earlier " +
                "confirmations, disputes and endorsements stay in the history but no longer count: the people named are asked again. " +
                "Send the ETag as If-Match.")
            .WithExample(new Body(LearningKind.PeerHelpReceived, "Bernd showed me how to set the press brake for stainless steel.",
                Minutes: 45, Reason: "It took longer."))
            .SignedInMayCall("the record's owner");

    internal static async Task<IResult> Handle(
        Id<LearningRecord> id, Body body, IfMatch ifMatch, Caller caller, Streams<Entry, EntryEvent> entries, RecordReader reader,
        Company company,
        ISkillCatalogue skills, Commands commands, TimeProvider clock, HttpRequest request, CancellationToken ct)
    {
        if (await reader.Find(id, caller, ct) is not { } seen) return Problems.From(Rules.Unknown);
        var (named, stranger) = await company.Of(seen.State.Firm, [.. (body.With ?? []).Where(p => seen.State.CompanionOf(p) is null)], ct, caller);
        if (stranger is not null) return Problems.From(stranger);
        if (await skills.Check(body.SkillUris ?? [], Language.Of(request), ct) is { } unknown) return Problems.From(unknown);
        return await commands.Run(
            entries, id.Value, new CorrectLearning(caller.Person, body, named, clock.GetUtcNow()),
            Reply.Changed($"/api/v1/learning/records/{id}", id), ct);
    }
}
