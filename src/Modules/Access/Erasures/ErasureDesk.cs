using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Access.Erasures;

/// <summary>Where erasure is asked for; asking twice is answered with the same request.</summary>
internal sealed class ErasureDesk(
    Streams<PersonErasure, PersonErasureEvent> erasures, Database database, IRoles roles, ErasureWorker worker, Commands commands, TimeProvider clock)
{
    public static readonly Refusal LastOperator = new(
        "last-operator",
        "This is the installation's only operator. Make somebody else an operator first (POST /api/v1/access/roles), then ask again.");

    private static readonly Refusal UnderWay = new(
        "erasure-under-way", "An erasure of this person is being carried out (erasure). Read its receipt; when it is done, ask for the rest.");

    public async Task<IResult> Ask(
        Id<Person> person, IReadOnlyList<string>? asked, ErasureBasis basis, Id<Person> by, Personal<string> reason, CancellationToken ct)
    {
        var classes = Whole(asked);
        var command = new RequestErasure(person, classes, basis, by, reason, clock.GetUtcNow());
        var earlier = await ErasureRows.Of(person, database, ct);
        if (earlier.LastOrDefault(r => classes.All(r.Asked.Contains)) is { } same)
            return await commands.Run(erasures, same.Id.Value, command, Reply.Changed(Receipt(same.Id), same.Id), ct);
        if (earlier.Find(r => r.Stage == ErasureStage.UnderWay) is { } first) return Problems.From(UnderWay.With("erasure", first.Id));
        if (ErasureCase.Closes(classes) && await roles.Holders(Role.Operator, RoleScope.Installation, ct) is [var last] && last == person)
            return Problems.From(LastOperator);
        // Drawn, not counted up: whoever holds the id reads the receipt.
        var id = new Id<PersonErasure>(Guid.NewGuid());
        var result = await commands.Run(
            erasures, id.Value, command, Reply.Created(Receipt(id), id), ct, onGuard: async _ =>
                UnderWay.With("erasure", (await ErasureRows.Of(person, database, ct)).Find(r => r.Stage == ErasureStage.UnderWay)?.Id));
        worker.Wake();
        return result;
    }

    public static string Receipt(Id<PersonErasure> id) => $"/api/v1/access/erasures/{id}";

    /// <summary>What was asked for, in the order of the policy; name and address go together.</summary>
    public static ValueList<string> Whole(IReadOnlyList<string>? asked)
    {
        var wanted = asked ?? PersonalDataPolicy.All;
        return [.. PersonalDataPolicy.All.Where(c => wanted.Contains(c) || (PersonalDataPolicy.OfAccount.Contains(c) && ErasureCase.Closes(wanted)))];
    }

    public static void Validate(Faults faults, string? confirm, IReadOnlyList<string>? classes)
    {
        faults.Check(confirm == "erase", "confirm", "not-confirmed", "This cannot be undone. Send the word erase to confirm it.");
        if (classes is null) return;
        faults.Count("classes", classes, 1, PersonalDataPolicy.All.Count);
        faults.Each("classes", classes, (c, f) => f.Check(
            PersonalDataPolicy.All.Contains(c), "", "unknown-class",
            $"One of these words is expected: {string.Join(", ", PersonalDataPolicy.All)}."));
    }
}
