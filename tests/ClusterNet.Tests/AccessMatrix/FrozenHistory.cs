using System.Globalization;
using ClusterNet.EventStore;

namespace ClusterNet.Tests.AccessMatrix;

/// <summary>
/// Lets commands be tried on one and the same world: while it holds, the database refuses every event, as a guard does, and counts the
/// attempts. A command that got as far as that was permitted and would have been carried out.
/// </summary>
internal sealed class FrozenHistory
{
    private const string Script = """
        create schema frozen;
        create sequence frozen.tried;
        create table frozen.switch (held boolean not null);
        insert into frozen.switch values (false);
        create function frozen.refuse() returns trigger language plpgsql security definer as $$
        begin
            if (select held from frozen.switch) then
                perform nextval('frozen.tried'); -- a sequence is not rolled back
                raise exception 'frozen' using errcode = 'unique_violation', schema = 'frozen', table = 'frozen', constraint = 'frozen';
            end if;
            return null;
        end $$;
        create trigger frozen before insert on events.mt_events for each statement execute function frozen.refuse();
        """;

    private readonly Database _database;

    private FrozenHistory(Database database) => _database = database;

    public static async Task<FrozenHistory> Prepare(Database database)
    {
        await using var command = database.Source.CreateCommand(Script);
        await command.ExecuteNonQueryAsync();
        return new(database);
    }

    public async Task Hold(bool held)
    {
        await using var command = _database.Source.CreateCommand("update frozen.switch set held = $1");
        command.Parameters.Add(new() { Value = held });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>How often a command has come as far as writing.</summary>
    public async Task<long> Tried()
    {
        await using var command = _database.Source.CreateCommand("select case when is_called then last_value else 0 end from frozen.tried");
        return Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
    }
}
