using ClusterNet.Benchmarks;

// dotnet run -c Release --project tests/ClusterNet.Benchmarks [--quick] [--http] [--replay] [--log] [--search FOLDER] [--learning] [--pool]
var pace = args.Contains("--quick") ? Pace.Quick : Pace.Full;
await using var bench = await Bench.Start();
Console.WriteLine($"PostgreSQL {bench.ServerVersion}, fsync on, {Environment.ProcessorCount} cores, .NET {Environment.Version}; medians of {pace.Rounds} interleaved rounds of {pace.Round.TotalSeconds:0.#} s");
var table = new BudgetTable();
if (args.Contains("--http"))
{
    await HttpCase.Run(bench, pace, table);
    table.Print();
    return;
}

if (Array.IndexOf(args, "--search") is >= 0 and var at)
{
    // Where the Commission's files are: they are not part of the repository.
    await SearchCase.Run(bench, args.ElementAtOrDefault(at + 1) ?? "../shared/data", args.Contains("--quick"), table);
    table.Print();
    return;
}

if (args.Contains("--learning"))
{
    await LearningCase.Run(bench, args.Contains("--quick"), table);
    table.Print();
    return;
}

if (args.Contains("--pool"))
{
    await PoolCase.Run(bench, pace, table);
    table.Print();
    return;
}

if (args.Contains("--replay"))
{
    await ReplayCase.Run(bench, pace, table);
    table.Print();
    return;
}

if (args.Contains("--log"))
{
    await ProofCase.Run(bench, args.Contains("--quick"), table);
    table.Print();
    return;
}

await WriteCases.Run(bench, pace, table);
await HttpCase.Run(bench, pace, table);
await LoadCase.Run(bench, pace, table);
await SequencerCase.Run(bench, pace, table);
await ProofCase.Run(bench, args.Contains("--quick"), table);
await ReplayCase.Run(bench, pace, table);
table.Print();
