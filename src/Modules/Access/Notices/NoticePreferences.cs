using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Access.Notices;

/// <summary>Who wants mail about what. In the app everything is shown, whatever was chosen here.</summary>
internal sealed class NoticePreferences(Database database, NoticeTopics topics)
{
    /// <summary>The topics about which something was chosen; others follow their kinds.</summary>
    public async Task<IReadOnlyDictionary<string, NoticeMail?>> Of(Id<Person> person, CancellationToken ct)
    {
        var rows = await database.Query(
            AccessModule.Name, Statement.Of("select topic, mail from access.notice_preference where person = $1", person.Value),
            r => (Topic: r.GetString(0), Mail: WireNames.Parse<NoticeMail>(r.GetString(1))), ct);
        return rows.ToDictionary(r => r.Topic, r => (NoticeMail?)r.Mail);
    }

    /// <summary>Keeps a choice for every topic, and lets it hold for what has not gone out yet.</summary>
    /// <param name="chosen">A topic that is missing, or null, follows its kinds again.</param>
    public Task Keep(Id<Person> person, IReadOnlyDictionary<string, NoticeMail?> chosen, CancellationToken ct)
    {
        List<Statement> statements = [Statement.Of("delete from access.notice_preference where person = $1", person.Value)];
        foreach (var (topic, mail) in chosen)
        {
            if (mail is not { } wanted) continue;
            statements.Add(Statement.Of("insert into access.notice_preference (person, topic, mail) values ($1, $2, $3)", person.Value, topic, WireNames.Of(wanted)));
            statements.Add(Statement.Of(
                "update access.notice set mail = $3 where person = $1 and kind = any($2) and mail in ('digest', 'at-once')",
                person.Value, topics.KindsOf(topic), wanted == NoticeMail.Never ? WireNames.Of(MailState.None) : WireNames.Of(wanted)));
        }

        return database.Execute(AccessModule.Name, statements, ct);
    }
}
