using System.Text.Json.Serialization;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Resources.Accounts;

namespace ClusterNet.Resources.Rules;

/// <summary>What happens when a firm reserves more than it has left of its part.</summary>
[JsonConverter(typeof(WireNameConverter<UseLimit>))]
internal enum UseLimit
{
    /// <summary>It is shown, no more.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Whoever reserves is told.</summary>
    [JsonStringEnumMemberName("warn")]
    Warn,

    /// <summary>It is refused, unless the coordinator reserves.</summary>
    [JsonStringEnumMemberName("refuse")]
    Refuse,
}

/// <summary>What of a member firm a rule looks at.</summary>
/// <param name="People">Who works there, as far as the firm has told.</param>
/// <param name="ContributedCents">What it gives to the pool in the year.</param>
internal sealed record Member(Id<Firm> Firm, SizeClass? Size, int People, long ContributedCents);

/// <summary>A firm's part of what a pool is worth in a year, by each of the three ways and together, in euro cents.</summary>
internal sealed record Entitlement(Id<Firm> Firm, long ByContribution, long ByHead, long Solidarity)
{
    public long Cents => ByContribution + ByHead + Solidarity;
}

/// <summary>
/// How a pool is shared out: how much of it goes by what firms give, by how many people they have, and in solidarity, where small firms come first.
/// Per cent that add up to a hundred.
/// </summary>
internal sealed record AllocationRule(int ByContribution, int ByHead, int Solidarity)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public UseLimit Limit { get; init; }

    /// <summary>Where more is refused: so many days before a session begins, seats that nobody waits for are for all; 0 for never.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int FreeDays { get; init; }

    public bool IsSound => ByContribution >= 0 && ByHead >= 0 && Solidarity >= 0 && (long)ByContribution + ByHead + Solidarity == 100;

    /// <summary>
    /// Shares out what the pool is worth. What goes by a way in which no firm has anything (nobody has given anything yet) goes by the others.
    /// Each way is divided by largest remainders, firms in the order of their ids.
    /// </summary>
    public IReadOnlyList<Entitlement> Of(long cents, IReadOnlyList<Member> members)
    {
        var firms = members.OrderBy(m => m.Firm).ToList();
        long[][] ways = [[.. firms.Select(m => m.ContributedCents)], [.. firms.Select(m => (long)m.People)], [.. firms.Select(m => Weight(m.Size))]];
        long[] perCent = [.. ((long[])[ByContribution, ByHead, Solidarity]).Zip(ways, (p, way) => way.Sum() > 0 ? p : 0)];
        // Nobody counts in any way that the rule asks for: then all count alike.
        if (perCent.Sum() == 0) (perCent, ways) = ([0, 0, 1], [ways[0], ways[1], [.. firms.Select(_ => 1L)]]);
        if (firms.Count == 0) return [];
        var parts = Split.ByWeight(cents, perCent).Zip(ways, (part, way) => part == 0 ? [.. firms.Select(_ => 0L)] : Split.ByWeight(part, way)).ToArray();
        return [.. firms.Select((m, i) => new Entitlement(m.Firm, parts[0][i], parts[1][i], parts[2][i]))];
    }

    /// <summary>Micro firms count four times as much as medium ones, small ones twice. A firm of unknown size counts as small: no gain in not telling.</summary>
    private static long Weight(SizeClass? size) => size switch { SizeClass.Micro => 4, SizeClass.Medium or SizeClass.Large => 1, _ => 2 };
}
