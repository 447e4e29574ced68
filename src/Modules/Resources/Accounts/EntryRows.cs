using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Resources.Accounts;

internal sealed record EntryRow(
    Id<PoolEntry> Id, Id<Cluster> Cluster, EntryKind Kind, DateOnly Day, string Period, ValueList<Line> Lines, Guid? Source, Guid? Reverses, Personal<string> Text, Id<Person> By,
    DateTimeOffset At, long Version);

/// <summary>
/// The books of all pools. Also the guard that an entry is taken back once, and that none goes into a month that is closed: whoever posts holds
/// the month shared, whoever closes it holds it alone, so neither passes the other unseen. Payments out of one pool take turns, and none is
/// of more than there is.
/// </summary>
internal sealed class Entries() : InlineProjection<PoolEntryEvent, EntryRow>(ResourcesModule.Name, Table)
{
    public const string ReversedTwice = "pool_entries_2", PeriodClosed = "pool_entries_period_open", Uncovered = "pool_entries_covered";

    public const string Script = """
        create function resources.month_of_books(cluster uuid, period text) returns bigint language sql immutable as $$
            select hashtextextended('books/' || cluster || '/' || period, 7203216)
        $$;
        create function resources.post_entry() returns trigger language plpgsql as $$
        begin
            perform pg_advisory_xact_lock_shared(resources.month_of_books(new.cluster, new.period));
            if exists (select from resources.pool_periods p where p.cluster = new.cluster and p.period >= new.period) then
                raise exception 'the month is closed'
                    using errcode = 'unique_violation', constraint = 'pool_entries_period_open', schema = 'resources', table = 'pool_entries';
            end if;
            if new.kind = 'payment-out' then
                perform pg_advisory_xact_lock(resources.month_of_books(new.cluster, 'payments-out'));
                if exists (
                    with paid as (select x->>'kind' kind, (x->>'owner')::uuid owner, (x->>'cents')::bigint cents from jsonb_array_elements(new.lines) x)
                    select from paid p where case when p.kind = 'bank' then -1 else 1 end * (p.cents + coalesce(
                        (select sum(l.cents) from resources.pool_lines l where l.cluster = new.cluster and l.kind = p.kind and l.owner is not distinct from p.owner), 0)) > 0) then
                    raise exception 'there is less on the account'
                        using errcode = 'unique_violation', constraint = 'pool_entries_covered', schema = 'resources', table = 'pool_entries';
                end if;
            end if;
            return new;
        end $$;
        """;

    public static readonly Table<EntryRow> Table = new(ResourcesModule.Name, "pool_entries", nameof(EntryRow.Id))
    {
        Guard = true,
        Indexes = ["(cluster, period, id)", "unique (reverses) where reverses is not null", "(source) where source is not null"],
        Triggers = [("before insert", "resources.post_entry()")],
    };

    protected override EntryRow? Apply(EntryRow? row, Recorded<PoolEntryEvent> recorded) => recorded.Fact is PoolEntryPosted e
        ? new(new(recorded.Stream), e.Cluster, e.Kind, e.On, e.Period, e.Lines, e.Source, e.Reverses, e.Text, e.By, e.At, recorded.Version)
        : row;
}

internal sealed record LineRow(Id<PoolEntry> Entry, int Number, Id<Cluster> Cluster, AccountKind Kind, Guid? Owner, long Cents, Guid? Resource, DateOnly Day, long Version);

/// <summary>Each line by its account: what statements and balances are read from.</summary>
internal sealed class EntryLines() : InlineRows<PoolEntryEvent, LineRow>(ResourcesModule.Name, Table, "entry")
{
    public static readonly Table<LineRow> Table = new(ResourcesModule.Name, "pool_lines", nameof(LineRow.Entry), nameof(LineRow.Number))
    {
        Indexes = ["(cluster, kind, owner, day, entry)"],
    };

    protected override IReadOnlyList<LineRow> Apply(IReadOnlyList<LineRow> rows, Recorded<PoolEntryEvent> recorded) => recorded.Fact is PoolEntryPosted e
        ? [.. e.Lines.Select((line, i) => new LineRow(new(recorded.Stream), i + 1, e.Cluster, line.Kind, line.Owner, line.Cents, line.Resource, e.On, recorded.Version))]
        : rows;
}

internal sealed record PeriodRow(Id<PoolPeriod> Id, Id<Cluster> Cluster, string Period, int Entries, long DebitCents, Id<Person> ClosedBy, DateTimeOffset ClosedAt, long Version);

/// <summary>Closed months. Also the guard that a month is closed with the totals that whoever closed it had seen.</summary>
internal sealed class Periods() : InlineProjection<PoolPeriodEvent, PeriodRow>(ResourcesModule.Name, Table)
{
    public const string OtherTotals = "pool_periods_totals";

    public const string Script = """
        create function resources.close_period() returns trigger language plpgsql as $$
        declare totals record;
        begin
            perform pg_advisory_xact_lock(resources.month_of_books(new.cluster, new.period));
            select count(distinct e.id) as entries, coalesce(sum(l.cents) filter (where l.cents > 0), 0) as debits into totals
            from resources.pool_entries e join resources.pool_lines l on l.entry = e.id where e.cluster = new.cluster and e.period = new.period;
            if totals.entries <> new.entries or totals.debits <> new.debit_cents then
                raise exception 'the totals are others'
                    using errcode = 'unique_violation', constraint = 'pool_periods_totals', schema = 'resources', table = 'pool_periods';
            end if;
            return new;
        end $$;
        """;

    public static readonly Table<PeriodRow> Table = new(ResourcesModule.Name, "pool_periods", nameof(PeriodRow.Id))
    {
        Guard = true,
        Indexes = ["unique (cluster, period)"],
        Triggers = [("before insert", "resources.close_period()")],
    };

    protected override PeriodRow? Apply(PeriodRow? row, Recorded<PoolPeriodEvent> recorded) => recorded.Fact is PoolPeriodClosed e
        ? new(new(recorded.Stream), e.Cluster, e.Period, e.Entries, e.DebitCents, e.By, e.At, recorded.Version)
        : row;
}
