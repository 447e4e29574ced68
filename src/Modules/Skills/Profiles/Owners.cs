using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Design;
using ClusterNet.EventStore;

namespace ClusterNet.Skills.Profiles;

/// <summary>For whom somebody draws up profiles and opens audits: firms that they manage and clusters that they coordinate, as choices of a form.</summary>
internal sealed class Owners(IFirmDirectory directory)
{
    private const string Firm = "firm ", Cluster = "cluster ";

    public async Task<IReadOnlyList<Choice>> Of(Caller caller, CancellationToken ct)
    {
        var choices = new List<Choice>();
        var firms = await directory.Cards([.. caller.ScopesOf(ScopeKind.Firm, Role.Manager).Select(f => new Id<Firm>(f))], ct);
        choices.AddRange(firms.Values.OrderBy(f => f.Name, StringComparer.CurrentCulture).Select(f => new Choice($"{Firm}{f.Firm}", f.Name)));
        foreach (var cluster in caller.ScopesOf(ScopeKind.Cluster, Role.Coordinator).Select(c => new Id<Cluster>(c)))
            if (await directory.ClusterName(cluster, ct) is { } name) choices.Add(new($"{Cluster}{cluster}", name));
        return choices;
    }

    /// <summary>What a form sent: a firm, a cluster, or neither.</summary>
    public static (Id<Firm>? Firm, Id<Cluster>? Cluster) Read(string? value) =>
        value?.StartsWith(Firm, StringComparison.Ordinal) == true && Id<Firm>.TryParse(value[Firm.Length..], null, out var firm) ? (firm, null)
        : value?.StartsWith(Cluster, StringComparison.Ordinal) == true && Id<Cluster>.TryParse(value[Cluster.Length..], null, out var cluster) ? (null, cluster)
        : (null, null);
}
