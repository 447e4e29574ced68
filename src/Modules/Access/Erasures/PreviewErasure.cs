using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Erasures;

internal static class PreviewErasureEndpoint
{
    /// <param name="EventCount">Events in which such data of the person stands now.</param>
    /// <param name="WouldBeErased">False while something holds it, or when there is nothing left.</param>
    /// <param name="ErasedForGood">It was erased before: nothing of this class is kept of the person any more, whatever is sent.</param>
    internal sealed record OfClass(
        string Class, string What, string Retention, int EventCount, bool WouldBeErased, bool ErasedForGood, IReadOnlyList<Hold> Holds);

    /// <param name="ClosesAccount">Whether erasing everything now would end the account, with all roles and employments.</param>
    /// <param name="Requests">Ids of the person's earlier requests, which open their receipts.</param>
    internal sealed record Answer(IReadOnlyList<OfClass> Classes, bool ClosesAccount, IReadOnlyList<Id<PersonErasure>> Requests);

    internal static void MapPreviewErasure(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/access/me/erasure/preview", Handle)
            .WithName("PreviewErasure").WithSummary("What an erasure would erase, and what must be kept for how long").Produces<Answer>()
            .SignedInMayCall("everybody about themselves").OwnData();

    private static async Task<IResult> Handle(
        Caller caller, SubjectData data, ErasureSaga saga, PersonalDataPolicy policy, Database database, CancellationToken ct) =>
        TypedResults.Ok(await Of(caller.Person, data, saga, policy, database, ct));

    internal static async Task<Answer> Of(
        Id<Person> person, SubjectData data, ErasureSaga saga, PersonalDataPolicy policy, Database database, CancellationToken ct)
    {
        var held = (await data.Envelopes(person.Value, ct)).Where(e => e.Present).ToLookup(e => e.KeyClass);
        var holds = (await saga.HoldsOn(person, PersonalDataPolicy.All, ct)).ToLookup(h => h.Class);
        var requests = await ErasureRows.Of(person, database, ct);
        return new(
            [
                .. policy.Classes.Select(c => new OfClass(
                    c.Class, c.What, c.Retention, held[c.Class].Count(), held[c.Class].Any() && !holds[c.Class].Any(),
                    requests.Any(r => r.Erased.Contains(c.Class)), [.. holds[c.Class]])),
            ],
            PersonalDataPolicy.OfAccount.Any(c => !holds[c].Any()), [.. requests.Select(r => r.Id)]);
    }
}
