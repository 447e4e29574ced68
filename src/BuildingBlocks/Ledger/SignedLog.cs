using ClusterNet.EventStore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClusterNet.Ledger;

/// <summary>The log as this Host may sign it: opened once, after a check that the database was not rolled back behind what was signed.</summary>
public sealed class SignedLog(Database database, LogSettings settings, LogMirror mirror, TimeProvider clock, ILogger<SignedLog> logger) : IDisposable
{
    private readonly SemaphoreSlim _opening = new(1);
    private OpenLog? _open;

    /// <exception cref="LogKeyException">The signing key is missing or another log's.</exception>
    /// <exception cref="LogRolledBackException">The database holds less than was signed, or something else.</exception>
    public async Task<OpenLog> Open(CancellationToken ct)
    {
        if (_open is { } known) return known;
        await _opening.WaitAsync(ct);
        try
        {
            return _open ??= await OpenChecked(ct);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Starts a new log that follows this one, for an installation whose database had to be rolled back.</summary>
    /// <param name="origin">The new log's name; null for the old one with a number.</param>
    public async Task<OpenLog> Reopen(string? origin, CancellationToken ct)
    {
        var old = await LogKeys.Open(settings.KeyDirectory, database, null, clock, ct);
        var last = System.IO.File.Exists(mirror.File) ? await System.IO.File.ReadAllTextAsync(mirror.File, ct) : $"{old.Verifier}\n";
        if (System.IO.File.Exists(mirror.File)) System.IO.File.Move(mirror.File, $"{mirror.File}.{old.Number}");
        return _open = await LogKeys.Reopen(settings.KeyDirectory, database, origin ?? $"{old.Verifier.Name}-{old.Number + 1}", last, clock, ct);
    }

    public void Dispose() => _opening.Dispose();

    private async Task<OpenLog> OpenChecked(CancellationToken ct)
    {
        var log = await LogKeys.Open(settings.KeyDirectory, database, settings.Origin, clock, ct);
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        if (mirror.Read(log.Verifier) is not { } signed)
        {
            await using var any = new NpgsqlCommand("select exists (select from ledger.checkpoint)", connection);
            if ((bool)(await any.ExecuteScalarAsync(ct))!) // exists answers true or false
                logger.LogWarning("There is no second copy of the last checkpoint in {File}: a rollback of the database would go unnoticed. Put the mirror directory back", mirror.File);
            return log;
        }

        await using var select = new NpgsqlCommand("select size from ledger.state", connection);
        var size = (long?)await select.ExecuteScalarAsync(ct) ?? throw LogDamagedException.NoState;
        if (size < signed.Size) throw LogRolledBackException.Shorter(log.Verifier.Name, size, signed.Size, "its second copy in the mirror directory");
        var root = (await LogTiles.Edge(connection, signed.Size, ct)).Root();
        return root.AsSpan().SequenceEqual(signed.Root) ? log : throw LogRolledBackException.Other(log.Verifier.Name, signed.Size);
    }
}

/// <summary>The database is not the one that was signed: it was rolled back or rewritten. Nothing may be signed under the old name.</summary>
public sealed class LogRolledBackException(string message) : Exception(message)
{
    private const string Remedy =
        "Restore a backup that is newer, or, if there is none, start a new log that names the old one: clusternet audit reopen. Nothing is signed until then.";

    public static LogRolledBackException Shorter(string log, long size, long signedSize, string where) =>
        new($"The log {log} has {size} entries, but a checkpoint of {signedSize} was signed ({where}): the database was rolled back. {Remedy}");

    public static LogRolledBackException Witnessed(string log, IEnumerable<string> witnesses, long size) =>
        new($"The witnesses {string.Join(", ", witnesses)} say that they cosigned up to {size} entries of the log {log}, more than it has: the database was rolled back. {Remedy}");

    public static LogRolledBackException Other(string log, long size) =>
        new($"The first {size} entries of the log {log} are not those that were signed (their second copy is in the mirror directory): the database was rewritten. {Remedy}");
}
