using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Records;

internal sealed record EndorseLearning(Id<Person> By, string SkillUri, DateTimeOffset Now) : ICommand<Entry, EntryEvent>
{
    public static readonly Refusal NotConfirmed = new(
        "not-confirmed-by-you", "Confirm the record first; then endorse its owner for a skill in it.");
    public static readonly Refusal SkillNotInRecord = new(
        "skill-not-in-record", "The record does not name this skill. Take one of its skillUris.", 422);

    public Decision<EntryEvent> Decide(Entry state) => state switch
    {
        Entry.Kept k when k.Person == By => ConfirmLearning.OwnRecord,
        Entry.Kept k when k.CompanionOf(By) is null => ConfirmLearning.NotNamed,
        Entry.Kept { Visibility: Visibility.Private } => Rules.Unknown,
        Entry.Kept k when k.StandingVoiceOf(By) is not { Kind: VoiceKind.Confirmed } => NotConfirmed,
        Entry.Kept k when !k.Content.SkillUris.Contains(SkillUri) => SkillNotInRecord.With("skillUris", k.Content.SkillUris),
        Entry.Kept k when k.Endorsements.Any(e => e.By == By && e.SkillUri == SkillUri) => Decision<EntryEvent>.Nothing,
        Entry.Kept k => new LearningRecordEndorsed(By, k.CompanionOf(By)!.Firm, SkillUri, Now), // named: the cases above said so
        _ => Rules.Unknown,
    };
}

internal static class EndorseLearningEndpoint
{
    internal sealed record Body(string SkillUri) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("skillUri", SkillUri, 1, 500);
    }

    internal static void MapEndorseLearning(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/learning/records/{id}/endorsements", Handle)
            .WithName(nameof(EndorseLearning)).WithSummary("Endorse the owner for a skill that a confirmed record shows")
            .WithExample(new Body("http://data.europa.eu/esco/skill/05fc6f8d-639c-4329-a6de-dfdd800ed091"))
            .SignedInMayCall("people who confirmed the record");

    internal static async Task<IResult> Handle(
        Id<LearningRecord> id, Body body, IfMatch ifMatch, Caller caller, Streams<Entry, EntryEvent> entries, RecordReader reader,
        Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        if (await reader.Find(id, caller, ct) is null) return Problems.From(Rules.Unknown);
        return await commands.Run(
            entries, id.Value, new EndorseLearning(caller.Person, body.SkillUri, clock.GetUtcNow()),
            Reply.Changed($"/api/v1/learning/records/{id}", id), ct);
    }
}
