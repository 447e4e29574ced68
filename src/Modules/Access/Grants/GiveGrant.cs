using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Grants;

/// <param name="External">The auditor has an account, and is neither one of the cluster's own nor the operator.</param>
internal sealed record GiveGrant(AuditorScope Scope, Id<Person> Auditor, string Organisation, string Purpose, Id<Person> By, DateTimeOffset ExpiresAt,
    AuditorStanding External, DateTimeOffset Now) : ICommand<AuditGrant, AuditGrantEvent>
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public static readonly Refusal OwnGrant = new(
        "own-grant", "Nobody gives themselves a grant: ask another coordinator of the cluster, or the operator.", 403);

    public static readonly Refusal AuditorUnknown = new(
        "auditor-unknown", "There is no account with this id. Open one for the auditor (POST /api/v1/access/accounts), then give the grant.", 422);

    public static readonly Refusal NotExternal = new(
        "auditor-not-external",
        "An auditor comes from outside: this person has a role in the cluster, belongs to one of its firms, or runs the installation. Name somebody else.",
        422);

    public static readonly Refusal ExpiryOutOfRange = new(
        "grant-expiry", "A grant expires in the future and within 366 days. For a longer audit give another grant then.", 422);

    public Decision<AuditGrantEvent> Decide(AuditGrant state) => this switch
    {
        _ when state is not AuditGrant.Absent => Decision<AuditGrantEvent>.Nothing,
        _ when By == Auditor => OwnGrant,
        { External: AuditorStanding.Unknown } => AuditorUnknown,
        { External: AuditorStanding.Involved } => NotExternal,
        _ when ExpiresAt <= Now || ExpiresAt > Now + Longest => ExpiryOutOfRange,
        _ => new AuditorGrantGiven(
            Auditor, Organisation, Scope.Cluster, Scope.Standard, Scope.From, Scope.Until,
            Scope.Persons is null ? null : [.. Scope.Persons.Distinct().Order().Select(p => new Id<Person>(p))], Purpose, By, ExpiresAt, Now),
    };
}

/// <summary>What somebody who shall be an auditor is to the cluster.</summary>
internal enum AuditorStanding
{
    Unknown,
    Involved,
    External,
}

internal static class GiveGrantEndpoint
{
    internal const int MaxPurpose = 500, MaxOrganisation = 200, MaxPersons = 500;

    /// <param name="Organisation">For whom the auditor works.</param>
    /// <param name="Standard">See <see cref="AuditorScope"/>, as for the period and the persons.</param>
    internal sealed record Body(
        Id<Person> Auditor, Guid Cluster, string Purpose, DateTimeOffset ExpiresAt, string? Organisation = null, Guid? Standard = null,
        DateOnly? From = null, DateOnly? Until = null, IReadOnlyList<Id<Person>>? Persons = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("purpose", Purpose, 1, MaxPurpose);
            faults.OptionalText("organisation", Organisation, MaxOrganisation);
            faults.Check(!(Until < From), "until", "ends-before-start", "The period's last day must not come before its first.");
            faults.Check(
                Persons is null or { Count: >= 1 and <= MaxPersons }, "persons", "out-of-range",
                $"Name 1 to {MaxPersons} persons; leave it out for everybody, and narrow a grant on more of them by a standard or a period.",
                1, MaxPersons);
        }
    }

    internal static void MapGiveGrant(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/access/auditor-grants", (Body body, Caller caller, GrantDesk desk, CancellationToken ct) => desk.Give(body, caller, ct))
            .WithName(nameof(GiveGrant)).WithSummary("Let an auditor from outside read part of a cluster's accreditation, for a purpose and a time")
            .WithDescription(
                "The grant gives the role of auditor in the cluster until the last of the auditor's grants there expires. It never grows: give another one.")
            .WithExample(new Body(
                new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f")), Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e60"),
                "Yearly audit for the funder", new(2026, 12, 31, 0, 0, 0, TimeSpan.Zero), "Chamber of Industry", null, new(2026, 1, 1), new(2026, 6, 30)))
            .SignedInMayCall("a coordinator of the cluster, or the operator; not for oneself");
}
