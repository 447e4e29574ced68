using System.Runtime.CompilerServices;
using ClusterNet.EventStore;
using Npgsql;

namespace ClusterNet.Projections;

/// <summary>SQL that puts rows into a table or takes them out.</summary>
internal sealed class RowSql
{
    private static readonly ConditionalWeakTable<ITable, RowSql> Known = [];
    private readonly IReadOnlyList<Column> _columns;
    private readonly Column[] _keys;
    private readonly Column[] _values;
    private readonly string _insert;
    private readonly string _update;
    private readonly string _upsert;
    private readonly string _delete;

    private RowSql(ITable table)
    {
        _columns = table.Columns;
        _keys = [.. table.Key.Select(k => _columns.First(c => c.Name == k))];
        _values = [.. _columns.Except(_keys)];
        var name = $"{table.Schema}.{table.Name}";
        var sets = string.Join(", ", _values.Select(c => $"{c.Name} = excluded.{c.Name}"));
        _insert = $"insert into {name} ({string.Join(", ", _columns.Select(c => c.Name))}) values ({string.Join(", ", _columns.Select((_, i) => $"${i + 1}"))})";
        _upsert = $"{_insert} on conflict ({string.Join(", ", table.Key)}) do {(sets.Length == 0 ? "nothing" : $"update set {sets}")}";
        _update = $"update {name} set {string.Join(", ", _values.Select((c, i) => $"{c.Name} = ${i + 1}"))} where {Where(_values.Length)}";
        _delete = $"delete from {name} where {Where(0)}";
    }

    public static RowSql Of(ITable table) => Known.GetValue(table, t => new(t));

    /// <summary>Fails when another row has the key: a guard's key is a rule.</summary>
    public Statement Insert(object row) => new(_insert, Parameters(_columns, row));

    public Statement Update(object row) => new(_update, Parameters([.. _values, .. _keys], row));

    public Statement Upsert(object row) => new(_upsert, Parameters(_columns, row));

    public Statement Delete(object row) => new(_delete, Parameters(_keys, row));

    public string KeyOf(object row) => string.Join('\u001f', _keys.Select(c => c.ToDb(row)));

    public string KeyFor(object[] key) => string.Join('\u001f', _keys.Select((c, i) => c.Convert(key[i])));

    public IEnumerable<NpgsqlParameter> KeyParameters(object[] key) =>
        _keys.Select((c, i) => new NpgsqlParameter { Value = c.Convert(key[i]), NpgsqlDbType = c.DbType });

    public string Where(int parametersBefore) => string.Join(" and ", _keys.Select((c, i) => $"{c.Name} = ${parametersBefore + i + 1}"));

    private static NpgsqlParameter[] Parameters(IReadOnlyList<Column> columns, object row) =>
        [.. columns.Select(c => new NpgsqlParameter { Value = c.ToDb(row), NpgsqlDbType = c.DbType })];
}
