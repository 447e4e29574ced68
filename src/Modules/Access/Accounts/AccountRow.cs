using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Access.Accounts;

/// <param name="Email">Lower-case.</param>
internal sealed record AccountRow(Id<Person> Id, Personal<string> Email, Personal<string> Name, bool CanSignIn, DateTimeOffset OpenedAt, long Version);

/// <summary>All accounts; also the guard that an address belongs to one person only.</summary>
internal sealed class Accounts() : InlineProjection<AccountEvent, AccountRow>(AccessModule.Name, Table)
{
    public static readonly Table<AccountRow> Table = new(AccessModule.Name, "accounts", nameof(AccountRow.Id)) { Guard = true, Indexes = ["unique (email)"] };

    protected override AccountRow? Apply(AccountRow? row, Recorded<AccountEvent> recorded) => recorded.Fact switch
    {
        AccountOpened e => new(new(recorded.Stream), e.Email.Select(a => a.ToLowerInvariant()), e.Name, false, e.At, recorded.Version),
        AccountActivated when row is not null => row with { CanSignIn = true, Version = recorded.Version },
        AccountClosed when row is not null => row with { CanSignIn = false, Version = recorded.Version },
        AccountEmailChanged e when row is not null => row with { Email = e.Email.Select(a => a.ToLowerInvariant()), Version = recorded.Version },
        _ when row is not null => row with { Version = recorded.Version },
        _ => row,
    };
}
