using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace ClusterNet.Projections;

/// <summary>A read table: plain relational, typed columns, made from a row record; it can be dropped and rebuilt from events, unless it is a guard.</summary>
public interface ITable
{
    string Schema { get; }

    string Name { get; }

    /// <summary>Columns that identify a row.</summary>
    IReadOnlyList<string> Key { get; }

    /// <summary>A guard enforces a rule (unique addresses, bookings): it is verified in place and never dropped while Hosts run.</summary>
    bool Guard { get; }

    /// <summary>Changes with every change of the definition.</summary>
    string Digest { get; }

    /// <summary>SQL that makes the table, in its own schema or beside it; without its triggers beside it.</summary>
    string Create(string? inSchema = null);

    /// <summary>SQL that makes the triggers of the live table.</summary>
    internal string CreateTriggers();

    internal IReadOnlyList<Column> Columns { get; }

    internal object ReadRow(NpgsqlDataReader reader, int firstOrdinal = 0);
}

/// <summary>The read table of <typeparamref name="TRow"/>: one column per member, snake_case.</summary>
/// <param name="schema">The module's schema.</param>
/// <param name="name">The table's name.</param>
/// <param name="key">Member names that identify a row.</param>
public sealed class Table<TRow>(string schema, string name, params string[] key) : ITable
    where TRow : class
{
    private static readonly ConstructorInfo Constructor = typeof(TRow).GetConstructors().MaxBy(c => c.GetParameters().Length)!; // a positional record has one

    private static readonly ConstructorInvoker Made = ConstructorInvoker.Create(Constructor);

    private readonly Column[] _columns = [.. Constructor.GetParameters()
        .Select(p => new Column(typeof(TRow).GetProperty(p.Name!)!))]; // each parameter of a positional record has a property of its name

    public string Schema => schema;

    public string Name => name;

    public IReadOnlyList<string> Key { get; } = [.. key.Select(Column.SnakeCase)];

    public bool Guard { get; init; }

    /// <summary>Table constraints, such as <c>exclude using gist (…)</c>, each with its <c>constraint name</c>.</summary>
    public IReadOnlyList<string> Constraints { get; init; } = [];

    /// <summary>What follows <c>create [unique] index … on table</c>: for example <c>using gin (skills)</c>. Start with <c>unique</c> for a unique one.</summary>
    public IReadOnlyList<string> Indexes { get; init; } = [];

    /// <summary>Row triggers: when, such as <c>before insert</c>, and the call of a function that one of the module's scripts makes.</summary>
    public IReadOnlyList<(string When, string Function)> Triggers { get; init; } = [];

    /// <summary><c>schema.table</c>, for SQL.</summary>
    public string Sql => $"{schema}.{name}";

    /// <summary>All columns in the order in which <see cref="Read"/> expects them.</summary>
    public string ColumnList => string.Join(", ", _columns.Select(c => c.Name));

    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Create())));

    IReadOnlyList<Column> ITable.Columns => _columns;

    /// <summary><c>select columns from table</c> and what follows.</summary>
    public string Select(string rest) => $"select {ColumnList} from {Sql} {rest}";

    /// <summary>A row from a reader that stands on one of <see cref="Select"/>.</summary>
    public TRow Read(NpgsqlDataReader reader) => (TRow)((ITable)this).ReadRow(reader);

    object ITable.ReadRow(NpgsqlDataReader reader, int firstOrdinal)
    {
        var values = new object?[_columns.Length];
        for (var i = 0; i < values.Length; i++) values[i] = _columns[i].FromDb(reader, firstOrdinal + i);
        return Made.Invoke(values.AsSpan());
    }

    public string Create(string? inSchema = null)
    {
        var table = $"{inSchema ?? schema}.{name}";
        string[] members =
        [
            .. _columns.Select(c => $"{c.Name} {c.Sql}{(c.Nullable ? "" : " not null")}"),
            $"constraint {name}_key primary key ({string.Join(", ", Key)})",
            .. Constraints,
        ];
        var sql = new StringBuilder("create table ").Append(table).Append(" (").AppendJoin(", ", members).Append(");");
        for (var i = 0; i < Indexes.Count; i++)
        {
            var unique = Indexes[i].StartsWith("unique ", StringComparison.Ordinal);
            var rest = unique ? Indexes[i]["unique ".Length..] : Indexes[i];
            sql.Append(CultureInfo.InvariantCulture, $"create {(unique ? "unique " : "")}index {name}_{i + 1} on {table} {rest};");
        }

        // Rows that are filled in from events may not trigger anything.
        return sql.Append(inSchema is null ? CreateTriggers() : "").ToString();
    }

    string ITable.CreateTriggers() => CreateTriggers();

    private string CreateTriggers() => string.Concat(Triggers.Select((t, i) => string.Create(
        CultureInfo.InvariantCulture, $"create trigger {name}_trigger_{i + 1} {t.When} on {Sql} for each row execute function {t.Function};")));
}
