using Npgsql;
using Shouldly;

namespace ClusterNet.Tests.Postgres;

public class TestServerTests
{
    [Fact]
    public async Task A_copy_of_a_template_has_what_the_template_had()
    {
        var server = await TestServer.Instance();
        var template = await server.Template("fruit", database => Run(database, "create table fruit as select 'pear' as name"));

        var copy = await server.CreateDatabase(template);

        (await Scalar(copy, "select name from fruit")).ShouldBe("pear");
    }

    [Fact]
    public async Task A_template_is_filled_once_and_serves_many_at_a_time()
    {
        var server = await TestServer.Instance();
        var filled = 0;
        async Task<string> Copy() => await server.CreateDatabase(await server.Template("vegetables", database =>
        {
            filled++;
            return Run(database, "create table vegetables ()");
        }));

        var copies = await Task.WhenAll(Copy(), Copy(), Copy(), Copy());

        filled.ShouldBe(1);
        copies.Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public async Task A_new_database_without_a_template_is_empty()
    {
        var database = await (await TestServer.Instance()).CreateDatabase();

        (await Scalar(database, "select count(*) from pg_tables where schemaname = 'public'")).ShouldBe(0L);
    }

    private static async Task Run(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<object?> Scalar(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
