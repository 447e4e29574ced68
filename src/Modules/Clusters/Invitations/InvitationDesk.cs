using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Resources;
using ClusterNet.EventStore;
using ClusterNet.Mail;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Clusters.Invitations;

/// <summary>Sends invitations, for the API, lists and pages alike. The link goes to the invited address and to nobody else.</summary>
internal sealed class InvitationDesk(
    Database database, IAccounts accounts, IRoles roles, IFirmDirectory directory, IMailer mailer, IStringLocalizer<InvitationTexts> texts, TimeProvider clock)
{
    private const int DaysValid = 14, OpenAtMost = 200;

    /// <summary>Which links are out: state, not history. A new link takes the place of the old one.</summary>
    public const string Script = """
        create table clusters.invitation_secret (token_hash bytea primary key, invitation uuid not null);
        create unique index invitation_secret_invitation on clusters.invitation_secret (invitation);
        """;

    /// <summary>Whoever opens a mailed link has the address that it went to.</summary>
    public const string MailedScript = "alter table clusters.invitation_secret add column if not exists mailed boolean not null default false;";

    /// <summary>Decides what is to be sent; nothing is written yet.</summary>
    public async Task<Sending> Prepare(Place place, Addressee to, Id<Person> by, CancellationToken ct)
    {
        var (email, now) = (to.Email.Trim().ToLowerInvariant(), clock.GetUtcNow());
        var open = await OpenOf(place, email, ct);
        var known = open is null ? await accounts.FindByEmail(email, ct) : null;
        if (open is null && await Refuse(place, known, ct) is { } refusal) return new(Guid.Empty, null!, "", [], refusal);
        var person = open?.Person ?? known ?? Id<Person>.New(clock);
        var id = open?.Id.Value ?? Id<Invitation>.New(clock).Value;
        var secret = Secret.New("cnj_");
        var invitee = new Invitee(person, email, to.GivenName.Trim(), to.FamilyName.Trim(), to.Text.Trim(), to.Language);
        var mail = await Write(place, email, to.Language, secret.Text, by, now.AddDays(DaysValid), ct);
        return new(id, new(place, invitee, by, now.AddDays(DaysValid), now), secret.Text, [.. Keep(id, secret.Hash, mailer.ReachesPeople), mailer.Queue(mail)], null);
    }

    private async Task<InvitationRow?> OpenOf(Place place, string email, CancellationToken ct) => (await database.Query(
        ClustersModule.Name,
        Statement.Of(InvitationRows.Table.Select("where scope_id = $1 and email = $2 and state = 'open' order by id limit 1"), place.Id, email),
        InvitationRows.Table.Read, ct)).SingleOrDefault();

    /// <param name="known">Who has the address; null when nobody has.</param>
    private async Task<Refusal?> Refuse(Place place, Id<Person>? known, CancellationToken ct)
    {
        if (known is { } person && await Holds(person, place, ct)) return InvitationRefusals.HereAlready;
        var open = await database.Query(
            ClustersModule.Name,
            Statement.Of("select count(*) from clusters.invitations where scope_id = $1 and state = 'open' and expires_at > $2", place.Id, clock.GetUtcNow()),
            r => r.GetInt64(0), ct);
        return open[0] >= OpenAtMost ? InvitationRefusals.TooMany : null;
    }

    private async Task<bool> Holds(Id<Person> person, Place place, CancellationToken ct) => place.Kind == ScopeKind.Firm
        ? (await directory.EmploymentsOf(person, ct)).Any(e => e.Firm.Value == place.Id)
        : (await roles.Of(person, ct)).Contains(new(place.Role!.Value, place.Scope)); // a place in a cluster is a role

    private static IEnumerable<Statement> Keep(Guid invitation, byte[] hash, bool mailed) =>
    [
        Statement.Of("delete from clusters.invitation_secret where invitation = $1", invitation),
        Statement.Of("insert into clusters.invitation_secret (token_hash, invitation, mailed) values ($1, $2, $3)", hash, invitation, mailed),
    ];

    /// <summary>In the language in which the person is addressed; one that the texts do not have is English.</summary>
    private async Task<MailMessage> Write(Place place, string email, string language, string token, Id<Person> by, DateTimeOffset until, CancellationToken ct)
    {
        var (name, inviter) = (await NameOf(place, ct), (await accounts.Cards([by], ct)).GetValueOrDefault(by)?.Name.Or("") ?? "");
        var culture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language); // for this method only: it flows down, not back
        return new(
            email, texts["MailSubject", name],
            texts["MailText", inviter, name, texts[$"Place-{place.Name}"], mailer.LinkTo($"/join?token={token}"), until.UtcDateTime.ToString("D", culture)]);
    }

    /// <summary>The firm's or the cluster's name.</summary>
    public async Task<string> NameOf(Place place, CancellationToken ct) => place.Kind == ScopeKind.Firm
        ? (await directory.Cards([new(place.Id)], ct)).Values.SingleOrDefault()?.Name ?? ""
        : await directory.ClusterName(new(place.Id), ct) ?? "";
}

/// <summary>To whom an invitation goes, as whoever invites typed it.</summary>
/// <param name="Text">The job title in a firm; why the role is given in a cluster.</param>
internal sealed record Addressee(string Email, string GivenName, string FamilyName, string Text, string Language);

/// <summary>An invitation that is ready to go.</summary>
/// <param name="Token">The link's secret, for whoever has to hand it over where no mail server is configured.</param>
/// <param name="Statements">Keep the secret's hash and queue the mail.</param>
internal sealed record Sending(Guid Id, SendInvitation Command, string Token, IReadOnlyList<Statement> Statements, Refusal? Refusal);
