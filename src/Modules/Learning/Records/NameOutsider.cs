using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Records;

/// <summary>
/// Names somebody without an account, such as a mentor from outside. Who never agreed to be named here is named to nobody but the owner: no search, list, export of a
/// firm or evidence holds the name, and confirmations stand, for they do not speak of it.
/// </summary>
/// <param name="Name">Empty for nobody any more.</param>
internal sealed record NameOutsider(Id<Person> By, string Name, DateTimeOffset Now) : ICommand<Entry, EntryEvent>
{
    public Decision<EntryEvent> Decide(Entry state) => state switch
    {
        Entry.Kept k when k.Person != By => Rules.NotOwner,
        Entry.Kept k when k.Outsider == Name => Decision<EntryEvent>.Nothing,
        Entry.Kept => new LearningRecordOutsiderNamed(By, Name, Now),
        _ => Rules.Unknown,
    };
}

internal static class NameOutsiderEndpoint
{
    public const int MaxName = 200;

    /// <param name="Name">Left out or empty, nobody from outside was there.</param>
    internal sealed record Body(string? Name = null) : IValidated
    {
        public void Validate(Faults faults) => faults.OptionalText("name", Name, MaxName);
    }

    internal static void MapNameOutsider(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/learning/records/{id}/outsider", Handle)
            .WithName(nameof(NameOutsider)).WithSummary("Name somebody from outside who was there, such as a mentor without an account; only oneself reads the name")
            .WithExample(new Body("A mentor of the chamber of crafts")).SignedInMayCall("the record's owner");

    internal static async Task<IResult> Handle(
        Id<LearningRecord> id, Body body, IfMatch ifMatch, Caller caller, Streams<Entry, EntryEvent> entries, RecordReader reader, Commands commands, TimeProvider clock,
        CancellationToken ct) => await reader.Find(id, caller, ct) is null
        ? Problems.From(Rules.Unknown)
        : await commands.Run(
            entries, id.Value, new NameOutsider(caller.Person, (body.Name ?? "").Trim(), clock.GetUtcNow()), Reply.Changed($"/api/v1/learning/records/{id}", id), ct);
}
