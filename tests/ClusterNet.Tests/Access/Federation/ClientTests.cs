using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Access.Federation;

/// <summary>Machine clients: registered by who leads the scope, known by an access token of an hour.</summary>
public sealed class ClientTests(FederatedHost hosts) : IClassFixture<FederatedHost>
{
    private async Task<(Account Manager, string Firm)> Firm()
    {
        var manager = await hosts.Host.Newcomer(hosts.Operator, "Mia Manager");
        return (manager, await manager.Register($"Firm {Guid.NewGuid():n}"));
    }

    [Fact]
    public async Task A_client_of_a_firm_acts_with_its_own_role_and_scopes_and_nothing_more()
    {
        var (manager, firm) = await Firm();
        var made = await Register(manager, "firm", firm, "manager", "clusters:read", "access:read");
        var token = await Token(made.Id, made.Text("clientSecret"));
        var me = await Call(token, "/access/me");
        me.Text("person").ShouldBe(made.Id);
        me.Json["roles"].ShouldNotBeNull().AsArray().ShouldHaveSingleItem().ShouldNotBeNull()["role"].ShouldNotBeNull().ToString().ShouldBe("manager");
        (await Call(token, $"/clusters/firms/{firm}")).ShouldBe(HttpStatusCode.OK);
        using var http = hosts.Host.Anonymous();
        (await http.Post($"/clusters/firms/{firm}/people", World.PersonBody(World.NewEmail()), Bearer(token)))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "scope-missing");
        var writing = await Register(manager, "firm", firm, "member", "write");
        var writer = await Token(writing.Id, writing.Text("clientSecret"));
        (await http.Post($"/clusters/firms/{firm}/people", World.PersonBody(World.NewEmail()), Bearer(writer)))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await http.Post("/access/tokens", new { label = "x", validForDays = 1 }, Bearer(writer))).ShouldBeProblem(HttpStatusCode.Forbidden, "clients-issue-no-tokens");
        (await http.Post("/access/clients", Body("firm", firm, "member", "read"), Bearer(writer))).ShouldBeProblem(HttpStatusCode.Forbidden, "scope-missing");
    }

    [Fact]
    public async Task Only_who_leads_the_scope_registers_and_never_more_than_may_be()
    {
        var ((manager, firm), (rival, _)) = (await Firm(), await Firm());
        (await rival.Client.Post("/access/clients", Body("firm", firm, "member", "read"))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await manager.Client.Post("/access/clients", Body("installation", null, "operator", "read"))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        foreach (var role in new[] { "operator", "coordinator", "assessor", "decision-maker", "auditor" })
            (await manager.Client.Post("/access/clients", Body("firm", firm, role, "read"))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "role-not-for-client");
        (await manager.Client.Post("/access/clients", Body("firm", firm, null, "account"))).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await manager.Client.Post("/access/clients", Body("firm", null, null, "read"))).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Register(hosts.Operator, "installation", null, "operator", "read")).Id.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_secret_is_rotated_with_an_overlap_and_a_revoked_client_is_dead_at_once()
    {
        var (manager, firm) = await Firm();
        var made = await Register(manager, "firm", firm, null, "read");
        var (old, id) = (made.Text("clientSecret"), made.Id);
        var next = (await manager.Client.Post($"/access/clients/{id}/secrets", new { overlapHours = 1 })).ShouldBe(HttpStatusCode.OK).Text("clientSecret");
        await Token(id, old);
        var token = await Token(id, next);
        (await Listed(manager, id))["secretCount"].ShouldNotBeNull().GetValue<int>().ShouldBe(2);
        var last = (await manager.Client.Post($"/access/clients/{id}/secrets", new { overlapHours = 0 })).ShouldBe(HttpStatusCode.OK).Text("clientSecret");
        await Refused(id, old, "invalid_client");
        await Refused(id, next, "invalid_client");
        await Token(id, last);
        (await Call(token, "/clusters")).ShouldBe(HttpStatusCode.OK);
        $"{(await Listed(manager, id))["lastUsedAt"]}".ShouldNotBeEmpty();
        var (rival, _) = await Firm();
        (await rival.Client.Post($"/access/clients/{id}/revocation", null)).ShouldBeProblem(HttpStatusCode.NotFound, "client-unknown");
        (await rival.Client.Post($"/access/clients/{id}/secrets", new { })).ShouldBeProblem(HttpStatusCode.NotFound, "client-unknown");
        (await manager.Client.Post($"/access/clients/{id}/revocation", null)).ShouldBe(HttpStatusCode.OK);
        (await Call(token, "/clusters")).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
        await Refused(id, last, "invalid_client");
        (await manager.Client.Post($"/access/clients/{id}/secrets", new { })).ShouldBeProblem(HttpStatusCode.Conflict, "client-revoked");
    }

    [Fact]
    public async Task When_its_maker_leaves_a_client_goes_on_and_the_successors_see_it()
    {
        var cora = await hosts.Host.Newcomer(hosts.Operator, "Cora Coordinator");
        var cluster = await cora.Found();
        var made = await Register(cora, "cluster", cluster, "coordinator", "read");
        var heir = await hosts.Host.Newcomer(hosts.Operator, "Hera Heir");
        (await heir.Client.Get("/access/clients")).Items.ShouldBeEmpty();
        (await hosts.Operator.Client.Post("/access/roles", new { person = heir.Person, role = "coordinator", scopeKind = "cluster", scopeId = cluster, reason = "Successor" }))
            .ShouldBe(HttpStatusCode.Created);
        (await Listed(heir, made.Id))["registeredByHolds"].ShouldNotBeNull().GetValue<bool>().ShouldBeTrue();
        var id = ClusterNet.Access.Roles.RoleAssignment.IdOf(
            new(Guid.Parse(cora.Person)), ClusterNet.Access.Contracts.Role.Coordinator, new(ClusterNet.Access.Contracts.ScopeKind.Cluster, Guid.Parse(cluster)));
        (await hosts.Operator.Client.Post($"/access/roles/{id}/revocation", new { reason = "Left" })).ShouldBe(HttpStatusCode.OK);
        (await Listed(heir, made.Id))["registeredByHolds"].ShouldNotBeNull().GetValue<bool>().ShouldBeFalse();
        (await cora.Client.Get("/access/clients")).Items.ShouldBeEmpty();
        await Token(made.Id, made.Text("clientSecret"));
        (await heir.Client.Post($"/access/clients/{made.Id}/revocation", null)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_token_endpoint_speaks_RFC_6749()
    {
        var (manager, firm) = await Firm();
        var made = await Register(manager, "firm", firm, null, "learning:write", "clusters:read");
        var (id, secret) = (made.Id, made.Text("clientSecret"));
        var (status, headers, answer) = await Ask(Form(("grant_type", "client_credentials"), ("scope", "learning:read")), (id, secret));
        status.ShouldBe(HttpStatusCode.OK);
        $"{answer["token_type"]}".ShouldBe("Bearer");
        $"{answer["scope"]}".ShouldBe("learning:read");
        answer["expires_in"].ShouldNotBeNull().GetValue<int>().ShouldBe(3600);
        headers.CacheControl.ShouldNotBeNull().NoStore.ShouldBeTrue();
        await Fails(Form(("grant_type", "client_credentials"), ("scope", "skills:read")), (id, secret), "invalid_scope");
        await Fails(Form(("grant_type", "client_credentials"), ("scope", "openid")), (id, secret), "invalid_scope");
        await Fails(Form(("grant_type", "password")), (id, secret), "unsupported_grant_type");
        await Fails(Form(("scope", "read")), (id, secret), "invalid_request");
        await Fails(Form(("grant_type", "client_credentials"), ("grant_type", "client_credentials")), (id, secret), "invalid_request");
        await Fails(Form(("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)), (id, secret), "invalid_request");
        await Fails(new StringContent("{}", Encoding.UTF8, "application/json"), (id, secret), "invalid_request");
        await Refused(id, "cnc_wrong", "invalid_client");
        await Refused("' or 1=1 --", secret, "invalid_client");
        var (_, _, posted) = await Ask(Form(("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)), null);
        (await Call($"{posted["access_token"]}", "/clusters")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_server_describes_itself()
    {
        using var http = hosts.Host.Anonymous();
        using var response = await http.GetAsync(new Uri("/.well-known/oauth-authorization-server", UriKind.Relative), TestContext.Current.CancellationToken);
        var metadata = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull();
        $"{metadata["issuer"]}".ShouldBe(hosts.Host.Url.ToString().TrimEnd('/'));
        $"{metadata["token_endpoint"]}".ShouldEndWith("/oauth/token");
        metadata["scopes_supported"].ShouldNotBeNull().AsArray().Select(s => $"{s}").ShouldContain("learning:write");
    }

    private static object Body(string kind, string? scope, string? role, params string[] scopes) =>
        new { label = "Time clock", scopeKind = kind, scopeId = scope, role, scopes, validForDays = 30 };

    private static async Task<Answer> Register(Account by, string kind, string? scope, string? role, params string[] scopes) =>
        (await by.Client.Post("/access/clients", Body(kind, scope, role, scopes))).ShouldBe(HttpStatusCode.Created);

    private static async Task<JsonNode> Listed(Account by, string id) => (await by.Client.Get("/access/clients")).Items.Single(i => $"{i["id"]}" == id);

    private async Task<string> Token(string id, string secret)
    {
        var (status, _, answer) = await Ask(Form(("grant_type", "client_credentials")), (id, secret));
        status.ShouldBe(HttpStatusCode.OK, answer.ToJsonString());
        return $"{answer["access_token"]}";
    }

    private async Task Refused(string id, string secret, string error)
    {
        var (status, headers, answer) = await Ask(Form(("grant_type", "client_credentials")), (id, secret));
        status.ShouldBe(HttpStatusCode.Unauthorized);
        headers.WwwAuthenticate.ToString().ShouldStartWith("Basic");
        $"{answer["error"]}".ShouldBe(error);
    }

    private async Task Fails(HttpContent form, (string, string) credentials, string error)
    {
        var (status, headers, answer) = await Ask(form, credentials);
        status.ShouldBe(HttpStatusCode.BadRequest, answer.ToJsonString());
        $"{answer["error"]}".ShouldBe(error);
        headers.CacheControl.ShouldNotBeNull().NoStore.ShouldBeTrue();
    }

    private async Task<(HttpStatusCode, HttpResponseHeaders, JsonNode)> Ask(HttpContent form, (string Id, string Secret)? basic)
    {
        using var http = hosts.Host.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token") { Content = form };
        if (basic is { } pair)
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(pair.Id)}:{Uri.EscapeDataString(pair.Secret)}")));
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, response.Headers, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull());
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] pairs) => new(pairs.Select(p => KeyValuePair.Create(p.Name, p.Value)));

    private async Task<Answer> Call(string token, string path)
    {
        using var client = hosts.Host.Anonymous();
        return await client.Get(path, Bearer(token));
    }

    private static (string, string) Bearer(string token) => ("Authorization", $"Bearer {token}");
}
