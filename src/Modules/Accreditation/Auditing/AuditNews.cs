using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Resources;
using ClusterNet.EventStore;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Accreditation.Auditing;

/// <summary>Tells people that an auditor read about them: once a day for each auditor, however much was read. Who and why stands with the reads.</summary>
internal sealed class AuditNews(INotices notices, Database database, TimeProvider clock) : News<AuditTrailEvent>(notices, clock)
{
    public override string Name => "notices/auditing";

    public override string Module => AccreditationModule.Name;

    public static void Declare(IServiceCollection services) =>
        services.AddNoticeKind(new("dossier-read", "privacy", typeof(NoticeTexts), NoticeMail.Digest)).AddNews<AuditNews>();

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<AuditTrailEvent> recorded, CancellationToken ct)
    {
        if (recorded.Fact is not AuditorRead e) return [];
        // What was read of a cluster's list concerns nobody alone.
        var ids = e.Target.Split('/', '?').Select(part => Guid.TryParse(part, out var id) ? id : Guid.Empty).ToArray();
        var people = await database.Query(
            AccreditationModule.Name, Statement.Of("select id, candidate from accreditation.applications where id = any($1)", [ids]),
            r => (Application: r.GetGuid(0), Candidate: new Id<Person>(r.GetGuid(1))), ct);
        return
        [
            .. people.Where(p => p.Candidate != e.Auditor).Select(p => new Notice(
                p.Candidate, "dossier-read", NamedGuid.Of("dossier-read", e.Auditor.ToString(), p.Application.ToString(), $"{recorded.At.UtcDateTime:yyyy-MM-dd}"),
                $"/accreditation/applications/{p.Application}", e.Auditor)),
        ];
    }
}
