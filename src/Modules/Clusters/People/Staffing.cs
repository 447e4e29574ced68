using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Firms;
using ClusterNet.EventStore;

namespace ClusterNet.Clusters.People;

/// <summary>What commits together with a change of somebody's work: account, profile, roles, and the firm's leaders.</summary>
internal sealed class Staffing(
    Streams<PersonProfile, PersonProfileEvent> profiles, Streams<Employment, EmploymentEvent> employments,
    Streams<FirmProfile, FirmProfileEvent> firms, IRoles roles, IAccounts accounts)
{
    private const string OwnerTitle = "Owner";

    /// <summary>The roles and leadership that follow from facts of an employment.</summary>
    /// <param name="evenLastLeader">For an erasure, which nobody may refuse: the firm is left to its coordinators.</param>
    public async Task<IReadOnlyList<Prepared>> Follow(
        IReadOnlyList<object> facts, DateTimeOffset now, CancellationToken ct, bool evenLastLeader = false)
    {
        var prepared = new List<Prepared>();
        foreach (var (person, firm, before, after) in facts.Select(Change))
        {
            var scope = RoleScope.Firm(firm);
            var (had, gets) = (before?.Roles() ?? [], after?.Roles() ?? []);
            // A rule of the system grants: that nobody raises themselves was decided at the employment.
            foreach (var role in gets.Except(had)) prepared.Add(await roles.PrepareGrant(person, role, scope, null, "Position in the firm", now, ct));
            foreach (var role in had.Except(gets)) prepared.Add(await roles.PrepareRevocation(person, role, scope, null, "Position in the firm", now, ct));
            if ((before?.Leads() ?? false) == (after?.Leads() ?? false)) continue;
            ICommand<FirmProfile, FirmProfileEvent> leader = before?.Leads() == true ? new ReleaseLeader(person, now, evenLastLeader) : new NameLeader(person, now);
            prepared.Add(await firms.Prepare(firm.Value, leader, ct));
        }

        return prepared;
    }

    /// <summary>Whoever registers a firm works there as its owner from then on.</summary>
    public async Task<IReadOnlyList<Prepared>> PrepareOwner(
        Id<Person> person, Id<Firm> firm, RegisterFirmEndpoint.OwnerBody? names, DateTimeOffset now, CancellationToken ct)
    {
        var (given, family) = names is null ? ("", await AccountName(person, ct)) : (names.GivenName, names.FamilyName);
        List<Prepared> prepared =
        [
            await profiles.Prepare(PersonProfile.IdOf(person), new RegisterPerson(person, given, family, names?.Language ?? "en", person, now), ct),
            employments.PrepareNew(Employment.IdOf(person, firm), new BeginEmployment(person, firm, Position.Owner, OwnerTitle, person, true, now)),
        ];
        foreach (var role in Position.Owner.Roles())
            prepared.Add(await roles.PrepareGrant(person, role, RoleScope.Firm(firm), null, "Registered the firm", now, ct));
        return prepared;
    }

    /// <summary>A person's account (when new), profile, and what follows from the employment.</summary>
    public async Task<IReadOnlyList<Prepared>> PrepareHire(Hire hire, IReadOnlyList<object> facts, DateTimeOffset now, CancellationToken ct)
    {
        var name = $"{hire.GivenName} {hire.FamilyName}".Trim();
        var register = new RegisterPerson(hire.Person, hire.GivenName, hire.FamilyName, hire.Language, hire.By, now);
        var stream = PersonProfile.IdOf(hire.Person);
        return hire.IsNew
            ? [accounts.PrepareOpening(hire.Person, hire.Email, name, now), profiles.PrepareNew(stream, register), .. await FollowNew(facts, now, ct)]
            : [await profiles.Prepare(stream, register, ct), .. await Follow(facts, now, ct)];
    }

    /// <summary>
    /// The same as <see cref="Follow"/> for a person made in this transaction, who can hold nothing yet: nothing is looked up.
    /// </summary>
    private async Task<IReadOnlyList<Prepared>> FollowNew(IReadOnlyList<object> facts, DateTimeOffset now, CancellationToken ct)
    {
        var prepared = new List<Prepared>();
        foreach (var began in facts.OfType<EmploymentBegan>())
        {
            foreach (var role in began.Position.Roles())
                prepared.Add(roles.PrepareFirstGrant(began.Person, role, RoleScope.Firm(began.Firm), null, "Position in the firm", now));
            if (began.Position.Leads()) prepared.Add(await firms.Prepare(began.Firm.Value, new NameLeader(began.Person, now), ct));
        }

        return prepared;
    }

    private async Task<string> AccountName(Id<Person> person, CancellationToken ct) =>
        (await accounts.Cards([person], ct)).GetValueOrDefault(person)?.Name.Or("") ?? "";

    private static (Id<Person> Person, Id<Firm> Firm, Position? Before, Position? After) Change(object fact) => fact switch
    {
        EmploymentBegan e => (e.Person, e.Firm, null, e.Position),
        EmploymentPositionChanged e => (e.Person, e.Firm, e.Was, e.Position),
        EmploymentEnded e => (e.Person, e.Firm, e.Was, null),
        _ => throw new ArgumentException($"{fact.GetType().Name} is no fact of an employment.", nameof(fact)),
    };
}

/// <summary>Somebody who begins to work in a firm.</summary>
/// <param name="IsNew">The address belongs to nobody yet: an account is opened.</param>
internal sealed record Hire(Id<Person> Person, bool IsNew, string Email, string GivenName, string FamilyName, string Language, Id<Person> By);
