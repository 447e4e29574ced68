using System.Security.Cryptography;

namespace ClusterNet.Privacy;

/// <summary>The directory of secrets that all Hosts of one installation share. The first Host makes them; the database keeps fingerprints.</summary>
public static class KeyDirectory
{
    private const string KekFile = "key-encryption-key";

    /// <summary>Creates the key database's tables where they are missing, then opens or (on a new installation only) makes the key-encryption key.</summary>
    /// <exception cref="KeyMissingException">The database was set up with a key that this Host does not have.</exception>
    public static async Task<KeyEncryptionKey> Open(string directory, KeyDatabase database, CancellationToken ct)
    {
        await using (var schema = database.Source.CreateCommand(Schema)) await schema.ExecuteNonQueryAsync(ct);
        var path = Path.Combine(directory, KekFile);
        var known = await Fingerprint(database, ct);
        if (known is null && !File.Exists(path)) Make(directory, path);
        if (!File.Exists(path)) throw new KeyMissingException(path, known);
        var kek = Parse(await File.ReadAllTextAsync(path, ct)) ?? throw new KeyMissingException(path, known);
        if (known is null) known = await Register(database, kek.Fingerprint, ct);
        return known == kek.Fingerprint ? kek : throw new KeyMissingException(path, known);
    }

    private static void Make(string directory, string path)
    {
        PrivateFolder.Create(directory);
        var draft = Path.Combine(directory, $"{KekFile}.{Guid.NewGuid():n}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(draft, options)) writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        try
        {
            // Whole or not at all: another Host may look for it now.
            File.Move(draft, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another Host made it at the same moment; its key is the one.
            File.Delete(draft);
        }
    }

    private static KeyEncryptionKey? Parse(string text)
    {
        var key = new byte[32];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == key.Length ? new(key) : null;
    }

    private static async Task<string?> Fingerprint(KeyDatabase database, CancellationToken ct)
    {
        await using var select = database.Source.CreateCommand("select fingerprint from keys.installation");
        return (string?)await select.ExecuteScalarAsync(ct);
    }

    private static async Task<string> Register(KeyDatabase database, string fingerprint, CancellationToken ct)
    {
        await using var insert = database.Source.CreateCommand("insert into keys.installation (fingerprint) values ($1) on conflict do nothing");
        insert.Parameters.Add(new() { Value = fingerprint });
        await insert.ExecuteNonQueryAsync(ct);
        return await Fingerprint(database, ct) ?? throw new InvalidOperationException("The fingerprint was just stored.");
    }

    private const string Schema = """
        select pg_advisory_xact_lock(7203215901);
        create schema if not exists keys;
        create table if not exists keys.installation (one bool primary key default true check (one), fingerprint text not null);
        create table if not exists keys.data_key (subject_id uuid, key_class text, wrapped bytea, primary key (subject_id, key_class));
        """;
}

/// <summary>This Host lacks the key that the installation was set up with.</summary>
public sealed class KeyMissingException(string path, string? fingerprint) : Exception(
    (fingerprint is null ? $"There is no key-encryption key in {path}. " : $"The key-encryption key with fingerprint {fingerprint[..16]}… is not in {path}. ") +
    "Copy the key directory of this installation there (or set ClusterNet__KeyDirectory to it); without it personal data cannot be read.");
