using System.Text.Json.Nodes;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Mail;

namespace ClusterNet.Access.Notices;

/// <summary>Who closes the account is told nothing any more: notices, choices and settings go, and mail that waits.</summary>
internal sealed class NoticeErasure(Database database, IAccounts accounts, IMailer mailer) : IErasureStep
{
    private static readonly string[] Tables = ["access.notice", "access.notice_preference", "access.account_settings"];

    /// <remarks>The address is readable for the last time here.</remarks>
    public async Task<IReadOnlyList<StoreCount>> Close(Id<Person> person, Id<Person> by, CancellationToken ct)
    {
        // First what mail is made of: none may be made after the rest is gone.
        await Delete(person, ct);
        var card = (await accounts.Cards([person], ct)).GetValueOrDefault(person);
        return [new("mail.outbox", card is not null && card.Email.TryGet(out var address) ? await mailer.Forget(address, ct) : 0)];
    }

    public async Task<IReadOnlyList<StoreCount>> Scrub(ErasureOrder order, CancellationToken ct) => order.Closes ? await Delete(order.Person, ct) : [];

    private async Task<IReadOnlyList<StoreCount>> Delete(Id<Person> person, CancellationToken ct)
    {
        List<StoreCount> counts = [];
        foreach (var table in Tables)
            counts.Add(new(table, await database.Execute(AccessModule.Name, [Statement.Of($"delete from {table} where person = $1", person.Value)], ct)));
        return counts;
    }
}

/// <summary>The same tables in a person's own archive.</summary>
internal static class NoticeState
{
    private const string Sql = """
        select 'setting', language, time_zone, null::timestamptz, null::timestamptz from access.account_settings where person = $1
        union all select 'mail-about', topic, mail, null, null from access.notice_preference where person = $1
        union all select 'notice', kind, subject, at, read_at from access.notice where person = $1
        order by 1, 4, 2
        """;

    public static async Task<JsonArray> Of(Id<Person> person, Database database, CancellationToken ct) =>
    [
        .. await database.Query(AccessModule.Name, Statement.Of(Sql, person.Value), r => new JsonObject
        {
            ["kind"] = r.GetString(0),
            ["what"] = r.IsDBNull(1) ? null : r.GetString(1),
            ["detail"] = r.IsDBNull(2) ? null : r.GetString(2),
            ["at"] = r.IsDBNull(3) ? null : r.GetFieldValue<DateTimeOffset>(3).UtcDateTime,
            ["readAt"] = r.IsDBNull(4) ? null : r.GetFieldValue<DateTimeOffset>(4).UtcDateTime,
        }, ct),
    ];
}
