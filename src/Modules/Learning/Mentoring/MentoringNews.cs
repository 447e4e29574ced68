using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Learning.Mentoring;

/// <summary>Tells one of the two what the other did, and coordinators that help is asked. What was said is read on the page of the two.</summary>
internal sealed class MentoringNews(INotices notices, Streams<Pair, PairEvent> pairs, IRoles roles, TimeProvider clock) : News<PairEvent>(notices, clock)
{
    public override string Name => "notices/mentoring";

    public override string Module => LearningModule.Name;

    public static void Declare(IServiceCollection services)
    {
        foreach (var (name, mail) in new[]
        {
            ("mentoring-asked", NoticeMail.AtOnce), ("mentoring-proposed", NoticeMail.AtOnce), ("mentoring-accepted", NoticeMail.AtOnce), ("mentoring-declined", NoticeMail.AtOnce), ("mentoring-ended", NoticeMail.AtOnce),
            ("mentoring-planned", NoticeMail.Digest), ("mentoring-cancelled", NoticeMail.AtOnce), ("mentoring-logged", NoticeMail.Digest), ("mentoring-feedback", NoticeMail.Digest),
            ("mentoring-missed", NoticeMail.Digest), ("mentoring-help", NoticeMail.AtOnce),
        }) services.AddNoticeKind(new(name, "learning", typeof(MentoringTexts), mail));
        services.AddNews<MentoringNews>();
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<PairEvent> recorded, CancellationToken ct)
    {
        if ((await pairs.Load(recorded.Stream, ct)).State is not Pair.Kept pair) return [];
        var page = $"/mentoring/pairs/{recorded.Stream}";
        return recorded.Fact switch
        {
            MentoringAsked e when e.By == e.Mentee => Told("mentoring-asked", e.By),
            MentoringAsked e => [.. new[] { e.Mentor, e.Mentee }.Select(p => new Notice(p, "mentoring-proposed", recorded.Id, page, pair.OtherThan(p)))],
            MentoringAccepted { Begins: true } e => Told("mentoring-accepted", e.By),
            MentoringDeclined e => Told("mentoring-declined", e.By),
            MentoringEnded e => Told("mentoring-ended", e.By),
            MentoringSessionPlanned e => Told("mentoring-planned", e.By),
            MentoringSessionCancelled e => Told("mentoring-cancelled", e.By),
            MentoringSessionLogged e => Told("mentoring-logged", e.By),
            MentoringFeedbackGiven e => Told("mentoring-feedback", e.By),
            // Once to each for each time that was missed.
            MentoringRhythmMissed => [.. new[] { pair.Mentor, pair.Mentee }.Select(p => new Notice(p, "mentoring-missed", recorded.Id, page, pair.OtherThan(p)))],
            MentoringHelpCalled e => ToAll(
                await roles.Holders(Role.Coordinator, RoleScope.Cluster(e.Cluster), ct), e.By,
                p => new(p, "mentoring-help", recorded.Id, $"/mentoring/clusters/{e.Cluster}/help", e.By)),
            _ => [],
        };

        Notice[] Told(string kind, Id<Person> by) => [new(pair.OtherThan(by), kind, recorded.Id, page, by)];
    }
}
