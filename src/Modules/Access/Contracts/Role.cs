using System.Text.Json.Serialization;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Access.Contracts;

/// <summary>What somebody may be within a scope.</summary>
[JsonConverter(typeof(WireNameConverter<Role>))]
public enum Role
{
    /// <summary>Installs, upgrades, backs up, watches. Scope: the installation.</summary>
    [JsonStringEnumMemberName("operator")]
    Operator,

    /// <summary>Leads a cluster. Scope: a cluster.</summary>
    [JsonStringEnumMemberName("coordinator")]
    Coordinator,

    /// <summary>Entrepreneur or manager of a firm. Scope: a firm.</summary>
    [JsonStringEnumMemberName("manager")]
    Manager,

    /// <summary>Works in a firm. Scope: a firm.</summary>
    [JsonStringEnumMemberName("member")]
    Member,

    /// <summary>Trainer, mentor or peer coach of a firm. Scope: a firm.</summary>
    [JsonStringEnumMemberName("trainer")]
    Trainer,

    /// <summary>Rates evidence against a standard. Scope: a cluster.</summary>
    [JsonStringEnumMemberName("assessor")]
    Assessor,

    /// <summary>Grants, declines, suspends, withdraws. Scope: a cluster.</summary>
    [JsonStringEnumMemberName("decision-maker")]
    DecisionMaker,

    /// <summary>Keeps a community of practice going. Scope: a community.</summary>
    [JsonStringEnumMemberName("facilitator")]
    Facilitator,

    /// <summary>Answers for a community's objective and gives it time. Scope: a community.</summary>
    [JsonStringEnumMemberName("sponsor")]
    Sponsor,

    /// <summary>Runs a mentoring programme: matches, goals, reviews. Scope: a programme.</summary>
    [JsonStringEnumMemberName("programme-lead")]
    ProgrammeLead,

    /// <summary>Mentors within a programme. Scope: a programme.</summary>
    [JsonStringEnumMemberName("mentor")]
    Mentor,

    /// <summary>External; verifies, reads and replays within a grant. Scope: a cluster.</summary>
    [JsonStringEnumMemberName("auditor")]
    Auditor,
}

/// <summary>What kind of thing a role is scoped to.</summary>
[JsonConverter(typeof(WireNameConverter<ScopeKind>))]
public enum ScopeKind
{
    [JsonStringEnumMemberName("installation")]
    Installation,

    [JsonStringEnumMemberName("cluster")]
    Cluster,

    /// <summary>A community of practice.</summary>
    [JsonStringEnumMemberName("community")]
    Community,

    /// <summary>A mentoring programme.</summary>
    [JsonStringEnumMemberName("programme")]
    Programme,

    [JsonStringEnumMemberName("firm")]
    Firm,
}

/// <summary>Where a role holds.</summary>
/// <param name="Id">The cluster's or firm's id; the empty UUID for the installation.</param>
public sealed record RoleScope(ScopeKind Kind, Guid Id)
{
    public static RoleScope Installation { get; } = new(ScopeKind.Installation, Guid.Empty);

    public static RoleScope Cluster(IId id) => new(ScopeKind.Cluster, id.Value);

    public static RoleScope Firm(IId id) => new(ScopeKind.Firm, id.Value);
}

/// <summary>A role that somebody holds now.</summary>
public sealed record HeldRole(Role Role, RoleScope Scope);
