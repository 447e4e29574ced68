using ClusterNet.EventStore;
using ClusterNet.Files;
using ClusterNet.Tlog;

namespace ClusterNet.Ledger;

/// <summary>The log's signing key: a file in the key directory, made by the first Host only. The database knows the public part.</summary>
public static class LogKeys
{
    public const string File = "log-signing-key";

    /// <summary>Opens the log's key, or makes key and log on a new installation.</summary>
    /// <param name="origin">The log's name; null for one made up for this installation.</param>
    /// <exception cref="LogKeyException">The key is not there, is another log's, or the name is not the one that the log has.</exception>
    public static async Task<OpenLog> Open(string directory, Database database, string? origin, TimeProvider clock, CancellationToken ct)
    {
        var path = Path.Combine(directory, File);
        var known = await Known(database, ct);
        if (known is null)
        {
            if (!System.IO.File.Exists(path)) Make(path, origin ?? $"clusternet.invalid/{Guid.CreateVersion7(clock.GetUtcNow()):n}");
            await Register(database, Read(path).Verifier, null, clock, ct);
            known = (await Known(database, ct))!; // just registered, by us or by another Host
        }

        if (!System.IO.File.Exists(path)) throw new LogKeyException($"The log {known.Log.Name} is signed with a key that is not in {path}. Copy this installation's key directory there.");
        var signer = Read(path);
        if (signer.Verifier.ToString() != known.Log.ToString())
            throw new LogKeyException($"The key in {path} is {signer.Verifier.Name}'s with id {signer.Verifier.KeyId:x8}; this log is {known.Log.Name} with key id {known.Log.KeyId:x8}. Put the log's own key there.");
        if (origin is not null && origin != known.Log.Name)
            throw new LogKeyException($"ClusterNet__LogOrigin is {origin}, but this log is {known.Log.Name} and keeps its name. Remove the setting, or set it to that.");
        return new(signer, known.Number);
    }

    /// <summary>Starts a new log that names the one it follows: after a rollback, which no repair can hide.</summary>
    internal static async Task<OpenLog> Reopen(string directory, Database database, string origin, string follows, TimeProvider clock, CancellationToken ct)
    {
        var path = Path.Combine(directory, File);
        System.IO.File.Move(path, $"{path}.{clock.GetUtcNow():yyyyMMddHHmmss}");
        Make(path, origin);
        await Register(database, Read(path).Verifier, follows, clock, ct);
        return await Open(directory, database, null, clock, ct);
    }

    private static NoteSigner Read(string path) => NoteSigner.Parse(System.IO.File.ReadAllText(path)) is { Verifier.Type: SignatureType.Ed25519 } signer
        ? signer
        : throw new LogKeyException($"{path} holds no signing key. Copy this installation's key directory there.");

    private static void Make(string path, string origin)
    {
        if (!NoteVerifier.IsName(origin)) throw new LogKeyException($"\"{origin}\" cannot be a log's name: ClusterNet__LogOrigin takes one without spaces and plus signs, such as example.org/log.");
        WholeFile.Create(path, NoteSigner.Make(origin, SignatureType.Ed25519).Export());
    }

    private static async Task<Registered?> Known(Database database, CancellationToken ct)
    {
        await using var select = database.Source.CreateCommand("select number, vkey from ledger.log order by number desc limit 1");
        await using var reader = await select.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        return new(reader.GetInt32(0), NoteVerifier.Parse(reader.GetString(1)) ?? throw new LogKeyException("The log's public key in ledger.log cannot be read. Restore the database."));
    }

    private static async Task Register(Database database, NoteVerifier log, string? follows, TimeProvider clock, CancellationToken ct)
    {
        await using var insert = database.Source.CreateCommand("""
            insert into ledger.log (number, origin, vkey, opened_at, follows)
            select coalesce(max(number), 0) + 1, $1, $2, $3, $4 from ledger.log having count(*) = 0 or $4 is not null on conflict do nothing
            """);
        insert.Parameters.Add(new() { Value = log.Name });
        insert.Parameters.Add(new() { Value = log.ToString() });
        insert.Parameters.Add(new() { Value = clock.GetUtcNow() });
        insert.Parameters.Add(new() { Value = (object?)follows ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await insert.ExecuteNonQueryAsync(ct);
    }

    private sealed record Registered(int Number, NoteVerifier Log);
}

/// <summary>The log as this Host signs it.</summary>
/// <param name="Number">1, and one more each time that it was opened anew.</param>
public sealed record OpenLog(INoteSigner Signer, int Number)
{
    public NoteVerifier Verifier => Signer.Verifier;
}

/// <summary>This Host lacks the log's signing key, or has another one.</summary>
public sealed class LogKeyException(string message) : Exception(message);
