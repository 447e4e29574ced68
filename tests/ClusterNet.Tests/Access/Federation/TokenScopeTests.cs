using System.Net;
using ClusterNet.Access.Tokens;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Access.Federation;

public sealed class TokenScopeTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Theory]
    [InlineData("read", "learning:read", true)]
    [InlineData("read", "audit:read", true)]
    [InlineData("read", "learning:write", false)]
    [InlineData("read", "write", false)]
    [InlineData("read", "account", false)]
    [InlineData("write", "read", true)]
    [InlineData("write", "learning:write", true)]
    [InlineData("write", "account", false)]
    [InlineData("learning:write", "learning:read", true)]
    [InlineData("learning:write", "learning:write", true)]
    [InlineData("learning:write", "skills:read", false)]
    [InlineData("learning:write", "read", false)]
    [InlineData("learning:write", "write", false)]
    [InlineData("learning:read", "learning:write", false)]
    [InlineData("learning:read", "read", false)]
    [InlineData("account", "access:read", false)]
    [InlineData("account", "account", true)]
    [InlineData("audit:read", "audit:read", true)]
    public void A_scope_covers_what_it_says_and_no_more(string held, string needed, bool covered) => TokenScopes.Cover([held], needed).ShouldBe(covered);

    [Fact]
    public async Task A_token_does_what_its_scopes_say_and_a_refusal_names_the_scope()
    {
        var owner = await Newcomer();
        var reading = await Issue(owner, ["clusters:read"]);
        (await Get(reading, "/clusters")).ShouldBe(HttpStatusCode.OK);
        (await Get(reading, "/access/me")).ShouldBeProblem(HttpStatusCode.Forbidden, "scope-missing").Text("scope").ShouldBe("access:read");
        var founding = new { name = "Mine", nuts = "DEA58", sectors = new[] { "25.62" }, charter = "None", businessObjective = "None" };
        (await Post(reading, "/clusters", founding)).ShouldBeProblem(HttpStatusCode.Forbidden, "scope-missing").Text("scope").ShouldBe("clusters:write");
        (await Post(await Issue(owner, ["clusters:write"]), "/clusters", founding)).ShouldBe(HttpStatusCode.Created);
        (await Get(await Issue(owner, null), "/access/me")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_issues_nothing_wider_or_longer_than_itself()
    {
        var owner = await Newcomer();
        var issued = await owner.Client.Post("/access/tokens", new { label = "narrow", validForDays = 2, scopes = new[] { "access:write", "learning:read" } });
        var narrow = issued.Text("token");
        (await Post(narrow, "/access/tokens", new { label = "x", validForDays = 1, scopes = new[] { "write" } }))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "scope-too-wide");
        (await Post(narrow, "/access/tokens", new { label = "x", validForDays = 1, scopes = new[] { "account" } }))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "scope-too-wide");
        var child = (await Post(narrow, "/access/tokens", new { label = "child", validForDays = 300 })).ShouldBe(HttpStatusCode.Created);
        // What was stored has microseconds, what is being answered has more.
        EndOf(child).ShouldBe(EndOf(issued), TimeSpan.FromMilliseconds(1));
        (await Get(child.Text("token"), "/clusters")).ShouldBeProblem(HttpStatusCode.Forbidden, "scope-missing");
        var reading = await Issue(owner, ["access:read"]);
        (await Post(reading, "/access/tokens", new { label = "x", validForDays = 1 })).ShouldBeProblem(HttpStatusCode.Forbidden, "scope-missing");
    }

    [Fact]
    public async Task Sign_in_and_erasure_need_the_scope_account()
    {
        var owner = await Newcomer();
        (await Post(await Issue(owner, null), "/access/me/erasure", new { confirm = "erase" })).ShouldBeProblem(HttpStatusCode.Forbidden, "scope-missing")
            .Text("scope").ShouldBe("account");
        using var client = host.Anonymous();
        (await client.Delete($"/access/me/firm-sign-ins/{Guid.NewGuid()}", Bearer(await Issue(owner, ["write"]))))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "scope-missing");
        (await client.Delete($"/access/me/firm-sign-ins/{Guid.NewGuid()}", Bearer(await Issue(owner, ["account"])))).ShouldBeProblem(HttpStatusCode.NotFound, "firm-sign-in-unknown");
        (await owner.Client.Post("/access/tokens", new { label = "x", validForDays = 1, scopes = new[] { "everything" } }))
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await owner.Client.Post("/access/tokens", new { label = "x", validForDays = 1, scopes = Array.Empty<string>() }))
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task The_list_tells_scopes_and_last_use_and_a_revoked_token_is_dead()
    {
        var owner = await Newcomer();
        var issued = await owner.Client.Post("/access/tokens", new { label = "phone", validForDays = 2, scopes = new[] { "learning:write", "access:read" } });
        var before = (await owner.Client.Get("/access/tokens")).Items.Single();
        before["lastUsedAt"].ShouldBeNull();
        before["scopes"].ShouldNotBeNull().AsArray().Select(s => $"{s}").ShouldBe(["access:read", "learning:write"]);
        (await Get(issued.Text("token"), "/access/me")).ShouldBe(HttpStatusCode.OK);
        var used = $"{(await owner.Client.Get("/access/tokens")).Items.Single()["lastUsedAt"]}";
        used.ShouldNotBeEmpty();
        (await Get(issued.Text("token"), "/access/me")).ShouldBe(HttpStatusCode.OK);
        $"{(await owner.Client.Get("/access/tokens")).Items.Single()["lastUsedAt"]}".ShouldBe(used);
        (await owner.Client.Post($"/access/tokens/{issued.Id}/revocation", null)).ShouldBe(HttpStatusCode.OK);
        (await Get(issued.Text("token"), "/access/me")).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
    }

    [Fact]
    public async Task What_anyone_may_call_shows_nothing_of_the_owner_to_a_token_without_the_scope()
    {
        var owner = await Newcomer();
        using var client = host.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Authorization", $"Bearer {await Issue(owner, ["clusters:read"])}");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("Tilda");
    }

    private Account? _operator;

    private async Task<Account> Newcomer()
    {
        _operator ??= await Shared(host);
        return await host.Newcomer(_operator, "Tilda Token");
    }

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<RunningHost, Task<Account>> Operators = [];

    private static Task<Account> Shared(RunningHost host) => Operators.GetValue(host, h => h.Operator());

    private static async Task<string> Issue(Account owner, string[]? scopes) =>
        (await owner.Client.Post("/access/tokens", new { label = "t", validForDays = 2, scopes })).ShouldBe(HttpStatusCode.Created).Text("token");

    private async Task<Answer> Get(string token, string path)
    {
        using var client = host.Anonymous();
        return await client.Get(path, Bearer(token));
    }

    private async Task<Answer> Post(string token, string path, object? body)
    {
        using var client = host.Anonymous();
        return await client.Post(path, body, Bearer(token));
    }

    private static (string, string) Bearer(string token) => ("Authorization", $"Bearer {token}");

    private static DateTimeOffset EndOf(Answer issued) => DateTimeOffset.Parse(issued.Text("expiresAt"), System.Globalization.CultureInfo.InvariantCulture);
}
