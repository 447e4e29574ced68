using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Credentials;

internal static class ListMyCredentialsEndpoint
{
    internal sealed record Entry(
        Id<Credential> Id, string Number, string Standard, int StandardVersion, string Skill, int EqfLevel, CredentialStatus Status,
        DateOnly IssuedOn, DateOnly ValidUntil);

    internal static void MapListMyCredentials(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/accreditation/me/credentials", Handle)
            .WithName("ListMyCredentials").WithSummary("The credentials that one holds or held, newest first")
            .SignedInMayCall("everybody about themselves").OwnData();

    private static async Task<Paged<Entry>> Handle(Caller caller, PageRequest page, Database database, TimeProvider clock,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var after = page.After<(DateOnly IssuedOn, Guid Id)>() ?? (DateOnly.MaxValue, Guid.AllBitsSet);
        var rows = await HeldCredentials.Rows(
            "where holder = $1 and (issued_on, id) < ($2, $3) order by issued_on desc, id desc limit $4", database, ct,
            caller.Person.Value, after.IssuedOn, after.Id, page.Fetch);
        return page.Answer(
            [
                .. rows.Select(r => new Entry(
                    r.Id, r.Number, r.Title, r.StandardVersion, r.Skill, r.EqfLevel, r.StatusAt(now), r.IssuedOn, r.ValidUntil)),
            ],
            e => (e.IssuedOn, e.Id.Value));
    }
}
