using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Security;

/// <summary>No page of another site acts for somebody who is signed in here (CWE-352): over the API, and with forms.</summary>
public sealed class CrossSiteTests(AllRoles house) : IClassFixture<AllRoles>
{
    public static TheoryData<string, string> Foreign => new()
    {
        { "Sec-Fetch-Site", "cross-site" }, { "Sec-Fetch-Site", "same-site" }, { "Origin", "https://evil.example" }, { "Origin", "null" },
        { "Origin", "http://127.0.0.1:1" }, { "Origin", "garbage" },
    };

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task No_operation_that_changes_anything_is_open_to_another_site(string header, string value)
    {
        var operations = (await ApiDocument.Operations(house.Host)).Where(o => o.Method != HttpMethod.Get).ToList();
        operations.Count.ShouldBeGreaterThan(40);
        var before = await house.Host.EventCount();
        var open = new List<string>();
        foreach (var operation in operations)
        {
            var answer = await Pages.Send(house.Olga.Client, operation.Method, house.At(operation), new StringContent(operation.Body?.ToJsonString() ?? "", null, "text/plain"), (header, value));
            if (answer.Status != HttpStatusCode.Forbidden || !answer.Body.Contains("cross-site-request", StringComparison.Ordinal)) open.Add($"{operation}: {answer}");
        }

        open.ShouldBeEmpty();
        (await house.Host.EventCount()).ShouldBe(before);
        (await house.Olga.Client.Get("/access/me")).Status.ShouldBe(HttpStatusCode.OK, "the session was not ended either");
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task No_form_of_another_site_is_taken_whatever_token_it_holds(string header, string value)
    {
        var (token, cookie) = await Pages.FormToken(house.Olga.Client, "/my-data");
        var form = new Dictionary<string, string> { ["_handler"] = "sign-in", ["__RequestVerificationToken"] = token };

        foreach (var page in Pages.Of(house.Host).Select(p => p.At(house.Cluster, house.Firm, house.Olga.Person)))
            (await Pages.Post(house.Olga.Client, page, form, (header, value), Both(cookie))).Status.ShouldBe(HttpStatusCode.Forbidden, page);
    }

    [Fact]
    public async Task No_page_takes_a_form_without_a_token_or_with_the_token_of_somebody_else()
    {
        var somebody = await house.Host.Newcomer(house.Olga, "Somebody Else");
        var (foreign, foreignCookie) = await Pages.FormToken(somebody.Client, "/my-data");
        using var anybody = house.Host.Anonymous();
        var (anonymous, anonymousCookie) = await Pages.FormToken(anybody, "/sign-in");
        var before = await house.Host.EventCount();
        foreach (var page in Pages.Of(house.Host).Select(p => p.At(house.Cluster, house.Firm, house.Olga.Person)))
        {
            (await Form(page, null, null)).ShouldBeGreaterThanOrEqualTo(400, page);
            (await Form(page, "garbage", null)).ShouldBeGreaterThanOrEqualTo(400, page);
            (await Form(page, foreign, null)).ShouldBeGreaterThanOrEqualTo(400, page);
            (await Form(page, foreign, foreignCookie)).ShouldBeGreaterThanOrEqualTo(400, $"{page} with somebody else's token");
            (await Form(page, anonymous, anonymousCookie)).ShouldBeGreaterThanOrEqualTo(400, $"{page} with a token from before signing in");
        }

        (await house.Host.EventCount()).ShouldBe(before);

        async Task<int> Form(string page, string? token, string? cookie)
        {
            var fields = new Dictionary<string, string> { ["_handler"] = "erase" };
            if (token is not null) fields["__RequestVerificationToken"] = token;
            var answer = await Pages.Post(house.Olga.Client, page, fields, cookie is null ? [] : [Both(cookie)]);
            ((int)answer.Status).ShouldBeLessThan(500, page);
            return (int)answer.Status;
        }
    }

    [Theory]
    [InlineData("X-HTTP-Method-Override", "DELETE")]
    [InlineData("X-HTTP-Method", "POST")]
    [InlineData("X-Method-Override", "POST")]
    [InlineData("X-Original-URL", "/api/v1/access/me/export")]
    [InlineData("X-Rewrite-URL", "/api/v1/access/me/export")]
    public async Task No_header_makes_one_request_into_another(string header, string value)
    {
        var before = await house.Host.EventCount();

        (await house.Olga.Client.Get("/access/tokens?_method=POST", (header, value))).Json["items"].ShouldNotBeNull();

        (await house.Host.EventCount()).ShouldBe(before);
    }

    /// <summary>A client's own Cookie header gives way to one of the request, so the session is repeated.</summary>
    private (string, string) Both(string cookie) => ("Cookie", $"{house.Olga.Client.DefaultRequestHeaders.GetValues("Cookie").Single()}; {cookie}");
}
