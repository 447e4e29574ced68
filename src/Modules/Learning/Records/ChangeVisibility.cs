using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Records;

internal sealed record ChangeVisibility(Id<Person> By, Visibility Visibility, DateTimeOffset Now) : ICommand<Entry, EntryEvent>
{
    public Decision<EntryEvent> Decide(Entry state) => state switch
    {
        Entry.Kept k when k.Person != By => Rules.NotOwner,
        Entry.Kept k when k.Visibility == Visibility => Decision<EntryEvent>.Nothing,
        Entry.Kept => new LearningRecordVisibilityChanged(Visibility, Now),
        _ => Rules.Unknown,
    };
}

internal static class ChangeVisibilityEndpoint
{
    internal sealed record Body(Visibility Visibility);

    internal static void MapChangeVisibility(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/learning/records/{id}/visibility", Handle)
            .WithName(nameof(ChangeVisibility)).WithSummary("Say who may read one's own record: private, firm, cluster or network")
            .WithExample(new Body(Visibility.Firm)).SignedInMayCall("the record's owner");

    internal static async Task<IResult> Handle(
        Id<LearningRecord> id, Body body, IfMatch ifMatch, Caller caller, Streams<Entry, EntryEvent> entries, RecordReader reader,
        Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        if (await reader.Find(id, caller, ct) is null) return Problems.From(Rules.Unknown);
        return await commands.Run(
            entries, id.Value, new ChangeVisibility(caller.Person, body.Visibility, clock.GetUtcNow()),
            Reply.Changed($"/api/v1/learning/records/{id}", id), ct);
    }
}
