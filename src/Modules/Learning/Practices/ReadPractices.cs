using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Records;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Search;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Practices;

/// <summary>Which practices are meant; what is null leaves all in.</summary>
/// <param name="Firm">Where it comes from, or where it is used.</param>
/// <param name="Stage">Where some firm stands with it; the firm, if one is named.</param>
/// <param name="Mine">Described by the reader, drafts among them.</param>
internal sealed record PracticeFilter(string? Q = null, string? Skill = null, UseLevel? Level = null, Guid? Firm = null, UseStage? Stage = null, bool Mine = false)
{
    /// <summary>A condition over p with its values as {0}, {1}…; null where nothing can be found.</summary>
    public (string Condition, List<object> Values)? Of(Id<Person> reader)
    {
        var (conditions, values) = (new List<string>(), new List<object>());
        if (Mine) And("p.author =", reader.Value);
        else conditions.Add("p.status = 'published' and not p.hidden and p.title is not null");
        if (Skill is { } skill) And("p.skill_uris @>", new[] { skill });
        if (Level is { } level) And("p.level =", WireNames.Of(level));
        if (Firm is { } firm && Stage is null)
        {
            values.Add(firm);
            conditions.Add($"(p.firm = {{{values.Count - 1}}} or exists (select 1 from learning.practice_uses f where f.practice = p.id and f.firm = {{{values.Count - 1}}}))");
        }

        if (Stage is { } stage)
        {
            values.Add(WireNames.Of(stage));
            var there = $"f.stage = {{{values.Count - 1}}}";
            if (Firm is { } at)
            {
                values.Add(at);
                there += $" and f.firm = {{{values.Count - 1}}}";
            }

            conditions.Add($"exists (select 1 from learning.practice_uses f where f.practice = p.id and {there})");
        }

        if (string.IsNullOrWhiteSpace(Q)) return (string.Join(" and ", conditions), values);
        if (FoldedQuery.Of(Q) is not { } query) return null;
        // Numbered by the desk, after the reader's own values.
        var first = new Reader(reader, [], []).Values.Count + values.Count + 1;
        values.AddRange(query.BeginsWords);
        conditions.Add(FoldedQuery.Condition("p.folded", first));
        return (string.Join(" and ", conditions), values);

        void And(string condition, object value)
        {
            values.Add(value);
            conditions.Add($"{condition} {{{values.Count - 1}}}");
        }
    }
}

internal static class ReadPracticesEndpoint
{
    private const string Who = "each practice as it is shown: to its firm, to the clusters of that firm, to everybody; drafts to their author; and to firms that use it";

    /// <param name="From">The practice that it is an adaptation of.</param>
    /// <param name="Trying">How many firms try it.</param>
    /// <param name="Using">How many have adopted or adapted it.</param>
    internal sealed record Summary(
        Id<Practice> Id, Personal<string> Title, Personal<string> Problem, Id<Firm> Firm, Id<Practice>? From, IReadOnlyList<string> SkillUris, UseLevel Level, Visibility Visibility,
        PracticeStatus Status, int Trying, int Using, DateTimeOffset ShownAt);

    /// <param name="Hidden">A coordinator has hidden it.</param>
    /// <param name="Reason">Why it was withdrawn.</param>
    /// <param name="Adaptations">Practices that name it as the one they come from, as far as the caller sees them.</param>
    internal sealed record PracticeAnswer(
        Id<Practice> Id, Personal<string> Title, Personal<string> Problem, Personal<string> How, Personal<string> Needs, Personal<string> Gave, Id<Firm> Firm, Id<Person> Author,
        IReadOnlyList<string> SkillUris, UseLevel Level, Visibility Visibility, PracticeStatus Status, bool Hidden, Personal<string>? Reason, Id<Practice>? From, IReadOnlyList<Id<Practice>> Adaptations,
        int Trying, int Using, int VersionCount, DateTimeOffset DescribedAt, DateTimeOffset ChangedAt, long Version);

    internal sealed record VersionAnswer(
        int Number, Personal<string> Title, Personal<string> Problem, Personal<string> How, Personal<string> Needs, Personal<string> Gave, IReadOnlyList<string> SkillUris, UseLevel Level,
        Visibility Visibility, Personal<string> Note, Id<Person> By, bool Draft, DateTimeOffset At);

    internal sealed record QuestionsAnswer(IReadOnlyList<QuestionAnswer> Items, long Version);

    /// <param name="Text">Null for what was taken back.</param>
    /// <param name="Settled">The answer that settled it; null while it is open.</param>
    internal sealed record QuestionAnswer(Guid Id, Personal<string>? Text, Id<Person> By, Id<Firm>? Firm, DateTimeOffset At, Guid? Settled, IReadOnlyList<AnswerAnswer> Answers);

    /// <param name="Text">Null for what was taken back.</param>
    internal sealed record AnswerAnswer(Guid Id, Personal<string>? Text, Id<Person> By, Id<Firm>? Firm, DateTimeOffset At);

    internal static void MapReadPractices(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/learning/practices", List)
            .WithName("ListPractices").WithSummary("Practices that one may see, the newest first")
            .WithDescription(
                $"Filters: q (words), skill (a concept URI), level ({string.Join(", ", WireNames.All<UseLevel>())}), firm (where it comes from or is used), " +
                $"stage ({string.Join(", ", WireNames.All<UseStage>())}: where some firm, or the one named, stands with it), mine (true for one's own, drafts and withdrawn ones among them).")
            .Produces<Page<Summary>>().SignedInMayCall(Who);
        routes.MapGet("/learning/practices/{id}", One).WithName("ReadPractice").WithSummary("One practice").Produces<PracticeAnswer>().SignedInMayCall(Who);
        routes.MapGet("/learning/practices/{id}/versions", Versions)
            .WithName("ReadPracticeVersions").WithSummary("What a practice said before it was corrected, the newest first")
            .WithDescription("Versions that were drafts, or shown to a narrower circle then, their author and the firm read only.")
            .Produces<IReadOnlyList<VersionAnswer>>().SignedInMayCall(Who);
        routes.MapGet("/learning/practices/{id}/questions", Questions)
            .WithName("ReadPracticeQuestions").WithSummary("What others asked about a practice, with the answers").Produces<QuestionsAnswer>().SignedInMayCall(Who);
    }

    private static async Task<IResult> List(
        PageRequest page, Caller caller, PracticeDesk practices, CancellationToken ct, string? q = null, string? skill = null, string? level = null, Id<Firm>? firm = null,
        string? stage = null, bool mine = false)
    {
        if ((Lists.Check<UseLevel>("level", level) ?? Lists.Check<UseStage>("stage", stage)) is { } unknown) return unknown;
        var filter = new PracticeFilter(
            q, skill, level is null ? null : WireNames.Parse<UseLevel>(level), firm?.Value, stage is null ? null : WireNames.Parse<UseStage>(stage), mine);
        var found = await Find(filter, caller, practices, page.After<(DateTimeOffset, Guid)>(), page.Fetch, ct);
        return page.Answer([.. found.Select(SummaryOf)], s => (s.ShownAt, s.Id.Value));
    }

    internal static async Task<IReadOnlyList<ListedPractice>> Find(
        PracticeFilter filter, Caller caller, PracticeDesk practices, (DateTimeOffset ShownAt, Guid Id)? after, int limit, CancellationToken ct)
    {
        if (filter.Of(caller.Person) is not var (condition, values)) return [];
        var end = values.Count;
        values.AddRange([after?.ShownAt ?? DateTimeOffset.MaxValue, after?.Id ?? Guid.AllBitsSet, limit]);
        return await practices.List(
            await practices.ReaderOf(caller, ct), $"{condition} and (p.shown_at, p.id) < ({{{end}}}, {{{end + 1}}})", values,
            $"order by p.shown_at desc, p.id desc limit {{{end + 2}}}", ct);
    }

    private static async Task<IResult> One(Id<Practice> id, Caller caller, PracticeDesk practices, HttpContext http, CancellationToken ct)
    {
        if (await practices.Find(id, caller, ct) is not { } seen) return Problems.From(PracticeRules.Unknown);
        var (row, state, said) = (seen.Row, seen.State, seen.State.Readable.Said);
        ETags.Set(http, row.Version);
        return TypedResults.Ok(new PracticeAnswer(
            id, said.Title, said.Problem, said.How, said.Needs, said.Gave, row.Firm, row.Author, said.SkillUris, row.Level, row.Visibility, row.Status, row.Hidden,
            row.Status == PracticeStatus.Withdrawn ? state.Reason : (Personal<string>?)null, await OriginOf(seen, caller, practices, ct) is null ? null : row.Origin,
            [.. (await Adaptations(seen, practices, ct)).Select(a => a.Row.Id)], seen.Uses.Count(u => u.Stage == UseStage.Trying),
            seen.Uses.Count(u => u.Stage is UseStage.Adopted or UseStage.Adapted), seen.Versions.Count, state.DescribedAt, row.ChangedAt, row.Version));
    }

    /// <summary>The practice that it is an adaptation of, if the reader may see that too.</summary>
    internal static async Task<PracticeRow?> OriginOf(SeenPractice seen, Caller caller, PracticeDesk practices, CancellationToken ct) =>
        seen.Row.Origin is { } origin ? (await practices.Find(origin, caller, ct))?.Row : null;

    internal static Task<List<ListedPractice>> Adaptations(SeenPractice seen, PracticeDesk practices, CancellationToken ct) =>
        practices.List(seen.Reader, "p.origin = {0} and p.status = 'published' and not p.hidden", [seen.Id.Value], "order by p.shown_at, p.id limit 50", ct);

    private static async Task<IResult> Versions(Id<Practice> id, Caller caller, PracticeDesk practices, CancellationToken ct) =>
        await practices.Find(id, caller, ct) is not { } seen
            ? Problems.From(PracticeRules.Unknown)
            : TypedResults.Ok(seen.Versions.Select(v => new VersionAnswer(
                v.Number, v.Said.Title, v.Said.Problem, v.Said.How, v.Said.Needs, v.Said.Gave, v.Said.SkillUris, v.Said.Level, v.Said.Visibility, v.Note, v.By, v.Draft, v.At)));

    private static async Task<IResult> Questions(Id<Practice> id, Caller caller, PracticeDesk practices, HttpContext http, CancellationToken ct)
    {
        if (await practices.Find(id, caller, ct) is null) return Problems.From(PracticeRules.Unknown);
        var (talk, version) = await practices.Talk(id, ct);
        ETags.Set(http, version);
        return TypedResults.Ok(new QuestionsAnswer(
            [
                .. talk.Questions.Select(q => new QuestionAnswer(
                    q.Asked.Id, TextOf(q.Asked), q.Asked.By, q.Asked.Firm, q.Asked.At, q.Settled,
                    [.. q.Answers.Select(a => new AnswerAnswer(a.Id, TextOf(a), a.By, a.Firm, a.At))])),
            ],
            version));

        static Personal<string>? TextOf(Words words) => words.Withdrawn ? (Personal<string>?)null : words.Text;
    }

    internal static Summary SummaryOf(ListedPractice p) => new(
        p.Row.Id, p.Row.Title, p.Row.Problem, p.Row.Firm, p.Row.Origin, p.Row.SkillUris, p.Row.Level, p.Row.Visibility, p.Row.Status, p.Trying, p.Using, p.Row.ShownAt);
}
