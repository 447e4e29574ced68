using ClusterNet.Access.Identity;
using ClusterNet.EventStore;

namespace ClusterNet.Access.Federation;

/// <summary>Which firm's provider an address, a firm or a person belongs to.</summary>
internal sealed class ProviderQueries(Database database)
{
    public Task<List<SignInProviderRow>> All(CancellationToken ct) => Rows("order by set_at desc, id limit 1000", [], ct);

    /// <summary>Whether any firm has a sign-in of its own.</summary>
    public async Task<bool> Any(CancellationToken ct) => (await database.Query(
        AccessModule.Name, Statement.Of("select 1 from access.sign_in_providers limit 1"), _ => true, ct)).Count > 0;

    public async Task<SignInProviderRow?> OfFirm(Guid firm, CancellationToken ct) => (await Rows("where firm = $1", [firm], ct)).FirstOrDefault();

    /// <summary>The provider for an address; it follows from the domain alone, which is public.</summary>
    public async Task<SignInProviderRow?> OfAddress(string? email, CancellationToken ct) => MailDomain.Of(email) is { } domain
        ? (await Rows("where mail_domains @> array[$1]", [domain], ct)).FirstOrDefault()
        : null;

    /// <summary>Whether this person must come by the firm's provider: the firm says so, the person works there, and the provider may open the account.</summary>
    public async Task<bool> Requires(AccountHolder holder, CancellationToken ct) => MailDomain.Of(holder.Email) is { } domain && (await database.Query(
        AccessModule.Name,
        Statement.Of(
            """
            select 1 from access.sign_in_providers p
            where p.required and p.mail_domains @> array[$2]
            and exists (select from access.role_assignments r where r.person = $1 and r.active and r.scope_kind = 'firm' and r.scope_id = p.firm
                and (r.expires_at is null or r.expires_at > now()))
            and (p.beyond_firm or not exists (select from access.role_assignments r where r.person = $1 and r.active and r.scope_id <> p.firm
                and (r.expires_at is null or r.expires_at > now())))
            """, holder.Person, domain), _ => true, ct)).Count > 0;

    /// <summary>Nobody has a role in a firm that does not exist.</summary>
    public async Task<bool> FirmExists(Guid firm, CancellationToken ct) => (await database.Query(
        AccessModule.Name,
        Statement.Of("select 1 from access.role_assignments where scope_id = $1 and scope_kind = 'firm' limit 1", firm), _ => true, ct)).Count > 0;

    public async Task<string?> SecretOf(Guid firm, CancellationToken ct) => (await database.Query(
        AccessModule.Name, Statement.Of("select secret from access.sign_in_secret where firm = $1", firm), r => r.GetString(0), ct)).FirstOrDefault();

    private Task<List<SignInProviderRow>> Rows(string where, IEnumerable<object> values, CancellationToken ct) => database.Query(
        AccessModule.Name, Statement.Of(SignInProviders.Table.Select(where), values), SignInProviders.Table.Read, ct);
}
