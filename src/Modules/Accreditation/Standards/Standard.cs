using System.Diagnostics;
using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Accreditation.Standards;

internal abstract record StandardEvent;

/// <param name="Lineage">The stream of the standard's first version.</param>
/// <param name="Former">The version before this one.</param>
[StoredAs("standard_drafted")]
internal sealed record StandardDrafted(
    Id<Cluster> Cluster, Id<Standard> Lineage, Id<Standard>? Former, StandardTerms Terms, Id<Person> By, DateTimeOffset At) : StandardEvent
{
    /// <summary>Where it was imported: the lineage that the file names.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Id<Standard>? ImportedFrom { get; init; }
}

/// <summary>The whole draft as it is from now on; what it was stays in the history.</summary>
[StoredAs("standard_revised")]
internal sealed record StandardRevised(StandardTerms Terms, Id<Person> By, DateTimeOffset At) : StandardEvent;

/// <summary>The draft is given up; nothing was ever bound to it.</summary>
[StoredAs("standard_discarded")]
internal sealed record StandardDiscarded(Id<Person> By, DateTimeOffset At) : StandardEvent;

[StoredAs("standard_published")]
internal sealed record StandardPublished(Id<Person> By, DateTimeOffset At) : StandardEvent
{
    /// <summary>What becomes of applications under the version before this one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Transition? Transition { get; init; }
}

/// <summary>Nobody applies by it any more, and no version takes its place; what is open goes on, what was granted holds.</summary>
[StoredAs("standard_retired")]
internal sealed record StandardRetired(string Reason, Id<Person> By, DateTimeOffset At) : StandardEvent;

/// <summary>
/// One version of a standard of a cluster: a draft until it is published, unchangeable from then on; dossiers are bound to it.
/// </summary>
internal abstract record Standard : IState<Standard, StandardEvent>
{
    public sealed record Absent : Standard;

    public abstract record Existing(Id<Cluster> Cluster, Id<Standard> Lineage, StandardTerms Terms) : Standard
    {
        /// <summary>The version before this one.</summary>
        public Id<Standard>? Former { get; init; }

        /// <summary>The lineage that it has where it was imported from.</summary>
        public Id<Standard>? ImportedFrom { get; init; }
    }

    public sealed record Draft(Id<Cluster> Cluster, Id<Standard> Lineage, StandardTerms Terms) : Existing(Cluster, Lineage, Terms);

    public sealed record Published(Id<Cluster> Cluster, Id<Standard> Lineage, StandardTerms Terms) : Existing(Cluster, Lineage, Terms)
    {
        public bool Retired { get; init; }
    }

    public sealed record Discarded : Standard;

    public static Standard Initial { get; } = new Absent();

    public static Standard Evolve(Standard state, StandardEvent fact) => fact switch
    {
        StandardDrafted e => new Draft(e.Cluster, e.Lineage, e.Terms) { Former = e.Former, ImportedFrom = e.ImportedFrom },
        StandardRevised e => state is Draft d ? d with { Terms = e.Terms } : state,
        StandardDiscarded => state is Draft ? new Discarded() : state,
        StandardPublished => state is Draft d ? new Published(d.Cluster, d.Lineage, d.Terms) { Former = d.Former, ImportedFrom = d.ImportedFrom } : state,
        StandardRetired => state is Published p ? p with { Retired = true } : state,
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}
