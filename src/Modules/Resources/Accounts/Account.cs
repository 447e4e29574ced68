using System.Text.Json.Serialization;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Resources.Accounts;

[JsonConverter(typeof(WireNameConverter<AccountKind>))]
internal enum AccountKind
{
    /// <summary>What a firm has given to the pool, less what it has taken.</summary>
    [JsonStringEnumMemberName("firm")]
    Firm,

    /// <summary>What a funder has given, less what was spent of it.</summary>
    [JsonStringEnumMemberName("funder")]
    Funder,

    /// <summary>The pool's money.</summary>
    [JsonStringEnumMemberName("bank")]
    Bank,

    /// <summary>What belongs to all: fees, gifts, rounding of no firm's own.</summary>
    [JsonStringEnumMemberName("common")]
    Common,
}

/// <summary>An account in the books of one cluster's pool.</summary>
/// <param name="Owner">The firm or funder; null for the pool's own.</param>
internal readonly record struct Account(AccountKind Kind, Guid? Owner = null)
{
    public static readonly Account Bank = new(AccountKind.Bank), Common = new(AccountKind.Common);

    public static Account Firm(Guid firm) => new(AccountKind.Firm, firm);

    public static Account Funder(Guid funder) => new(AccountKind.Funder, funder);

    /// <summary>Whose account it is, where it is a firm's.</summary>
    public Id<Firm>? FirmId => Kind == AccountKind.Firm && Owner is { } firm ? new(firm) : null;

    /// <summary>Firms and funders have one each; the pool has one of each of its own.</summary>
    public bool IsSound => Kind is AccountKind.Firm or AccountKind.Funder == Owner is not null;
}

/// <summary>One line of an entry, in euro cents: debits are above zero, credits below.</summary>
/// <param name="Resource">Whose use the line is about.</param>
internal sealed record Line(AccountKind Kind, Guid? Owner, long Cents, Guid? Resource = null)
{
    [JsonIgnore]
    public Account Account => new(Kind, Owner);

    public static Line Debit(Account account, long cents) => new(account.Kind, account.Owner, cents);

    public static Line Credit(Account account, long cents, Guid? resource = null) => new(account.Kind, account.Owner, -cents, resource);
}
