using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Access.SignIn;

/// <summary>Signs people in by address and password, over the API and on the page alike.</summary>
internal sealed class SignInDesk(Database database, Federation.ProviderQueries firms, TimeProvider clock)
{
    private const int FailuresBeforeLock = 10;
    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <summary>Begins a session and sets its cookie.</summary>
    /// <returns>Who signed in; null when address and password do not fit, or the account is locked.</returns>
    public async Task<Id<Person>?> SignIn(string email, string password, HttpContext http, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var known = await database.Query(
            AccessModule.Name,
            Statement.Of(
                "select a.id, p.hash, p.locked_until from access.accounts a join access.password p on p.person = a.id where a.email = $1",
                email.ToLowerInvariant()),
            r => (Person: new Id<Person>(r.GetGuid(0)), Hash: r.GetString(1), Locked: !r.IsDBNull(2) && r.GetFieldValue<DateTimeOffset>(2) > now), ct);
        var matches = Passwords.Matches(known.Count == 0 ? null : known[0].Hash, password);
        if (known.Count == 0) return null;
        var person = known[0].Person;
        if (!matches || known[0].Locked)
        {
            if (!known[0].Locked) await database.Execute(AccessModule.Name, [CountFailure(person, now)], ct);
            return null;
        }

        if (await firms.Requires(person, email, ct)) return null;
        var secret = Secret.New("cns_");
        await database.Execute(AccessModule.Name, [.. Sessions.Begin(person, secret.Hash, now), ForgetFailures(person)], ct);
        http.Response.Cookies.Append(Sessions.Cookie, secret.Text, Sessions.Options(http, now + Sessions.Lasts));
        return person;
    }

    /// <summary>Ends the session whose cookie is sent.</summary>
    public async Task SignOut(HttpContext http, CancellationToken ct)
    {
        if (http.Request.Cookies[Sessions.Cookie] is { } cookie) await database.Execute(AccessModule.Name, [Sessions.End(Secret.HashOf(cookie))], ct);
        http.Response.Cookies.Delete(Sessions.Cookie, Sessions.Options(http, clock.GetUtcNow()));
    }

    private static Statement CountFailure(Id<Person> person, DateTimeOffset now) => Statement.Of(
        "update access.password set failures = case when failures + 1 >= $2 then 0 else failures + 1 end, locked_until = case when failures + 1 >= $2 then $3 else locked_until end where person = $1",
        person.Value, FailuresBeforeLock, now + LockedFor);

    private static Statement ForgetFailures(Id<Person> person) =>
        Statement.Of("update access.password set failures = 0, locked_until = null where person = $1 and failures > 0", person.Value);
}
