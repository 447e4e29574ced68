using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Access.Notices;

/// <summary>Takes notices in, and counts what nobody has looked at yet.</summary>
internal sealed class Notices(Database database, IAccounts accounts, NoticePreferences preferences, NoticeTopics topics, TimeProvider clock) : INotices, INoticeCount
{
    public async Task Tell(Notice notice, DateTimeOffset happened, CancellationToken ct)
    {
        var kind = topics.Find(notice.Kind) ?? throw new InvalidOperationException($"The kind of notice {notice.Kind} is declared by no module.");
        if (notice.Href is not ['/', ..] || notice.Href.StartsWith("//", StringComparison.Ordinal)) throw new ArgumentException("A notice leads to a page of ours.", nameof(notice));
        // Who was erased is told nothing any more, and who is unknown neither.
        if ((await accounts.Cards([notice.To], ct)).GetValueOrDefault(notice.To) is not { Name.IsKnown: true } reader) return;
        var mail = NoticeRules.MailFor(kind, (await preferences.Of(notice.To, ct)).GetValueOrDefault(kind.Topic), reader.CanSignIn);
        var now = clock.GetUtcNow();
        await database.Execute(
            AccessModule.Name,
            [
                Statement.Of(
                    "insert into access.notice (id, person, kind, cause, href, about, subject, at, mail) values ($1, $2, $3, $4, $5, $6::uuid, $7::text, $8, $9) " +
                    "on conflict (person, kind, cause) do nothing",
                    TimeOrderedGuid.At(happened), notice.To.Value, notice.Kind, notice.Cause, notice.Href, notice.About?.Value, notice.Subject, now, WireNames.Of(mail)),
            ],
            ct);
    }

    public async Task<int> Unread(Caller caller, CancellationToken ct)
    {
        var counts = await database.Query(
            AccessModule.Name, Statement.Of("select count(*)::int from access.notice where person = $1 and read_at is null", caller.Person.Value), r => r.GetInt32(0), ct);
        return counts[0];
    }

    /// <summary>The newest first.</summary>
    public Task<List<NoticeRow>> Of(Id<Person> person, Guid? before, int limit, CancellationToken ct) => database.Query(
        AccessModule.Name,
        Statement.Of(
            $"select {NoticeRow.Columns} from access.notice where person = $1 and id < $2 order by id desc limit $3", person.Value, before ?? Guid.AllBitsSet, limit),
        NoticeRow.Read, ct);

    /// <param name="id">Null for all.</param>
    /// <returns>False when there is no such notice of this person's.</returns>
    public async Task<bool> MarkRead(Id<Person> person, Guid? id, CancellationToken ct) => await database.Execute(
        AccessModule.Name,
        [
            Statement.Of(
                // What was read in time need not come by mail as well.
                "update access.notice set read_at = coalesce(read_at, $2), mail = case when mail = 'digest' then 'none' else mail end " +
                "where person = $1 and ($3::uuid is null or id = $3) and ($3 is not null or read_at is null)",
                person.Value, clock.GetUtcNow(), id),
        ],
        ct) > 0;

    /// <summary>Read ones go after 90 days, all after a year.</summary>
    public Task<int> Purge(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return database.Execute(
            AccessModule.Name, [Statement.Of("delete from access.notice where at < $1 or read_at < $2", now - NoticeRules.KeptUnread, now - NoticeRules.KeptRead)], ct);
    }
}

/// <summary>What is decided about a notice.</summary>
internal static class NoticeRules
{
    public static TimeSpan KeptRead { get; } = TimeSpan.FromDays(90);

    public static TimeSpan KeptUnread { get; } = TimeSpan.FromDays(365);

    /// <summary>The hour of the daily mail.</summary>
    public static TimeOnly DigestAt { get; } = new(7, 0);

    /// <param name="chosen">The reader's choice for the kind's topic; null for none.</param>
    /// <param name="canSignIn">Who cannot look gets no mail that asks to.</param>
    public static MailState MailFor(NoticeKind kind, NoticeMail? chosen, bool canSignIn) => !canSignIn ? MailState.None : (chosen ?? kind.Mail) switch
    {
        NoticeMail.AtOnce => MailState.AtOnce,
        NoticeMail.Digest => MailState.Digest,
        _ => MailState.None,
    };

    /// <summary>The last time that the hour of the daily mail struck in a zone: what came before it is due.</summary>
    public static DateTimeOffset LastDigest(DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone);
        var day = DateOnly.FromDateTime(local.DateTime);
        if (TimeOnly.FromDateTime(local.DateTime) < DigestAt) day = day.AddDays(-1);
        var struck = day.ToDateTime(DigestAt);
        return new DateTimeOffset(struck, zone.GetUtcOffset(struck)).ToUniversalTime();
    }
}
