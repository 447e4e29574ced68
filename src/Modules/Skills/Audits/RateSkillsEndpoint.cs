using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Scale;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Audits;

/// <summary>The sheet of one rater on one person: read, saved as it goes, sent.</summary>
internal static class RateSkillsEndpoint
{
    /// <param name="Level">0 (not yet) to 5; null for "can't say". A skill that is left out has no answer yet.</param>
    internal sealed record Answer(string SkillUri, int? Level, string? Comment = null);

    internal sealed record Body(IReadOnlyList<Answer> Answers) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Count("answers", Answers, 0, 400).Each("answers", Answers, (a, f) => f.Text("skillUri", a.SkillUri, 1, 500)
                .Whole("level", a.Level, SkillScale.NotYet, SkillScale.Highest).OptionalText("comment", a.Comment, AuditRules.MaxComment));
            faults.Check(Answers.DistinctBy(a => a.SkillUri).Count() == Answers.Count, "answers", "doubled-skill", "Each skill is answered once.");
        }
    }

    /// <param name="SkillUri">The skill, or what stands in its place now. An answer may name either.</param>
    /// <param name="Was">What the audit names, where another skill stands in its place.</param>
    internal sealed record Line(string SkillUri, string Label, bool Answered, int? Level, string? Comment, FormerSkill? Was);

    internal sealed record Shown(Id<Audit> Audit, Id<Person> Person, RaterKind As, DateTimeOffset Deadline, IReadOnlyList<Line> Skills, bool Sent, long Version);

    private static readonly Body Example = new([new("http://data.europa.eu/esco/skill/05fc6f8d-639c-4329-a6de-dfdd800ed091", 3, "Sets the press brake alone.")]);

    internal static void MapRateSkills(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/skills/audits/{id}/ratings/{person}", Read)
            .WithName("ReadRating").WithSummary("One's own sheet on a person: the skills that are asked, and what one has said so far").Produces<Shown>()
            .SignedInMayCall("who is asked to rate the person");
        routes.MapPut("/skills/audits/{id}/ratings/{person}", Save)
            .WithName(nameof(SaveRating)).WithSummary("Save one's ratings of a person, as far as they go; they count when they are sent")
            .WithDescription("The whole sheet as it is to be. It can be changed until the audit ends, also after it was sent.")
            .WithExample(Example).SignedInMayCall("who is asked to rate the person");
        routes.MapPost("/skills/audits/{id}/ratings/{person}/sent", Send)
            .WithName(nameof(SendRating)).WithSummary("Send one's ratings of a person: every skill has an answer").SignedInMayCall("who is asked to rate the person");
    }

    private static async Task<IResult> Read(
        Id<Audit> id, Id<Person> person, Caller caller, HttpContext http, RatingDesk desk, ISkillCatalogue skills, CancellationToken ct)
    {
        var (sheet, refusal) = await desk.Find(id, person, caller, ct);
        if (sheet is null) return Problems.From(refusal!); // one of the two is given
        var labels = await skills.Find([.. sheet.Skills.SelectMany(s => (string[])[s.SkillUri, sheet.Names.Now(s.SkillUri)]).Distinct()], Languages.Of(null, http.Request), ct);
        ETags.Set(http, sheet.Version);
        return TypedResults.Ok(new Shown(
            id, person, sheet.Kind, sheet.Deadline,
            [
                .. sheet.Skills.Select(s =>
                {
                    var answer = sheet.AnswerOf(s.SkillUri);
                    var now = sheet.Names.Now(s.SkillUri);
                    return new Line(
                        now, labels.LabelOf(now), answer is not null, answer?.Level, sheet.CommentOf(s.SkillUri),
                        sheet.Names.Was(s.SkillUri) is { } was ? new(was, labels.LabelOf(was)) : null);
                }),
            ], sheet.Sent, sheet.Version));
    }

    internal static async Task<IResult> Save(
        Id<Audit> id, Id<Person> person, Body body, IfMatch ifMatch, Caller caller, RatingDesk desk, Streams<Sheet, SheetEvent> sheets, Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        var (sheet, refusal) = await desk.Find(id, person, caller, ct);
        if (sheet is null) return Problems.From(refusal!); // one of the two is given
        var now = clock.GetUtcNow();
        var save = new SaveRating(
            id, caller.Person, person, sheet.Firm, sheet.Kind, sheet.Skills,
            [.. body.Answers.Select(a => new SheetAnswer(sheet.AskedAs(a.SkillUri), a.Level)).DistinctBy(a => a.SkillUri)],
            [
                .. body.Answers.Where(a => !string.IsNullOrWhiteSpace(a.Comment))
                    .Select(a => new SheetComment(sheet.AskedAs(a.SkillUri), a.Comment!.Trim())).DistinctBy(c => c.SkillUri), // not blank
            ], now);
        return await desk.Run(id, person, caller, sheets, save, commands, now, ct);
    }

    internal static async Task<IResult> Send(
        Id<Audit> id, Id<Person> person, IfMatch ifMatch, Caller caller, RatingDesk desk, Streams<Sheet, SheetEvent> sheets, Commands commands, TimeProvider clock,
        CancellationToken ct)
    {
        var (sheet, refusal) = await desk.Find(id, person, caller, ct);
        if (sheet is null) return Problems.From(refusal!); // one of the two is given
        var now = clock.GetUtcNow();
        return await desk.Run(id, person, caller, sheets, new SendRating(id, caller.Person, person, sheet.Skills, now), commands, now, ct);
    }
}
