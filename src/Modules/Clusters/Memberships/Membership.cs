using System.Diagnostics;
using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Clusters.Memberships;

/// <summary>Cluster and firm stand in every fact, so that each can be understood alone. Reasons are their writers' words.</summary>
internal abstract record MembershipEvent;

[StoredAs("membership_applied")]
internal sealed record MembershipApplied(
    Id<Cluster> Cluster, Id<Firm> Firm, Id<Person> By,
    [PersonalData(nameof(MembershipApplied.By), KeyClass.FreeText)] Personal<string> Reason, DateTimeOffset At) : MembershipEvent;

/// <param name="JoinedOn">The first day of membership; earlier than the fact when an existing list of members was taken over.</param>
[StoredAs("membership_admitted")]
internal sealed record MembershipAdmitted(
    Id<Cluster> Cluster, Id<Firm> Firm, Id<Person> By,
    [PersonalData(nameof(MembershipAdmitted.By), KeyClass.FreeText)] Personal<string> Reason, DateOnly JoinedOn,
    DateTimeOffset At) : MembershipEvent;

[StoredAs("membership_rejected")]
internal sealed record MembershipRejected(
    Id<Cluster> Cluster, Id<Firm> Firm, Id<Person> By,
    [PersonalData(nameof(MembershipRejected.By), KeyClass.FreeText)] Personal<string> Reason, DateTimeOffset At) : MembershipEvent;

[StoredAs("membership_suspended")]
internal sealed record MembershipSuspended(
    Id<Cluster> Cluster, Id<Firm> Firm, Id<Person> By,
    [PersonalData(nameof(MembershipSuspended.By), KeyClass.FreeText)] Personal<string> Reason, DateTimeOffset At) : MembershipEvent;

[StoredAs("membership_readmitted")]
internal sealed record MembershipReadmitted(
    Id<Cluster> Cluster, Id<Firm> Firm, Id<Person> By,
    [PersonalData(nameof(MembershipReadmitted.By), KeyClass.FreeText)] Personal<string> Reason, DateTimeOffset At) : MembershipEvent;

[StoredAs("membership_left")]
internal sealed record MembershipLeft(
    Id<Cluster> Cluster, Id<Firm> Firm, Id<Person> By,
    [PersonalData(nameof(MembershipLeft.By), KeyClass.FreeText)] Personal<string> Reason, DateTimeOffset At) : MembershipEvent;

/// <summary>One firm's membership in one cluster: applied, then admitted or rejected; suspended and readmitted; left.</summary>
internal abstract record Membership : IState<Membership, MembershipEvent>
{
    public sealed record None : Membership;

    public sealed record Applied(Id<Cluster> Cluster, Id<Firm> Firm) : Membership;

    public sealed record Admitted(Id<Cluster> Cluster, Id<Firm> Firm) : Membership;

    public sealed record Suspended(Id<Cluster> Cluster, Id<Firm> Firm) : Membership;

    /// <summary>Rejected or left: the firm may apply again.</summary>
    public sealed record Over : Membership;

    public static Membership Initial { get; } = new None();

    public static Guid IdOf(Id<Cluster> cluster, Id<Firm> firm) => NamedGuid.Of("membership", cluster.ToString(), firm.ToString());

    public static Membership Evolve(Membership state, MembershipEvent fact) => fact switch
    {
        MembershipApplied e => new Applied(e.Cluster, e.Firm),
        MembershipAdmitted e => new Admitted(e.Cluster, e.Firm),
        MembershipReadmitted e => new Admitted(e.Cluster, e.Firm),
        MembershipSuspended e => new Suspended(e.Cluster, e.Firm),
        MembershipRejected or MembershipLeft => new Over(),
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

[JsonConverter(typeof(JsonStringEnumConverter<MembershipState>))]
internal enum MembershipState
{
    [JsonStringEnumMemberName("applied")]
    Applied,

    [JsonStringEnumMemberName("admitted")]
    Admitted,

    [JsonStringEnumMemberName("rejected")]
    Rejected,

    [JsonStringEnumMemberName("suspended")]
    Suspended,

    [JsonStringEnumMemberName("left")]
    Left,
}

/// <param name="By">Who brought about the present state, for <paramref name="Reason"/>.</param>
internal sealed record MembershipRow(
    Guid Id, Id<Cluster> Cluster, Id<Firm> Firm, MembershipState State, Id<Person> By, Personal<string> Reason, DateOnly? JoinedOn,
    DateTimeOffset ChangedAt, long Version);

internal sealed class MembershipRows() : InlineProjection<MembershipEvent, MembershipRow>(ClustersModule.Name, Table)
{
    public static readonly Table<MembershipRow> Table = new(ClustersModule.Name, "memberships", nameof(MembershipRow.Id))
    {
        Indexes = ["(cluster, firm)", "(firm) where state = 'admitted'"],
    };

    protected override MembershipRow? Apply(MembershipRow? row, Recorded<MembershipEvent> recorded)
    {
        var (id, version, joined) = (recorded.Stream, recorded.Version, row?.JoinedOn);
        return recorded.Fact switch
        {
            MembershipApplied e => new(id, e.Cluster, e.Firm, MembershipState.Applied, e.By, e.Reason, null, e.At, version),
            MembershipAdmitted e => new(id, e.Cluster, e.Firm, MembershipState.Admitted, e.By, e.Reason, e.JoinedOn, e.At, version),
            MembershipRejected e => new(id, e.Cluster, e.Firm, MembershipState.Rejected, e.By, e.Reason, null, e.At, version),
            MembershipSuspended e => new(id, e.Cluster, e.Firm, MembershipState.Suspended, e.By, e.Reason, joined, e.At, version),
            MembershipReadmitted e => new(id, e.Cluster, e.Firm, MembershipState.Admitted, e.By, e.Reason, joined, e.At, version),
            MembershipLeft e => new(id, e.Cluster, e.Firm, MembershipState.Left, e.By, e.Reason, joined, e.At, version),
            _ => row,
        };
    }
}
