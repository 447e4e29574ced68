using ClusterNet.Csv;
using ClusterNet.EventStore;

namespace ClusterNet.Skills.Catalogue;

/// <summary>
/// Takes whole classifications in, some hundred concepts per transaction. What is known already adds nothing, so it can be sent
/// again.
/// </summary>
internal sealed class CatalogueImport(IEventStore store, Streams<Skill, SkillEvent> skills, TimeProvider clock)
{
    private const int ChunkSize = 250;
    private const int ReadsAtOnce = 4;
    private const int Attempts = 10;

    /// <param name="progress">Told how many concepts have been read.</param>
    public async Task<ImportReport> Esco(
        IReadOnlyList<string> paths, string source, CommandMetadata metadata, IProgress<long>? progress, CancellationToken ct)
    {
        using var archive = EscoArchive.Open(paths);
        var tally = new ImportTally();
        await Take(archive.ReadAsync(ct), source, metadata, tally, progress, ct);
        var read = archive.Report;
        for (var i = 0; i < read.Rejected; i++) tally.Reject();
        tally.Fault(read.Faults);
        tally.Notice(read.Notices);
        if (archive.LabelsWithoutConcept > 0)
        {
            tally.Notice(new CsvNotice(
                "esco-labels-without-concept",
                $"{archive.LabelsWithoutConcept} labels were left out: the file of {archive.Languages[0]} has no such concept."));
        }

        return tally.ToReport();
    }

    /// <returns>How many concepts were new or said something new.</returns>
    public async Task Take(
        IAsyncEnumerable<EscoConcept> concepts, string source, CommandMetadata metadata, ImportTally tally, IProgress<long>? progress,
        CancellationToken ct)
    {
        var read = 0L;
        await foreach (var chunk in concepts.Chunk(ChunkSize).WithCancellation(ct))
        {
            var now = clock.GetUtcNow();
            var taken = await Store([.. chunk.Select(c => ImportSkill.Of(c, source, now))], metadata, ct);
            for (var i = 0; i < chunk.Length; i++)
            {
                if (i < taken) tally.Accept();
                else tally.FindAlreadyThere();
            }

            progress?.Report(read += chunk.Length);
        }
    }

    private async Task<int> Store(IReadOnlyList<ImportSkill> commands, CommandMetadata metadata, CancellationToken ct)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var appends = await Decide(commands, ct);
            if (appends.Count == 0) return 0;
            // Another import may be at work on the same concepts: decide again on what it left.
            if (await store.Commit(new Commit(appends, metadata), ct) is CommitResult.Done) return appends.Count;
        }

        throw new TimeoutException($"The catalogue was too busy: {Attempts} attempts to import met another import.");
    }

    private async Task<List<Append>> Decide(IReadOnlyList<ImportSkill> commands, CancellationToken ct)
    {
        var appends = new Append?[commands.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, commands.Count), new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = ct },
            async (i, token) => appends[i] = (await skills.Prepare(Skill.StreamOf(commands[i].Uri), commands[i], token)).Append);
        return [.. appends.OfType<Append>().Where(a => a.Facts.Count > 0)];
    }
}
