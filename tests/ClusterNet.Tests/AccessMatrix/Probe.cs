using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ClusterNet.Tests.AccessMatrix;

/// <summary>Asks the running Host, and says in a word of the matrix what came of it.</summary>
internal sealed class Probe(MatrixWorld world, MatrixRow row)
{
    /// <summary>After these a caller signs in again, with a passkey again.</summary>
    private static readonly string[] EndSessions =
    [
        "POST /api/v1/access/sign-out", "POST /api/v1/access/me/sessions/end", "POST /api/v1/access/me/sessions/{id}/end",
        "POST /api/v1/access/sign-in", "POST /api/v1/access/me/passkeys/{id}/removal",
    ];

    /// <summary>
    /// Endpoints that take a secret or a browser's answer which nobody has without changing the world: with a made-up one they answer with
    /// these codes, past every permission.
    /// </summary>
    private static readonly Dictionary<string, string> PastPermission = new()
    {
        ["POST /api/v1/access/sign-in/second-factor"] = "second-factor-failed",
        ["POST /api/v1/access/passkey-sign-in"] = "passkey-failed",
        ["POST /api/v1/access/password-reset/completion"] = "reset-link-over",
        ["POST /api/v1/access/email-confirmation"] = "email-link-over",
        ["POST /api/v1/access/me/passkeys"] = "passkey-not-taken",
        ["POST /api/v1/access/invitations/accept-with-passkey"] = "passkey-not-taken",
        ["POST /api/v1/access/me/two-factor"] = "wrong-code",
        ["POST /api/v1/access/me/two-factor/recovery-codes"] = "second-factor-off",
        ["POST /api/v1/access/me/two-factor/removal"] = "second-factor-off",
        ["DELETE /api/v1/access/me/firm-sign-ins/{firm}"] = "firm-sign-in-unknown",
    };

    /// <summary>A page that answers 404 to everybody, for it says that there is nothing.</summary>
    private const string AlwaysMissing = "GET /not-found";

    /// <summary>Every command of the row is refused by the database, so that the next one meets the same world.</summary>
    public async Task<(Word Word, string Said)> Ask(Someone? caller, Aim aim, CancellationToken ct)
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        if (row.Method != "GET") await world.History.Hold(trace);
        var before = await world.History.Tried();
        var client = caller?.Client ?? world.Visitor;
        using var request = await Requests.For(row, client, aim, world, ct);
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
        using var response = await client.SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        await world.History.Release();
        if (caller is not null && EndSessions.Contains(row.Endpoint)) await world.SignInAgain(caller);
        var written = await world.History.Tried() > before;
        var code = CodeOf(response, text);
        return (WordFor(response, code, written), $"{(int)response.StatusCode} {code} {response.Headers.Location} to {request.Method} {request.RequestUri}");
    }

    private Word WordFor(HttpResponseMessage response, string code, bool written) => response.StatusCode switch
    {
        _ when written || PastPermission.GetValueOrDefault(row.Endpoint) == code => Word.Yes,
        HttpStatusCode.Unauthorized => Word.SignIn,
        HttpStatusCode.Redirect when response.Headers.Location?.OriginalString.StartsWith("/sign-in?to=", StringComparison.Ordinal) == true => Word.SignIn,
        HttpStatusCode.Forbidden => Word.No,
        HttpStatusCode.NotFound => row.Endpoint == AlwaysMissing ? Word.Yes : Word.Hidden,
        // The page was made for its reader, and has no such form.
        HttpStatusCode.BadRequest when Requests.IsForm(row) => Word.Yes,
        HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity or HttpStatusCode.UnsupportedMediaType => Word.Refused,
        < HttpStatusCode.BadRequest => Word.Yes,
        _ => new Word($"broken ({(int)response.StatusCode})"),
    };

    /// <summary>Of a problem; empty for other answers.</summary>
    private static string CodeOf(HttpResponseMessage response, string text) =>
        response.Content.Headers.ContentType?.MediaType == "application/problem+json" && JsonNode.Parse(text)?["code"] is { } code ? code.ToString() : "";
}

/// <summary>The request that stands for a row.</summary>
internal static partial class Requests
{
    /// <summary>A page's form.</summary>
    public static bool IsForm(MatrixRow row) => row.Method == "POST" && !row.Path.StartsWith("/api/", StringComparison.Ordinal);

    public static async Task<HttpRequestMessage> For(MatrixRow row, HttpClient client, Aim aim, MatrixWorld world, CancellationToken ct)
    {
        var request = new HttpRequestMessage(new(row.Method), Addresses.Of(row, aim, world));
        if (!row.Path.StartsWith("/api/", StringComparison.Ordinal)) request.Headers.Accept.ParseAdd("text/html");
        if (IsForm(row)) await Form(request, client, ct);
        else if (row.Method != "GET") request.Content = await Bodies.Of(row, aim, world, ct);
        return request;
    }

    public static StringContent Content(string text, string type) => new(text, Encoding.UTF8, type);

    /// <summary>
    /// A form that no page has, with a good antiforgery token: the page is made for its reader as far as it may be, and then finds no such
    /// form (400), so that nothing happens.
    /// </summary>
    private static async Task Form(HttpRequestMessage request, HttpClient client, CancellationToken ct)
    {
        using var open = await client.GetAsync(new Uri("/account/display", UriKind.Relative), ct);
        var token = Token().Match(await open.Content.ReadAsStringAsync(ct)).Groups[1].Value;
        string[] cookies =
        [
            .. client.DefaultRequestHeaders.TryGetValues("Cookie", out var own) ? own : [],
            .. open.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(c => c.Split(';')[0]) : [],
        ];
        request.Headers.Add("Cookie", string.Join("; ", cookies));
        request.Content = new FormUrlEncodedContent([new("_handler", "matrix"), new("__RequestVerificationToken", token)]);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
