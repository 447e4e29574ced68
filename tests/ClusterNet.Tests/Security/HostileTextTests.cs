using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Security;

/// <summary>Every text of every body in the API's description is sent hostile; then every page and list is looked at.</summary>
public sealed class HostileTextTests(AllRoles house) : IClassFixture<AllRoles>
{
    private const string Mark = "quillwort";

    /// <summary>As JSON literals, for some are no text that a serializer would write.</summary>
    private static readonly string[] Literals =
    [
        $"\"<script>{Mark}()</script><img src=x onerror={Mark}()>\"",
        $"\"\\\" autofocus onfocus={Mark}() x=\\\"' --> ]]>\"",
        $"\"{Mark}'; drop schema access cascade; select '\"",
        $"\"$1 {Mark} :x @x ?x %' or '1'='1\"",
        $"\"\u202E{Mark}\u202C \u200F\u2066\"",
        $"\"{Mark} 👩‍🏭🇩🇪 Ǻñđŕéş Ελένη Дарья أمل 雅子 e\u0301\u0301\u0301\"",
        $"\"{Mark}\\u0000\"", $"\"{Mark}\\ud800\"", $"\"\\udc00{Mark}\\ud800\"",
        $"\"{Mark}\\r\\nSet-Cookie: {Mark}=1\\r\\n\\r\\n\"",
        $"\"javascript:{Mark}()\"", $"\"../../../../etc/{Mark}\"", $"\"{{{{7*7}}}}${{7*7}}{{0}}%s%n{Mark}\"", $"\"=HYPERLINK(\\\"https://{Mark}.example\\\")\"",
        $"\"{new string('a', 491)}{Mark}\"", $"\"{new string('ß', 9991)}{Mark}\"", "\"\"", "\" \\t \"",
    ];

    [Fact]
    public async Task Whatever_is_written_into_any_text_nothing_breaks_and_no_page_or_answer_runs_it()
    {
        var operations = await ApiDocument.Operations(house.Host);
        var broken = new List<string>();
        var (sent, stored) = (0, 0);
        foreach (var operation in operations.Where(o => o.Body is not null))
        {
            foreach (var (where, with) in BodyTexts.Of(operation.Body!)) // filtered above
            {
                foreach (var literal in Literals)
                {
                    var answer = await AllRoles.Send(house.Olga.Client, operation.Method, house.At(operation), with(literal));
                    sent++;
                    if (answer.Status is >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous) stored++;
                    if ((int)answer.Status >= 500 || answer.Headers.ContainsKey("Set-Cookie") && answer.Headers["Set-Cookie"].Contains(Mark, StringComparison.Ordinal))
                        broken.Add($"{operation} {where} {literal[..Math.Min(40, literal.Length)]}: {answer}");
                }
            }
        }

        broken.ShouldBeEmpty();
        sent.ShouldBeGreaterThan(500);
        stored.ShouldBeGreaterThan(50, "hostile text that is text is taken, or nothing is shown below");
        await Is_shown_as_text(operations);
        (await house.Olga.Client.Get("/access/me")).ShouldBe(HttpStatusCode.OK);
        house.Host.Services.ShouldNotBeNull();
    }

    private async Task Is_shown_as_text(IReadOnlyList<Operation> operations)
    {
        await house.Host.CaughtUp();
        var faults = new List<string>();
        foreach (var operation in operations.Where(o => o.Method == HttpMethod.Get))
        {
            var answer = await house.Olga.Client.Get(house.At(operation));
            if ((int)answer.Status >= 500) faults.Add($"{operation}: {answer}");
            if (!answer.Headers.TryGetValue("Content-Type", out var type) || type.StartsWith("text/html", StringComparison.Ordinal)) faults.Add($"{operation}: {type}");
        }

        var seen = 0;
        foreach (var page in Pages.Of(house.Host).Select(p => p.At(house.Cluster, house.Firm, house.Olga.Person)))
        {
            var html = await Pages.Read(house.Olga.Client, page);
            if (html.Body.Contains(Mark, StringComparison.Ordinal)) seen++;
            if ((int)html.Status >= 500 || html.Body.Contains($"<script>{Mark}", StringComparison.Ordinal) || html.Body.Contains($"onerror={Mark}()>", StringComparison.Ordinal)
                || html.Body.Contains($"\" autofocus onfocus={Mark}", StringComparison.Ordinal) || html.Body.Contains($"href=\"javascript:{Mark}", StringComparison.Ordinal))
                faults.Add($"{page}: {html.Status}");
        }

        faults.ShouldBeEmpty();
        TestContext.Current.TestOutputHelper?.WriteLine($"{seen} pages showed hostile text");
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("vbscript:x")]
    [InlineData("file:///etc/passwd")]
    [InlineData(" https://firm.example")]
    [InlineData("//firm.example")]
    [InlineData("https:/firm.example")]
    [InlineData("https://user:secret@firm.example")]
    public async Task A_link_of_a_learning_record_has_a_scheme_that_only_opens_pages(string link) =>
        (await house.Olga.Client.Post("/learning/records", new { kind = "reading", what = "read", minutes = 20, links = new[] { link } }))
            .Status.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity);
}
