using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Resources;
using ClusterNet.Resources.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Resources.Bookings;

/// <summary>Tells owners that they are asked, or no longer, and those who asked what the answer is.</summary>
internal sealed class RequestNews(INotices notices, Streams<Session, SessionEvent> sessions, IRoles roles, TimeProvider clock) : News<SessionEvent>(notices, clock)
{
    public override string Name => "notices/session-requests";

    public override string Module => ResourcesModule.Name;

    public static void Declare(IServiceCollection services)
    {
        foreach (var kind in new[] { "session-requested", "session-request-withdrawn", "session-request-approved", "session-request-declined" })
            services.AddNoticeKind(new(kind, "resources", typeof(NoticeTexts), NoticeMail.AtOnce));
        services.AddNews<RequestNews>();
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<SessionEvent> recorded, CancellationToken ct) => recorded.Fact switch
    {
        SessionRequested e => await Owners("session-requested", e.Owners, e.By, e.Series, e.At, recorded, ct),
        SessionRequestMoved e => await Owners("session-requested", e.Owners, e.By, null, e.At, recorded, ct),
        SessionCancelled e when (await sessions.Load(recorded.Stream, new AsOf.Version(recorded.Version - 1), ct)).State is Session.Requested { Declined: false } asked =>
            await Owners("session-request-withdrawn", asked.Owners, e.By, null, e.At, recorded, ct),
        SessionConfirmed e => await Organisers("session-request-approved", null, e.At, recorded, ct),
        SessionRequestDeclined e => await Organisers("session-request-declined", e.By, e.At, recorded, ct),
        _ => [],
    };

    private async Task<IReadOnlyList<Notice>> Owners(
        string kind, IEnumerable<Id<Firm>> owners, Id<Person> by, Id<SessionSeries>? series, DateTimeOffset at, Recorded<SessionEvent> recorded, CancellationToken ct) =>
        ToAll(await Managers(owners, ct), by, p => Tell(p, kind, series, at, recorded));

    private async Task<IReadOnlyList<Notice>> Organisers(string kind, Id<Person>? by, DateTimeOffset at, Recorded<SessionEvent> recorded, CancellationToken ct) =>
        Sessions.Sessions.Of((await sessions.Load(recorded.Stream, ct)).Events) is { } session
            ? ToAll([session.BookedBy, .. await Managers([session.Firm], ct)], by, p => Tell(p, kind, session.Series, at, recorded))
            : [];

    /// <summary>What happened to a whole series at one moment is told once.</summary>
    private static Notice Tell(Id<Person> person, string kind, Id<SessionSeries>? series, DateTimeOffset at, Recorded<SessionEvent> recorded) => new(
        person, kind, series is { } all ? NamedGuid.Of(kind, all.ToString(), at.UtcTicks.ToString(CultureInfo.InvariantCulture)) : recorded.Id, $"/sessions/{recorded.Stream}");

    private async Task<IReadOnlyList<Id<Person>>> Managers(IEnumerable<Id<Firm>> firms, CancellationToken ct)
    {
        var people = new List<Id<Person>>();
        foreach (var firm in firms) people.AddRange(await roles.Holders(Role.Manager, RoleScope.Firm(firm), ct));
        return people;
    }
}
