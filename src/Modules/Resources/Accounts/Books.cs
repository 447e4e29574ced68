using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Resources.Accounts;

/// <summary>What is to be entered.</summary>
/// <param name="On">The day that it belongs to; it goes into the books of that month, or of the first that is open.</param>
internal sealed record NewEntry(
    Id<PoolEntry> Id, Id<Cluster> Cluster, EntryKind Kind, DateOnly On, ValueList<Line> Lines, string Text, Guid? Source = null, Guid? Reverses = null);

/// <summary>A line of an account, with what the account had after it.</summary>
/// <param name="Cents">In favour of the account's owner above zero.</param>
internal sealed record StatementLine(Id<PoolEntry> Entry, DateOnly On, EntryKind Kind, string Period, Personal<string> Text, Guid? Source, Guid? Reverses, Guid? Resource, long Cents, long BalanceCents);

/// <summary>The lines of an account from one day to another, both included.</summary>
/// <param name="OpeningCents">What it had before them.</param>
internal sealed record AccountStatement(DateOnly From, DateOnly To, long OpeningCents, IReadOnlyList<StatementLine> Lines, long ClosingCents);

/// <summary>The books of the pools: posts entries into months that are open, and reads accounts.</summary>
internal sealed class Books(Database database, Streams<PoolEntry, PoolEntryEvent> entries, IFirmDirectory firms, Commands commands, TimeProvider clock)
{
    private const int Attempts = 8;

    public static readonly Refusal Contested = new("books-contested", "The books are being closed at this moment. Send it again.");

    public static string Link(Id<PoolEntry> entry) => $"/api/v1/resources/entries/{entry}";

    /// <summary>Posts an entry; again into the next month when somebody closes the month in between.</summary>
    /// <param name="onGuard">What a refusal of the books' guard means; null for one that this entry does not know.</param>
    public async Task<IResult> Post(NewEntry entry, Caller caller, CancellationToken ct, Func<string, Task<Refusal?>>? onGuard = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var lost = false;
            var command = Of(entry, await LastClosed(entry.Cluster, ct), caller.Person);
            var result = await commands.Run(
                entries, entry.Id.Value, command, Reply.Created(Link(entry.Id), entry.Id, ("period", command.Period)), ct,
                onGuard: async guard =>
                {
                    lost = guard == Entries.PeriodClosed;
                    return (lost || onGuard is null ? null : await onGuard(guard)) ?? Contested;
                });
            if (!lost || attempt == Attempts) return result;
        }
    }

    /// <summary>An entry that commits together with what another stream decides.</summary>
    public async Task<Prepared> Prepare(NewEntry entry, Id<Person> by, CancellationToken ct) =>
        entries.PrepareNew(entry.Id.Value, Of(entry, await LastClosed(entry.Cluster, ct), by));

    /// <summary>The entry as a command, for the books as they are when all up to <paramref name="closed"/> are closed.</summary>
    public PostEntry Of(NewEntry e, string? closed, Id<Person> by) =>
        new(e.Cluster, e.Kind, e.On, Period.Open(e.On, closed), e.Lines, e.Source, e.Reverses, e.Text, by, clock.GetUtcNow());

    /// <summary>The last month that is closed; null for none.</summary>
    public async Task<string?> LastClosed(Id<Cluster> cluster, CancellationToken ct) =>
        (await Query("select max(period) from resources.pool_periods where cluster = $1", r => r.IsDBNull(0) ? null : r.GetString(0), ct, cluster.Value)).Single();

    /// <summary>What each account has, in cents: debits above zero. They add up to zero.</summary>
    public async Task<IReadOnlyDictionary<Account, long>> Balances(Id<Cluster> cluster, CancellationToken ct) => (await Query(
        "select kind, owner, sum(cents)::bigint from resources.pool_lines where cluster = $1 group by kind, owner",
        r => (Account: new Account(WireNames.Parse<AccountKind>(r.GetString(0)), r.IsDBNull(1) ? null : r.GetGuid(1)), Cents: r.GetInt64(2)), ct, cluster.Value))
        .ToDictionary(b => b.Account, b => b.Cents);

    /// <summary>An account's lines, in favour of its owner above zero: of a firm or funder that is what it has given; of the bank, what is there.</summary>
    public async Task<AccountStatement> Statement(Id<Cluster> cluster, Account account, DateOnly from, DateOnly to, CancellationToken ct)
    {
        const string ofAccount = "cluster = $1 and kind = $2 and owner is not distinct from $3::uuid";
        var sign = account.Kind == AccountKind.Bank ? 1 : -1;
        object?[] which = [cluster.Value, WireNames.Of(account.Kind), account.Owner];
        var balance = sign * (await Query($"select coalesce(sum(cents), 0)::bigint from resources.pool_lines where {ofAccount} and day < $4", r => r.GetInt64(0), ct, [.. which, from])).Single();
        var opening = balance;
        var rows = await Query(EntryLines.Table.Select($"where {ofAccount} and day between $4 and $5 order by day, entry, number"), EntryLines.Table.Read, ct, [.. which, from, to]);
        var about = (await Query(Entries.Table.Select("where id = any($1)"), Entries.Table.Read, ct, rows.Select(r => r.Entry.Value).Distinct().ToArray())).ToDictionary(e => e.Id);
        var lines = rows.ConvertAll(r =>
        {
            var e = about[r.Entry];
            return new StatementLine(e.Id, e.Day, e.Kind, e.Period, e.Text, e.Source, e.Reverses, r.Resource, sign * r.Cents, balance += sign * r.Cents);
        });
        return new(from, to, opening, lines, balance);
    }

    public async Task<EntryRow?> Find(Id<PoolEntry> entry, CancellationToken ct) =>
        (await Query(Entries.Table.Select("where id = $1"), Entries.Table.Read, ct, entry.Value)).SingleOrDefault();

    /// <summary>Entries that come from a session, in their order.</summary>
    public Task<List<EntryRow>> From(Guid source, CancellationToken ct) => Query(Entries.Table.Select("where source = $1 order by at, id"), Entries.Table.Read, ct, source);

    /// <summary>Those of these entries that were taken back.</summary>
    public async Task<HashSet<Guid>> Reversed(Guid[] entries, CancellationToken ct) =>
        [.. await Query("select reverses from resources.pool_entries where reverses = any($1)", r => r.GetGuid(0), ct, entries)];

    public Task<List<EntryRow>> Of(Id<Cluster> cluster, string period, Guid after, int max, CancellationToken ct) => Query(
        Entries.Table.Select("where cluster = $1 and period = $2 and id > $3 order by id limit $4"), Entries.Table.Read, ct, cluster.Value, period, after, max);

    /// <summary>Months with entries and months that are closed, the newest first, each with its totals.</summary>
    public Task<List<(string Period, int Entries, long DebitCents, DateTimeOffset? ClosedAt)>> Periods(Id<Cluster> cluster, CancellationToken ct) => Query(
        """
        select coalesce(e.period, p.period), coalesce(e.entries, 0)::int, coalesce(e.debits, 0)::bigint, p.closed_at
        from (
            select e.period, count(*) entries, sum((select sum((x->>'cents')::bigint) from jsonb_array_elements(e.lines) x where (x->>'cents')::bigint > 0)) debits
            from resources.pool_entries e where e.cluster = $1 group by e.period) e
        full join (select period, closed_at from resources.pool_periods where cluster = $1) p on p.period = e.period order by 1 desc
        """,
        r => (r.GetString(0), r.GetInt32(1), r.GetInt64(2), r.IsDBNull(3) ? (DateTimeOffset?)null : r.GetFieldValue<DateTimeOffset>(3)), ct, cluster.Value);

    public async Task<IReadOnlyDictionary<Id<Funder>, FunderRow>> Funders(Id<Cluster> cluster, CancellationToken ct) =>
        (await Query(Accounts.Funders.Table.Select("where cluster = $1 order by id"), Accounts.Funders.Table.Read, ct, cluster.Value)).ToDictionary(f => f.Id);

    /// <summary>A firm that is admitted, or that left and has an account still.</summary>
    public async Task<bool> HasPart(Id<Cluster> cluster, Id<Firm> firm, CancellationToken ct) =>
        (await firms.ClustersOf(firm, ct)).Contains(cluster) || (await Balances(cluster, ct)).ContainsKey(Account.Firm(firm.Value));

    /// <summary>Whether somebody manages a firm that left and whose account is there still: its statement stays theirs to read.</summary>
    public async Task<bool> HasLeft(Caller caller, Id<Cluster> cluster, Id<Firm> firm, CancellationToken ct) =>
        caller.Is(Role.Manager, RoleScope.Firm(firm)) && await HasPart(cluster, firm, ct);

    private Task<List<T>> Query<T>(string sql, Func<Npgsql.NpgsqlDataReader, T> map, CancellationToken ct, params object?[] values) =>
        database.Query(ResourcesModule.Name, EventStore.Statement.Of(sql, values), map, ct);
}
