using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.Accreditation.Issuing;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Accreditation.Credentials;

internal abstract record CredentialEvent;

/// <param name="IssuingBody">The cluster's name at that time.</param>
/// <param name="ValidUntil">The last day on which it is valid.</param>
[StoredAs("credential_issued")]
internal sealed record CredentialIssued(
    Id<Person> Holder, Id<Application> Application, Id<Cluster> Cluster, string IssuingBody, Id<Standard> Standard, Id<Standard> Lineage,
    int StandardVersion, string Title, string Skill, int EqfLevel, string Number, DateOnly IssuedOn, DateOnly ValidUntil, Id<Person> By,
    DateTimeOffset At) : CredentialEvent;

[StoredAs("credential_suspended")]
internal sealed record CredentialSuspended(
    Id<Person> Holder, Id<Person> By, [PersonalData(nameof(Holder), KeyClass.Accreditation)] Personal<string> Reason, DateTimeOffset At)
        : CredentialEvent;

[StoredAs("credential_reinstated")]
internal sealed record CredentialReinstated(
    Id<Person> Holder, Id<Person> By, [PersonalData(nameof(Holder), KeyClass.Accreditation)] Personal<string> Reason, DateTimeOffset At)
        : CredentialEvent;

[StoredAs("credential_withdrawn")]
internal sealed record CredentialWithdrawn(
    Id<Person> Holder, Id<Person> By, [PersonalData(nameof(Holder), KeyClass.Accreditation)] Personal<string> Reason, DateTimeOffset At)
        : CredentialEvent;

/// <param name="Salt">Goes into the hashes by which signed credentials name their holder; with it erased, they cannot be made again.</param>
[StoredAs("credential_listed")]
internal sealed record CredentialListed(
    Id<Person> Holder, StatusPlace Place, [PersonalData(nameof(Holder), KeyClass.Accreditation)] Personal<string> Salt, DateTimeOffset At) : CredentialEvent;

/// <summary>
/// What a grant yields: a person's accreditation by one version of a standard, from issue to withdrawal. It expires by its date, without an
/// event.
/// </summary>
internal abstract record Credential : IState<Credential, CredentialEvent>
{
    public sealed record Absent : Credential;

    /// <param name="Listed">Whether it has a place in the status lists.</param>
    public abstract record Held(Id<Person> Holder, bool Listed) : Credential;

    public sealed record Active(Id<Person> Holder, bool Listed = false) : Held(Holder, Listed);

    public sealed record Suspended(Id<Person> Holder, bool Listed = false) : Held(Holder, Listed);

    public sealed record Withdrawn(Id<Person> Holder, bool Listed = false) : Held(Holder, Listed);

    public static Credential Initial { get; } = new Absent();

    /// <summary>An application yields one credential.</summary>
    public static Id<Credential> IdOf(Id<Application> application) => new(NamedGuid.Of("credential", application.ToString()));

    public static Credential Evolve(Credential state, CredentialEvent fact) => fact switch
    {
        CredentialIssued e => new Active(e.Holder),
        CredentialSuspended e => new Suspended(e.Holder, state is Held { Listed: true }),
        CredentialReinstated e => new Active(e.Holder, state is Held { Listed: true }),
        CredentialWithdrawn e => new Withdrawn(e.Holder, state is Held { Listed: true }),
        CredentialListed => state is Held held ? held with { Listed = true } : state,
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}
