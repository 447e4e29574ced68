using System.Diagnostics;
using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Web;

/// <summary>
/// Carries out one command of one request: expected version from If-Match, idempotency from Idempotency-Key, metadata from the caller and the trace;
/// the outcome becomes the HTTP answer with ETag and <c>ClusterNet-Wrote</c>.
/// </summary>
public sealed class Commands(IHttpContextAccessor accessor)
{
    private HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("Commands are carried out within a request.");

    /// <summary>The caller's id as it goes into the history; null for nobody signed in.</summary>
    public string? Actor => Http.User.FindFirstValue(ClaimTypes.NameIdentifier);

    /// <summary>Who and what stands behind this request.</summary>
    public CommandMetadata Metadata(string? onBehalfOf = null)
    {
        var trace = Activity.Current?.TraceId.ToString();
        return new(Actor, onBehalfOf, trace ?? Http.TraceIdentifier, Http.Features.Get<IdempotencyKey>()?.Key ?? Http.TraceIdentifier, trace);
    }

    /// <summary>Why a request that was made of another version is not carried out: for what has to be done before its command; null when it may.</summary>
    public Refusal? Refuse(long version) => IfMatch.Of(Http.Request).Version is { } expected && expected != version ? Stale.With("currentVersion", version) : null;

    /// <param name="answer">The answer for the version reached: see <see cref="Reply"/>.</param>
    /// <param name="onGuard">What a guard table's constraint means to the caller.</param>
    /// <param name="also">Appends to other streams that commit with this command.</param>
    public async Task<IResult> Run<TState, TEvent>(
        Streams<TState, TEvent> streams, Guid id, ICommand<TState, TEvent> command, Func<long, Answer> answer, CancellationToken ct,
        Func<string, Task<Refusal>>? onGuard = null, Func<IReadOnlyList<object>, Task<IReadOnlyList<Prepared>>>? also = null,
        IReadOnlyList<Statement>? statements = null)
        where TState : IState<TState, TEvent>
        where TEvent : class
    {
        var execution = new Execution(Metadata())
        {
            Answer = answer,
            Also = also,
            Statements = statements ?? [],
            Idempotency = Http.Features.Get<IdempotencyKey>(),
            ExpectedVersion = IfMatch.Of(Http.Request).Version,
        };
        return await streams.Execute(id, command, execution, ct) switch
        {
            Outcome.Written w => new Carried(w.Answer!.Status, w.Answer.Location, w.Answer.Body, w.Version, w.SeqId, false), // answer is not null here
            Outcome.Repeated r => Repeat(r.Answer),
            Outcome.Refused r => Problems.From(r.Refusal),
            Outcome.Stale s => Problems.From(Stale.With("currentVersion", s.ActualVersion)),
            Outcome.GuardViolated g => Problems.From(onGuard is null ? Taken.With("constraint", g.Constraint) : await onGuard(g.Constraint)),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>The same for a command whose answer shows a secret: it is shown once and never kept, so a repeat is answered 409.</summary>
    /// <param name="secret">The member of the answer that holds the secret.</param>
    /// <param name="statements">Keep the secret's hash.</param>
    public Task<IResult> RunSecret<TState, TEvent>(
        Streams<TState, TEvent> streams, Guid id, ICommand<TState, TEvent> command, Func<long, Answer> answer, (string Name, string Value) secret,
        IReadOnlyList<Statement> statements, CancellationToken ct)
        where TState : IState<TState, TEvent>
        where TEvent : class
    {
        Answer? shown = null;
        return Shown();

        async Task<IResult> Shown()
        {
            var result = await Run(streams, id, command, Kept, ct, statements: statements);
            return result is Carried { Repeated: false } carried ? carried with { Status = shown!.Status, Location = shown.Location, Body = shown.Body } : result; // Kept set it
        }

        Answer Kept(long version)
        {
            var whole = answer(version);
            var body = JsonNode.Parse(whole.Body)!.AsObject(); // Reply makes objects
            body[secret.Name] = secret.Value;
            shown = whole with { Body = body.ToJsonString(JsonSerializerOptions.Web) };
            return whole with { Status = StatusCodes.Status409Conflict };
        }
    }

    /// <summary>
    /// On the whole API: a refusal of a POST that an earlier sending has carried out is no refusal, it is a repeat; the first answer stands.
    /// (A slice may look at the state before it decides, and find its own doing there.)
    /// </summary>
    internal static async ValueTask<object?> AnswerRepeats(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var (result, http) = (await next(context), context.HttpContext);
        if (result is not ProblemHttpResult { StatusCode: >= 400 and < 500 } || http.Features.Get<IdempotencyKey>() is not { } key) return result;
        var earlier = await http.RequestServices.GetRequiredService<IEventStore>().Earlier(key, http.RequestAborted);
        return earlier is null ? result : Repeat(earlier);
    }

    private static IResult Repeat(StoredAnswer answer)
    {
        if (!answer.SameBody) return Problems.From(KeyReused);
        return answer.Status == StatusCodes.Status409Conflict
            ? Problems.From(SecretShown.With("original", JsonNode.Parse(answer.Body)))
            : new Carried(answer.Status, answer.Location, answer.Body, answer.Version, answer.SeqId, true);
    }

    private static readonly Refusal KeyReused = new(
        "idempotency-key-reused", "This Idempotency-Key was used with another body. Send a new key for a new request.", 422);

    private static readonly Refusal SecretShown = new(
        "secret-already-shown", "This request was carried out and its secret shown once. If it was lost, revoke it and issue a new one with a new Idempotency-Key.");

    private static readonly Refusal Stale = new(
        "stale-version", "Somebody changed this meanwhile. Read it again, then send your change with the new ETag in If-Match.", 412);

    private static readonly Refusal Taken = new("taken", "Another entry holds this already. Read the list, then choose another value.");
}

/// <summary>The answer to a command that was carried out, now or by an earlier sending.</summary>
internal sealed record Carried(int Status, string? Location, string Body, long? Version, long? SeqId, bool Repeated) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (Version is { } version) ETags.Set(httpContext, version);
        if (SeqId is { } seqId) response.Headers["ClusterNet-Wrote"] = seqId.ToString(CultureInfo.InvariantCulture);
        if (Location is not null) response.Headers.Location = Location;
        response.StatusCode = Status;
        response.ContentType = "application/json";
        return response.WriteAsync(Body, httpContext.RequestAborted);
    }
}

/// <summary>Answers of commands: ids, version and links.</summary>
public static class Reply
{
    /// <summary>201 with Location.</summary>
    /// <param name="more">Further ids, numbers or links: never personal data, for it is kept for repeats.</param>
    public static Func<long, Answer> Created(string location, IId id, params (string Name, JsonNode? Value)[] more) =>
        version => new(StatusCodes.Status201Created, location, Body(location, id, version, more));

    /// <summary>200 for a change of what <paramref name="self"/> shows.</summary>
    public static Func<long, Answer> Changed(string self, IId id, params (string Name, JsonNode? Value)[] more) =>
        version => new(StatusCodes.Status200OK, null, Body(self, id, version, more));

    private static string Body(string self, IId id, long version, (string Name, JsonNode? Value)[] more)
    {
        var body = new JsonObject { ["id"] = id.Value.ToString("D"), ["version"] = version };
        foreach (var (name, value) in more) body[name] = value?.DeepClone();
        body["links"] = new JsonObject { ["self"] = self };
        return body.ToJsonString(JsonSerializerOptions.Web);
    }
}
