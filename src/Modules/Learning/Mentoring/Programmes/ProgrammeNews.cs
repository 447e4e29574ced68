using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Learning.Mentoring.Programmes;

/// <summary>Tells who is invited.</summary>
internal sealed class ProgrammeNews(INotices notices, TimeProvider clock) : News<ProgrammeEvent>(notices, clock)
{
    public override string Name => "notices/mentoring-programmes";

    public override string Module => LearningModule.Name;

    public static void Declare(IServiceCollection services)
    {
        services.AddNoticeKind(new("mentoring-invited", "learning", typeof(MentoringTexts), NoticeMail.AtOnce));
        services.AddNews<ProgrammeNews>();
    }

    protected override Task<IReadOnlyList<Notice>> Of(Recorded<ProgrammeEvent> recorded, CancellationToken ct) => Task.FromResult<IReadOnlyList<Notice>>(
        recorded.Fact is ProgrammeInvited e ? [new(e.Person, "mentoring-invited", recorded.Id, $"/mentoring/programmes/{recorded.Stream}")] : []);
}
