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

    /// <summary>A witness that does not answer keeps nobody waiting: its answer is taken when it comes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Task> _asked = new();
    private readonly ConcurrentDictionary<string, long> _larger = new();

    /// <summary>The last answer of each witness that did not cosign, for those who watch.</summary>
    public IReadOnlyDictionary<string, string> Refusals => _answers;

    /// <summary>Asks those who have not cosigned the newest checkpoint; moves what is published as soon as the policy is met.</summary>
    /// <exception cref="LogRolledBackException">So many witnesses say that they cosigned more than the log has, that it must have been rolled back.</exception>
    public async Task Ask(OpenLog log, CancellationToken ct)
    {
        var policy = policies.Of(log.Verifier);
        if (await Newest(policy, ct) is not { } newest || newest.Checkpoint.Origin != log.Verifier.Name) return;
        if (newest.Published < newest.Checkpoint.Size) await Publish(policy, newest.Checkpoint.Size, ct);
        List<Task> asking = [];
        foreach (var witness in policy.Witnesses)
        {
            if (witness.Url is null || newest.CosignedBy.Contains(witness.Name) || _asked.TryGetValue(witness.Name, out var busy) && !busy.IsCompleted) continue;
            await Remember(witness, ct);
            asking.Add(_asked[witness.Name] = Ask(witness, policy, newest, ct));
        }

        if (asking.Count > 0) await Task.WhenAny(Task.WhenAll(asking), Task.Delay(Patience, ct));
        foreach (var failed in asking.Where(t => t.IsFaulted)) await failed;
        Judge(log, policy);
    }

    private async Task Ask(LogPolicy.Witness witness, LogPolicy policy, NewestSigned newest, CancellationToken ct)
    {
        var known = await KnownSize(witness, ct);
        var answer = await Call(witness, known, newest, ct);
        _larger.TryRemove(witness.Name, out _);
        if (answer.KnownSize is { } other && other != known)
        {
            var size = await SizeNow(ct);
            if (other > size) _larger[witness.Name] = other;
            if (other > newest.Checkpoint.Size)
            {
                // Either it has seen a newer one meanwhile, or it says more than there is.
                if (other > size) Note(witness, $"it says that it cosigned {other} entries, more than the log has");
                return;
            }

            await Know(witness, other, ct);
            answer = await Call(witness, other, newest, ct);
        }

        if (answer.Line is { } line && NoteSignature.Parse(line) is { } signature && Cosignature.IsValid(witness.Key, newest.Note.Text, signature))
        {
            await Keep(witness, newest.Checkpoint.Size, signature, ct);
            _answers.TryRemove(witness.Name, out _);
            await Publish(policy, newest.Checkpoint.Size, ct);
            return;
        }

        Note(witness, answer.Line is null ? answer.Problem ?? "no answer" : "its cosignature is not valid");
    }

    /// <summary>One witness' word proves nothing, for a conflict is not signed; as many as the quorum needs are believed.</summary>
    private void Judge(OpenLog log, LogPolicy policy)
    {
        var names = _larger.Keys.ToHashSet(StringComparer.Ordinal);
        var believed = policy.Quorum == "none" ? names.Count > 0 && names.Count == policy.Witnesses.Count(w => w.Url is not null) : names.Count > 0 && policy.IsMetBy(names);
        if (believed) throw LogRolledBackException.Witnessed(log.Verifier.Name, names.Order(StringComparer.Ordinal), _larger.Values.Max());
    }

    private void Note(LogPolicy.Witness witness, string reason)
    {
        Refused.Add(1, new KeyValuePair<string, object?>("witness", witness.Name));
        if (_answers.GetValueOrDefault(witness.Name) != reason) logger.LogWarning("Witness {Witness} did not cosign: {Reason}", witness.Name, reason);
        _answers[witness.Name] = reason;
    }

    private async Task<WitnessAnswer> Call(LogPolicy.Witness witness, long known, NewestSigned newest, CancellationToken ct)
    {
        if (known > newest.Checkpoint.Size) return new(null, known, null);
        var proof = await proofs.Hashes(MerkleTree.ConsistencyProof(known, newest.Checkpoint.Size), ct);
        return await calls.AddCheckpoint(witness.Url!, new(known, proof, newest.Note), witness.Key, ct); // only witnesses with an address are asked
    }

    private async Task<NewestSigned?> Newest(LogPolicy policy, CancellationToken ct)
    {
        await using var select = database.Source.CreateCommand("""
            select c.note, s.published, array(select line from ledger.cosignature k where k.size = c.size)
            from ledger.state s, (select size, note from ledger.checkpoint order by size desc limit 1) c
            """);
        await using var reader = await select.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        var note = SignedNote.Parse(reader.GetString(0));
        if (note is null || Checkpoint.Parse(note.Text) is not { } checkpoint)
            throw new LogDamagedException("The newest checkpoint in ledger.checkpoint cannot be read. Restore the database.");
        return new(note, checkpoint, reader.GetInt64(1), policy.CosignedBy(With(note, reader.GetFieldValue<string[]>(2))));
    }

    /// <summary>Only cosignatures that verify count, whatever stands in the table.</summary>
    private async Task Publish(LogPolicy policy, long size, CancellationToken ct)
    {
        await using var select = database.Source.CreateCommand(
            "select note, array(select line from ledger.cosignature k where k.size = c.size) from ledger.checkpoint c where size = $1");
        select.Parameters.Add(new() { Value = size });
        SignedNote? note = null;
        await using (var reader = await select.ExecuteReaderAsync(ct))
            if (await reader.ReadAsync(ct) && SignedNote.Parse(reader.GetString(0)) is { } stored) note = With(stored, reader.GetFieldValue<string[]>(1));
        if (note is null || !policy.IsMetBy(policy.CosignedBy(note))) return;
        await Run("update ledger.state set published = greatest(published, $1)", ct, size);
    }

    internal static SignedNote With(SignedNote note, IEnumerable<string> lines) =>
        note with { Signatures = [.. note.Signatures, .. lines.Select(l => NoteSignature.Parse(l.TrimEnd('\n'))).OfType<NoteSignature>()] };

    private Task Keep(LogPolicy.Witness witness, long size, NoteSignature signature, CancellationToken ct) => Run("""
        with kept as (insert into ledger.cosignature (size, witness, line, at) values ($1, $2, $3, $4) on conflict (size, witness) do nothing)
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
            // Where it lives, and why it is away, is for the operator's log only.
            return new(null, null, "it cannot be reached");
        }
    }

    public void Dispose() => _http.Dispose();

    private static string? LineOf(string body, NoteVerifier witness) => body.Split('\n')
        .FirstOrDefault(l => NoteSignature.Parse(l) is { } s && (s.Name, s.KeyId) == (witness.Name, witness.KeyId));
}
