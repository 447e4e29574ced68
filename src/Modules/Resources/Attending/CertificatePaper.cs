using System.Globalization;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Pdf;
using ClusterNet.Projections;
using ClusterNet.Resources.Resources;
using ClusterNet.Resources.Sessions;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Resources.Attending;

/// <summary>A certificate of attendance on paper, in the reader's language. It says who was there for how long, not what somebody can do.</summary>
internal sealed class CertificatePaper(
    SessionDesk desk, IFirmDirectory directory, IPeopleNames names, ISkillCatalogue skills, PublicUrl address, IStringLocalizer<AttendanceTexts> text,
    IStringLocalizer<SessionTexts> words)
{
    public async Task<byte[]> Of(Attended attended, CancellationToken ct)
    {
        var (session, presence) = (attended.Session, attended.Presence);
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        var people = await names.Known([presence.Person, session.Trainer ?? presence.Person], ct);
        var firms = await directory.Cards([presence.Firm, session.Firm], ct);
        var labels = await skills.Find(session.SkillUris, language, ct);
        // On the clock of the place where it was held.
        var zone = (await desk.ResourcesOf(session, ct)).Select(r => TimeZoneInfo.TryFindSystemTimeZoneById(r.TimeZone, out var z) ? z : null).FirstOrDefault(z => z is not null) ?? TimeZoneInfo.Utc;
        using var report = new PdfReport(text["Certificate"], language);
        report.Heading(people.GetValueOrDefault(presence.Person) ?? words["Somebody"])
            .Paragraph(text["CertificateSays", firms.GetValueOrDefault(presence.Firm)?.Name ?? words["Erased"]])
            .Heading(session.Title.Or(words["Untitled"]))
            .Fact(text["What"], words["Kind-" + WireNames.Of(session.Kind)])
            .Fact(text["When"], text["FromTo", Instant(session.StartsAt), Instant(session.EndsAt), zone.Id])
            .Fact(text["Attended"], Lasted.Of(presence.Minutes, text));
        if (session.Trainer is { } trainer) report.Fact(words["Trainer"], people.GetValueOrDefault(trainer) ?? words["Somebody"]);
        report.Fact(words["Organiser"], firms.GetValueOrDefault(session.Firm)?.Name ?? words["Erased"])
            .Fact(text["Cluster"], await directory.ClusterName(session.Cluster, ct) ?? words["Erased"]);
        if (session.SkillUris.Length > 0) report.Fact(text["Skills"], string.Join(", ", session.SkillUris.Select(uri => labels.LabelOf(uri))));
        return report.Heading(text["CertificateCheck"]).Paragraph(address.Of($"/certificates/{presence.Number:D}")).Note(text["CertificateNote"]).Bytes();

        string Instant(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("f", CultureInfo.CurrentCulture);
    }
}

/// <summary>How long somebody attended, in hours and minutes.</summary>
internal static class Lasted
{
    public static string Of(int minutes, IStringLocalizer text) => (minutes / 60, minutes % 60) switch
    {
        (0, var rest) => text["Minutes", rest],
        (var hours, 0) => text["Hours", hours],
        var (hours, rest) => text["HoursMinutes", hours, rest],
    };
}
