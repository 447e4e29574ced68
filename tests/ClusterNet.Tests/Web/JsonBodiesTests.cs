using System.Text;
using System.Text.Json;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Shouldly;

namespace ClusterNet.Tests.Web;

public sealed class JsonBodiesTests : IAsyncLifetime
{
    private TestApp _app = null!; // set before every test

    internal sealed record Line(string Text);

    internal sealed record Body(
        string Title, int SeatCount, DateTimeOffset? StartAt = null, DateOnly? On = null, Id<Line>? Id = null, string? Note = null,
        IReadOnlyList<Line>? Lines = null, JsonElement? Free = null, Dictionary<string, string>? Map = null, Deep? Deep = null);

    internal sealed record Deep(Line? Line, Deep? Inner = null);

    public async ValueTask InitializeAsync() => _app = await TestApp.Start(app =>
    {
        var api = app.MapApi();
        api.MapPost("/echo", (Body body) => TypedResults.Ok(body));
        api.MapGet("/things/{id}", (Id<Line> id) => TypedResults.Ok(id));
        api.MapGet("/search", (int? seats, string? text) => TypedResults.Ok(new { seats, text }));
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("{", "#", "malformed-json")]
    [InlineData("not json", "#", "malformed-json")]
    [InlineData("[]", "#", "wrong-type")]
    [InlineData("""{"title":"a","seatCount":1,"colour":"red"}""", "#/colour", "unknown-member")]
    [InlineData("""{"title":"a","seatCount":1,"Title":"b"}""", "#/Title", "unknown-member")]
    [InlineData("""{"title":"a","seatCount":1,"lines":[{"text":"x","odd":1}]}""", "#/lines/0/odd", "unknown-member")]
    [InlineData("""{"title":"a","seatCount":1,"title":"b"}""", "#/title", "duplicate-member")]
    [InlineData("""{"title":"a","seatCount":1,"free":{"x":1,"x":2}}""", "#/free", "duplicate-member")]
    [InlineData("""{"title":"a"}""", "#", "missing-member")]
    [InlineData("""{"title":null,"seatCount":1}""", "#/title", "null-not-allowed")]
    [InlineData("""{"title":"a","seatCount":"1"}""", "#/seatCount", "wrong-type")]
    [InlineData("""{"title":"a","seatCount":1.5}""", "#/seatCount", "wrong-type")]
    [InlineData("""{"title":5,"seatCount":1}""", "#/title", "wrong-type")]
    [InlineData("""{"title":"a","seatCount":1,"lines":{}}""", "#/lines", "wrong-type")]
    [InlineData("""{"title":"a","seatCount":1,"id":"7"}""", "#/id", "wrong-type")]
    [InlineData("""{"title":"a","seatCount":1,"on":"31.5.2026"}""", "#/on", "wrong-type")]
    [InlineData("""{"title":"a","seatCount":1,"startAt":"2026-05-31T09:30:00"}""", "#/startAt", "wrong-type")]
    public async Task A_body_that_cannot_be_read_is_refused_with_the_place_and_the_reason(string json, string place, string code)
    {
        var answer = await _app.Post("/api/v1/echo", json);

        answer.Status.ShouldBe(400);
        answer.Code.ShouldBe("malformed-request");
        answer.Errors.ShouldBe([$"{place} {code}"]);
        answer.Text.ShouldNotContain("System.");
        answer.Text.ShouldNotContain("ClusterNet.");
    }

    [Theory]
    [InlineData("""{"title":"a\u0000b","seatCount":1}""", "#/title")]
    [InlineData("""{"title":"\ud800","seatCount":1}""", "#/title")]
    [InlineData("""{"title":"\udc00\ud800","seatCount":1}""", "#/title")]
    [InlineData("""{"title":"a","seatCount":1,"lines":[{"text":"\ud800"}]}""", "#/lines/0/text")]
    [InlineData("""{"title":"a","seatCount":1,"free":{"a":["\ud800"]}}""", "#/free")]
    [InlineData("""{"title":"a","seatCount":1,"free":{"\u0000":1}}""", "#/free")]
    [InlineData("""{"title":"a","seatCount":1,"free":{"\ud800":1}}""", "#/free")]
    [InlineData("""{"title":"a","seatCount":1,"map":{"\u0000":"x"}}""", "#/map/%00")]
    [InlineData("""{"title":"a","seatCount":1,"map":{"\ud800":"x"}}""", "#/map")]
    public async Task Text_that_cannot_be_stored_is_refused(string json, string place)
    {
        var answer = await _app.Post("/api/v1/echo", json);

        answer.Status.ShouldBe(400, answer.Text);
        answer.Code.ShouldBe("unstorable-text", answer.Text);
        answer.Errors.ShouldBe([$"{place} unstorable-text"]);
    }

    [Theory]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"\u0000":1}""")]
    public async Task Half_a_character_in_an_unknown_name_is_refused_without_a_fault_of_ours(string json) =>
        (await _app.Post("/api/v1/echo", json)).Status.ShouldBe(400);

    [Fact]
    public async Task Bytes_that_are_no_utf8_are_refused()
    {
        var bytes = Encoding.Latin1.GetBytes("""{"title":"é","seatCount":1}""");
        var content = new ByteArrayContent(bytes) { Headers = { ContentType = new("application/json") } };

        (await _app.Send(HttpMethod.Post, "/api/v1/echo", content)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Deep_nesting_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"line\":null,\"inner\":", 60)) + "null" + new string('}', 60);

        var answer = await _app.Post("/api/v1/echo", $$"""{"title":"a","seatCount":1,"deep":{{deep}}}""");

        answer.Status.ShouldBe(400);
        answer.Errors.Single().ShouldEndWith(" too-deep");
        answer.Text.ShouldContain("32");
    }

    [Fact]
    public async Task An_absent_body_is_refused()
    {
        (await _app.Post("/api/v1/echo", "")).Code.ShouldBe("malformed-request");
        (await _app.Post("/api/v1/echo", "null")).Code.ShouldBe("malformed-request");
    }

    [Fact]
    public async Task Another_content_type_is_refused_with_the_one_to_send()
    {
        var answer = await _app.Send(HttpMethod.Post, "/api/v1/echo", new StringContent("title=a", Encoding.UTF8, "text/plain"));

        answer.Status.ShouldBe(415);
        answer.Code.ShouldBe("unsupported-media-type");
        answer.Member("detail").ShouldContain("application/json");
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_with_the_limit()
    {
        var answer = await _app.Post("/api/v1/echo", $$"""{"title":"{{new string('a', 1024 * 1024)}}","seatCount":1}""");

        answer.Status.ShouldBe(413);
        answer.Code.ShouldBe("body-too-large");
        answer.Member("limitBytes").ShouldBe("1048576");
    }

    [Theory]
    [InlineData("/api/v1/things/seven", "id", "UUID")]
    [InlineData("/api/v1/search?seats=many", "seats", "whole number")]
    [InlineData("/api/v1/search?seats=99999999999", "seats", "whole number")]
    public async Task A_malformed_parameter_is_refused_by_name_with_what_is_expected(string path, string parameter, string expected)
    {
        var answer = await _app.Get(path);

        answer.Status.ShouldBe(400);
        answer.Code.ShouldBe("malformed-request");
        answer.Member("parameter").ShouldBe(parameter);
        answer.Member("detail").ShouldContain(expected);
    }

    [Fact]
    public async Task A_zero_character_in_the_path_is_refused() =>
        (await _app.Raw(context => context.Request.Path = "/api/v1/things/a\0b")).Response.StatusCode.ShouldBe(400);

    [Theory]
    [InlineData("/api/v1/search?text=a%00b")]
    [InlineData("/api/v1/search?te%00xt=a")]
    public async Task A_zero_character_in_the_query_is_refused(string path)
    {
        var answer = await _app.Get(path);

        answer.Status.ShouldBe(400);
        answer.Code.ShouldBe("unstorable-text", answer.Text);
    }

    [Fact]
    public async Task Text_in_any_script_and_instants_in_any_zone_come_back_as_text_and_in_utc()
    {
        var answer = await _app.Post("/api/v1/echo", """{"title":"Prüfung 😀","seatCount":1,"startAt":"2026-05-31T11:30:00+02:00"}""");

        answer.Status.ShouldBe(200);
        answer.Member("title").ShouldBe("Prüfung 😀");
        answer.Text.ShouldContain("Prüfung");
        answer.Text.ShouldContain("\"2026-05-31T09:30:00Z\"");
    }
}
