using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Access.Erasures;

/// <summary>What the steps do. Each can be repeated.</summary>
internal sealed class ErasureEffects(
    Database database, SubjectData data, KeyRing keys, ErasureJournal journal, RowScrub rows, IEnumerable<IErasureStep> modules)
{
    /// <summary>
    /// The application's roles cannot change envelopes; through this function the ciphertexts go that an order of erasure names, and no others.
    /// </summary>
    public const string Script = """
        create function privacy.forget(p_erasure uuid, p_subject uuid) returns bigint
        language sql security definer set search_path = privacy, events, pg_temp as $$
            with ordered as (
                select distinct c.key_class from events.mt_events e cross join jsonb_array_elements_text(e.data -> 'Classes') as c(key_class)
                where e.stream_id = p_erasure and e.type = 'person_erased' and e.data ->> 'Person' = p_subject::text),
            forgotten as (
                update privacy.envelope p set envelope = null from ordered o
                where p.subject_id = p_subject and p.key_class = o.key_class and p.envelope is not null returning 1)
            select count(*) from forgotten
        $$;
        revoke all on function privacy.forget(uuid, uuid) from public;
        grant execute on function privacy.forget(uuid, uuid) to clusternet_access;
        """;

    public async Task<IReadOnlyList<StoreCount>> Have(ErasureStep step, CarriedOrder order, CancellationToken ct) => step switch
    {
        ErasureStep.Close => order.Closes ? await Each(m => m.Close(order.Person, order.By, ct)) : [],
        ErasureStep.Keys => await Destroy(order, ct),
        ErasureStep.Rows => await FoldAnew(order, ct),
        ErasureStep.State => await Scrub(order, ct),
        ErasureStep.Envelopes => await Forget(order, ct),
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    private async Task<IReadOnlyList<StoreCount>> Destroy(CarriedOrder order, CancellationToken ct)
    {
        // First the journal: a restore from before this moment must find it.
        await journal.Append(new(order.EventId, order.Person.Value, order.Classes, order.At), ct);
        return [new("keys", await keys.Erase(order.Person.Value, order.Classes, ct)), new("erasure journal", 1)];
    }

    private async Task<IReadOnlyList<StoreCount>> FoldAnew(CarriedOrder order, CancellationToken ct)
    {
        var changed = await rows.FoldAnew(await Streams(order, ct), ct);
        return [.. changed.Where(t => t.Value > 0).Select(t => new StoreCount(t.Key, t.Value))];
    }

    private async Task<IReadOnlyList<StoreCount>> Scrub(CarriedOrder order, CancellationToken ct)
    {
        var whole = new ErasureOrder(order.Person, order.Classes, await Streams(order, ct), order.Closes);
        return await Each(m => m.Scrub(whole, ct));
    }

    private async Task<IReadOnlyList<StoreCount>> Forget(CarriedOrder order, CancellationToken ct)
    {
        var forgotten = await database.Query(
            AccessModule.Name, Statement.Of("select privacy.forget($1, $2)", order.Erasure.Value, order.Person.Value), r => (int)r.GetInt64(0), ct);
        return [new("privacy.envelope", forgotten[0])];
    }

    private async Task<IReadOnlyList<Guid>> Streams(CarriedOrder order, CancellationToken ct) =>
        [.. (await data.Envelopes(order.Person.Value, ct)).Where(e => order.Classes.Contains(e.KeyClass)).Select(e => e.Stream).Distinct()];

    private async Task<IReadOnlyList<StoreCount>> Each(Func<IErasureStep, Task<IReadOnlyList<StoreCount>>> part)
    {
        List<StoreCount> counts = [];
        foreach (var module in modules) counts.AddRange(await part(module));
        return [.. counts.Where(c => c.Count > 0)];
    }
}
