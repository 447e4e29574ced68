namespace ClusterNet.Csv;

/// <summary>What became of an import, ready to be shown or sent as JSON. Made by <see cref="ImportTally"/>.</summary>
/// <param name="RowsRead">Rows that reached the importer: accepted, already there and rejected together.</param>
/// <param name="Faults">The first faults, in file order, at most <see cref="ImportTally.FaultsKept"/>.</param>
/// <param name="FaultCount">All faults, kept or not. One rejected row may have several.</param>
/// <param name="DryRun">True if nothing was written: accepted then means "would be accepted".</param>
public sealed record ImportReport(
    int RowsRead,
    int Accepted,
    int AlreadyThere,
    int Rejected,
    IReadOnlyList<RowFault> Faults,
    int FaultCount,
    IReadOnlyList<CsvNotice> Notices,
    bool DryRun);

/// <summary>How far an import has come.</summary>
public sealed record ImportProgress(int RowsRead, int Accepted, int AlreadyThere, int Rejected);

/// <summary>Counts while an import runs. It keeps the first thousand faults only, so a file of garbage costs no memory.</summary>
public sealed class ImportTally(bool dryRun = false)
{
    public const int FaultsKept = 1_000;

    private const int NoticesKept = 100;

    private readonly List<RowFault> faults = [];
    private readonly List<CsvNotice> notices = [];
    private int accepted;
    private int alreadyThere;
    private int rejected;
    private int faultCount;

    public int RowsRead => accepted + alreadyThere + rejected;

    /// <summary>The row was (or would be) taken in.</summary>
    public void Accept() => accepted++;

    /// <summary>The row says what is known already; importing a file twice is no fault.</summary>
    public void FindAlreadyThere() => alreadyThere++;

    /// <summary>The row was not taken in, for the faults collected on it.</summary>
    public void Reject(CsvRow row) => Reject(row.Faults);

    /// <summary>A row was not taken in, for these faults.</summary>
    public void Reject(params IEnumerable<RowFault> why)
    {
        rejected++;
        Fault(why);
    }

    /// <summary>Faults of the file as a whole, its header for one: they count as faults, not as a rejected row.</summary>
    public void Fault(params IEnumerable<RowFault> why)
    {
        foreach (var fault in why)
        {
            faultCount++;
            if (faults.Count < FaultsKept)
                faults.Add(fault);
        }
    }

    public void Notice(params IEnumerable<CsvNotice> what) => notices.AddRange(what.Take(NoticesKept - notices.Count));

    public ImportProgress ToProgress() => new(RowsRead, accepted, alreadyThere, rejected);

    public ImportReport ToReport() =>
        new(RowsRead, accepted, alreadyThere, rejected, [.. faults], faultCount, [.. notices], dryRun);
}
