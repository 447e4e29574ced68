using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.Accreditation.Resources;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Pdf;
using ClusterNet.Skills.Contracts;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Accreditation.Issuing;

/// <summary>A credential on paper, in the reader's language: whose it is, what it attests, and where anybody sees whether it still stands.</summary>
internal sealed class CredentialPaper(IPeopleNames names, ISkillCatalogue skills, CredentialDesk desk, IssuerAddress address, IStringLocalizer<CredentialTexts> text)
{
    public async Task<byte[]> Of(CredentialRow row, CancellationToken ct)
    {
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        var holder = (await names.Known([row.Holder], ct)).GetValueOrDefault(row.Holder) ?? text["Unnamed"];
        var skill = (await skills.Find([row.Skill], language, ct)).LabelOf(row.Skill);
        var evidence = await desk.Evidence(row, ct);
        using var report = new PdfReport(row.Title, language);
        return report.Heading(holder)
            .Paragraph(text["PaperSays", row.IssuingBody])
            .Heading(row.Title)
            .Fact(text["PaperStandard"], text["StandardVersion", row.Title, row.StandardVersion])
            .Fact(text["PaperSkill"], skill)
            .Fact(text["PaperLevel"], row.EqfLevel.ToString(CultureInfo.CurrentCulture))
            .Fact(text["PaperIssuer"], row.IssuingBody)
            .Fact(text["PaperNumber"], row.Number)
            .Fact(text["PaperIssued"], row.IssuedOn.ToString("D", CultureInfo.CurrentCulture))
            .Fact(text["PaperUntil"], row.ValidUntil.ToString("D", CultureInfo.CurrentCulture))
            .Fact(text["PaperEvidence"], text["EvidenceSays", evidence.Records, evidence.Kinds, evidence.Minutes / 60, evidence.Confirmed, evidence.ByOtherFirms])
            .Heading(text["PaperCheck"])
            .Paragraph(text["PaperCheckSays"])
            .Paragraph(address.Page(row))
            .Squares(QrPicture.Matrix(address.Page(row)), 120)
            .Note(text["PaperNote"])
            .Bytes();
    }
}
