using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Resources;
using ClusterNet.EventStore;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Clusters.Memberships;

/// <summary>Tells a cluster's coordinators which firm applies, and a firm's managers what was decided. Reasons are read there.</summary>
internal sealed class MembershipNews(INotices notices, IRoles roles, IFirmDirectory directory, TimeProvider clock) : News<MembershipEvent>(notices, clock)
{
    public override string Name => "notices/memberships";

    public override string Module => ClustersModule.Name;

    public static void Declare(IServiceCollection services)
    {
        foreach (var kind in new[] { "membership-applied", "membership-admitted", "membership-rejected", "membership-suspended", "membership-readmitted" })
            services.AddNoticeKind(new(kind, "firm", typeof(NoticeTexts), NoticeMail.AtOnce));
        services.AddNews<MembershipNews>();
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<MembershipEvent> recorded, CancellationToken ct) => recorded.Fact switch
    {
        MembershipApplied e => await ToCoordinators(e, recorded.Id, ct),
        MembershipAdmitted e => await ToManagers("membership-admitted", e.Cluster, e.Firm, e.By, recorded.Id, ct),
        MembershipRejected e => await ToManagers("membership-rejected", e.Cluster, e.Firm, e.By, recorded.Id, ct),
        MembershipSuspended e => await ToManagers("membership-suspended", e.Cluster, e.Firm, e.By, recorded.Id, ct),
        MembershipReadmitted e => await ToManagers("membership-readmitted", e.Cluster, e.Firm, e.By, recorded.Id, ct),
        _ => [],
    };

    private async Task<IReadOnlyList<Notice>> ToCoordinators(MembershipApplied e, Guid cause, CancellationToken ct)
    {
        var firm = (await directory.Cards([e.Firm], ct)).GetValueOrDefault(e.Firm)?.Name;
        return ToAll(
            await roles.Holders(Role.Coordinator, RoleScope.Cluster(e.Cluster), ct), e.By,
            p => new(p, "membership-applied", cause, $"/clusters/{e.Cluster}", Subject: firm));
    }

    private async Task<IReadOnlyList<Notice>> ToManagers(string kind, Id<Cluster> cluster, Id<Firm> firm, Id<Person> by, Guid cause, CancellationToken ct)
    {
        var name = await directory.ClusterName(cluster, ct);
        return ToAll(await roles.Holders(Role.Manager, RoleScope.Firm(firm), ct), by, p => new(p, kind, cause, $"/clusters/{cluster}", Subject: name));
    }
}
