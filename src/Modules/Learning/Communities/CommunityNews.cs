using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Learning.Communities;

/// <summary>Tells sponsors and facilitators of their office, and members that a community closes.</summary>
internal sealed class CommunityNews(INotices notices, CommunityReads reads, CommunityDesk desk, TimeProvider clock) : News<CommunityEvent>(notices, clock)
{
    public override string Name => "notices/communities";

    public override string Module => LearningModule.Name;

    public static void Declare(IServiceCollection services)
    {
        foreach (var (name, mail) in new[]
        {
            ("community-sponsored", NoticeMail.AtOnce), ("community-facilitated", NoticeMail.AtOnce), ("community-closed", NoticeMail.Digest),
        }) services.AddNoticeKind(new(name, "learning", typeof(CommunityTexts), mail));
        services.AddNews<CommunityNews>();
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<CommunityEvent> recorded, CancellationToken ct)
    {
        if (await reads.Find(new(recorded.Stream), ct) is not { } row) return [];
        return recorded.Fact switch
        {
            CommunityFounded { Sponsor: { } sponsor } e => To([sponsor], e.By, "community-sponsored", OnceFor(sponsor)),
            CommunityChanged { Sponsor: { } sponsor } e when row.Sponsor == sponsor => To([sponsor], e.By, "community-sponsored", OnceFor(sponsor)),
            CommunityFacilitatorAppointed e => To([e.Person], e.By, "community-facilitated"),
            CommunityClosed e => To(
                [.. await desk.Readers(row.Cluster, [.. (await desk.Members(row.Id, ct)).Select(m => m.Person)], ct)], e.By, "community-closed"),
            _ => [],
        };

        Guid OnceFor(Id<Person> person) => NamedGuid.Of("community-sponsor", row.Id.ToString(), person.ToString());

        IReadOnlyList<Notice> To(IEnumerable<Id<Person>> people, Id<Person> by, string kind, Guid? cause = null) =>
            ToAll(people, by, p => new(p, kind, cause ?? recorded.Id, $"/communities/{recorded.Stream}", by, row.Name));
    }
}

/// <summary>Rows of communities for what acts for nobody in particular.</summary>
internal sealed class CommunityReads(Database database)
{
    public async Task<CommunityRow?> Find(Id<Community> id, CancellationToken ct) => (await database.Query(
        LearningModule.Name, Statement.Of(CommunityRows.Table.Select("where id = $1"), id.Value), CommunityRows.Table.Read, ct)).FirstOrDefault();
}
