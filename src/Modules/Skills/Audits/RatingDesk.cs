using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Levels;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Skills.Audits;

/// <summary>One's own sheet on a person, as far as the audit takes ratings.</summary>
/// <param name="Skills">As the audit names them, each once: of two that became one the first.</param>
/// <param name="Names">Under which names they go now.</param>
internal sealed record OwnSheet(
    Id<Firm> Firm, RaterKind Kind, DateTimeOffset Deadline, ValueList<RequiredSkill> Skills, ValueList<SheetAnswer> Answers, ValueList<SheetComment> Comments,
    bool Sent, long Version, Succession Names)
{
    public SheetAnswer? AnswerOf(string skill) => Answers.Where(a => Same(a.SkillUri, skill)).OrderBy(a => a.SkillUri != skill).FirstOrDefault();

    public string? CommentOf(string skill) => Comments.Where(c => Same(c.SkillUri, skill)).OrderBy(c => c.SkillUri != skill).FirstOrDefault()?.Text;

    /// <summary>As the audit names a skill, by whichever of its names it is answered; a skill that is not asked keeps its name.</summary>
    public string AskedAs(string skill) =>
        Skills.Select(s => s.SkillUri).Where(u => Same(u, skill)).OrderBy(u => u != skill).FirstOrDefault() ?? skill;

    private bool Same(string one, string other) => Names.Now(one) == Names.Now(other);
}

/// <summary>Where ratings come in: only from who is asked, only while the audit takes them.</summary>
internal sealed class RatingDesk(
    AuditDesk audits, Streams<Campaign, CampaignEvent> campaigns, Streams<Sheet, SheetEvent> sheets, IFirmDirectory directory, Successions successions,
    TimeProvider clock)
{
    public async Task<(OwnSheet? Sheet, Refusal? Refusal)> Find(Id<Audit> id, Id<Person> person, Caller caller, CancellationToken ct)
    {
        if (await audits.Open(id, caller, ct) is null) return (null, AuditRules.Unknown);
        var campaign = (await campaigns.Load(id.Value, ct)).State;
        if (new TakeRating(caller.Person, person, clock.GetUtcNow()).Refusal(campaign) is { } refusal) return (null, refusal);
        if (campaign is not Campaign.Open open || open.Find(person) is not { } rated) return (null, AuditRules.NotRated);
        // The news that somebody left may still be on its way.
        if ((await directory.EmploymentsOf(person, ct)).All(e => e.Firm != rated.Firm)) return (null, AuditRules.PersonLeft);
        var kind = open.KindOf(caller.Person, person)!.Value; // no refusal: the caller rates the person
        if (kind == RaterKind.Peer && (await directory.EmploymentsOf(caller.Person, ct)).All(e => e.Firm != rated.Firm)) return (null, AuditRules.NotRater);
        var loaded = await sheets.Load(Sheet.IdOf(id, caller.Person, person), ct);
        var (answers, comments, sent) = loaded.State is Sheet.Filled f ? (f.Answers.Or([]), f.Comments.Or([]), f.Sent) : ([], [], false);
        var names = await successions.Of([.. rated.Skills.Select(s => s.SkillUri), .. answers.Select(a => a.SkillUri)], ct);
        ValueList<RequiredSkill> asked = [.. rated.Skills.GroupBy(s => names.Now(s.SkillUri)).Select(g => new RequiredSkill(g.First().SkillUri, g.Max(s => s.Level)))];
        return (new(rated.Firm, kind, open.Deadline, asked, answers, comments, sent, loaded.Version, names), null);
    }

    /// <summary>The sheet's command, and in the same transaction the audit is asked again and held open.</summary>
    public Task<IResult> Run(
        Id<Audit> id, Id<Person> person, Caller caller, Streams<Sheet, SheetEvent> streams, ICommand<Sheet, SheetEvent> command, Commands commands,
        DateTimeOffset now, CancellationToken ct) => commands.Run(
        streams, Sheet.IdOf(id, caller.Person, person), command, Reply.Changed($"/api/v1/skills/audits/{id}/ratings/{person}", id), ct,
        also: async _ => [await campaigns.Prepare(id.Value, new TakeRating(caller.Person, person, now), ct)], statements: [AuditGuard.HoldOpen(id)]);
}
