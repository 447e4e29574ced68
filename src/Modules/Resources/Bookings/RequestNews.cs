using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Resources;
using ClusterNet.Resources.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Resources.Bookings;

/// <summary>Tells owners that they are asked, and those who asked what the answer is.</summary>
internal sealed class RequestNews(INotices notices, Streams<Session, SessionEvent> sessions, IRoles roles, TimeProvider clock) : News<SessionEvent>(notices, clock)
{
    public override string Name => "notices/session-requests";

    public override string Module => ResourcesModule.Name;

    public static void Declare(IServiceCollection services)
    {
        foreach (var kind in new[] { "session-requested", "session-request-approved", "session-request-declined" })
            services.AddNoticeKind(new(kind, "resources", typeof(NoticeTexts), NoticeMail.AtOnce));
        services.AddNews<RequestNews>();
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<SessionEvent> recorded, CancellationToken ct) => recorded.Fact switch
    {
        SessionRequested e => ToAll(await Managers(e.Owners, ct), e.By, p => Tell(p, "session-requested", recorded)),
        SessionRequestMoved e => ToAll(await Managers(e.Owners, ct), e.By, p => Tell(p, "session-requested", recorded)),
        SessionConfirmed => ToAll(await Organisers(recorded, ct), null, p => Tell(p, "session-request-approved", recorded)),
        SessionRequestDeclined e => ToAll(await Organisers(recorded, ct), e.By, p => Tell(p, "session-request-declined", recorded)),
        _ => [],
    };

    private static Notice Tell(Id<Person> person, string kind, Recorded<SessionEvent> recorded) => new(person, kind, recorded.Id, $"/sessions/{recorded.Stream}");

    private async Task<IEnumerable<Id<Person>>> Organisers(Recorded<SessionEvent> recorded, CancellationToken ct) =>
        Sessions.Sessions.Of((await sessions.Load(recorded.Stream, ct)).Events) is { } session ? [session.BookedBy, .. await Managers([session.Firm], ct)] : [];

    private async Task<IReadOnlyList<Id<Person>>> Managers(IEnumerable<Id<Firm>> firms, CancellationToken ct)
    {
        var people = new List<Id<Person>>();
        foreach (var firm in firms) people.AddRange(await roles.Holders(Role.Manager, RoleScope.Firm(firm), ct));
        return people;
    }
}
