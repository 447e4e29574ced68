namespace ClusterNet.Web;

/// <summary>Where to go on after signing in: only within this site (CWE-601).</summary>
public static class LocalPath
{
    public static string Of(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl) ? path : "/";
}
