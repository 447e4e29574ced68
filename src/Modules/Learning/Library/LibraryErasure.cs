using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Files;
using ClusterNet.Privacy;

namespace ClusterNet.Learning.Library;

/// <summary>With the words of somebody go the files that the person sent to libraries; versions by others stay, and so do ratings, as numbers without a name.</summary>
internal sealed class LibraryErasure(Streams<LibraryLife, LibraryEvent> items, IFileVault vault) : IErasureStep
{
    public Task<IReadOnlyList<StoreCount>> Close(Id<Person> person, Id<Person> by, CancellationToken ct) => Task.FromResult<IReadOnlyList<StoreCount>>([]);

    public async Task<IReadOnlyList<StoreCount>> Scrub(ErasureOrder order, CancellationToken ct)
    {
        if (!order.Classes.Contains(KeyClass.FreeText)) return [];
        var gone = 0;
        foreach (var stream in order.Streams)
        {
            IEnumerable<ItemVersion> versions = (await items.Load(stream, ct)).State switch
            {
                LibraryLife.Kept k => k.Versions,
                LibraryLife.Withdrawn w => w.Versions,
                _ => [],
            };
            var own = versions.Where(v => v.Source.By == order.Person).Select(v => v.Source.Address).OfType<string>().Distinct();
            gone += own.Count(vault.Delete);
        }

        return [new("library-files", gone)];
    }
}
