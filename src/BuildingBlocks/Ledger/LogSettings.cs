namespace ClusterNet.Ledger;

/// <summary>How this installation's log is named, signed and witnessed.</summary>
/// <param name="KeyDirectory">Where the signing key lies.</param>
/// <param name="Origin">The log's name, such as <c>example.org/log</c>; null for one made up. It cannot be changed later.</param>
/// <param name="PolicyFile">A C2SP tlog-policy with the witnesses to ask and their quorum; where there is no such file, none is asked.</param>
public sealed record LogSettings(string KeyDirectory, string? Origin, string PolicyFile);
