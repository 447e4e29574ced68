using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Accreditation.Issuing;

internal abstract record ShareEvent;

/// <summary>The holder shows a credential.</summary>
/// <param name="Hash">SHA-256 of the link's secret, in hex; null for the public page, which needs none.</param>
/// <param name="Whom">For whom the link is, for the holder's own memory.</param>
[StoredAs("credential_shared")]
internal sealed record CredentialShared(
    Id<Person> Holder, Id<Credential> Credential, string? Hash, bool ShowsName, bool ShowsEvidence, DateTimeOffset? ExpiresAt,
    [PersonalData(nameof(Holder), KeyClass.Accreditation)] Personal<string> Whom, DateTimeOffset At) : ShareEvent;

[StoredAs("credential_share_ended")]
internal sealed record CredentialShareEnded(DateTimeOffset At) : ShareEvent;

/// <summary>What the holder of a credential lets others see of it, through a secret link or on its public page, until it ends.</summary>
internal abstract record Share : IState<Share, ShareEvent>
{
    public static readonly Refusal Unknown = new("share-unknown", "You have no such link. List the links of your credential to see them.", 404);

    public sealed record Absent : Share;

    public sealed record Open(Id<Person> Holder, bool ShowsName, bool ShowsEvidence) : Share;

    public sealed record Ended(Id<Person> Holder) : Share;

    public static Share Initial { get; } = new Absent();

    /// <summary>The public page of a credential is one share, which may end and begin again.</summary>
    public static Id<Share> PublicPage(Id<Credential> credential) => new(NamedGuid.Of("public-page", credential.ToString()));

    public static Share Evolve(Share state, ShareEvent fact) => fact switch
    {
        CredentialShared e => new Open(e.Holder, e.ShowsName, e.ShowsEvidence),
        CredentialShareEnded => state is Open o ? new Ended(o.Holder) : state,
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

/// <param name="Hash">Of the secret; null for the public page.</param>
internal sealed record ShareCredential(
    Id<Person> Holder, Id<Credential> Credential, string? Hash, bool ShowsName, bool ShowsEvidence, DateTimeOffset? ExpiresAt, string Whom, DateTimeOffset Now) : ICommand<Share, ShareEvent>
{
    public Decision<ShareEvent> Decide(Share state) => state switch
    {
        Share.Open o when Hash is null && o.ShowsName == ShowsName && o.ShowsEvidence == ShowsEvidence => Decision<ShareEvent>.Nothing,
        Share.Open when Hash is not null => Decision<ShareEvent>.Nothing,
        _ => new CredentialShared(Holder, Credential, Hash, ShowsName, ShowsEvidence, ExpiresAt, Whom, Now),
    };
}

internal sealed record EndShare(Id<Person> Holder, DateTimeOffset Now) : ICommand<Share, ShareEvent>
{
    public Decision<ShareEvent> Decide(Share state) => state switch
    {
        Share.Open o when o.Holder == Holder => new CredentialShareEnded(Now),
        Share.Ended e when e.Holder == Holder => Decision<ShareEvent>.Nothing,
        _ => Share.Unknown,
    };
}

internal sealed record ShareRow(
    Id<Share> Id, Id<Person> Holder, Id<Credential> Credential, string? Hash, bool ShowsName, bool ShowsEvidence, DateTimeOffset? ExpiresAt, Personal<string> Whom, DateTimeOffset At, long Version)
{
    public bool IsPublic => Hash is null;

    public bool IsOpenAt(DateTimeOffset instant) => ExpiresAt is not { } end || instant < end;
}

/// <summary>The shares that have not been ended; those that have run out stay in their holder's sight.</summary>
internal sealed class Shares() : InlineProjection<ShareEvent, ShareRow>(AccreditationModule.Name, Table)
{
    public static readonly Table<ShareRow> Table = new(AccreditationModule.Name, "credential_shares", nameof(ShareRow.Id)) { Indexes = ["unique (hash)", "(credential)"] };

    public static Task<List<ShareRow>> Rows(string where, Database database, CancellationToken ct, params object[] values) =>
        database.Query(AccreditationModule.Name, Statement.Of(Table.Select(where), values), Table.Read, ct);

    protected override ShareRow? Apply(ShareRow? row, Recorded<ShareEvent> recorded) => recorded.Fact is CredentialShared e
        ? new(new(recorded.Stream), e.Holder, e.Credential, e.Hash, e.ShowsName, e.ShowsEvidence, e.ExpiresAt, e.Whom, e.At, recorded.Version)
        : null;
}
