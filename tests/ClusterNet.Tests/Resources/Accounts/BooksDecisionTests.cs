using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Accounts;
using ClusterNet.Resources.Pool;
using Shouldly;
using BookSpec = ClusterNet.Tests.Spec<ClusterNet.Resources.Accounts.PoolEntry, ClusterNet.Resources.Accounts.PoolEntryEvent>;
using MonthSpec = ClusterNet.Tests.Spec<ClusterNet.Resources.Accounts.PoolPeriod, ClusterNet.Resources.Accounts.PoolPeriodEvent>;
using ValueSpec = ClusterNet.Tests.Spec<ClusterNet.Resources.Pool.Resource, ClusterNet.Resources.Pool.ResourceEvent>;

namespace ClusterNet.Tests.Resources.Accounts;

public sealed class BooksDecisionTests
{
    private static readonly Id<Cluster> Valley = new(Guid.NewGuid());
    private static readonly Id<Person> Cora = new(Guid.NewGuid());
    private static readonly Guid Acme = Guid.NewGuid();
    private static readonly DateTimeOffset Now = new(2027, 3, 10, 9, 0, 0, TimeSpan.Zero);
    private static readonly ValueList<Line> PaidIn = [Line.Debit(Account.Bank, 500), Line.Credit(Account.Firm(Acme), 500)];

    [Fact]
    public void A_balanced_entry_is_posted() => BookSpec.Given().When(Post(PaidIn)).Then(Posted(PaidIn));

    [Fact]
    public void The_same_entry_again_adds_nothing() => BookSpec.Given(Posted(PaidIn)).When(Post(PaidIn)).Then();

    [Fact]
    public void Another_entry_in_its_place_is_refused() =>
        BookSpec.Given(Posted(PaidIn)).When(Post([Line.Debit(Account.Bank, 1), Line.Credit(Account.Common, 1)])).ThenRefused(PostEntry.Differs);

    public static TheoryData<string> Lopsided => ["a cent short", "one line", "a line of nothing", "a firm without a name", "a bank of somebody"];

    [Theory]
    [MemberData(nameof(Lopsided))]
    public void What_does_not_balance_is_refused(string how) => BookSpec.Given().When(Post(how switch
    {
        "a cent short" => [Line.Debit(Account.Bank, 500), Line.Credit(Account.Firm(Acme), 499)],
        "one line" => [Line.Debit(Account.Bank, 0)],
        "a line of nothing" => [.. PaidIn, Line.Debit(Account.Common, 0)],
        "a firm without a name" => [Line.Debit(Account.Bank, 500), new(AccountKind.Firm, null, -500)],
        _ => [new(AccountKind.Bank, Acme, 500), Line.Credit(Account.Firm(Acme), 500)],
    })).ThenRefused(PostEntry.Unbalanced);

    [Fact]
    public void A_month_that_is_over_is_closed_with_its_totals() =>
        MonthSpec.Given().When(Close("2027-02")).Then(new PoolPeriodClosed(Valley, "2027-02", 3, 900, Cora, Now));

    [Fact]
    public void The_month_that_runs_stays_open() => MonthSpec.Given().When(Close("2027-03")).ThenRefused(ClosePeriod.NotOver);

    [Fact]
    public void A_closed_month_is_not_closed_again() =>
        MonthSpec.Given(new PoolPeriodClosed(Valley, "2027-02", 3, 900, Cora, Now)).When(Close("2027-02")).ThenRefused(ClosePeriod.AlreadyClosed);

    [Theory]
    [InlineData(null, "2027-01", true)]
    [InlineData("2027-01", "2026-11", false)]
    [InlineData("2026-12", "2026-11", true)]
    [InlineData(null, null, false)]
    public void Months_are_closed_in_their_order(string? last, string? earliest, bool refused)
    {
        var decided = MonthSpec.Given().When(Close("2027-02", last, earliest));
        if (refused) decided.ThenRefused(ClosePeriod.EarlierOpen);
        else decided.Then(new PoolPeriodClosed(Valley, "2027-02", 3, 900, Cora, Now));
    }

    [Theory]
    [InlineData("2027-02-28", null, "2027-02")]
    [InlineData("2027-02-28", "2027-01", "2027-02")]
    [InlineData("2027-02-28", "2027-02", "2027-03")]
    [InlineData("2026-12-31", "2026-12", "2027-01")]
    [InlineData("2025-07-01", "2026-12", "2027-01")]
    public void What_belongs_to_a_closed_month_goes_into_the_first_that_is_open(string day, string? closed, string period) =>
        Period.Open(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), closed).ShouldBe(period);

    [Theory]
    [InlineData("2027-03", true)]
    [InlineData("2027-13", false)]
    [InlineData("2027-3", false)]
    [InlineData("march", false)]
    [InlineData("2027-03-01", false)]
    public void Months_are_written_as_ISO_8601_does(string text, bool isOne) => Period.IsOne(text).ShouldBe(isOne);

    [Fact]
    public void A_resource_has_the_value_that_it_is_given() => ValueSpec.Given(Room()).When(new ValueResource(4_500, 100, Cora, Now)).Then(new ResourceValued(4_500, 100, Cora, Now));

    [Fact]
    public void The_same_value_adds_nothing() => ValueSpec.Given(Room(), new ResourceValued(4_500, 100, Cora, Now)).When(new ValueResource(4_500, 100, Cora, Now)).Then();

    [Fact]
    public void Money_has_no_value_by_the_hour() => ValueSpec.Given(Room(ResourceKind.Money)).When(new ValueResource(1, 1, Cora, Now)).ThenRefused(ValueResource.MoneyIsWorthItself);

    private static ResourceContributed Room(ResourceKind kind = ResourceKind.Room) => new(Valley, new(Acme), kind, "Room", 12, "seats", null, "always", "Europe/Berlin", Cora, Now);

    private static PostEntry Post(ValueList<Line> lines) => new(Valley, EntryKind.PaymentIn, new(2027, 3, 1), "2027-03", lines, null, null, "paid", Cora, Now);

    private static PoolEntryPosted Posted(ValueList<Line> lines) => new(Valley, EntryKind.PaymentIn, new(2027, 3, 1), "2027-03", lines, null, null, "paid", Cora, Now);

    private static ClosePeriod Close(string period, string? last = null, string? earliest = null) => new(Valley, period, 3, 900, last, earliest, Cora, Now);
}
