using System.Net;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>What browsers see when something is not as it should be: words, a way on, and never the inside of the program.</summary>
public sealed class ErrorPageTests(Site site)
{
    [Fact]
    public async Task A_form_that_was_sent_after_the_session_ended_is_not_lost()
    {
        var person = await site.Newcomer();
        await using var visit = await site.Visit("/my-data", new() { JavaScriptEnabled = false }, person);
        await visit.Page.GetByLabel("To confirm, type: erase").FillAsync("my words");
        await visit.Page.Context.ClearCookiesAsync(new() { NameString = "clusternet-session" });
        var cookies = await visit.Page.Context.CookiesAsync();
        foreach (var cookie in cookies.Where(c => c.Name.Contains("session", StringComparison.OrdinalIgnoreCase))) await visit.Page.Context.ClearCookiesAsync(new() { NameString = cookie.Name });
        var answer = await visit.Page.RunAndWaitForResponseAsync(
            () => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Erase my data for good" }).ClickAsync(), r => r.Request.Method == "POST");
        answer.Status.ShouldBe(401);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You are no longer signed in");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in in a new tab" })).ToHaveAttributeAsync("target", "_blank");
        (await visit.Barriers()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_in_words()
    {
        using var anyone = site.Host.Anonymous();
        using var sent = await Post(anyone, "/account/display", ("_handler", "display"), ("Form.Theme", "dark"));
        sent.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await sent.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("That form could not be read");
        sent.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task A_form_from_another_site_is_refused_in_words()
    {
        using var anyone = site.Host.Anonymous();
        anyone.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        using var sent = await Post(anyone, "/account/display", ("_handler", "display"));
        sent.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        sent.Content.Headers.ContentType.ShouldNotBeNull().MediaType.ShouldBe("text/html");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_in_words()
    {
        using var anyone = site.Host.Anonymous();
        using var sent = await Post(anyone, "/account/display", ("Form.To", new string('x', 2_000_000)));
        sent.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await sent.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("That is too large");
    }

    [Theory]
    [InlineData("/api/v1/no-such-thing", "application/problem+json")]
    [InlineData("/no-such-thing", "text/html")]
    public async Task The_API_answers_with_problems_and_pages_with_pages(string path, string type)
    {
        using var anyone = site.Host.Anonymous();
        anyone.DefaultRequestHeaders.Add("Accept", "text/html");
        using var answer = await anyone.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType.ShouldNotBeNull().MediaType.ShouldBe(type);
    }

    private static async Task<HttpResponseMessage> Post(HttpClient client, string path, params (string Name, string Value)[] fields)
    {
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.ToDictionary(f => f.Name, f => f.Value)) };
        // Who is refused must be able to read why, and not meet a closed connection while still sending.
        request.Headers.ExpectContinue = true;
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
