using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Shouldly;

namespace ClusterNet.Tests.Web;

public sealed class ProblemsTests : IAsyncLifetime
{
    private static readonly Refusal _roomTaken = new("room-taken", "Another booking has this room; take one of the free rooms.");
    private TestApp _app = null!; // set before every test

    internal sealed record Body(
        string Title, int SeatCount, string Email = "a@b.de", string? Link = null, IReadOnlyList<Line>? Lines = null) : IValidated
    {
        public void Validate(Faults faults) => faults
            .Text("title", Title, min: 3, max: 10)
            .Whole("seatCount", SeatCount, 1, 20)
            .Email("email", Email)
            .Url("link", Link)
            .Count("lines", Lines, max: 2)
            .Each("lines", Lines, static (line, inner) => inner.Text("text", line.Text));
    }

    internal sealed record Line(string Text);

    public async ValueTask InitializeAsync() => _app = await TestApp.Start(
        app =>
        {
            var api = app.MapApi();
            api.MapPost("/bookings", (Body body) => TypedResults.Ok(body.Title));
            api.MapGet("/taken", () => _roomTaken.With("freeRooms", new[] { "Oak", "Elm" }).ToProblem());
            api.MapGet("/union", Results<NoContent, ProblemHttpResult> () => Problems.From(_roomTaken with { Status = 404 }));
            api.MapGet("/bug", IResult () => throw new InvalidOperationException("a secret detail"));
            api.MapGet("/status/{status}", (int status) => TypedResults.StatusCode(status));
            app.MapGet("/page/bug", IResult () => throw new InvalidOperationException("a secret detail"));
        },
        pages: app => app.UseStatusCodePages(status => status.HttpContext.WantsHtml()
            ? status.HttpContext.Response.WriteAsync("<h1>a page</h1>")
            : Task.CompletedTask));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_refusal_becomes_a_problem_with_its_details()
    {
        var answer = await _app.Get("/api/v1/taken");

        answer.Status.ShouldBe(409);
        answer.Header("Content-Type").ShouldBe("application/problem+json");
        answer.Member("type").ShouldBe("urn:clusternet:problem:room-taken");
        answer.Member("title").ShouldBe("Room taken");
        answer.Member("status").ShouldBe("409");
        answer.Code.ShouldBe("room-taken");
        answer.Member("detail").ShouldBe(_roomTaken.Text);
        answer.Member("freeRooms").ShouldBe("""["Oak","Elm"]""");
        answer.Member("traceId").Length.ShouldBe(32);
    }

    [Fact]
    public async Task A_refusal_has_its_own_status() => (await _app.Get("/api/v1/union")).Status.ShouldBe(404);

    [Fact]
    public void A_detail_cannot_take_the_name_of_a_member_of_every_problem() =>
        Should.Throw<ArgumentException>(() => _roomTaken.With("status", 1).ToProblem());

    [Fact]
    public async Task All_faults_of_a_body_are_named_at_once()
    {
        var answer = await _app.Post(
            "/api/v1/bookings",
            """
            {"title":"ab","seatCount":21,"email":"ada","link":"javascript:alert(1)","lines":[{"text":"x"},{"text":" "},{"text":""}]}
            """);

        answer.Status.ShouldBe(422);
        answer.Code.ShouldBe("invalid-request");
        answer.Errors.ShouldBe(
            [
                "#/title too-short", "#/seatCount out-of-range", "#/email malformed-email", "#/link malformed-url", "#/lines wrong-count",
                "#/lines/1/text required", "#/lines/2/text required",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_body_without_faults_reaches_the_endpoint() =>
        (await _app.Post(
            "/api/v1/bookings",
            """{"title":"😀😀😀😀😀😀😀😀😀😀","seatCount":20,"link":"https://example.org/a"}"""))
            .Status.ShouldBe(200);

    [Fact]
    public async Task A_bug_is_answered_without_a_word_about_it()
    {
        var answer = await _app.Get("/api/v1/bug", ("Accept", "text/html"));

        answer.Status.ShouldBe(500);
        answer.Code.ShouldBe("internal-error");
        answer.Member("traceId").Length.ShouldBe(32);
        answer.Text.ShouldNotContain("secret");
        answer.Text.ShouldNotContain("Exception");
    }

    [Fact]
    public async Task A_bug_in_a_page_is_answered_by_the_hosts_page_to_browsers_and_by_a_problem_to_others()
    {
        var page = await _app.Get("/page/bug", ("Accept", "text/html,application/xhtml+xml"));
        page.Status.ShouldBe(500);
        page.Text.ShouldBe("<h1>a page</h1>");

        (await _app.Get("/page/bug", ("Accept", "*/*"))).Code.ShouldBe("internal-error");
    }

    [Theory]
    [InlineData(401, "not-signed-in")]
    [InlineData(403, "forbidden")]
    [InlineData(404, "not-found")]
    [InlineData(406, "not-acceptable")]
    [InlineData(415, "unsupported-media-type")]
    [InlineData(429, "too-many-requests")]
    [InlineData(503, "unavailable")]
    public async Task An_empty_answer_gets_a_code_and_a_next_step(int status, string code)
    {
        var answer = await _app.Get($"/api/v1/status/{status}");

        answer.Status.ShouldBe(status);
        answer.Code.ShouldBe(code);
        answer.Member("detail").Length.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task An_unknown_address_is_a_problem() =>
        (await _app.Get("/api/v1/nowhere", ("Accept", "text/html"))).Code.ShouldBe("not-found");

    [Fact]
    public async Task A_wrong_method_is_refused_with_the_ones_allowed()
    {
        var answer = await _app.Get("/api/v1/bookings");

        answer.Status.ShouldBe(405);
        answer.Code.ShouldBe("method-not-allowed");
        answer.Header("Allow").ShouldBe("POST");
        answer.Member("detail").ShouldContain("POST");
    }
}
