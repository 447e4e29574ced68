using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Records;

internal sealed record DisputeLearning(Id<Person> By, string Reason, DateTimeOffset Now) : ICommand<Entry, EntryEvent>
{
    public static readonly Refusal OwnRecord = new("own-dispute", "One's own record is corrected, not disputed: PUT its new content.");

    public Decision<EntryEvent> Decide(Entry state) => state switch
    {
        Entry.Kept k when k.Person == By => OwnRecord,
        Entry.Kept k when k.CompanionOf(By) is null => ConfirmLearning.NotNamed,
        Entry.Kept { Visibility: Visibility.Private } => Rules.Unknown,
        Entry.Kept k when k.StandingVoiceOf(By) is { Kind: VoiceKind.Disputed } v && v.Reason == Reason => Decision<EntryEvent>.Nothing,
        Entry.Kept k => new LearningRecordDisputed(By, k.CompanionOf(By)!.Firm, Reason, Now), // named: the cases above said so
        _ => Rules.Unknown,
    };
}

internal static class DisputeLearningEndpoint
{
    internal sealed record Body(string Reason) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("reason", Reason, 1, Rules.MaxReason);
    }

    internal static void MapDisputeLearning(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/learning/records/{id}/dispute", Handle)
            .WithName(nameof(DisputeLearning)).WithSummary("Dispute a record that names oneself, with the reason")
            .WithExample(new Body("I was there for the first ten minutes only.")).SignedInMayCall("people whom the record names");

    internal static async Task<IResult> Handle(
        Id<LearningRecord> id, Body body, IfMatch ifMatch, Caller caller, Streams<Entry, EntryEvent> entries, RecordReader reader,
        Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        if (await reader.Find(id, caller, ct) is null) return Problems.From(Rules.Unknown);
        return await commands.Run(
            entries, id.Value, new DisputeLearning(caller.Person, body.Reason, clock.GetUtcNow()),
            Reply.Changed($"/api/v1/learning/records/{id}", id), ct);
    }
}
