using ClusterNet.Files;

namespace ClusterNet.Auditing;

/// <summary>Checkpoints that contradict what was known: the evidence of a fork, kept beside the state.</summary>
internal static class RefusedCheckpoints
{
    /// <summary>Keeps a checkpoint that was refused; evidence that is there already stays.</summary>
    /// <param name="known">The checkpoint that it contradicts, signed by the same log.</param>
    /// <returns>The file.</returns>
    public static string Keep(string state, string refused, string? known)
    {
        for (var number = 1; ; number++)
        {
            var path = number == 1 ? $"{state}.refused" : $"{state}.refused.{number}";
            if (File.Exists(path) && File.ReadAllText(path) != refused) continue;
            if (known is not null && !File.Exists($"{path}.known")) WholeFile.Replace($"{path}.known", known);
            if (!File.Exists(path)) WholeFile.Replace(path, refused);
            return path;
        }
    }
}
