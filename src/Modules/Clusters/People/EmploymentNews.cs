using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Resources;
using ClusterNet.EventStore;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Clusters.People;

/// <summary>Tells people what others changed of their place in a firm.</summary>
internal sealed class EmploymentNews(INotices notices, IFirmDirectory directory, TimeProvider clock) : News<EmploymentEvent>(notices, clock)
{
    public override string Name => "notices/employments";

    public override string Module => ClustersModule.Name;

    public static void Declare(IServiceCollection services)
    {
        foreach (var kind in new[] { "employment-began", "employment-position-changed" })
            services.AddNoticeKind(new(kind, "firm", typeof(NoticeTexts), NoticeMail.Digest));
        services.AddNews<EmploymentNews>();
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<EmploymentEvent> recorded, CancellationToken ct) => recorded.Fact switch
    {
        EmploymentBegan e when e.By != e.Person => [await Tell("employment-began", e.Person, e.Firm, recorded.Id, ct)],
        EmploymentPositionChanged e when e.By != e.Person => [await Tell("employment-position-changed", e.Person, e.Firm, recorded.Id, ct)],
        _ => [],
    };

    private async Task<Notice> Tell(string kind, Id<Person> person, Id<Firm> firm, Guid cause, CancellationToken ct) =>
        new(person, kind, cause, $"/firms/{firm}", Subject: (await directory.Cards([firm], ct)).GetValueOrDefault(firm)?.Name);
}
