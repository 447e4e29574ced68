using System.Collections.Frozen;
using System.Text.Json;

namespace ClusterNet.Access.SignIn;

/// <summary>Passwords that are known from leaks, most used first: the list of the npm package @zxcvbn-ts/language-common, put in at build.</summary>
internal static class CommonPasswords
{
    private static readonly Lazy<FrozenSet<string>> All = new(Load);

    public static int Count => All.Value.Count;

    /// <param name="password">In lower case.</param>
    public static bool Contain(string password) => All.Value.Contains(password);

    private static FrozenSet<string> Load()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.json")
            ?? throw new InvalidOperationException("The list of common passwords was not built in.");
        return (JsonSerializer.Deserialize<string[]>(stream) ?? []).ToFrozenSet(StringComparer.Ordinal);
    }
}
