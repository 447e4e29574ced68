using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Access.Settings;

/// <summary>The settings of accounts, one row for who chose something.</summary>
internal sealed class AccountSettingsRows(Database database) : IAccountSettings
{
    public const string Script = "create table access.account_settings (person uuid primary key, language text, time_zone text);";

    public async Task<AccountSettings> Of(Id<Person> person, CancellationToken ct)
    {
        var rows = await database.Query(
            AccessModule.Name, Statement.Of("select language, time_zone from access.account_settings where person = $1", person.Value),
            r => new AccountSettings(r.IsDBNull(0) ? null : r.GetString(0), r.IsDBNull(1) ? null : r.GetString(1)), ct);
        return rows.FirstOrDefault() ?? new(null, null);
    }

    public async Task<string> LanguageOf(Id<Person> person, CancellationToken ct)
    {
        var rows = await database.Query(
            AccessModule.Name,
            Statement.Of(
                "select coalesce((select language from access.account_settings where person = $1), " +
                "(select language from access.known_device where person = $1 order by seen_at desc limit 1), '')", person.Value),
            r => r.GetString(0), ct);
        return AccountSettings.Languages.Contains(rows[0]) ? rows[0] : AccountSettings.Languages[0];
    }

    public Task Keep(Id<Person> person, AccountSettings chosen, CancellationToken ct) => database.Execute(
        AccessModule.Name,
        [
            Statement.Of(
                "insert into access.account_settings (person, language, time_zone) values ($1, $2::text, $3::text) " +
                "on conflict (person) do update set language = excluded.language, time_zone = excluded.time_zone",
                person.Value, chosen.Language, chosen.TimeZone),
        ],
        ct);
}
