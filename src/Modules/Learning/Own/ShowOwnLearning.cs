using ClusterNet.Access.Contracts;
using ClusterNet.Csv;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Records;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Own;

/// <summary>One's own learning: what it adds up to, and all of it to take along.</summary>
internal static class ShowOwnLearningEndpoint
{
    private const int MostExported = 100_000;

    internal sealed record Exported(IReadOnlyList<RecordSummary> Items);

    internal static void MapShowOwnLearning(this IEndpointRouteBuilder routes)
    {
        const string filters = "Filters: kind, part, days (so many back), skill (a concept URI).";
        routes.MapGet("/learning/mine/figures", Figures)
            .WithName("ShowOwnFigures").WithSummary("What my learning adds up to: hours, the balance of the three parts, skills, people")
            .WithDescription(filters).Produces<OwnFigures>().SignedInMayCall("everybody about themselves").OwnData();
        routes.MapGet("/learning/mine/records", Export)
            .WithName("ExportOwnRecords").WithSummary("All my learning records, as JSON, CSV or XLSX; the newest thousand with my figures as PDF")
            .WithDescription($"{filters} format: json, csv, xlsx or pdf.").Produces<Exported>().SignedInMayCall("everybody about themselves").OwnData();
    }

    private static async Task<IResult> Figures(
        Caller caller, OwnLearning own, HttpContext http, CancellationToken ct, string? kind = null, string? part = null, int? days = null, string? skill = null)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Filter(kind, part, days, skill) is { } filter ? TypedResults.Ok(await own.Figures(caller.Person, filter, ct)) : Unknown;
    }

    private static async Task<IResult> Export(
        Caller caller, OwnLearning own, OwnReport report, HttpContext http, CancellationToken ct, string? format = null, string? kind = null, string? part = null, int? days = null,
        string? skill = null)
    {
        if (Filter(kind, part, days, skill) is not { } filter) return Unknown;
        http.Response.Headers.CacheControl = "no-store";
        if (format == "pdf") return TypedResults.File(await report.Of(caller, filter, ct), "application/pdf", "learning-records.pdf");
        var rows = await own.Records(caller.Person, filter, null, MostExported, ct);
        return SheetTable.Answer(http, format, new Exported(rows.ConvertAll(RecordSummary.Of)), all => new(
            "learning-records",
            ["id", "happened_at", "kind", "part", "minutes", "what", "learnt", "skill_uris", "with", "visibility", "confirmations", "disputed"],
            [
                .. all.Items.Select(r => (IReadOnlyList<object?>)
                [
                    r.Id.ToString(), r.HappenedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture), WireNames.Of(r.Kind),
                    WireNames.Of(r.Part), r.Minutes, r.What.Or(""), r.Learnt.Or(""), string.Join(' ', r.SkillUris), string.Join(' ', r.With.Select(w => w.Person)),
                    WireNames.Of(r.Visibility), r.ConfirmedCount, r.Disputed ? 1 : 0,
                ]),
            ]));
    }

    private static IResult Unknown => Problems.Of(
        400, "unknown-filter",
        $"'kind' takes one of {string.Join(", ", WireNames.All<LearningKind>())}; 'part' one of {string.Join(", ", WireNames.All<LearningPart>())}; 'days' 1 to 36500.");

    private static OwnFilter? Filter(string? kind, string? part, int? days, string? skill)
    {
        var (how, which) = (default(LearningKind), default(LearningPart));
        if ((kind is not null && !WireNames.TryParse(kind, out how)) || (part is not null && !WireNames.TryParse(part, out which)) || days is < 1 or > 36_500) return null;
        return new(kind is null ? null : how, part is null ? null : which, days, skill);
    }
}
