using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Resources;
using ClusterNet.EventStore;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Accreditation.Applications;

/// <summary>Tells assessors what they are to assess, and candidates how their application goes on. Only the standard is named.</summary>
internal sealed class ApplicationNews(INotices notices, Database database, TimeProvider clock) : News<ApplicationEvent>(notices, clock)
{
    public override string Name => "notices/applications";

    public override string Module => AccreditationModule.Name;

    public static void Declare(IServiceCollection services)
    {
        foreach (var kind in new[] { "assessor-assigned", "more-evidence-asked", "application-granted", "application-declined" })
            services.AddNoticeKind(new(kind, "accreditation", typeof(NoticeTexts), NoticeMail.AtOnce));
        services.AddNews<ApplicationNews>();
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<ApplicationEvent> recorded, CancellationToken ct) => recorded.Fact switch
    {
        ApplicationAssessorAssigned e => [await Tell(e.Assessor.Person, "assessor-assigned", recorded, ct)],
        ApplicationMoreEvidenceAsked e => [await Tell(e.Candidate, "more-evidence-asked", recorded, ct)],
        ApplicationGranted e => [await Tell(e.Candidate, "application-granted", recorded, ct)],
        ApplicationDeclined e => [await Tell(e.Candidate, "application-declined", recorded, ct)],
        _ => [],
    };

    private async Task<Notice> Tell(Id<Person> to, string kind, Recorded<ApplicationEvent> recorded, CancellationToken ct)
    {
        var titles = await database.Query(
            AccreditationModule.Name,
            Statement.Of("select s.title from accreditation.applications a join accreditation.standards s on s.id = a.standard where a.id = $1", recorded.Stream),
            r => r.GetString(0), ct);
        return new(to, kind, recorded.Id, $"/accreditation/applications/{recorded.Stream}", Subject: titles.FirstOrDefault());
    }
}
