using System.Globalization;
using ClusterNet.EventStore;
using NpgsqlTypes;

namespace ClusterNet.Tests.AccessMatrix;

/// <summary>
/// Lets commands be tried on one and the same world: while it holds, the database refuses every event, as a guard does, and counts the
/// attempts of one request, known by its trace. A command that got as far as that was permitted and would have been carried out; what
/// workers of the Host try meanwhile counts for nobody.
/// </summary>
internal sealed class FrozenHistory
{
    private const string Script = """
        create schema frozen;
        create sequence frozen.tried;
        create table frozen.switch (trace text);
        insert into frozen.switch values (null);
        create function frozen.refuse() returns trigger language plpgsql security definer as $$
        declare held text := (select trace from frozen.switch);
        begin
            if held is not null then
                if new.headers->>'trace_id' = held then
                    perform nextval('frozen.tried'); -- a sequence is not rolled back
                end if;
                raise exception 'frozen' using errcode = 'unique_violation', schema = 'frozen', table = 'frozen', constraint = 'frozen';
            end if;
            return new;
        end $$;
        create trigger frozen before insert on events.mt_events for each row execute function frozen.refuse();
        """;

    private readonly Database _database;

    private FrozenHistory(Database database) => _database = database;

    public static async Task<FrozenHistory> Prepare(Database database)
    {
        await using var command = database.Source.CreateCommand(Script);
        await command.ExecuteNonQueryAsync();
        return new(database);
    }

    /// <param name="trace">The W3C trace id of the request that is tried (Trace Context section 3.2.2.3).</param>
    public Task Hold(string trace) => Switch(trace);

    public Task Release() => Switch(null);

    private async Task Switch(string? trace)
    {
        await using var command = _database.Source.CreateCommand("update frozen.switch set trace = $1");
        command.Parameters.Add(new() { Value = (object?)trace ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>How often the requests that were held have come as far as writing.</summary>
    public async Task<long> Tried()
    {
        await using var command = _database.Source.CreateCommand("select case when is_called then last_value else 0 end from frozen.tried");
        return Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
    }
}
