using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Levels;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Audits;

/// <summary>Who may read what an audit found about a person: the person, managers of the firm, and auditors within a grant.</summary>
internal sealed class ResultDesk(AuditDesk audits, AuditReads reads, AuditedPeople audited, IAuditorReads recorder)
{
    public static readonly Refusal NotYet = new(
        "audit-not-closed", "Results are shown when the audit is closed: until then every new rating would tell whose it is.", 409);

    public static readonly Refusal NotYours = new(
        "results-not-yours", "What an audit found about somebody is for that person and the managers of the firm. Ask them.", 403);

    /// <param name="Auditor">Single ratings of peers are open too; the read is recorded.</param>
    internal sealed record Opened(AuditRow Audit, RatedRow Rated, bool Auditor);

    public async Task<(Opened? Opened, Refusal? Refusal)> Open(Id<Audit> id, Id<Person> person, Caller caller, CancellationToken ct)
    {
        var row = await reads.Find(id, ct);
        var rated = row is null ? null : (await reads.People(id, ct)).FirstOrDefault(p => p.Person == person && !p.HasLeft);
        if (row is not null && rated is not null && (await audited.Of(row, [(person, rated.Firm)], caller, ct)).TryGetValue(person, out var grant))
        {
            if (row.State != AuditState.Closed) return (null, NotYet);
            return await recorder.Record(caller, grant, "skills audit results", [person], ct) is { } unrecorded ? (null, unrecorded) : (new(row, rated, true), null);
        }

        if (await audits.Open(id, caller, ct) is not { } audit) return (null, AuditRules.Unknown);
        if (caller.Person != person && !(rated is not null && audit.Manages(rated.Firm))) return (null, rated is null && audit.ManagedFirms.Count > 0 ? AuditRules.NotRated : NotYours);
        if (rated is null) return (null, AuditRules.NotRated);
        return audit.Row.State == AuditState.Closed ? (new(audit.Row, rated, false), null) : (null, NotYet);
    }
}

internal static class ReadResultsEndpoint
{
    /// <param name="Rated">What manager and peers said together, one voice each.</param>
    /// <param name="PeersTenths">The mean of peers in tenths of a step, from three peers on.</param>
    /// <param name="Was">What the audit asked for, where another skill stands in its place now.</param>
    /// <param name="PeerCount">How many peers said a level, from three on; null below.</param>
    internal sealed record Skill(string SkillUri, string Label, int Required, int? Self, int? Manager, int? PeersTenths, int? PeerCount, int? Rated,
        IReadOnlyList<FormerSkill> Was);

    /// <param name="Ratings">Single ratings: auditors only.</param>
    internal sealed record Shown(Id<Audit> Audit, Id<Person> Person, Id<Firm> Firm, IReadOnlyList<Skill> Skills, IReadOnlyList<Comment> Comments, IReadOnlyList<Single>? Ratings);

    /// <summary>What the manager or the person wrote; peers' comments are for auditors, in <see cref="Shown.Ratings"/>.</summary>
    internal sealed record Comment(string SkillUri, RaterKind As, string Text);

    internal sealed record Single(Id<Person> Rater, RaterKind As, Personal<ValueList<SheetAnswer>> Answers, Personal<ValueList<SheetComment>> Comments, DateTimeOffset SavedAt);

    internal static void MapReadResults(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/skills/audits/{id}/results/{person}", Handle)
            .WithName("ReadAuditResults").WithSummary("What an audit found about somebody, skill by skill, once it is closed").Produces<Shown>()
            .SignedInMayCall("the person, managers of the firm; auditors whose grant covers it (recorded)").ReadsRecorded();

    private static async Task<IResult> Handle(
        Id<Audit> id, Id<Person> person, Caller caller, HttpRequest request, ResultDesk desk, AuditReads reads, Successions successions, ISkillCatalogue skills,
        CancellationToken ct)
    {
        var (opened, refusal) = await desk.Open(id, person, caller, ct);
        return opened is null ? Problems.From(refusal!) : TypedResults.Ok(await Of(opened, Languages.Of(null, request), reads, successions, skills, ct)); // one of the two is given
    }

    internal static async Task<Shown> Of(ResultDesk.Opened opened, string language, AuditReads reads, Successions successions, ISkillCatalogue skills, CancellationToken ct)
    {
        var (audit, rated) = (opened.Audit, opened.Rated);
        var required = AuditReads.Requirements(audit, [rated]);
        var names = await successions.Of(required.Select(r => r.SkillUri), ct);
        var sheets = (await reads.Sheets(audit.Id, ct)).Where(s => s.Person == rated.Person && s.SentAt is not null).Select(s => Audits.Results.Under(names, s)).ToList();
        var asked = names.Of(required.Select(r => new RequiredSkill(r.SkillUri, r.Level)));
        var labels = await skills.Find([.. asked.SelectMany(a => a.Was.Prepend(a.SkillUri))], language, ct);
        return new(
            audit.Id, rated.Person, rated.Firm,
            [
                .. asked.Select(a => Line(a, Audits.Results.Of(new(audit.Id, rated.Person, rated.Firm, a.SkillUri, a.Level), sheets), labels)),
            ],
            [
                .. sheets.Where(s => s.Kind != RaterKind.Peer).SelectMany(s => s.Comments.Or([]).Select(c => new Comment(c.SkillUri, s.Kind, c.Text))),
            ],
            opened.Auditor ? [.. sheets.Select(s => new Single(s.Rater, s.Kind, s.Answers, s.Comments, s.SentAt!.Value))] : null); // sent ones
    }

    private static Skill Line(SkillNow asked, SkillResult r, IReadOnlyDictionary<string, SkillCard> labels) => new(
        r.SkillUri, labels.LabelOf(r.SkillUri), r.Required, r.Self, r.Manager, r.PeersTenths, r.PeersTenths is null ? null : r.PeerCount, r.Rated,
        asked.Former(labels));
}
