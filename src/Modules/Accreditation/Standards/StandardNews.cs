using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Resources;
using ClusterNet.EventStore;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Accreditation.Standards;

/// <summary>Tells whoever has an application that is not submitted that a newer version takes over, and so where to look what becomes of it.</summary>
internal sealed class StandardNews(INotices notices, Database database, TimeProvider clock) : News<StandardEvent>(notices, clock)
{
    private const string NewVersion = "standard-new-version";

    public override string Name => "notices/standards";

    public override string Module => AccreditationModule.Name;

    public static void Declare(IServiceCollection services)
    {
        services.AddNoticeKind(new(NewVersion, "accreditation", typeof(NoticeTexts), NoticeMail.AtOnce));
        services.AddNews<StandardNews>();
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<StandardEvent> recorded, CancellationToken ct)
    {
        if (recorded.Fact is not StandardPublished
            || await Standards.Rows("where id = $1", database, ct, recorded.Stream) is not [{ Former: { } former } row, ..]) return [];
        var open = await database.Query(
            AccreditationModule.Name,
            Statement.Of(Applications.Applications.Table.Select("where standard = $1 and phase in ('draft', 'more-evidence-asked') order by id"), former.Value),
            Applications.Applications.Table.Read, ct);
        return [.. open.Select(a => new Notice(a.Candidate, NewVersion, recorded.Id, $"/accreditation/applications/{a.Id}/evidence", Subject: row.Title))];
    }
}
