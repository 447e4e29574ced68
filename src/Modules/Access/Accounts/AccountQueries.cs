using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Access.Accounts;

/// <summary>The port that modules above use.</summary>
internal sealed class AccountQueries(Database database, Streams<Account, AccountEvent> accounts) : IAccounts
{
    public async Task<Id<Person>?> FindByEmail(string email, CancellationToken ct)
    {
        var found = await FindByEmails([email], ct);
        return found.Count == 0 ? null : found.Values.Single();
    }

    public async Task<IReadOnlyDictionary<string, Id<Person>>> FindByEmails(IReadOnlyCollection<string> emails, CancellationToken ct)
    {
        var found = await database.Query(
            AccessModule.Name,
            Statement.Of("select email, id from access.accounts where email = any($1)", [emails.Select(e => e.ToLowerInvariant()).Distinct().ToArray()]),
            r => (Email: r.GetString(0), Person: new Id<Person>(r.GetGuid(1))), ct);
        return found.ToDictionary(f => f.Email, f => f.Person);
    }

    public async Task<IReadOnlyDictionary<Id<Person>, AccountCard>> Cards(IReadOnlyCollection<Id<Person>> persons, CancellationToken ct)
    {
        var rows = await database.Query(
            AccessModule.Name, Statement.Of(Accounts.Table.Select("where id = any($1)"), [persons.Select(p => p.Value).Distinct().ToArray()]),
            Accounts.Table.Read, ct);
        return rows.ToDictionary(r => r.Id, r => new AccountCard(r.Id, r.Name, r.Email, r.CanSignIn));
    }

    public async Task<bool> HasConfirmedEmail(Id<Person> person, CancellationToken ct) =>
        (await accounts.Load(person.Value, ct)).State is Account.Active { EmailConfirmed: true };

    public Prepared PrepareOpening(Id<Person> person, string email, string name, DateTimeOffset now) =>
        accounts.PrepareNew(person.Value, new OpenAccount(email, name, now));
}
