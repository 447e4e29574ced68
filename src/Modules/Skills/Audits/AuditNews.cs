using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Skills.Audits;

/// <summary>Tells raters what waits for them, managers that they are asked, and the rated that there are results.</summary>
internal sealed class AuditNews(INotices notices, AuditReads reads, IFirmDirectory directory, TimeProvider clock) : News<CampaignEvent>(notices, clock)
{
    public override string Name => "notices/skills-audits";

    public override string Module => SkillsModule.Name;

    public static void Declare(IServiceCollection services)
    {
        foreach (var (name, mail) in new[]
        {
            ("audit-asked", NoticeMail.AtOnce), ("audit-begun", NoticeMail.AtOnce), ("audit-reminder", NoticeMail.AtOnce), ("audit-deadline-moved", NoticeMail.Digest),
            ("audit-closed", NoticeMail.Digest), ("audit-cancelled", NoticeMail.Digest),
        }) services.AddNoticeKind(new(name, "firm", typeof(AuditTexts), mail));
        services.AddNews<AuditNews>();
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<CampaignEvent> recorded, CancellationToken ct)
    {
        if (await reads.Find(new(recorded.Stream), ct) is not { } audit) return [];
        var page = $"/skills-audits/{recorded.Stream}";
        return recorded.Fact switch
        {
            AuditOpened { Cluster: not null } e => ToAll(await Managers(e.Firms, ct), e.By, p => new(p, "audit-asked", recorded.Id, page)),
            AuditFirmJoined e => ToAll((await Waiting(audit, ct)).Where(a => a.Firm == e.Firm).Select(a => a.Rater), null, p => new(p, "audit-begun", recorded.Id, page)),
            AuditReminded => ToAll((await Waiting(audit, ct)).Select(a => a.Rater), null, p => new(p, "audit-reminder", recorded.Id, page)),
            AuditDeadlineMoved e => ToAll((await Waiting(audit, ct)).Select(a => a.Rater), e.By, p => new(p, "audit-deadline-moved", recorded.Id, page)),
            AuditPeersChosen e => ToAll(
                (await Waiting(audit, ct)).Where(a => a.Person == e.Person && a.Kind == RaterKind.Peer).Select(a => a.Rater), e.By,
                p => new(p, "audit-begun", NamedGuid.Of("audit-peer", recorded.Stream.ToString(), p.ToString()), page)),
            AuditClosed => ToAll(
                (await reads.People(audit.Id, ct)).Where(p => !p.HasLeft).Select(p => p.Person), null,
                p => new(p, "audit-closed", recorded.Id, $"/skills-audits/{recorded.Stream}/results/{p}")),
            AuditCancelled e => ToAll((await reads.People(audit.Id, ct)).Where(p => !p.HasLeft).Select(p => p.Person), e.By, p => new(p, "audit-cancelled", recorded.Id, page)),
            _ => [],
        };
    }

    /// <summary>Who still has something to send, as it is now.</summary>
    private async Task<IReadOnlyList<Campaign.Assignment>> Waiting(AuditRow audit, CancellationToken ct)
    {
        if (!audit.Takes) return [];
        var sent = (await reads.Sheets(audit.Id, ct)).Where(s => s.SentAt is not null).Select(s => (s.Rater, s.Person)).ToHashSet();
        return [.. AuditReads.Assignments(audit, await reads.People(audit.Id, ct)).Where(a => !sent.Contains((a.Rater, a.Person)))];
    }

    private async Task<IEnumerable<Id<Person>>> Managers(IReadOnlyCollection<Id<Firm>> firms, CancellationToken ct) =>
        (await directory.EmployedBy(firms, ct)).Where(e => e.Position is Position.Owner or Position.Manager).Select(e => e.Person);
}
