using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Attending;

/// <summary>A session that somebody attended, as a certificate says it.</summary>
internal sealed record Attended(SessionRow Session, Presence Presence);

/// <summary>Certificates of attendance: by person, and by the number that stands on them.</summary>
internal sealed class Certificates(SessionDesk desk, Database database, IFirmDirectory directory, TimeProvider clock)
{
    private static readonly Refusal NotOver = new("session-not-over", "The session has not ended. A certificate says what has been; ask for it afterwards.");

    private static readonly Refusal NotAttended = new(
        "not-attended", "Nobody has noted that this person attended the session, or it is none of your business. If it is your own, ask the trainer to note it.", 404);

    /// <summary>One's own, and a firm's manager those of the own people: also when the firm has left the cluster since.</summary>
    public async Task<(Attended? Attended, Refusal? Refusal)> Of(Id<Session> id, Id<Person> person, Caller caller, CancellationToken ct)
    {
        if (await desk.Find(id, ct) is not { } session) return (null, Session.Unknown);
        if (session.Presences.FirstOrDefault(p => p.Person == person && p.Attended) is { } presence && MayHave(caller, presence))
        {
            return session.Standing != SessionStanding.Booked ? (null, Session.IsCancelled)
                : session.EndsAt > clock.GetUtcNow() ? (null, NotOver)
                : (new(session, presence), null);
        }

        return (null, !await desk.MaySee(session, caller, ct) ? Session.Unknown : session.EndsAt > clock.GetUtcNow() ? NotOver : NotAttended);
    }

    public static bool MayHave(Caller caller, Presence presence) => presence.Person == caller.Person || caller.Is(Role.Manager, RoleScope.Firm(presence.Firm));

    /// <summary>What a certificate's number stands for; nobody is named. Null for a number that there is not.</summary>
    public async Task<CertificateView?> Find(string number, CancellationToken ct)
    {
        if (!Guid.TryParse(number, out var wanted) || wanted == default) return null;
        var rows = await database.Query(
            ResourcesModule.Name,
            Statement.Of(Sessions.Sessions.Table.Select("where presences @> jsonb_build_array(jsonb_build_object('number', $1::text))"), wanted.ToString()), Sessions.Sessions.Table.Read, ct);
        if (rows.FirstOrDefault() is not { } row) return null;
        var presence = row.Presences.First(p => p.Number == wanted);
        return new(
            wanted, presence.Attended && row.Standing == SessionStanding.Booked && row.EndsAt <= clock.GetUtcNow(), row.Kind, row.Title, row.StartsAt, row.EndsAt, presence.Minutes,
            (await directory.Cards([row.Firm], ct)).GetValueOrDefault(row.Firm)?.Name, await directory.ClusterName(row.Cluster, ct), row.SkillUris);
    }
}

/// <summary>A certificate as anybody sees it who has its number: without the name, which stands on the paper.</summary>
/// <param name="Stands">False where the list says by now that the person did not come.</param>
/// <param name="Organiser">The firm that held the session.</param>
internal sealed record CertificateView(
    Guid Number, bool Stands, SessionKind Kind, Personal<string> Title, DateTimeOffset Start, DateTimeOffset End, int Minutes, string? Organiser, string? Cluster,
    IReadOnlyList<string> SkillUris);

internal static class CertificatesEndpoint
{
    private static readonly Refusal Unknown = new("certificate-unknown", "There is no certificate with this number. Compare it with the paper.", 404);

    internal static void MapCertificates(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/resources/sessions/{id}/certificate", Paper)
            .WithName("AttendanceCertificate")
            .WithSummary("A certificate of attendance as a PDF, in the reader's language: one's own, or of one of the firm's people")
            .Produces(StatusCodes.Status200OK, contentType: "application/pdf").SignedInMayCall("who attended, and a manager of the firm for its people");
        routes.MapGet("/resources/certificates/{number}", Verify)
            .WithName("VerifyAttendanceCertificate")
            .WithSummary("Whether a certificate of attendance stands, by the number on it")
            .Produces<CertificateView>().AnyoneMayCall("whoever holds the number may look it up; nobody is named");
    }

    private static async Task<IResult> Paper(Id<Session> id, Caller caller, Certificates certificates, CertificatePaper paper, HttpContext http, CancellationToken ct, Guid? person = null)
    {
        var (attended, refusal) = await certificates.Of(id, person is { } other ? new(other) : caller.Person, caller, ct);
        if (attended is null) return Problems.From(refusal ?? Unknown);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(await paper.Of(attended, ct), "application/pdf", "certificate-of-attendance.pdf");
    }

    private static async Task<IResult> Verify(string number, Certificates certificates, CancellationToken ct) =>
        await certificates.Find(number, ct) is { } found ? Results.Ok(found) : Problems.From(Unknown);
}
