using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Firms;
using ClusterNet.Clusters.People;
using ClusterNet.EventStore;

namespace ClusterNet.Clusters.Invitations;

/// <summary>Answers invitations: what follows when somebody takes the offered place.</summary>
internal sealed class PlaceDesk(
    Database database, Streams<Invitation, InvitationEvent> invitations, Streams<Employment, EmploymentEvent> employments,
    Streams<PersonProfile, PersonProfileEvent> profiles, Staffing staffing, IAccounts accounts, ISignUp signUp, IRoles roles, FirmQueries queries,
    TimeProvider clock)
{
    /// <summary>The invitation whose link somebody holds; null when it is unknown, answered or expired, or who sent it may not invite any more.</summary>
    public async Task<OpenInvitation?> ByToken(string token, CancellationToken ct)
    {
        var found = await database.Query(
            ClustersModule.Name, Statement.Of("select invitation, mailed from clusters.invitation_secret where token_hash = $1", Secret.HashOf(token)),
            r => (Id: r.GetGuid(0), ByMail: r.GetBoolean(1)), ct);
        return found is [var known] && await ById(known.Id, ct) is { } open ? open with { ByMail = known.ByMail } : null;
    }

    /// <inheritdoc cref="ByToken"/>
    public async Task<OpenInvitation?> ById(Guid id, CancellationToken ct) =>
        (await invitations.Load(id, ct)).State is Invitation.Open open && open.ExpiresAt > clock.GetUtcNow() && await StillMayInvite(open, ct)
            ? new(id, open)
            : null;

    /// <summary>The open invitations sent to the confirmed address of somebody's account; to one that is not, the link alone leads.</summary>
    public async Task<IReadOnlyList<InvitationRow>> Of(Id<Person> person, CancellationToken ct)
    {
        if (await EmailOf(person, ct) is not { } email) return [];
        return await database.Query(
            ClustersModule.Name,
            Statement.Of(
                InvitationRows.Table.Select("where email = $1 and state = 'open' and expires_at > $2 order by sent_at desc, id limit 100"),
                email, clock.GetUtcNow()),
            InvitationRows.Table.Read, ct);
    }

    /// <summary>The invitation was sent to the address of this person's account, and the person has shown to have it.</summary>
    public async Task<bool> WasSentTo(OpenInvitation invitation, Id<Person> person, CancellationToken ct) =>
        await EmailOf(person, ct) is { } email && invitation.Open.Invitee.Email.Or("").Equals(email, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whose account it will be when nobody is signed in: the one that has the invited address, or a new one.</summary>
    public async Task<Id<Person>> PersonFor(OpenInvitation invitation, CancellationToken ct) =>
        await accounts.FindByEmail(invitation.Open.Invitee.Email.Or(""), ct) ?? invitation.Open.Invitee.Person;

    /// <summary>What commits together with the acceptance.</summary>
    /// <param name="account">The account to open or activate; null when the person signed in with one.</param>
    public async Task<IReadOnlyList<Prepared>> Follow(OpenInvitation invitation, Id<Person> person, NewAccount? account, CancellationToken ct)
    {
        var (open, now) = (invitation.Open, clock.GetUtcNow());
        var (given, family) = account is null ? (open.Invitee.GivenName.Or(""), open.Invitee.FamilyName.Or("")) : (account.GivenName, account.FamilyName);
        List<Prepared> prepared = [];
        if (account is not null)
            prepared.Add(await signUp.Prepare(person, new(open.Invitee.Email.Or(""), $"{given} {family}".Trim(), account.Password), invitation.ByMail, now, ct));
        if (open.Place.Role is { } role)
        {
            prepared.Add(await roles.PrepareGrant(person, role, open.Place.Scope, open.By, open.Invitee.Text.Or(""), now, ct));
            return prepared;
        }

        var firm = new Id<Firm>(open.Place.Id);
        var begin = new BeginEmployment(person, firm, open.Place.Position!.Value, open.Invitee.Text.Or(""), open.By, false, now); // no role: a position
        var began = await employments.Prepare(Employment.IdOf(person, firm), begin, ct);
        prepared.Add(began);
        if (began.Append is not { } append) return prepared;
        prepared.Add(await profiles.Prepare(PersonProfile.IdOf(person), new RegisterPerson(person, given, family, open.Invitee.Language, open.By, now), ct));
        prepared.AddRange(await staffing.Follow(append.Facts, now, ct));
        return prepared;
    }

    private async Task<bool> StillMayInvite(Invitation.Open open, CancellationToken ct)
    {
        var inviter = new Caller(open.By, await roles.Of(open.By, ct));
        return open.Place.Kind == ScopeKind.Firm
            ? (await queries.StandingOf(inviter, new(open.Place.Id), ct)).MayManagePeople
            : inviter.IsOperator || inviter.Is(Role.Coordinator, open.Place.Scope);
    }

    private async Task<string?> EmailOf(Id<Person> person, CancellationToken ct) =>
        (await accounts.Cards([person], ct)).GetValueOrDefault(person) is { Email: { IsKnown: true } email } && await accounts.HasConfirmedEmail(person, ct)
            ? email.Or("")
            : null;
}

/// <summary>An invitation that can be answered.</summary>
/// <param name="ByMail">Its link was mailed, and its inviter never saw it.</param>
internal sealed record OpenInvitation(Guid Id, Invitation.Open Open, bool ByMail = false);

/// <summary>An account to be opened for who joins.</summary>
internal sealed record NewAccount(string GivenName, string FamilyName, string Password);
