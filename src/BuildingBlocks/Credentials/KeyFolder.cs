using System.Globalization;
using System.Security.Cryptography;
using ClusterNet.Files;

namespace ClusterNet.Credentials;

/// <summary>The private keys that sign credentials: one PEM file each in the key directory, named after the key, which only the Host's own account may read.</summary>
public sealed class KeyFolder(string directory)
{
    private const string Prefix = "credential-signing-";

    public string PathOf(string key) => Path.Combine(directory, $"{Prefix}{key}.pem");

    /// <summary>The key of this name; null where it is not in the directory.</summary>
    /// <exception cref="CryptographicException">The file holds something else.</exception>
    public CredentialKey? Find(string key) => File.Exists(PathOf(key)) ? CredentialKey.FromPem(File.ReadAllText(PathOf(key))) : null;

    /// <summary>The key of this name, made now if no Host has made it.</summary>
    public CredentialKey FindOrMake(string key)
    {
        if (!File.Exists(PathOf(key)))
        {
            using var made = CredentialKey.Make();
            WholeFile.Create(PathOf(key), made.ToPem());
        }

        return CredentialKey.FromPem(File.ReadAllText(PathOf(key)));
    }

    /// <summary>Takes away a private key that signs nothing any more.</summary>
    public void Remove(string key) => File.Delete(PathOf(key));

    /// <summary>What the n-th key of an issuer is called, from 1 on.</summary>
    public static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"key-{number}");
}

/// <summary>This Host lacks the key that signs credentials, or has another one.</summary>
public sealed class CredentialKeyException(string message) : Exception(message);
