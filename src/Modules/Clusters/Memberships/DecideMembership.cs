using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Clusters.Memberships;

/// <summary>Admits a firm that applied.</summary>
internal sealed record AdmitFirm(string Reason, DateOnly JoinedOn, Id<Person> By, DateTimeOffset Now) : ICommand<Membership, MembershipEvent>
{
    public static readonly Refusal NotApplied = new(
        "membership-not-applied", "The firm has no open application in this cluster. Its manager has to apply first.");

    public Decision<MembershipEvent> Decide(Membership state) => state switch
    {
        Membership.Applied a => new MembershipAdmitted(a.Cluster, a.Firm, By, Reason, JoinedOn, Now),
        Membership.Admitted => Decision<MembershipEvent>.Nothing,
        Membership.Suspended => ApplyForMembership.IsSuspended,
        _ => NotApplied,
    };
}

/// <summary>Takes a firm over from a list of the cluster's members.</summary>
internal sealed record EnrolFirm(Id<Cluster> Cluster, Id<Firm> Firm, string Reason, DateOnly JoinedOn, Id<Person> By, DateTimeOffset Now)
    : ICommand<Membership, MembershipEvent>
{
    public static readonly Refusal IsOver = new(
        "membership-over",
        "The firm was rejected, suspended, or has left. Readmit it, or let it apply again; or take the row out of the list.");

    public Decision<MembershipEvent> Decide(Membership state) => state switch
    {
        Membership.None or Membership.Applied => new MembershipAdmitted(Cluster, Firm, By, Reason, JoinedOn, Now),
        Membership.Admitted => Decision<MembershipEvent>.Nothing,
        _ => IsOver,
    };
}

internal sealed record RejectFirm(string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<Membership, MembershipEvent>
{
    public static readonly Refusal AlreadyAdmitted = new("membership-admitted", "The firm is a member already. Suspend the membership instead.");

    public Decision<MembershipEvent> Decide(Membership state) => state switch
    {
        Membership.Applied a => new MembershipRejected(a.Cluster, a.Firm, By, Reason, Now),
        Membership.Admitted or Membership.Suspended => AlreadyAdmitted,
        _ => AdmitFirm.NotApplied,
    };
}

internal sealed record SuspendFirm(string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<Membership, MembershipEvent>
{
    public static readonly Refusal NotMember = new("membership-not-admitted", "The firm is no member of this cluster now. Look at the state of its membership.");

    public Decision<MembershipEvent> Decide(Membership state) => state switch
    {
        Membership.Admitted a => new MembershipSuspended(a.Cluster, a.Firm, By, Reason, Now),
        Membership.Suspended => Decision<MembershipEvent>.Nothing,
        _ => NotMember,
    };
}

internal sealed record ReadmitFirm(string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<Membership, MembershipEvent>
{
    public static readonly Refusal NotSuspended = new("membership-not-suspended", "The firm's membership is not suspended. Look at the state of its membership.");

    public Decision<MembershipEvent> Decide(Membership state) => state switch
    {
        Membership.Suspended s => new MembershipReadmitted(s.Cluster, s.Firm, By, Reason, Now),
        Membership.Admitted => Decision<MembershipEvent>.Nothing,
        _ => NotSuspended,
    };
}

/// <summary>The firm leaves, or takes back its application.</summary>
internal sealed record LeaveCluster(string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<Membership, MembershipEvent>
{
    public Decision<MembershipEvent> Decide(Membership state) => state switch
    {
        Membership.Applied m => new MembershipLeft(m.Cluster, m.Firm, By, Reason, Now),
        Membership.Admitted m => new MembershipLeft(m.Cluster, m.Firm, By, Reason, Now),
        Membership.Suspended m => new MembershipLeft(m.Cluster, m.Firm, By, Reason, Now),
        Membership.Over => Decision<MembershipEvent>.Nothing,
        _ => SuspendFirm.NotMember,
    };
}
