using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Resources;
using ClusterNet.EventStore;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Accreditation.Credentials;

/// <summary>Tells holders what became of their credential.</summary>
internal sealed class CredentialNews(INotices notices, Database database, TimeProvider clock) : News<CredentialEvent>(notices, clock)
{
    public override string Name => "notices/credentials";

    public override string Module => AccreditationModule.Name;

    public static void Declare(IServiceCollection services)
    {
        foreach (var kind in new[] { "credential-suspended", "credential-reinstated", "credential-withdrawn" })
            services.AddNoticeKind(new(kind, "accreditation", typeof(NoticeTexts), NoticeMail.AtOnce));
        services.AddNews<CredentialNews>();
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<CredentialEvent> recorded, CancellationToken ct)
    {
        var (holder, kind) = recorded.Fact switch
        {
            CredentialSuspended e => (e.Holder, "credential-suspended"),
            CredentialReinstated e => (e.Holder, "credential-reinstated"),
            CredentialWithdrawn e => (e.Holder, "credential-withdrawn"),
            _ => (default(Id<Person>), ""),
        };
        if (kind.Length == 0) return [];
        var rows = await database.Query(
            AccreditationModule.Name, Statement.Of("select title, number from accreditation.credentials where id = $1", recorded.Stream),
            r => (Title: r.GetString(0), Number: r.GetString(1)), ct);
        return [.. rows.Select(r => new Notice(holder, kind, recorded.Id, $"/verify?number={r.Number}", Subject: r.Title))];
    }
}
