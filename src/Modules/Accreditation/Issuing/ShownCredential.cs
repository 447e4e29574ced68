using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Issuing;

/// <summary>A credential as somebody meets it who has its number, and perhaps a link of the holder's.</summary>
/// <param name="Share">What the holder shows; null where that is nothing, and number, scope and status are all there is to see.</param>
/// <param name="LinkOver">A secret came along that opens nothing, or nothing any more.</param>
internal sealed record Shown(CredentialRow Row, ShareRow? Share, bool LinkOver);

/// <summary>Finds what a holder shows.</summary>
internal sealed class ShownCredentials(Database database, IAccounts accounts, TimeProvider clock)
{
    /// <returns>null where there is no such credential.</returns>
    public async Task<Shown?> Find(CredentialNumber number, string? secret, CancellationToken ct)
    {
        if (await HeldCredentials.Find(number, database, ct) is not { } row) return null;
        var shares = secret is null
            ? await Shares.Rows("where id = $1", database, ct, Share.PublicPage(row.Id).Value)
            : await Shares.Rows("where hash = $1 and credential = $2", database, ct, Convert.ToHexStringLower(Secret.HashOf(secret)), row.Id.Value);
        var share = shares.FirstOrDefault(s => s.IsOpenAt(clock.GetUtcNow()));
        // Whoever is gone shows nothing any more.
        if (share is not null && (await accounts.Cards([row.Holder], ct)).GetValueOrDefault(row.Holder) is not { CanSignIn: true }) share = null;
        return new(row, share, secret is not null && share is null);
    }
}

internal static class ShownCredentialEndpoint
{
    internal static void MapShownCredential(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/credentials/{number}", Show)
            .WithName("ShowCredential")
            .WithSummary("A credential by its number. With the holder's link (share), or where the holder has opened its page, the signed credential, as Accept asks: application/vc, application/vc+jwt or application/jwt; else its number, scope and status")
            .Produces<VerifyCredentialEndpoint.Answer>()
            .AnyoneMayCall("who has the number sees the status; more only what the holder shows").BesideThePage();
        // For browsers, which ask for HTML wherever a link leads.
        routes.MapGet("/credentials/{number}/document", Show)
            .WithName("ShownCredentialDocument").WithSummary("The same as a file to save").Produces<VerifyCredentialEndpoint.Answer>()
            .AnyoneMayCall("who has the number sees the status; more only what the holder shows");
    }

    private static async Task<IResult> Show(string number, HttpContext http, ShownCredentials credentials, CredentialDesk desk, TimeProvider clock, CancellationToken ct, string? share = null)
    {
        CrossSite.LetAnyPageRead(http, "no-store");
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (CredentialNumber.Read(number) is not { } read) return Problems.From(VerifyCredentialEndpoint.Mistyped);
        if (await credentials.Find(read, share, ct) is not { } shown) return Problems.From(VerifyCredentialEndpoint.Unknown);
        if (shown.Share is not { } open) return Results.Ok(VerifyCredentialEndpoint.AnswerOf(shown.Row, clock.GetUtcNow()));
        var form = Enum.GetValues<CredentialForm>().FirstOrDefault(f => PublishIssuerEndpoints.Wants(http, f.MediaType()));
        return TypedResults.Text(await desk.Sign(shown.Row, form, open.ShowsName, ct), form.MediaType());
    }
}
