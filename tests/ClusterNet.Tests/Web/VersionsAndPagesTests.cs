using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Shouldly;

namespace ClusterNet.Tests.Web;

public sealed class VersionsAndPagesTests : IAsyncLifetime
{
    private TestApp _app = null!; // set before every test

    internal sealed record Row(int Rank, string Name);

    public async ValueTask InitializeAsync() => _app = await TestApp.Start(app =>
    {
        var api = app.MapApi();
        api.MapPut("/thing", (IfMatch ifMatch) => TypedResults.Ok(new { ifMatch.Version, ifMatch.MustExist }));
        api.MapGet("/thing", Results<Ok<string>, StatusCodeHttpResult> (HttpContext context) =>
            ETags.NotModified(context, 7) ? TypedResults.StatusCode(304) : TypedResults.Ok("seven"));
        api.MapGet("/rows", PageOfRows);
        api.MapGet("/others", PageOfRows);
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("\"7\"", """{"version":7,"mustExist":true}""")]
    [InlineData("*", """{"version":null,"mustExist":true}""")]
    [InlineData(null, """{"version":null,"mustExist":false}""")]
    public async Task An_expected_version_is_read(string? header, string expected) =>
        (await Put(header)).Text.ShouldBe(expected);

    [Theory]
    [InlineData("7")]
    [InlineData("\"7")]
    [InlineData("\"7\", \"8\"")]
    public async Task An_if_match_that_is_none_is_refused(string header)
    {
        var answer = await Put(header);

        answer.Status.ShouldBe(400);
        answer.Code.ShouldBe("malformed-if-match");
    }

    [Theory]
    [InlineData("W/\"7\"")]
    [InlineData("\"seven\"")]
    [InlineData("\"07\"")]
    [InlineData("\"99999999999999999999\"")]
    public async Task A_tag_that_no_version_has_never_matches(string header)
    {
        var answer = await Put(header);

        answer.Status.ShouldBe(412);
        answer.Code.ShouldBe("stale-version");
    }

    [Theory]
    [InlineData("\"7\"", 304)]
    [InlineData("W/\"7\"", 304)]
    [InlineData("\"6\", \"7\"", 304)]
    [InlineData("*", 304)]
    [InlineData("\"6\"", 200)]
    [InlineData("7", 200)]
    public async Task A_version_that_the_caller_has_is_not_sent_again(string known, int status)
    {
        var answer = await _app.Get("/api/v1/thing", ("If-None-Match", known));

        answer.Status.ShouldBe(status);
        answer.Header("ETag").ShouldBe("\"7\"");
        (answer.Text.Length == 0).ShouldBe(status == 304);
    }

    [Fact]
    public void A_precondition_holds_at_its_version_only()
    {
        IfMatch.Absent.Allows(0).ShouldBeTrue();
        IfMatch.Any.Allows(0).ShouldBeFalse();
        IfMatch.Any.Allows(1).ShouldBeTrue();
        new IfMatch(2, true).Allows(2).ShouldBeTrue();
        new IfMatch(2, true).Allows(3).ShouldBeFalse();
    }

    [Fact]
    public async Task A_list_is_read_page_by_page_to_its_end_by_following_its_links()
    {
        var seen = new List<string>();
        string? next = "/api/v1/rows?limit=3&tag=a%26b";
        while (next is not null)
        {
            var answer = await _app.Get(next);
            answer.Status.ShouldBe(200);
            seen.AddRange(answer.Json.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("name").ToString()));
            var link = answer.Header("Link");
            link.ShouldBe(answer.Member("next") is { Length: > 0 } cursor
                ? $"</api/v1/rows?limit=3&tag=a%26b&cursor={cursor}>; rel=\"next\""
                : "");
            next = link.Length == 0 ? null : link[1..link.IndexOf('>', StringComparison.Ordinal)];
        }

        seen.ShouldBe(["row 1", "row 2", "row 3", "row 4", "row 5", "row 6", "row 7"]);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("201")]
    [InlineData("-1")]
    [InlineData("ten")]
    [InlineData("1&limit=2")]
    public async Task A_limit_out_of_range_is_refused(string limit)
    {
        var answer = await _app.Get($"/api/v1/rows?limit={limit}");

        answer.Status.ShouldBe(400);
        answer.Code.ShouldBe("limit-out-of-range");
    }

    [Fact]
    public async Task A_cursor_that_was_changed_or_comes_from_another_list_is_refused()
    {
        var cursor = (await _app.Get("/api/v1/rows?limit=3")).Member("next");
        var changed = cursor[..^1] + (cursor[^1] == 'A' ? 'B' : 'A');

        string[] malformed = [changed, "garbage", "%2B%2F", "", new('A', 3000)];
        foreach (var path in malformed.Select(text => $"rows?cursor={text}").Append($"others?cursor={cursor}"))
        {
            var answer = await _app.Get("/api/v1/" + path);
            answer.Status.ShouldBe(400, path);
            answer.Code.ShouldBe("malformed-cursor");
        }

        (await _app.Get($"/api/v1/rows?cursor={cursor}")).Status.ShouldBe(200);
    }

    [Fact]
    public void An_instant_in_a_made_up_cursor_is_one_that_a_database_takes()
    {
        const string Path = "/api/v1/rows";
        var made = Cursor.Encode(Path, ("2026-05-12T09:30:00.1234567+14:00", Guid.Empty));
        Cursor.Decode<(DateTimeOffset At, Guid Id)>(Path, made).At.ShouldBe(new DateTimeOffset(2026, 5, 11, 19, 30, 0, TimeSpan.Zero).AddTicks(1234567));
        Cursor.Decode<(DateTimeOffset At, Guid Id)>(Path, made).At.Offset.ShouldBe(TimeSpan.Zero);
    }

    private static Paged<Row> PageOfRows(PageRequest page) =>
        page.Answer(Rows(page.After<(int, string)>(), page.Fetch), row => (row.Rank, row.Name));

    private static Row[] Rows((int Rank, string Name)? after, int count) =>
        [.. Enumerable.Range(1, 7).Where(rank => rank > (after?.Rank ?? 0)).Take(count).Select(rank => new Row(rank, $"row {rank}"))];

    private Task<Answer> Put(string? header) =>
        _app.Send(HttpMethod.Put, "/api/v1/thing", null, header is null ? [] : [("If-Match", header)]);
}
