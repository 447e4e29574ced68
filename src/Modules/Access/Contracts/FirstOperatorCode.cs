using System.Security.Cryptography;
using ClusterNet.EventStore;

namespace ClusterNet.Access.Contracts;

/// <summary>The one-time code that the console prints on a new installation; without it nobody becomes the first operator.</summary>
public sealed class FirstOperatorCode(Database database)
{
    /// <summary>The code of this start; null once an operator exists.</summary>
    public async Task<string?> Current(CancellationToken ct) => await OperatorExists(ct) ? null : Code;

    internal string Code { get; } = RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 20);

    internal async Task<bool> OperatorExists(CancellationToken ct)
    {
        var found = await database.Query(
            AccessModule.Name, Statement.Of("select 1 from access.role_assignments where role = 'operator' and active limit 1"), _ => true, ct);
        return found.Count > 0;
    }
}
