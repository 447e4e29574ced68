using ClusterNet.EventStore;
using Microsoft.Extensions.Logging;

namespace ClusterNet.Files;

/// <summary>Marks the member of an event that holds a file's address in the vault.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class VaultAddressAttribute : Attribute;

/// <summary>
/// Deletes what a crash left in the vault: a file is written before the event that names it, and so may lie there without one. After a day none comes any more.
/// Nobody has the key of such a file. Where the history names no file of the vault at all, nothing is deleted: the folder may belong to another history.
/// </summary>
internal sealed partial class FileCollector(Database database, EventTypes types, IFileVault vault, TimeProvider clock, ILogger<FileCollector> logger)
    : Rounds("Files that no event names", TimeSpan.FromHours(6), clock, logger)
{
    public static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    /// <summary>Stored names of events with the member that holds an address.</summary>
    private readonly IReadOnlyList<(string Event, string Member)> _places =
    [
        .. from type in types.All
           from property in type.Class.GetProperties()
           where property.IsDefined(typeof(VaultAddressAttribute), inherit: false)
           select (type.Name, property.Name),
    ];

    public override async Task Tick(CancellationToken ct)
    {
        var before = Now - Grace;
        vault.DeleteDrafts(before);
        // Listed first: what is named later is younger than the grace time, and not on the list.
        var old = vault.Held(before).ToHashSet(StringComparer.Ordinal);
        if (old.Count == 0) return;
        var unnamed = await Unnamed(old, ct);
        if (unnamed.Count == old.Count)
        {
            NoneNamed(logger, old.Count);
            return;
        }

        var deleted = unnamed.Count(vault.Delete);
        if (deleted > 0) Deleted(logger, deleted);
    }

    private async Task<HashSet<string>> Unnamed(HashSet<string> held, CancellationToken ct)
    {
        var left = new HashSet<string>(held, StringComparer.Ordinal);
        foreach (var (name, member) in _places)
        {
            await using var select = database.Source.CreateCommand("select data ->> $2 from events.mt_events where type = $1 and data ->> $2 is not null");
            select.Parameters.Add(new() { Value = name });
            select.Parameters.Add(new() { Value = member });
            await using var reader = await select.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) left.Remove(reader.GetString(0));
        }

        return left;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} sealed files that no event names were deleted.")]
    private static partial void Deleted(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No event names any of the {Count} sealed files in the vault, so none is deleted. Does the folder belong to this installation?")]
    private static partial void NoneNamed(ILogger logger, int count);
}
