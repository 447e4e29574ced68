using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using ClusterNet.EventStore;
using ClusterNet.Telemetry;
using ClusterNet.Tlog;
using Microsoft.Extensions.Logging;

namespace ClusterNet.Ledger;

/// <summary>Has checkpoints cosigned by the policy's witnesses (C2SP tlog-witness), and publishes the newest one that has enough cosignatures.</summary>
public sealed class LogWitnesses(Database database, LogPolicies policies, LogProofs proofs, IWitnessCalls calls, ILogger<LogWitnesses> logger)
{
    private static readonly Counter<long> Refused = ClusterNetTelemetry.Meter.CreateCounter<long>("clusternet.ledger.not_cosigned", "{request}");
    private readonly ConcurrentDictionary<string, string> _answers = new();

    /// <summary>The last answer of each witness that did not cosign, for those who watch.</summary>
    public IReadOnlyDictionary<string, string> Refusals => _answers;

    /// <summary>Asks those who have not cosigned the newest checkpoint; moves what is published when the policy is met.</summary>
    /// <exception cref="LogRolledBackException">A witness has cosigned more than the log has: the database was rolled back.</exception>
    public async Task Ask(OpenLog log, CancellationToken ct)
    {
        var policy = policies.Of(log.Verifier);
        if (await Newest(ct) is not { } newest || newest.Published >= newest.Checkpoint.Size && policy.Witnesses.All(w => newest.CosignedBy.Contains(w.Name))) return;
        if (newest.Checkpoint.Origin != log.Verifier.Name) return;
        var asked = policy.Witnesses.Where(w => w.Url is not null && !newest.CosignedBy.Contains(w.Name)).ToList();
        foreach (var witness in asked) await Remember(witness, ct);
        await Task.WhenAll(asked.Select(w => Ask(w, log, newest, ct)));
        await Publish(policy, newest.Checkpoint.Size, ct);
    }

    private async Task Ask(LogPolicy.Witness witness, OpenLog log, NewestSigned newest, CancellationToken ct)
    {
        var known = await KnownSize(witness, ct);
        var answer = await Call(witness, known, newest, ct);
        if (answer.KnownSize is { } other && other != known)
        {
            if (other > newest.Checkpoint.Size && await SizeNow(ct) < other)
                throw LogRolledBackException.Shorter(log.Verifier.Name, newest.Checkpoint.Size, other, $"witness {witness.Name} has cosigned it");
            if (other > newest.Checkpoint.Size) return; // it has seen a newer one meanwhile
            await Know(witness, other, ct);
            answer = await Call(witness, other, newest, ct);
        }

        if (answer.Line is { } line && NoteSignature.Parse(line) is { } signature && Cosignature.IsValid(witness.Key, newest.Note.Text, signature))
        {
            await Keep(witness, newest.Checkpoint.Size, signature, ct);
            _answers.TryRemove(witness.Name, out _);
            return;
        }

        Refused.Add(1, new KeyValuePair<string, object?>("witness", witness.Name));
        var reason = answer.Line is null ? answer.Problem ?? "no answer" : "its cosignature is not valid";
        if (_answers.GetValueOrDefault(witness.Name) != reason) logger.LogWarning("Witness {Witness} did not cosign: {Reason}", witness.Name, reason);
        _answers[witness.Name] = reason;
    }

    private async Task<WitnessAnswer> Call(LogPolicy.Witness witness, long known, NewestSigned newest, CancellationToken ct)
    {
        if (known > newest.Checkpoint.Size) return new(null, known, null);
        var proof = await proofs.Hashes(MerkleTree.ConsistencyProof(known, newest.Checkpoint.Size), ct);
        return await calls.AddCheckpoint(witness.Url!, new(known, proof, newest.Note), witness.Key, ct); // only witnesses with an address are asked
    }

    private async Task<NewestSigned?> Newest(CancellationToken ct)
    {
        await using var select = database.Source.CreateCommand("""
            select c.note, s.published, array(select witness from ledger.cosignature k where k.size = c.size)
            from ledger.state s, (select size, note from ledger.checkpoint order by size desc limit 1) c
            """);
        await using var reader = await select.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        var note = SignedNote.Parse(reader.GetString(0));
        return note is not null && Checkpoint.Parse(note.Text) is { } checkpoint
            ? new(note, checkpoint, reader.GetInt64(1), reader.GetFieldValue<string[]>(2).ToHashSet(StringComparer.Ordinal))
            : throw new LogDamagedException("The newest checkpoint in ledger.checkpoint cannot be read.");
    }

    private async Task Publish(LogPolicy policy, long size, CancellationToken ct)
    {
        await using var select = database.Source.CreateCommand("select array(select witness from ledger.cosignature where size = $1)");
        select.Parameters.Add(new() { Value = size });
        var names = (string[])(await select.ExecuteScalarAsync(ct))!; // an array, perhaps empty
        if (!policy.IsMetBy(names.ToHashSet(StringComparer.Ordinal))) return;
        await Run("update ledger.state set published = greatest(published, $1)", ct, size);
    }

    private Task Keep(LogPolicy.Witness witness, long size, NoteSignature signature, CancellationToken ct) => Run("""
        with kept as (insert into ledger.cosignature (size, witness, line, at) values ($1, $2, $3, $4) on conflict do nothing)
        update ledger.witness set last_size = greatest(last_size, $1) where name = $2
        """, ct, size, witness.Name, signature.ToString(), Cosignature.TimeOf(signature) ?? DateTimeOffset.UnixEpoch);

    private Task Remember(LogPolicy.Witness witness, CancellationToken ct) => Run("""
        insert into ledger.witness (name, vkey, url) values ($1, $2, $3)
        on conflict (name) do update set url = excluded.url, vkey = excluded.vkey, last_size = case when ledger.witness.vkey = excluded.vkey then ledger.witness.last_size else 0 end
        where (ledger.witness.url, ledger.witness.vkey) is distinct from (excluded.url, excluded.vkey)
        """, ct, witness.Name, witness.Key.ToString(), witness.Url!); // only witnesses with an address are asked

    private Task Know(LogPolicy.Witness witness, long size, CancellationToken ct) => Run("update ledger.witness set last_size = $2 where name = $1", ct, witness.Name, size);

    private async Task<long> KnownSize(LogPolicy.Witness witness, CancellationToken ct)
    {
        await using var select = database.Source.CreateCommand("select last_size from ledger.witness where name = $1");
        select.Parameters.Add(new() { Value = witness.Name });
        return (long?)await select.ExecuteScalarAsync(ct) ?? 0;
    }

    private async Task<long> SizeNow(CancellationToken ct)
    {
        await using var select = database.Source.CreateCommand("select size from ledger.state");
        return (long)(await select.ExecuteScalarAsync(ct))!; // the state is one row, always
    }

    private async Task Run(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = database.Source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }

    private sealed record NewestSigned(SignedNote Note, Checkpoint Checkpoint, long Published, IReadOnlySet<string> CosignedBy);
}

/// <summary>What a witness answered.</summary>
/// <param name="Line">Its signature line.</param>
/// <param name="KnownSize">On a conflict, the size that it has cosigned last.</param>
/// <param name="Problem">Why there is neither.</param>
public sealed record WitnessAnswer(string? Line, long? KnownSize, string? Problem);

/// <summary>Sends checkpoints to witnesses.</summary>
public interface IWitnessCalls
{
    Task<WitnessAnswer> AddCheckpoint(string url, WitnessRequest request, NoteVerifier witness, CancellationToken ct);
}

/// <summary>Over HTTP, bounded in time and size, following no redirects: the address comes from the operator's policy, what it answers does not.</summary>
public sealed class WitnessHttp : IWitnessCalls, IDisposable
{
    private const int MaxAnswer = 64 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(2) })
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = MaxAnswer,
    };

    public async Task<WitnessAnswer> AddCheckpoint(string url, WitnessRequest request, NoteVerifier witness, CancellationToken ct)
    {
        try
        {
            using var content = new StringContent(request.ToString(), Encoding.UTF8, "text/plain");
            using var response = await _http.PostAsync($"{url}{WitnessRequest.Path}", content, ct);
            var body = await response.Content.ReadAsStringAsync(ct);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => new(LineOf(body, witness), null, "none of its lines is this witness'"),
                HttpStatusCode.Conflict when response.Content.Headers.ContentType?.MediaType == WitnessRequest.SizeType
                    && body.EndsWith('\n') && Checkpoint.ParseSize(body.AsSpan(0, body.Length - 1)) is { } size => new(null, size, $"it knows size {size}"),
                HttpStatusCode.UnprocessableEntity => new(null, null, "it says that the log forked: the consistency proof does not lead to what it cosigned before"),
                var status => new(null, null, $"it answered {(int)status}"),
            };
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return new(null, null, $"it cannot be reached: {e.Message}");
        }
    }

    public void Dispose() => _http.Dispose();

    private static string? LineOf(string body, NoteVerifier witness) => body.Split('\n')
        .FirstOrDefault(l => NoteSignature.Parse(l) is { } s && (s.Name, s.KeyId) == (witness.Name, witness.KeyId));
}
