using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Files;
using ClusterNet.Privacy;

namespace ClusterNet.Learning.Records;

/// <summary>With what somebody wrote about their learning go its files. Copies of them cannot be opened any more: their keys were in the envelopes.</summary>
internal sealed class RecordFilesErasure(Streams<Entry, EntryEvent> entries, IFileVault vault) : IErasureStep
{
    public Task<IReadOnlyList<StoreCount>> Close(Id<Person> person, Id<Person> by, CancellationToken ct) => Task.FromResult<IReadOnlyList<StoreCount>>([]);

    public async Task<IReadOnlyList<StoreCount>> Scrub(ErasureOrder order, CancellationToken ct)
    {
        var gone = 0;
        if (!order.Classes.Contains(KeyClass.Learning)) return [];
        foreach (var stream in order.Streams)
        {
            var loaded = await entries.Load(stream, ct);
            if (loaded.State is not Entry.Kept record || record.Person != order.Person) continue;
            gone += record.Files.Count(f => vault.Delete(f.Address));
        }

        return [new("files", gone)];
    }
}
