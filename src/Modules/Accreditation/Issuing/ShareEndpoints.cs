using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Issuing;

/// <summary>The holder decides who sees what of a credential: by links that end, and on its public page.</summary>
internal static class ShareEndpoints
{
    private const int Most = 50, MostDays = 366;

    private static readonly Refusal TooMany = new("too-many-shares", "Fifty links to this credential are open. End one that is not needed any more.");

    /// <param name="Days">After how many days the link ends by itself.</param>
    /// <param name="For">For whom the link is; nobody but the holder sees it.</param>
    internal sealed record Body(int Days, bool ShowsName = false, bool ShowsEvidence = false, string? For = null) : IValidated
    {
        public void Validate(Faults faults) => faults.Whole("days", Days, 1, MostDays).OptionalText("for", For, 200);
    }

    internal sealed record PublicBody(bool ShowsName = false, bool ShowsEvidence = false);

    /// <param name="Public">The credential's public page, which needs no secret.</param>
    /// <param name="Over">It has run out.</param>
    internal sealed record ShareView(Id<Share> Id, bool Public, bool ShowsName, bool ShowsEvidence, Personal<string> For, DateTimeOffset At, DateTimeOffset? ExpiresAt, bool Over);

    internal sealed record Answer(IReadOnlyList<ShareView> Items);

    internal static void MapShares(this IEndpointRouteBuilder routes)
    {
        const string own = "/accreditation/me/credentials/{number}";
        routes.MapPost($"{own}/shares", (
                string number, Body body, Caller caller, CredentialDesk desk, Streams<Share, ShareEvent> shares, Database database, Commands commands, IssuerAddress address, TimeProvider clock, CancellationToken ct) =>
                Make(NewSecret(), number, body, caller, desk, shares, database, commands, address, clock, ct))
            .WithName(nameof(ShareCredential)).WithSummary("A secret link to one's own credential, for so many days; the answer shows it once")
            .WithExample(new Body(30, ShowsName: true, For: "Application at Weber GmbH")).SignedInMayCall("the holder");
        routes.MapGet($"{own}/shares", async (string number, Caller caller, CredentialDesk desk, Database database, TimeProvider clock, CancellationToken ct) =>
                await desk.Own(number, caller, ct) is { } row ? Results.Ok(new Answer(await Views(row, database, clock, ct))) : Problems.From(CredentialDesk.NotOwn(number)))
            .WithName("ListCredentialShares").WithSummary("The links to one's own credential, and its public page if it is open").Produces<Answer>()
            .SignedInMayCall("the holder").OwnData();
        routes.MapPost($"{own}/shares/{{share}}/revocation", End)
            .WithName(nameof(EndShare)).WithSummary("End a link, or the public page; it ends at once").SignedInMayCall("the holder");
        routes.MapPost($"{own}/public-page", Publish)
            .WithName("OpenPublicPage").WithSummary("Let everybody who has the number see the signed credential, with or without one's name")
            .WithExample(new PublicBody(ShowsName: true)).SignedInMayCall("the holder");
    }

    internal static Secret NewSecret() => Secret.New("cns_");

    internal static string LinkOf(Secret secret, CredentialRow row, IssuerAddress address) => $"{address.Page(row)}?share={secret.Text}";

    internal static async Task<IResult> Make(
        Secret secret, string number, Body body, Caller caller, CredentialDesk desk, Streams<Share, ShareEvent> shares, Database database, Commands commands, IssuerAddress address, TimeProvider clock,
        CancellationToken ct)
    {
        if (await desk.Own(number, caller, ct) is not { } row) return Problems.From(CredentialDesk.NotOwn(number));
        var now = clock.GetUtcNow();
        if ((await Open(row, database, ct)).Count(s => !s.IsPublic && s.IsOpenAt(now)) >= Most) return Problems.From(TooMany);
        var id = Id<Share>.New(clock);
        var command = new ShareCredential(
            caller.Person, row.Id, Convert.ToHexStringLower(secret.Hash), body.ShowsName, body.ShowsEvidence, now.AddDays(body.Days), body.For?.Trim() ?? "", now);
        return await commands.RunSecret(shares, id.Value, command, Reply.Created(Own(row), id), ("link", LinkOf(secret, row, address)), [], ct);
    }

    internal static async Task<IResult> Publish(
        string number, PublicBody body, Caller caller, CredentialDesk desk, Streams<Share, ShareEvent> shares, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await desk.Own(number, caller, ct) is not { } row) return Problems.From(CredentialDesk.NotOwn(number));
        var id = Share.PublicPage(row.Id);
        var command = new ShareCredential(caller.Person, row.Id, null, body.ShowsName, body.ShowsEvidence, null, "", clock.GetUtcNow());
        return await commands.Run(shares, id.Value, command, Reply.Changed(Own(row), id), ct);
    }

    internal static async Task<IResult> End(
        string number, Id<Share> share, Caller caller, CredentialDesk desk, Streams<Share, ShareEvent> shares, Database database, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await desk.Own(number, caller, ct) is not { } row) return Problems.From(CredentialDesk.NotOwn(number));
        return await commands.Run(shares, share.Value, new EndShare(caller.Person, clock.GetUtcNow()), Reply.Changed(Own(row), share), ct);
    }

    internal static async Task<IReadOnlyList<ShareView>> Views(CredentialRow row, Database database, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return [.. (await Open(row, database, ct)).Select(s => new ShareView(s.Id, s.IsPublic, s.ShowsName, s.ShowsEvidence, s.Whom, s.At, s.ExpiresAt, !s.IsOpenAt(now)))];
    }

    private static Task<List<ShareRow>> Open(CredentialRow row, Database database, CancellationToken ct) => Shares.Rows("where credential = $1 order by at desc, id", database, ct, row.Id.Value);

    private static string Own(CredentialRow row) => $"/api/v1/accreditation/me/credentials/{row.Number}/shares";
}
