using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.Calendar;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Resources;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Learning.Mentoring.Calendar;

/// <summary>One person's mentoring sessions as a calendar feed, by its secret link.</summary>
internal sealed class MentoringCalendar(
    Database database, IPeopleNames names, IAccountSettings settings, IStringLocalizer<MentoringTexts> text, PublicUrl url, TimeProvider clock)
{
    private const int PastDays = 90;
    private static readonly TimeSpan Refresh = TimeSpan.FromHours(1);

    private const string Sql = """
        select s.id, s.pair, s.status, s.starts_at, s.minutes, s.place, s.sequence, s.changed_at, case when p.mentor = $1 then p.mentee else p.mentor end
        from learning.mentoring_sessions s join learning.mentoring_pairs p on p.id = s.pair
        where (p.mentor = $1 or p.mentee = $1) and s.starts_at > $2 order by s.starts_at, s.id
        """;

    /// <summary>When the link was made that stands now; null for none.</summary>
    public async Task<DateTimeOffset?> MadeAt(Id<Person> person, CancellationToken ct) =>
        await Links("where person = $1", ct, person.Value) is [var link] ? link.MadeAt : null;

    /// <summary>The feed; null for a link that is unknown or ended.</summary>
    public async Task<string?> Read(string secret, CancellationToken ct)
    {
        if (await Links("where hash = $1", ct, Convert.ToHexStringLower(Secret.HashOf(secret))) is not [var link]) return null;
        var sessions = await database.Query(
            LearningModule.Name, Statement.Of(Sql, link.Person.Value, clock.GetUtcNow().AddDays(-PastDays)),
            r => new Session(
                r.GetGuid(0), r.GetGuid(1), r.GetString(2) == WireNames.Of(SessionStatus.Cancelled), r.GetFieldValue<DateTimeOffset>(3), r.GetInt32(4),
                r.IsDBNull(5) ? "" : r.GetString(5), r.GetInt32(6), r.GetFieldValue<DateTimeOffset>(7), new(r.GetGuid(8))),
            ct);
        var known = await names.Known([.. sessions.Select(s => s.Other).Distinct()], ct);
        // Calendars send no language: the person's own is spoken. It holds for this request alone.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(await settings.LanguageOf(link.Person, ct));
        return CalendarFeed.Write(text["CalendarName"], sessions.Select(s => EntryOf(s, known.GetValueOrDefault(s.Other) ?? text["Somebody"])), Refresh);
    }

    private CalendarEntry EntryOf(Session s, string other) => new(
        $"mentoring-session-{s.Id}@{url.Base.Host}", s.Sequence, s.StartsAt, s.StartsAt.AddMinutes(s.Minutes), s.ChangedAt, text["CalendarSession", other], s.Cancelled,
        s.Place, Url: new(url.Of($"/mentoring/pairs/{s.Pair}")));

    private Task<List<CalendarLinkRow>> Links(string where, CancellationToken ct, params object[] values) =>
        database.Query(LearningModule.Name, Statement.Of(CalendarLinkRows.Table.Select(where), values), CalendarLinkRows.Table.Read, ct);

    private sealed record Session(
        Guid Id, Guid Pair, bool Cancelled, DateTimeOffset StartsAt, int Minutes, string Place, int Sequence, DateTimeOffset ChangedAt, Id<Person> Other);
}
