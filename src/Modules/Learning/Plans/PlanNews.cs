using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Learning.Plans;

/// <summary>Tells one of the two what the other did, and the person once when the day of an activity is near.</summary>
internal sealed class PlanNews(INotices notices, Streams<Plan, PlanEvent> plans, TimeProvider clock) : News<PlanEvent>(notices, clock)
{
    public override string Name => "notices/plans";

    public override string Module => LearningModule.Name;

    public static void Declare(IServiceCollection services)
    {
        foreach (var (name, mail) in new[]
        {
            ("plan-proposed", NoticeMail.AtOnce), ("plan-agreed", NoticeMail.AtOnce), ("plan-declined", NoticeMail.AtOnce), ("plan-closed", NoticeMail.Digest),
            ("plan-talk", NoticeMail.Digest), ("plan-near", NoticeMail.Digest),
        }) services.AddNoticeKind(new(name, "learning", typeof(PlanTexts), mail));
        services.AddNews<PlanNews>();
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<PlanEvent> recorded, CancellationToken ct)
    {
        if ((await plans.Load(recorded.Stream, ct)).State is not Plan.Kept plan) return [];
        var page = $"/plans/{recorded.Stream}";
        return recorded.Fact switch
        {
            PlanProposed e => Told("plan-proposed", e.By),
            PlanAgreed e => Told("plan-agreed", e.By),
            PlanDeclined e => Told("plan-declined", e.By),
            PlanClosed e => Told("plan-closed", e.By),
            PlanTalkNoted e => Told("plan-talk", e.By),
            PlanActivityNear => [new(plan.Person, "plan-near", recorded.Id, page)],
            _ => [],
        };

        Notice[] Told(string kind, Id<Person> by) => [new(plan.OtherThan(by), kind, recorded.Id, page, by)];
    }
}
