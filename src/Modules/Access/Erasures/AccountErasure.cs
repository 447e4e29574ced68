using ClusterNet.Access.Accounts;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Roles;
using ClusterNet.Access.Tokens;
using ClusterNet.EventStore;

namespace ClusterNet.Access.Erasures;

/// <summary>This module's own part: roles, tokens and sign-in end, then passwords, passkeys, codes, links, sessions, devices and invitations go.</summary>
internal sealed class AccountErasure(
    Database database, Streams<Account, AccountEvent> accounts, Streams<RoleAssignment, RoleAssignmentEvent> roles, Streams<Token, TokenEvent> tokens,
    TimeProvider clock) : IErasureStep
{
    private static readonly (string Store, string Sql)[] Secrets =
    [
        ("access.session", "delete from access.session where person = $1"),
        ("access.password", "delete from access.password where person = $1"),
        ("access.invitation", "delete from access.invitation where person = $1"),
        ("access.token_secret", "delete from access.token_secret where token in (select id from access.tokens where person = $1)"),
        ("access.passkey", "delete from access.passkey where person = $1"),
        ("access.two_factor", "delete from access.two_factor where person = $1"),
        ("access.recovery_code", "delete from access.recovery_code where person = $1"),
        ("access.used_code", "delete from access.used_code where person = $1"),
        ("access.one_time", "delete from access.one_time where person = $1"),
        ("access.known_device", "delete from access.known_device where person = $1"),
    ];

    public async Task<IReadOnlyList<StoreCount>> Close(Id<Person> person, Id<Person> by, CancellationToken ct)
    {
        var (now, execution) = (clock.GetUtcNow(), new Execution(CommandMetadata.System("erasure")));
        var held = await Ids("select id from access.role_assignments where person = $1 and active order by id", person, ct);
        foreach (var role in held) await roles.Execute(role, new RevokeRole(by, "Erasure", now), execution, ct);
        var issued = await Ids("select id from access.tokens where person = $1 and active order by id", person, ct);
        foreach (var token in issued) await tokens.Execute(token, new RevokeToken(person, now), execution, ct);
        var signIn = Secrets.Select(s => Statement.Of(s.Sql, person.Value)).ToList();
        var closed = await accounts.Execute(person.Value, new CloseAccount(now), execution with { Statements = signIn }, ct);
        return [new("roles", held.Count), new("tokens", issued.Count), new("accounts", closed is Outcome.Written { SeqId: not null } ? 1 : 0)];
    }

    public async Task<IReadOnlyList<StoreCount>> Scrub(ErasureOrder order, CancellationToken ct)
    {
        List<StoreCount> counts = [];
        foreach (var (store, sql) in order.Closes ? Secrets : [])
            counts.Add(new(store, await database.Execute(AccessModule.Name, [Statement.Of(sql, order.Person.Value)], ct)));
        // Kept answers hold ids, but beside a hash of what was sent.
        var answers = Statement.Of(
            "delete from http.idempotency where caller = $1 or stream_id = any($2)", order.Person.ToString(),
            order.Streams.Append(order.Person.Value).ToArray());
        counts.Add(new("http.idempotency", await database.Execute(AccessModule.Name, [answers], ct)));
        return counts;
    }

    private Task<List<Guid>> Ids(string sql, Id<Person> person, CancellationToken ct) =>
        database.Query(AccessModule.Name, Statement.Of(sql, person.Value), r => r.GetGuid(0), ct);
}

/// <summary>An installation without an operator cannot be run: the last one stays until there is another.</summary>
internal sealed class LastOperatorHold(IRoles roles) : IErasureHold
{
    private const string Reason = "last-operator", LegalBasis = "Regulation (EU) 2016/679, Article 32";

    public async Task<IReadOnlyList<Hold>> Of(Id<Person> person, IReadOnlyCollection<string> classes, CancellationToken ct)
    {
        if (!ErasureCase.Closes(classes)) return [];
        if (await roles.Holders(Role.Operator, RoleScope.Installation, ct) is not [var last] || last != person) return [];
        return [.. PersonalDataPolicy.OfAccount.Intersect(classes).Select(c => new Hold(c, Reason, LegalBasis, null))];
    }
}
