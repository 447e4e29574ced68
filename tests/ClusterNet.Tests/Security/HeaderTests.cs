using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Security;

/// <summary>The headers of every kind of answer that the Host gives.</summary>
public sealed class HeaderTests(AllRoles house) : IClassFixture<AllRoles>
{
    public static TheoryData<string, string, int> Answers => new()
    {
        { "GET", "/", 200 }, { "GET", "/sign-in", 200 }, { "GET", "/nowhere", 404 }, { "GET", "/my-data", 302 }, { "POST", "/sign-in", 400 },
        { "GET", "/css/base.css", 200 }, { "GET", "/icon.svg", 200 }, { "GET", "/css/base.css/x", 404 }, { "GET", "/api/index.html", 200 },
        { "GET", "/api", 301 }, { "GET", "/openapi/v1.json", 200 }, { "GET", "/health/live", 200 }, { "GET", "/health/ready", 200 },
        { "GET", "/log/policy", 200 }, { "GET", "/log/tile/0/000", 404 }, { "GET", "/api/v1/access/me", 401 }, { "GET", "/api/v1/nowhere", 404 },
        { "GET", "/api/v1/access/sign-in", 405 }, { "POST", "/api/v1/access/sign-in", 400 }, { "GET", "/api/v1/access/personal-data", 200 },
        { "GET", "/api/v1/skills?q=%00", 400 }, { "DELETE", "/", 405 }, { "OPTIONS", "/api/v1/access/me", 405 }, { "TRACE", "/", 405 },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Every_kind_of_answer_tells_browsers_to_be_careful(string method, string path, int status)
    {
        using var client = house.Host.Anonymous();

        var answer = await Pages.Send(client, new(method), path, method == "POST" ? new StringContent("{", null, "application/json") : null);

        ((int)answer.Status).ShouldBe(status, answer.ToString());
        answer.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        answer.Headers["Referrer-Policy"].ShouldBe("same-origin");
        answer.Headers["Permissions-Policy"].ShouldContain("camera=()");
        answer.Headers["Cross-Origin-Opener-Policy"].ShouldBe("same-origin");
        var policy = answer.Headers["Content-Security-Policy"];
        foreach (var directive in new[] { "frame-ancestors 'none'", "base-uri 'none'", "form-action" }) policy.ShouldContain(directive);
        (policy.Contains("object-src 'none'", StringComparison.Ordinal) || policy.Contains("default-src 'none'", StringComparison.Ordinal)).ShouldBeTrue(policy);
        policy.ShouldNotContain("unsafe-eval");
        if (!path.StartsWith("/api/index", StringComparison.Ordinal) && path != "/api") policy.ShouldNotContain("unsafe-inline");
        foreach (var name in new[] { "Server", "X-Powered-By", "X-AspNet-Version" }) answer.Headers.ShouldNotContainKey(name);
        // The public log is for programs of any site; no cookie goes with it, since nothing allows credentials.
        answer.Headers.ContainsKey("Access-Control-Allow-Origin").ShouldBe(path.StartsWith("/log/policy", StringComparison.Ordinal));
        answer.Headers.ShouldNotContainKey("Access-Control-Allow-Credentials");
        Has_a_true_type(answer);
    }

    private static void Has_a_true_type(Answer answer)
    {
        if (answer.Body.Length == 0) return;
        var type = answer.Headers["Content-Type"];
        if (type.StartsWith("text/", StringComparison.Ordinal) && !type.StartsWith("text/css", StringComparison.Ordinal) && !type.StartsWith("text/javascript", StringComparison.Ordinal)) type.ShouldContain("charset=utf-8", Case.Insensitive);
        if (answer.Body.TrimStart().StartsWith('<')) type.ShouldBeOneOf("text/html; charset=utf-8", "text/html;charset=utf-8", "image/svg+xml", type.Contains("html", StringComparison.Ordinal) ? type : "text/html");
        if (answer.Body.StartsWith('{')) type.ShouldContain("json");
    }

    [Fact]
    public async Task What_only_one_person_may_see_is_kept_in_no_cache()
    {
        foreach (var path in Pages.Of(house.Host).Select(p => p.At(house.Cluster, house.Firm, house.Olga.Person)))
        {
            var answer = await Pages.Read(house.Olga.Client, path);
            answer.Headers["Cache-Control"].ShouldContain("no-store", Case.Sensitive, $"{path} {answer.Status}");
        }

        foreach (var operation in (await ApiDocument.Operations(house.Host)).Where(o => o.Method == HttpMethod.Get && o.Path.StartsWith("/api/v1/access/me", StringComparison.Ordinal)))
            (await house.Olga.Client.Get(operation.Path)).Headers["Cache-Control"].ShouldContain("no-store", Case.Sensitive, operation.Path);
    }

    [Fact]
    public async Task Nothing_is_written_by_reading()
    {
        var before = await house.Host.EventCount();
        var read = 0;
        foreach (var operation in (await ApiDocument.Operations(house.Host)).Where(o => o.Method == HttpMethod.Get))
        {
            await house.Olga.Client.Get(house.At(operation));
            read++;
        }

        foreach (var page in Pages.Of(house.Host)) await Pages.Read(house.Olga.Client, page.At(house.Cluster, house.Firm, house.Olga.Person));

        read.ShouldBeGreaterThan(30);
        (await house.Host.EventCount()).ShouldBe(before);
    }

    [Theory]
    [InlineData("/.git/config")]
    [InlineData("/.env")]
    [InlineData("/appsettings.json")]
    [InlineData("/ClusterNet.Host.dll")]
    [InlineData("/packages.lock.json")]
    [InlineData("/wwwroot/")]
    [InlineData("/..%2fappsettings.json")]
    [InlineData("/%2e%2e/appsettings.json")]
    [InlineData("/..%5cappsettings.json")]
    [InlineData("/css/base.css%00.json")]
    [InlineData("/_content/")]
    [InlineData("/keys/")]
    public async Task No_file_that_is_not_meant_to_be_seen_and_no_folder_is_served(string path)
    {
        using var client = house.Host.Anonymous();

        ((int)(await Pages.Read(client, path)).Status).ShouldBeOneOf(400, 404);
    }
}
