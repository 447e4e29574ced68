namespace ClusterNet.Ledger;

/// <summary>
/// The second place (<c>ClusterNet:MirrorDirectory</c>): what must outlive a restore of the databases, and is never restored with them.
/// It belongs on another volume than the databases' files.
/// </summary>
public sealed record MirrorDirectory(string Path);
