using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Skills.Catalogue.Finding;
using ClusterNet.Skills.Catalogue.Intake;
using ClusterNet.Skills.Occupations;

namespace ClusterNet.Skills.Catalogue;

/// <summary>
/// Takes whole classifications in, some hundred concepts per transaction, after a first reading that finds out whether they may be taken in. What
/// is known already adds nothing, so it can be sent again.
/// </summary>
internal sealed class CatalogueImport(
    IEventStore store, Streams<Skill, SkillEvent> skills, Streams<Occupation, OccupationEvent> occupations, IntakeDesk desk, Database database,
    SkillIndex index, TimeProvider clock)
{
    /// <summary>The longest file that is taken over the network.</summary>
    public const long MaxBytes = 64 * 1024 * 1024;

    /// <summary>What a sent zip is called.</summary>
    public const string ZipName = "esco.zip";

    private const int ChunkSize = 250;
    private const int ReadsAtOnce = 4;
    private const int Attempts = 10;

    private static readonly Refusal Busy = new(
        "catalogue-import-running", "Another import is running, and two versions must not be mixed. Send it again when the other one is done.", 409);

    /// <summary>One file that is sent, of the name by which an archive knows what is in it.</summary>
    public async Task<ImportOutcome> Sent(
        Stream body, string name, string source, CommandMetadata metadata, IProgress<long>? progress, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("clusternet-esco-");
        try
        {
            // An archive is read from its end, so it must be whole before it is looked at.
            var path = Path.Combine(folder.FullName, name);
            await using (var file = File.Create(path)) await body.CopyToAsync(file, ct);
            return await Esco([path], source, metadata, progress, ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <param name="progress">Told how many concepts have been read.</param>
    public async Task<ImportOutcome> Esco(
        IReadOnlyList<string> paths, string source, CommandMetadata metadata, IProgress<long>? progress, CancellationToken ct)
    {
        await using var turn = await ImportTurn.Take(database, ct);
        if (turn is null) return new(null, Busy, null);
        var versions = await KnownVersions.Read(database, ct);
        var survey = await EscoSurvey.Of(paths, source, await index.Skills(ct), versions, ct);
        if (survey.Faults.Count > 0)
        {
            var refused = new ImportTally();
            refused.Fault(survey.Faults);
            return new(refused.ToReport(), null, null);
        }

        var floor = versions.FloorFor(survey.Source, survey.Skills.Count);
        var missing = await desk.MissingFrom(survey, floor, versions, ct);
        var (tally, found) = (new ImportTally(), new Found(new(), new(), new()));
        using var archive = EscoArchive.Open(paths);
        await Take(archive.ReadGroupsAsync(ct), new(survey.Source, floor, found.Groups), metadata, new ImportTally(), null, ct);
        await Take(archive.ReadAsync(ct), new(survey.Source, floor, found.Skills), metadata, tally, progress, ct);
        await TakeOccupations(archive.ReadOccupationsAsync(survey.Source, floor, clock.GetUtcNow(), ct), found.Occupations, metadata, ct);
        if (missing.IsWhole) await Retire(missing, survey.Source, found, metadata, ct);
        Tell(archive, survey, missing, floor, tally);
        return new(tally.ToReport(), null, await desk.Finish(survey, missing.IsWhole, found, versions, metadata, ct));
    }

    /// <param name="origin">What is said to be where it comes from.</param>
    public async Task Take(
        IAsyncEnumerable<EscoConcept> concepts, Origin origin, CommandMetadata metadata, ImportTally tally, IProgress<long>? progress, CancellationToken ct)
    {
        var read = 0L;
        var changed = new List<Guid>();
        await foreach (var chunk in concepts.Chunk(ChunkSize).WithCancellation(ct))
        {
            var now = clock.GetUtcNow();
            var taken = await StoreSkills([.. chunk.Select(c => (c.Uri, (ICommand<Skill, SkillEvent>)c.ToCommand(origin.Source, origin.Floor, now)))], origin.Tally, metadata, ct);
            changed.AddRange(taken);
            for (var i = 0; i < chunk.Length; i++)
            {
                if (i < taken.Count) tally.Accept();
                else tally.FindAlreadyThere();
            }

            progress?.Report(read += chunk.Length);
        }

        await index.Refresh(changed, ct);
    }

    private async Task TakeOccupations(IAsyncEnumerable<ImportOccupation> all, IntakeTally tally, CommandMetadata metadata, CancellationToken ct)
    {
        await foreach (var chunk in all.Chunk(ChunkSize).WithCancellation(ct))
            await StoreOccupations([.. chunk.Select(c => (c.Uri, (ICommand<Occupation, OccupationEvent>)c))], tally, metadata, ct);
    }

    private async Task Retire(MissingConcepts missing, string source, Found found, CommandMetadata metadata, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var (uris, tally) in new[] { (missing.Skills, found.Skills), (missing.Groups, found.Groups) })
        {
            foreach (var chunk in uris.Chunk(ChunkSize))
            {
                await index.Refresh(
                    await StoreSkills([.. chunk.Select(u => (u, (ICommand<Skill, SkillEvent>)new RetireSkill(SkillEnd.Missing, source, now)))], tally, metadata, ct), ct);
            }
        }

        foreach (var chunk in missing.Occupations.Chunk(ChunkSize))
            await StoreOccupations([.. chunk.Select(u => (u, (ICommand<Occupation, OccupationEvent>)new RetireOccupation(source, now)))], found.Occupations, metadata, ct);
    }

    private Task<IReadOnlyList<Guid>> StoreSkills(
        IReadOnlyList<(string Uri, ICommand<Skill, SkillEvent> Command)> commands, IntakeTally tally, CommandMetadata metadata, CancellationToken ct) =>
        Store(commands, Skill.StreamOf, skills, SkillList.Table, r => (r.Id.Value, r.ToState()), tally, metadata, ct);

    private Task<IReadOnlyList<Guid>> StoreOccupations(
        IReadOnlyList<(string Uri, ICommand<Occupation, OccupationEvent> Command)> commands, IntakeTally tally, CommandMetadata metadata, CancellationToken ct) =>
        Store(commands, Occupation.StreamOf, occupations, OccupationList.Table, r => (r.Id.Value, r.ToState()), tally, metadata, ct);

    /// <summary>Commits what the commands change, all of it or nothing.</summary>
    /// <param name="known">A row's stream and the whole state that it holds: streams are read only of what changes.</param>
    /// <returns>The streams that were written.</returns>
    private async Task<IReadOnlyList<Guid>> Store<TState, TEvent, TRow>(
        IReadOnlyList<(string Uri, ICommand<TState, TEvent> Command)> commands, Func<string, Guid> streamOf, Streams<TState, TEvent> streams,
        Table<TRow> table, Func<TRow, (Guid Stream, TState State)> known, IntakeTally tally, CommandMetadata metadata, CancellationToken ct)
        where TState : IState<TState, TEvent>
        where TEvent : class
        where TRow : class
    {
        var uris = commands.ToDictionary(c => streamOf(c.Uri), c => c.Uri);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var rows = await database.Query(
                SkillsModule.Name, Statement.Of(table.Select("where id = any($1)"), [uris.Keys.ToArray()]), table.Read, ct);
            var states = rows.Select(known).ToDictionary(r => r.Stream, r => r.State);
            var news = commands.Select(c => (Stream: streamOf(c.Uri), c.Command))
                .Where(c => c.Command.Decide(states.GetValueOrDefault(c.Stream, TState.Initial)).Facts.Length > 0).ToList();
            var prepared = new Append?[news.Count];
            await Parallel.ForEachAsync(
                Enumerable.Range(0, news.Count), new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = ct },
                async (i, token) => prepared[i] = (states.ContainsKey(news[i].Stream)
                    ? await streams.Prepare(news[i].Stream, news[i].Command, token)
                    : streams.PrepareNew(news[i].Stream, news[i].Command)).Append);
            List<Append> appends = [.. prepared.OfType<Append>().Where(a => a.Facts.Count > 0)];
            if (appends.Count == 0) return [];
            // A coordinator may be at work on the same concepts: decide again on what that left.
            if (await store.Commit(new Commit(appends, metadata), ct) is not CommitResult.Done) continue;
            appends.ForEach(a => tally.Count(uris[a.Stream], a));
            return [.. appends.Select(a => a.Stream)];
        }

        throw new TimeoutException($"The catalogue was too busy: {Attempts} attempts to import met another writer.");
    }

    /// <summary>What a reader of the report should know beside the counts.</summary>
    private static void Tell(EscoArchive archive, EscoSurvey survey, MissingConcepts missing, CatalogueVersions floor, ImportTally tally)
    {
        var read = archive.Report;
        for (var i = 0; i < read.Rejected; i++) tally.Reject();
        tally.Fault(read.Faults);
        tally.Notice(read.Notices);
        if (SourceVersion.IsOlder(survey.Source, floor.Shape))
        {
            tally.Notice(new CsvNotice(
                "esco-older-version", $"The catalogue has {floor.Shape}, which is newer: of {survey.Source} only words in languages were taken that the newer one does not have."));
        }

        if (missing.Count > 0 && !missing.IsWhole)
        {
            tally.Notice(new CsvNotice(
                "esco-part", $"{missing.Count} concepts of the catalogue are not in these files, which should have them: this was taken as a part, and they stay."));
        }

        if (archive.WithoutConcept.Values.Sum() is > 0 and var left)
            tally.Notice(new CsvNotice("esco-labels-without-concept", $"{left} labels were left out: the file of {archive.Languages[0]} has no such concept."));
    }

    /// <summary>Where concepts come from, and who counts what they change.</summary>
    internal sealed record Origin(string Source, CatalogueVersions Floor, IntakeTally Tally);

    /// <summary>What an import changed, by kind.</summary>
    internal sealed record Found(IntakeTally Skills, IntakeTally Groups, IntakeTally Occupations)
    {
        public bool IsEmpty => Skills.IsEmpty && Groups.IsEmpty && Occupations.IsEmpty;
    }
}

/// <summary>What became of an import.</summary>
/// <param name="Report">Null when it was not looked at.</param>
/// <param name="Refusal">Null when it was looked at.</param>
/// <param name="Intake">What it changed; null when that was nothing that was not told before.</param>
internal sealed record ImportOutcome(ImportReport? Report, Refusal? Refusal, Id<CatalogueIntake>? Intake);
