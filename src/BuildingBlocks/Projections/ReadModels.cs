namespace ClusterNet.Projections;

/// <summary>All read models of the installation.</summary>
public sealed class ReadModels(IEnumerable<IInlineProjection> inline, IEnumerable<LedgerProjection> ledger)
{
    public IReadOnlyList<IInlineProjection> Inline { get; } = [.. inline];

    public IReadOnlyList<LedgerProjection> Ledger { get; } = [.. ledger];

    public IEnumerable<ITable> Tables => Inline.Select(p => p.Table).Concat(Ledger.SelectMany(p => p.Tables));
}
