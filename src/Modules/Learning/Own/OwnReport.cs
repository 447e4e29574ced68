using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Records;
using ClusterNet.Learning.Resources;
using ClusterNet.Pdf;
using ClusterNet.Skills.Contracts;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Learning.Own;

/// <summary>One's own learning on paper: what it adds up to, and each record with what speaks for it, in the reader's language and time.</summary>
internal sealed class OwnReport(OwnLearning own, IPeopleNames names, ISkillCatalogue catalogue, Design.Reader reader, TimeProvider clock, IStringLocalizer<Texts> text)
{
    /// <summary>More is no paper to read; the other formats have all of it.</summary>
    private const int Most = 1_000;

    public async Task<byte[]> Of(Caller caller, OwnFilter filter, CancellationToken ct)
    {
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        var figures = await own.Figures(caller.Person, filter, ct);
        var rows = await own.Records(caller.Person, filter, null, Most, ct);
        var people = rows.SelectMany(r => r.WithPersons).Distinct().Select(p => new Id<Person>(p)).ToList();
        var seen = await names.SeenBy(caller, people, ct);
        var labels = await catalogue.Find([.. rows.SelectMany(r => r.SkillUris).Distinct()], language, ct);
        var me = (await names.Known([caller.Person], ct)).GetValueOrDefault(caller.Person) ?? "";
        using var report = new PdfReport(text["ReportTitle", me], language);
        report.Note(text["ReportOf", Day(clock.GetUtcNow())]);
        report.Heading(text["FiguresTitle"])
            .Fact(text["FiguresRecords"], Number(figures.Records)).Fact(text["FiguresHours"], (figures.Minutes / 60m).ToString("N1", CultureInfo.CurrentCulture))
            .Fact(text["FirmConfirmed"], Number(figures.Confirmed)).Fact(text["FirmOthers"], Number(figures.OtherFirms));
        foreach (var share in figures.Parts) report.Fact(text[$"Part-{share.Part}"], text["PerCent", share.PerCent]);
        foreach (var row in rows)
        {
            report.Heading($"{Day(row.HappenedAt)} · {text["Kind-" + row.Kind]} · {text["Minutes", row.Minutes]}").Paragraph(row.What.Or(text["Erased"]));
            if (row.Learnt.Or("") is { Length: > 0 } learnt) report.Fact(text["Learnt"], learnt);
            if (row.SkillUris.Length > 0) report.Fact(text["Skills"], string.Join(", ", row.SkillUris.Select(labels.LabelOf)));
            if (row.WithPersons.Length > 0) report.Fact(text["With"], string.Join(", ", row.WithPersons.Select(p => seen.GetValueOrDefault(new(p)) ?? text["Somebody"])));
            report.Note(text["ReportRecord", row.Voices.Count(v => v is { Stands: true, Kind: VoiceKind.Confirmed }), row.Id]);
        }

        if (figures.Records > rows.Count) report.Note(text["ReportMore", rows.Count, figures.Records]);
        return report.Bytes();
    }

    private string Day(DateTimeOffset at) => reader.Day(at).ToString("D", CultureInfo.CurrentCulture);

    private static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
