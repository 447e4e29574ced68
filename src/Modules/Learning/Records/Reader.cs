using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;

namespace ClusterNet.Learning.Records;

/// <summary>
/// Who reads, and the firms whose records that person may see: one rule, said once for SQL and once for a state. A test holds them
/// equal.
/// </summary>
/// <param name="Firms">Where the reader works.</param>
/// <param name="ClusterFirms">Those, and all firms of the reader's clusters.</param>
internal sealed record Reader(Id<Person> Person, Guid[] Firms, Guid[] ClusterFirms)
{
    /// <summary>The rule over columns of learning.records; the parameters are <see cref="Values"/>, from $1 on.</summary>
    public const string Sees = """
        (person = $1 or visibility <> 'private' and (
            visibility = 'network' or with_persons @> array[$1] or firm = any($2) or visibility = 'cluster' and firm = any($3)))
        """;

    public IReadOnlyList<object> Values => [Person.Value, Firms, ClusterFirms];

    public bool MaySee(Entry.Kept record) => record.Person == Person || (record.Visibility != Visibility.Private && (
        record.Visibility == Visibility.Network || record.CompanionOf(Person) is not null || Firms.Contains(record.Firm.Value)
        || (record.Visibility == Visibility.Cluster && ClusterFirms.Contains(record.Firm.Value))));
}

/// <summary>A record that the caller may see, as it is now.</summary>
internal sealed record SeenRecord(Reader Reader, Entry.Kept State, long Version, IReadOnlyList<Recorded> Events);

/// <summary>Reads for people who may.</summary>
internal sealed class RecordReader(Streams<Entry, EntryEvent> entries, IFirmDirectory directory)
{
    public async Task<Reader> ReaderOf(Caller caller, CancellationToken ct)
    {
        var firms = (await directory.EmploymentsOf(caller.Person, ct)).Select(e => e.Firm.Value).Distinct().ToArray();
        HashSet<Guid> near = [.. firms];
        foreach (var cluster in await directory.ClustersOf(caller, ct))
            near.UnionWith((await directory.AdmittedTo(cluster, ct)).Select(f => f.Firm.Value));
        return new(caller.Person, firms, [.. near]);
    }

    /// <summary>The record; null when it is unknown or none of the caller's business.</summary>
    public async Task<SeenRecord?> Find(Id<LearningRecord> id, Caller caller, CancellationToken ct)
    {
        var loaded = await entries.Load(id.Value, ct);
        if (loaded.State is not Entry.Kept kept) return null;
        // Most readers see it by themselves; where others work is asked only when it matters.
        var reader = new Reader(caller.Person, [], []);
        if (!reader.MaySee(kept))
        {
            if (kept.Visibility == Visibility.Private) return null;
            reader = await ReaderOf(caller, ct);
        }

        return reader.MaySee(kept) ? new(reader, kept, loaded.Version, loaded.Events) : null;
    }
}
