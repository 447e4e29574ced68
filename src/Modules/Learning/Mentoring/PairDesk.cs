using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Learning.Mentoring;

/// <summary>A pair that the caller is one of, as it is now.</summary>
internal sealed record SeenPair(Id<Pair> Id, Pair.Kept State, long Version);

/// <summary>Carries out what the two do; for everybody else their pair is not there.</summary>
internal sealed class PairDesk(
    Streams<Pair, PairEvent> pairs, Streams<Offer, OfferEvent> offers, Database database, Commands commands, TimeProvider clock)
{
    /// <summary>Appends to other streams that commit with a pair's facts.</summary>
    public delegate Task<IReadOnlyList<Prepared>> Also(SeenPair pair, IReadOnlyList<object> facts, CancellationToken ct);

    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task<SeenPair?> Find(Id<Pair> id, Caller caller, CancellationToken ct)
    {
        var loaded = await pairs.Load(id.Value, ct);
        return loaded.State is Pair.Kept k && k.Has(caller.Person) ? new(id, k, loaded.Version) : null;
    }

    public Task<List<PairRow>> Of(Id<Person> person, CancellationToken ct) => Rows("where mentor = $1 or mentee = $1 order by asked_at desc", ct, person.Value);

    public Task<List<PairRow>> Rows(string where, CancellationToken ct, params object[] values) =>
        database.Query(LearningModule.Name, Statement.Of(PairRows.Table.Select(where), values), PairRows.Table.Read, ct);

    public Task<IResult> Ask(MentoringAsked asked, CancellationToken ct)
    {
        var id = Id<Pair>.New(clock);
        return commands.Run(
            pairs, id.Value, new AskForMentoring(asked), Reply.Created(Link(id), id), ct, onGuard: _ => Task.FromResult(AskForMentoring.AskedAlready));
    }

    public async Task<IResult> Run(Id<Pair> id, Caller caller, ICommand<Pair, PairEvent> command, CancellationToken ct, Also? also = null)
    {
        if (await Find(id, caller, ct) is not { } pair) return Problems.From(MentoringRules.Unknown);
        return await commands.Run(
            pairs, id.Value, command, Reply.Changed(Link(id), id), ct, onGuard: _ => Task.FromResult(MentoringRules.NoPlaceFree),
            also: also is null ? null : facts => also(pair, facts, ct));
    }

    /// <summary>What begins takes a place of the mentor's in the same transaction: of two who accept at once for one place, one is refused.</summary>
    public async Task<IReadOnlyList<Prepared>> Placed(SeenPair pair, IReadOnlyList<object> facts, CancellationToken ct) =>
        facts.OfType<MentoringAccepted>().Any(a => a.Begins) ? [await offers.Prepare(OfferOf(pair), new TakePlace(pair.Id, Now), ct)] : [];

    /// <summary>What ends gives its place back.</summary>
    public async Task<IReadOnlyList<Prepared>> Freed(SeenPair pair, IReadOnlyList<object> facts, CancellationToken ct) =>
        facts.OfType<MentoringEnded>().Any() ? [await offers.Prepare(OfferOf(pair), new FreePlace(pair.Id, Now), ct)] : [];

    public static string Link(Id<Pair> id) => $"/api/v1/learning/mentoring/pairs/{id}";

    private static Guid OfferOf(SeenPair pair) => Offer.StreamOf(pair.State.Mentor, pair.State.Asked.Kind);
}
