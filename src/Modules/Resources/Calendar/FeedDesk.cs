using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.Calendar;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Resources;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Resources.Calendar;

/// <summary>What a feed shows to somebody.</summary>
/// <param name="Name">Of the resource, firm or cluster; empty for one's own.</param>
internal sealed record FeedSubject(string Name, Shown Shown);

/// <summary>Reads sessions for calendars, by secret links; each time anew as its maker may see them then.</summary>
internal sealed class FeedDesk(
    Database database, CalendarSessions sessions, IAccounts accounts, IRoles roles, IFirmDirectory firms, PoolQueries pool, Standing standing, IAccountSettings settings,
    IStringLocalizer<CalendarTexts> text, PublicUrl url, TimeProvider clock)
{
    private const int PastDays = 90, AheadDays = 730, Most = 2_000;
    private static readonly TimeSpan Refresh = TimeSpan.FromHours(1);

    /// <returns>null for what the caller may not see, or does not exist.</returns>
    public async Task<FeedSubject?> SubjectOf(FeedScope scope, Guid? target, Caller caller, CancellationToken ct)
    {
        var mine = await firms.ClustersOf(caller, ct);
        switch (scope, target)
        {
            case (FeedScope.Person, null):
                return new("", new(mine, Person: caller.Person));
            case (FeedScope.Resource, { } id) when await pool.Find(new(id), caller, ct) is { } resource:
                return new(resource.Name.Or(text["Erased"]), new([resource.Cluster], Resource: resource.Id));
            case (FeedScope.Firm, { } id):
                var common = (await firms.ClustersOf(new Id<Firm>(id), ct)).Intersect(mine).ToList();
                return common.Count == 0 ? null : new((await standing.NamesOf([new(id)], ct)).GetValueOrDefault(new(id)) ?? "", new(common, Firm: new(id)));
            case (FeedScope.Cluster, { } id) when mine.Contains(new(id)):
                return new(await firms.ClusterName(new(id), ct) ?? "", new([new(id)]));
            default:
                return null;
        }
    }

    /// <summary>Somebody's links with the day on which each was read last, the newest first.</summary>
    public async Task<IReadOnlyList<(FeedRow Feed, DateOnly? FetchedOn)>> Of(Id<Person> person, CancellationToken ct)
    {
        var feeds = await Rows("where person = $1 order by made_at desc, id", ct, person.Value);
        var used = (await database.Query(
            ResourcesModule.Name, Statement.Of("select feed, fetched_on from resources.feed_use where feed = any($1)", [feeds.Select(f => f.Id.Value).ToArray()]),
            r => (Feed: r.GetGuid(0), On: r.GetFieldValue<DateOnly>(1)), ct)).ToDictionary(u => u.Feed, u => u.On);
        return [.. feeds.Select(f => (f, used.TryGetValue(f.Id.Value, out var on) ? on : (DateOnly?)null))];
    }

    /// <summary>The calendar; null for a link that is unknown or has ended, or whose maker may see nothing there now.</summary>
    public async Task<string?> Read(string secret, CancellationToken ct)
    {
        if (await Rows("where hash = $1", ct, Convert.ToHexStringLower(Secret.HashOf(secret))) is not [var feed]) return null;
        if ((await accounts.Cards([feed.Person], ct)).GetValueOrDefault(feed.Person) is not { CanSignIn: true }) return null;
        var caller = new Caller(feed.Person, await roles.Of(feed.Person, ct));
        // Calendars send no language: the person's own is spoken. It holds for this request alone.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(await settings.LanguageOf(feed.Person, ct));
        if (await SubjectOf(feed.Scope, feed.Target, caller, ct) is not { } subject) return null;
        var now = clock.GetUtcNow();
        await database.Execute(ResourcesModule.Name, [FeedUse.Note(feed.Id, DateOnly.FromDateTime(now.UtcDateTime))], ct);
        return await Write(subject, caller, now, ct);
    }

    private async Task<string> Write(FeedSubject subject, Caller caller, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await sessions.Of(subject.Shown, new(now.AddDays(-PastDays), now.AddDays(AheadDays)), Most, ct);
        if (subject.Shown.Person is { } person) rows = [.. rows.Where(r => r.Trainer == person || r.Reservations.Any(s => s.Held && s.People.Contains(person)))];
        var changes = await sessions.Changes(rows, ct);
        var resources = (await database.Query(
            ResourcesModule.Name, Statement.Of(Pools.Table.Select("where id = any($1)"), [rows.SelectMany(r => r.Uses).Select(u => u.Resource.Value).Distinct().ToArray()]),
            Pools.Table.Read, ct)).ToDictionary(r => r.Id);
        var names = await standing.NamesOf(rows.Select(r => r.Firm), ct);
        var name = subject.Name.Length == 0 ? text["FeedOwn"].Value : text["FeedOf", subject.Name].Value;
        return CalendarFeed.Write(name, rows.Select(r => EntryOf(r, changes[r.Id], resources, names, subject.Shown.Person is not null && SessionView.TakesPart(r, caller))), Refresh);
    }

    /// <param name="joins">The link to join stands in one's own calendar only: others are given away more easily.</param>
    private CalendarEntry EntryOf(
        SessionRow row, SessionChangeRow change, Dictionary<Id<Resource>, PoolRow> resources, IReadOnlyDictionary<Id<Firm>, string> names, bool joins)
    {
        var used = row.Uses.Select(u => resources.GetValueOrDefault(u.Resource)).OfType<PoolRow>().Where(r => r.Kind == ResourceKind.Room).Select(r => r.Name.Or(text["Erased"]));
        var link = joins ? row.JoinLink.Or("") : "";
        string[] said =
        [
            $"{text["Kind-" + WireNames.Of(row.Kind)]} · {names.GetValueOrDefault(row.Firm) ?? text["Erased"]}", row.Agenda.Or(""), link.Length == 0 ? "" : $"{text["Join"]} {link}",
            row.Standing == SessionStanding.Cancelled ? row.CancelReason.Or("") : "",
        ];
        return new(
            $"session-{row.Id}@{url.Base.Host}", (int)change.Revision - 1, row.StartsAt, row.EndsAt, change.ChangedAt, row.Title.Or(text["Untitled"]),
            row.Standing == SessionStanding.Cancelled, string.Join(", ", used.Append(row.Place.Or("")).Where(p => p.Length > 0)),
            string.Join("\n\n", said.Where(s => s.Length > 0)), new(url.Of($"/sessions/{row.Id}")));
    }

    private Task<List<FeedRow>> Rows(string where, CancellationToken ct, params object[] values) =>
        database.Query(ResourcesModule.Name, Statement.Of(FeedRows.Table.Select(where), values), FeedRows.Table.Read, ct);
}
