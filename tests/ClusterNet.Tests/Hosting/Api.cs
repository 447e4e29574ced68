using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterNet.Access.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Hosting;

/// <summary>What HTTP tests say and see: JSON in, status, headers and JSON out.</summary>
internal static class Api
{
    public const string Password = "eleven quiet lathes at dawn";

    /// <summary>The first operator, signed in by a token of its own.</summary>
    public static async Task<Account> Operator(this RunningHost host)
    {
        var code = host.Services.GetRequiredService<FirstOperatorCode>();
        var email = $"operator-{Guid.NewGuid():n}@cluster.example";
        using var anonymous = host.Anonymous();
        var answer = await anonymous.Post("/access/first-operator", new { code = await code.Current(CancellationToken.None), email, name = "Olga Operator", password = Password });
        answer.Status.ShouldBe(HttpStatusCode.Created, answer.ToString());
        return await host.SignIn(email);
    }

    /// <summary>A person of no firm, invited by <paramref name="inviter"/> (an operator) and signed in.</summary>
    public static async Task<Account> Newcomer(this RunningHost host, Account inviter, string name)
    {
        var email = $"{name.ToLowerInvariant().Replace(' ', '.')}-{Guid.NewGuid():n}@cluster.example";
        var opened = await inviter.Client.Post("/access/accounts", new { email, name });
        var invited = await inviter.Client.Post($"/access/accounts/{opened.Id}/invitation", null);
        return await host.Accept(invited, email);
    }

    /// <summary>Accepts an invitation and signs in.</summary>
    public static async Task<Account> Accept(this RunningHost host, Answer invited, string email)
    {
        invited.Status.ShouldBe(HttpStatusCode.OK, invited.ToString());
        using var anonymous = host.Anonymous();
        var accepted = await anonymous.Post("/access/invitations/accept", new { invitationToken = invited.Text("invitationToken"), password = Password });
        accepted.Status.ShouldBe(HttpStatusCode.OK, accepted.ToString());
        return await host.SignIn(email);
    }

    public static async Task<Account> SignIn(this RunningHost host, string email)
    {
        using var anonymous = host.Anonymous();
        using var response = await anonymous.PostAsJsonAsync("/api/v1/access/sign-in", new { email, password = Password });
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var client = host.Anonymous();
        client.DefaultRequestHeaders.Add("Cookie", response.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        var me = await client.Get("/access/me");
        return new(client, me.Text("person"), email);
    }

    /// <summary>The person shows to have the account's address, by the link that goes there.</summary>
    public static async Task ConfirmEmail(this RunningHost host, Account account)
    {
        (await account.Client.Post("/access/me/email", new { email = account.Email })).ShouldBe(HttpStatusCode.Accepted);
        var link = (await host.MailsTo(account.Email)).SelectMany(m => m.Links).Last(l => l.AbsolutePath == "/confirm-email");
        (await account.Client.Post("/access/email-confirmation", new { token = link.Query.Split('=')[1] })).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NoContent);
    }

    public static Task<Answer> Get(this HttpClient client, string path, params (string Name, string Value)[] headers) =>
        client.Send(HttpMethod.Get, path, null, headers);

    public static Task<Answer> Post(this HttpClient client, string path, object? body, params (string Name, string Value)[] headers) =>
        client.Send(HttpMethod.Post, path, body is null ? null : Json(body), headers);

    public static Task<Answer> Put(this HttpClient client, string path, object body, params (string Name, string Value)[] headers) =>
        client.Send(HttpMethod.Put, path, Json(body), headers);

    public static Task<Answer> Delete(this HttpClient client, string path, params (string Name, string Value)[] headers) =>
        client.Send(HttpMethod.Delete, path, null, headers);

    /// <summary>Sends a CSV file.</summary>
    public static Task<Answer> PostCsv(this HttpClient client, string path, byte[] csv, params (string Name, string Value)[] headers)
    {
        var content = new ByteArrayContent(csv);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return client.Send(HttpMethod.Post, path, content, headers);
    }

    private static StringContent Json(object body) => new(JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json");

    private static async Task<Answer> Send(this HttpClient client, HttpMethod method, string path, HttpContent? content, (string Name, string Value)[] headers)
    {
        var address = path.StartsWith("/api", StringComparison.Ordinal) || path.StartsWith("/openapi", StringComparison.Ordinal) ? path : "/api/v1" + path;
        using var request = new HttpRequestMessage(method, address) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var all = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new(response.StatusCode, all, text);
    }
}

/// <summary>Somebody signed in.</summary>
internal sealed record Account(HttpClient Client, string Person, string Email);

/// <summary>An answer as tests look at it.</summary>
internal sealed record Answer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body) ?? throw new InvalidOperationException($"No JSON: {Body}");

    public string Id => Text("id");

    /// <summary>The items of a page.</summary>
    public IReadOnlyList<JsonNode> Items => [.. Json["items"].ShouldNotBeNull(Body).AsArray().Select(i => i.ShouldNotBeNull())];

    /// <summary>The problem's code.</summary>
    public string Code => Text("code");

    public string Text(string member) => Json[member].ShouldNotBeNull($"{member} of {Body}").ToString();

    /// <summary>Fails unless the answer is a problem with this status and code that says what to do.</summary>
    public Answer ShouldBeProblem(HttpStatusCode status, string code)
    {
        Status.ShouldBe(status, Body);
        Headers["Content-Type"].ShouldStartWith("application/problem+json");
        Code.ShouldBe(code, Body);
        Text("type").ShouldBe($"urn:clusternet:problem:{code}");
        Text("detail").Length.ShouldBeGreaterThan(15);
        return this;
    }

    public Answer ShouldBe(HttpStatusCode status)
    {
        Status.ShouldBe(status, Body);
        return this;
    }

    public override string ToString() => $"{(int)Status} {Body}";
}
