using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Records;

internal sealed record ConfirmLearning(Id<Person> By, DateTimeOffset Now) : ICommand<Entry, EntryEvent>
{
    public static readonly Refusal OwnRecord = new(
        "own-confirmation", "One's own record is confirmed by others: name who was there in 'with'.");
    public static readonly Refusal NotNamed = new(
        "not-named", "Only people whom the record names in 'with' confirm, dispute or endorse it. Ask its owner to name you.", 403);

    public Decision<EntryEvent> Decide(Entry state) => state switch
    {
        Entry.Kept k when k.Person == By => OwnRecord,
        Entry.Kept k when k.CompanionOf(By) is null => NotNamed,
        Entry.Kept { Visibility: Visibility.Private } => Rules.Unknown,
        Entry.Kept k when k.StandingVoiceOf(By) is { Kind: VoiceKind.Confirmed } => Decision<EntryEvent>.Nothing,
        Entry.Kept k => new LearningRecordConfirmed(By, k.CompanionOf(By)!.Firm, Now), // named: the cases above said so
        _ => Rules.Unknown,
    };
}

internal static class ConfirmLearningEndpoint
{
    internal static void MapConfirmLearning(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/learning/records/{id}/confirmation", Handle)
            .WithName(nameof(ConfirmLearning)).WithSummary("Confirm a record that names oneself: it was so")
            .WithDescription("Send the ETag that you saw as If-Match, to confirm exactly that. It replaces one's own dispute.")
            .SignedInMayCall("people whom the record names");

    internal static async Task<IResult> Handle(
        Id<LearningRecord> id, IfMatch ifMatch, Caller caller, Streams<Entry, EntryEvent> entries, RecordReader reader, Commands commands,
        TimeProvider clock,
        CancellationToken ct)
    {
        if (await reader.Find(id, caller, ct) is null) return Problems.From(Rules.Unknown);
        return await commands.Run(
            entries, id.Value, new ConfirmLearning(caller.Person, clock.GetUtcNow()),
            Reply.Changed($"/api/v1/learning/records/{id}", id), ct);
    }
}
