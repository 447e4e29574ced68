using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Privacy;

namespace ClusterNet.Learning.Practices;

/// <summary>How a practice spread: where it came from, and each firm that has told of its use.</summary>
/// <param name="From">The firm that it comes from.</param>
/// <param name="At">When it was shown first.</param>
/// <param name="MinutesPerMonth">Saved by all who use it and counted.</param>
/// <param name="CentsPerMonth">Likewise, in euro cents.</param>
internal sealed record PracticeSpread(
    Id<Practice> Practice, SpreadFirm From, DateTimeOffset At, IReadOnlyList<SpreadUse> Uses, int Trying, int Using, int GivenUp, int MinutesPerMonth, long CentsPerMonth);

/// <param name="Nuts">The region, by which firms are grouped.</param>
internal sealed record SpreadFirm(Id<Firm> Firm, string Name, string City, string Nuts);

internal sealed record SpreadUse(
    SpreadFirm Firm, UseStage Stage, UseVerdict Verdict, int? MinutesPerMonth, long? CentsPerMonth, DateTimeOffset BegunAt, DateTimeOffset ChangedAt, IReadOnlyList<SpreadStep> Steps);

/// <summary>Something that a firm told of its use, the oldest first.</summary>
internal sealed record SpreadStep(UseStage Stage, UseVerdict Verdict, Personal<string> Changed, Personal<string> Result, Id<Person> By, DateTimeOffset At);

/// <summary>Practices of a cluster and its firms: who stands where with what.</summary>
/// <param name="Firms">Columns, by name.</param>
/// <param name="Practices">Rows, those that most firms use first.</param>
internal sealed record SpreadMatrix(Id<Cluster> Cluster, IReadOnlyList<MatrixFirm> Firms, IReadOnlyList<MatrixPractice> Practices);

/// <param name="Gave">Practices of the table that come from the firm.</param>
internal sealed record MatrixFirm(Id<Firm> Firm, string Name, string Nuts, int Gave, int Trying, int Using, int GivenUp);

/// <param name="From">The firm that it comes from.</param>
internal sealed record MatrixPractice(
    Id<Practice> Practice, Personal<string> Title, Id<Firm> From, UseLevel Level, IReadOnlyList<MatrixCell> Cells, int Trying, int Using, int GivenUp);

internal sealed record MatrixCell(Id<Firm> Firm, UseStage Stage);

/// <summary>The pictures of how practices spread.</summary>
internal sealed class SpreadReads(PracticeDesk practices, IFirmDirectory directory)
{
    /// <summary>More than anybody reads; who wants others narrows the list of practices.</summary>
    public const int MostPractices = 200;

    public async Task<PracticeSpread> Of(SeenPractice seen, CancellationToken ct)
    {
        var steps = (await practices.Steps(seen.Id, ct)).ToLookup(s => s.Firm);
        var cards = await directory.Cards([seen.Row.Firm, .. seen.Uses.Select(u => u.Firm)], ct);
        var active = seen.Uses.Where(u => u.Stage is UseStage.Adopted or UseStage.Adapted).ToList();
        return new(
            seen.Id, FirmOf(seen.Row.Firm), seen.Row.ShownAt,
            [
                .. seen.Uses.Select(u => new SpreadUse(
                    FirmOf(u.Firm), u.Stage, u.Verdict, u.MinutesPerMonth, u.CentsPerMonth, u.BegunAt, u.ChangedAt,
                    [.. steps[u.Firm].Select(s => new SpreadStep(s.Stage, s.Verdict, s.Changed, s.Result, s.By, s.At))])),
            ],
            seen.Uses.Count(u => u.Stage == UseStage.Trying), active.Count, seen.Uses.Count(u => u.Stage == UseStage.GivenUp), active.Sum(u => u.MinutesPerMonth ?? 0),
            active.Sum(u => u.CentsPerMonth ?? 0));

        SpreadFirm FirmOf(Id<Firm> firm) => cards.TryGetValue(firm, out var card) ? new(firm, card.Name, card.City, card.Nuts) : new(firm, "", "", "");
    }

    /// <returns>Null for who has no part in the cluster.</returns>
    public async Task<SpreadMatrix?> Of(Id<Cluster> cluster, Caller caller, CancellationToken ct)
    {
        if (!(await directory.ClustersOf(caller, ct)).Contains(cluster)) return null;
        var firms = (await directory.AdmittedTo(cluster, ct)).OrderBy(f => f.Name, StringComparer.CurrentCulture).ThenBy(f => f.Firm).ToList();
        var ids = firms.Select(f => f.Firm.Value).ToArray();
        var listed = await practices.List(
            await practices.ReaderOf(caller, ct),
            "p.status = 'published' and not p.hidden and p.title is not null and (p.firm = any({0}) or exists (select 1 from learning.practice_uses f where f.practice = p.id and f.firm = any({0})))",
            [ids, MostPractices], "order by p.shown_at desc, p.id desc limit {1}", ct);
        var uses = (await practices.Uses("practice = any($1) and firm = any($2)", ct, listed.Select(l => l.Row.Id.Value).ToArray(), ids)).ToLookup(u => u.Practice);
        var rows = listed.Select(l => new MatrixPractice(
            l.Row.Id, l.Row.Title, l.Row.Firm, l.Row.Level, [.. uses[l.Row.Id].Select(u => new MatrixCell(u.Firm, u.Stage))], Count(uses[l.Row.Id], Trying), Count(uses[l.Row.Id], Using),
            Count(uses[l.Row.Id], GivenUp))).OrderByDescending(r => r.Using).ThenByDescending(r => r.Trying).ToList();
        var byFirm = uses.SelectMany(u => u).ToLookup(u => u.Firm);
        return new(
            cluster,
            [
                .. firms.Select(f => new MatrixFirm(
                    f.Firm, f.Name, f.Nuts, rows.Count(r => r.From == f.Firm), Count(byFirm[f.Firm], Trying), Count(byFirm[f.Firm], Using), Count(byFirm[f.Firm], GivenUp))),
            ],
            rows);
    }

    private static bool Trying(UseStage stage) => stage == UseStage.Trying;

    private static bool Using(UseStage stage) => stage is UseStage.Adopted or UseStage.Adapted;

    private static bool GivenUp(UseStage stage) => stage == UseStage.GivenUp;

    private static int Count(IEnumerable<PracticeUseRow> uses, Func<UseStage, bool> which) => uses.Count(u => which(u.Stage));
}
