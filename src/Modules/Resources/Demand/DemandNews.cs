using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Resources;
using ClusterNet.Skills.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Resources.Demand;

/// <summary>
/// Tells of a session that was planned: who wished for its skill, and managers of firms whose people could use it. What managers are told counts gaps and
/// wishes of their own people, which they may read one by one, and never plans.
/// </summary>
internal sealed class DemandNews(INotices notices, Wishes wishes, ISkillGaps gaps, IRoles roles, TimeProvider clock) : News<DemandEvent>(notices, clock)
{
    public override string Name => "notices/demand";

    public override string Module => ResourcesModule.Name;

    public static void Declare(IServiceCollection services)
    {
        foreach (var kind in new[] { "demand-wished", "demand-firm" }) services.AddNoticeKind(new(kind, "resources", typeof(NoticeTexts), NoticeMail.AtOnce));
        services.AddNews<DemandNews>();
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<DemandEvent> recorded, CancellationToken ct)
    {
        if (recorded.Fact is not DemandProposalPlanned planned) return [];
        var page = $"/sessions/{planned.Session}";
        var wished = (await wishes.Of(planned.Cluster, ct)).Where(w => w.SkillUri == planned.SkillUri).ToList();
        var people = (await gaps.DemandOf(planned.Cluster, ct)).Where(g => g.SkillUri == planned.SkillUri && g.Firm is not null).ToDictionary(g => g.Firm ?? default, g => g.BelowLevel);
        foreach (var firm in wished.GroupBy(w => w.Firm)) people[firm.Key] = Math.Max(people.GetValueOrDefault(firm.Key), firm.Count());
        List<Notice> told = [.. ToAll(wished.Select(w => w.Person), null, p => new(p, "demand-wished", recorded.Id, page))];
        foreach (var (firm, count) in people.Where(p => p.Value > 0))
        {
            var managers = await roles.Holders(Role.Manager, RoleScope.Firm(firm), ct);
            told.AddRange(ToAll(managers, planned.By, p => new(p, "demand-firm", recorded.Id, page, Subject: count.ToString(CultureInfo.InvariantCulture))));
        }

        return told;
    }
}
