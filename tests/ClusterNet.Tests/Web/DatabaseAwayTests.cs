using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Shouldly;

namespace ClusterNet.Tests.Web;

public class DatabaseAwayTests
{
    [Fact]
    public async Task While_the_database_is_away_callers_are_told_to_come_back()
    {
        await using var nobody = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=x");
        await using var app = await TestApp.Start(a => a.MapApi().MapGet("/rows", async () =>
        {
            await using var connection = await nobody.OpenConnectionAsync();
            return TypedResults.Ok();
        }));

        var answer = await app.Get("/api/v1/rows");

        answer.Status.ShouldBe(503);
        answer.Code.ShouldBe("database-unavailable");
        answer.Header("Retry-After").ShouldBe("1");
        answer.Member("detail").ShouldContain("Idempotency-Key");
        answer.Text.ShouldNotContain("127.0.0.1");
    }

    [Theory]
    [InlineData("57P01", 503)] // shut down by an administrator
    [InlineData("57P02", 503)] // another session crashed the server
    [InlineData("57P03", 503)] // it still starts
    [InlineData("08006", 503)]
    [InlineData("53300", 503)] // too many connections
    [InlineData("57014", 500)] // a query was cancelled
    [InlineData("23505", 500)]
    [InlineData("42703", 500)]
    public async Task Only_an_absent_database_is_worth_another_try(string sqlState, int status)
    {
        await using var app = await TestApp.Start(
            a => a.MapApi().MapGet("/rows", IResult () => throw new PostgresException("a secret detail", "FATAL", "FATAL", sqlState)));

        var answer = await app.Get("/api/v1/rows");

        answer.Status.ShouldBe(status);
        answer.Text.ShouldNotContain("secret");
    }
}
