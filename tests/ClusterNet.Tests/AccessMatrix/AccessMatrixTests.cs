using ClusterNet.Access.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.AccessMatrix;

/// <summary>What docs/access/matrix.md declares is what the running Host does, endpoint by endpoint, role by role, own and foreign.</summary>
[Collection(MatrixCollection.Name)]
public sealed class AccessMatrixTests(MatrixWorld world)
{
    /// <summary>Answered before routing: rows without an endpoint.</summary>
    private const string File = "file";

    public static TheoryData<string> Keys { get; } = [.. Matrix.Rows.Select(r => r.Key)];

    [Fact]
    public void Every_endpoint_has_a_row_and_every_row_an_endpoint()
    {
        var endpoints = Endpoints().ToHashSet();
        var rows = Matrix.Rows.Where(r => r.Thing != File).Select(r => r.Endpoint).ToHashSet();

        endpoints.Count.ShouldBeGreaterThan(90);
        string[] faults =
        [
            .. endpoints.Except(rows).Order().Select(e => $"no row: {e}"), .. rows.Except(endpoints).Order().Select(r => $"no endpoint: {r}"),
            .. Matrix.Rows.GroupBy(r => r.Key).Where(g => g.Count() > 1).Select(g => $"twice: {g.Key}"),
        ];
        faults.ShouldBeEmpty("Every endpoint and page has a row in docs/access/matrix.md, and every row an endpoint.");
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task The_host_does_what_the_row_declares(string key)
    {
        var row = Matrix.Rows.First(r => r.Key == key);
        (await new RowCheck(world, row).Differences(TestContext.Current.CancellationToken)).ShouldBeEmpty($"docs/access/matrix.md, line {row.Line}");
    }

    [Theory]
    [InlineData("GET /api/v1/clusters/{cluster}/memberships", "coordinator", "yes", "coordinator, elsewhere: declared yes, answered no")]
    [InlineData("GET /api/v1/clusters/{cluster}/memberships", "member", "hidden", "member, own cluster's: declared hidden, answered no")]
    [InlineData("GET /api/v1/learning/records/{id} (private record)", "manager", "yes", "manager, colleague's: declared yes, answered hidden")]
    [InlineData("POST /api/v1/access/tokens", "auditor", "no", "auditor, own: declared no, answered yes")]
    [InlineData("POST /api/v1/learning/records", "operator", "yes", "operator, anybody's: declared yes, answered refused")]
    public async Task A_wrong_cell_is_found(string key, string column, string wrong, string found)
    {
        var row = Matrix.Rows.First(r => r.Key == key);
        var flipped = row with { Cells = new Dictionary<string, IReadOnlyList<Word>>(row.Cells) { [column] = [Word.Of(wrong, row.Line)] } };

        (await new RowCheck(world, flipped).Differences(TestContext.Current.CancellationToken)).ShouldContain(d => d.StartsWith(found, StringComparison.Ordinal));
    }

    private IEnumerable<string> Endpoints() =>
        from endpoint in world.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = Word.Plain(endpoint.RoutePattern.RawText!) // our routes are patterns
        from method in Methods(endpoint, path)
        select $"{method} {path}";

    /// <summary>HEAD is GET without the body; a page takes forms where it has one.</summary>
    private static IEnumerable<string> Methods(RouteEndpoint endpoint, string path)
    {
        if (endpoint.Metadata.GetMetadata<WhoMaySeeAttribute>() is not null) return Pages.WithForms.Contains(path) ? ["GET", "POST"] : ["GET"];
        return (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => m == "HEAD" ? "GET" : m).Distinct();
    }
}

/// <summary>One world for all of it.</summary>
[CollectionDefinition(Name)]
public sealed class MatrixCollection : ICollectionFixture<MatrixWorld>
{
    public const string Name = "access matrix";
}
