using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ClusterNet.Projections;

/// <summary>All read models of the installation.</summary>
public sealed class ReadModels(IEnumerable<IInlineProjection> inline, IEnumerable<LedgerProjection> ledger)
{
    public IReadOnlyList<IInlineProjection> Inline { get; } = [.. inline];

    public IReadOnlyList<LedgerProjection> Ledger { get; } = [.. ledger];

    public IEnumerable<ITable> Tables => Inline.Select(p => p.Table).Concat(Ledger.SelectMany(p => p.Tables));

    /// <summary>Changes with the definition of the table and with the declared version of the projection that fills it: then it must be rebuilt.</summary>
    public string CodeVersion(ITable table)
    {
        var declared = Inline.FirstOrDefault(p => p.Table == table)?.CodeVersion ?? Ledger.First(p => p.Tables.Contains(table)).CodeVersion;
        return string.Create(CultureInfo.InvariantCulture, $"{declared}.{table.Digest[..16]}");
    }

    /// <summary>
    /// Names all inline rows of a family as this program makes them. Every event carries its writer's: rows of one by another program are folded anew.
    /// </summary>
    public string? Fingerprint(Type family)
    {
        var rows = Inline.Where(p => p.Family == family).Select(p => $"{p.Table.Schema}.{p.Table.Name} {CodeVersion(p.Table)}").Order(StringComparer.Ordinal).ToList();
        return rows.Count == 0 ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows))))[..12];
    }
}
