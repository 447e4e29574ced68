using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Clusters.Contracts;

/// <summary>Who works where and which firms belong to which clusters: asked by the modules above.</summary>
public interface IFirmDirectory
{
    /// <summary>Where somebody works now; empty for nobody known or nobody's employee.</summary>
    Task<IReadOnlyList<EmploymentCard>> EmploymentsOf(Id<Person> person, CancellationToken ct);

    /// <summary>The firms of many persons at once; persons without a firm are missing.</summary>
    Task<IReadOnlyDictionary<Id<Person>, IReadOnlyList<Id<Firm>>>> FirmsOf(IReadOnlyCollection<Id<Person>> persons, CancellationToken ct);

    /// <summary>Who works in these firms now, by firm and person.</summary>
    Task<IReadOnlyList<EmploymentCard>> EmployedBy(IReadOnlyCollection<Id<Firm>> firms, CancellationToken ct);

    /// <summary>Firms as everybody signed in may see them; unknown ones are missing.</summary>
    Task<IReadOnlyDictionary<Id<Firm>, FirmCard>> Cards(IReadOnlyCollection<Id<Firm>> firms, CancellationToken ct);

    /// <summary>Whether any cluster was founded in this installation.</summary>
    Task<bool> HasClusters(CancellationToken ct);

    Task<bool> ClusterExists(Id<Cluster> cluster, CancellationToken ct);

    /// <summary>A cluster's name, which is public; null when there is no such cluster.</summary>
    Task<string?> ClusterName(Id<Cluster> cluster, CancellationToken ct);

    /// <summary>The clusters to which a firm is admitted now.</summary>
    Task<IReadOnlyList<Id<Cluster>>> ClustersOf(Id<Firm> firm, CancellationToken ct);

    /// <summary>The clusters that somebody belongs to: through admitted firms, or by a role in the cluster itself.</summary>
    Task<IReadOnlyList<Id<Cluster>>> ClustersOf(Caller caller, CancellationToken ct);

    /// <summary>The firms admitted to a cluster now.</summary>
    Task<IReadOnlyList<FirmCard>> AdmittedTo(Id<Cluster> cluster, CancellationToken ct);

    /// <summary>Persons of a cluster's admitted firms, by address (keys lower-case); unknown ones are missing.</summary>
    Task<IReadOnlyDictionary<string, Id<Person>>> PeopleByEmail(Id<Cluster> cluster, IReadOnlyCollection<string> emails, CancellationToken ct);
}

/// <summary>Published when somebody works in a firm no more.</summary>
public sealed record EmploymentHasEnded(Id<Person> Person, Id<Firm> Firm, DateTimeOffset At);

/// <summary>Published when a firm left a cluster, or took its application back.</summary>
public sealed record MembershipHasEnded(Id<Cluster> Cluster, Id<Firm> Firm, Id<Person> By, DateTimeOffset At);

/// <summary>Somebody's place in a firm.</summary>
public sealed record EmploymentCard(Id<Person> Person, Id<Firm> Firm, Position Position);

/// <summary>A firm as everybody signed in may see it: no figures.</summary>
/// <param name="SizeClass">micro, small, medium or large (Recommendation 2003/361/EC); null while figures are missing.</param>
public sealed record FirmCard(Id<Firm> Firm, string Name, string City, string Nuts, string Nace, SizeClass? SizeClass);

/// <summary>Somebody's place in a firm.</summary>
[JsonConverter(typeof(WireNameConverter<Position>))]
public enum Position
{
    [JsonStringEnumMemberName("owner")]
    Owner,

    [JsonStringEnumMemberName("manager")]
    Manager,

    [JsonStringEnumMemberName("trainer")]
    Trainer,

    [JsonStringEnumMemberName("employee")]
    Employee,
}

/// <summary>Size class of a firm (Commission Recommendation 2003/361/EC, Annex, Article 2).</summary>
[JsonConverter(typeof(WireNameConverter<SizeClass>))]
public enum SizeClass
{
    /// <summary>Fewer than 10 persons, and turnover or balance sheet of at most 2 million euro.</summary>
    [JsonStringEnumMemberName("micro")]
    Micro,

    /// <summary>Fewer than 50 persons, and turnover or balance sheet of at most 10 million euro.</summary>
    [JsonStringEnumMemberName("small")]
    Small,

    /// <summary>Fewer than 250 persons, and turnover of at most 50 or balance sheet of at most 43 million euro.</summary>
    [JsonStringEnumMemberName("medium")]
    Medium,

    /// <summary>Above that: no SME.</summary>
    [JsonStringEnumMemberName("large")]
    Large,
}
