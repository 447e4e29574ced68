using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Levels;

namespace ClusterNet.Skills.Audits;

/// <summary>Whether the audit takes a rating now: decided on the audit itself, in the transaction of the rating.</summary>
internal sealed record TakeRating(Id<Person> Rater, Id<Person> Person, DateTimeOffset Now) : ICommand<Campaign, CampaignEvent>
{
    public Decision<CampaignEvent> Decide(Campaign state) => Refusal(state) is { } refusal ? refusal : Decision<CampaignEvent>.Nothing;

    public Refusal? Refusal(Campaign state) => state switch
    {
        Campaign.Absent => AuditRules.Unknown,
        Campaign.Open o when o.HasLeft(Person) && o.Find(Person) is null => AuditRules.PersonLeft,
        Campaign.Open o when o.KindOf(Rater, Person) is null => AuditRules.NotRater,
        Campaign.Open o when Now >= o.Deadline => AuditRules.DeadlinePassed,
        Campaign.Open => null,
        _ => AuditRules.Ended,
    };
}

/// <summary>Saves the whole sheet as it is now; what was sent before stays sent, and counts as it is now.</summary>
/// <param name="Skills">What the audit asks of the person.</param>
internal sealed record SaveRating(
    Id<Audit> Audit, Id<Person> Rater, Id<Person> Person, Id<Firm> Firm, RaterKind Kind, ValueList<RequiredSkill> Skills, ValueList<SheetAnswer> Answers,
    ValueList<SheetComment> Comments, DateTimeOffset Now) : ICommand<Sheet, SheetEvent>
{
    public static readonly Refusal NotAsked = new("skill-not-asked", "The audit does not ask for some of these skills. Read the sheet to see which it asks for.", 422);

    public static readonly Refusal Incomplete = new(
        "answers-missing", "A rating that was sent stays whole: answer every skill, if only with \"can't say\".", 422);

    public Decision<SheetEvent> Decide(Sheet state)
    {
        var asked = Skills.Select(s => s.SkillUri).ToHashSet();
        var foreign = Answers.Select(a => a.SkillUri).Concat(Comments.Select(c => c.SkillUri)).Where(u => !asked.Contains(u)).Distinct().ToList();
        if (foreign.Count > 0) return NotAsked.With("skills", foreign);
        return state switch
        {
            Sheet.Filled { Sent: true } when Answers.Count < asked.Count => Incomplete,
            Sheet.Filled f when f.Answers == Answers && f.Comments == Comments => Decision<SheetEvent>.Nothing,
            Sheet.Empty when Answers.Count == 0 && Comments.Count == 0 => Decision<SheetEvent>.Nothing,
            _ => new RatingSaved(Audit, Rater, Person, Firm, Kind, Answers, Comments, Now),
        };
    }
}

internal sealed record SendRating(Id<Audit> Audit, Id<Person> Rater, Id<Person> Person, ValueList<RequiredSkill> Skills, DateTimeOffset Now)
    : ICommand<Sheet, SheetEvent>
{
    public static readonly Refusal Nothing = new("nothing-rated", "There is nothing to send yet. Rate the skills first.");

    public static readonly Refusal Missing = new(
        "answers-missing", "Some skills have no answer yet. Choose a step or \"can't say\" for each, then send it.");

    public static readonly Refusal Already = new("already-sent", "This was sent. To change it save it anew: what is saved counts until the audit ends.");

    public Decision<SheetEvent> Decide(Sheet state) => state switch
    {
        Sheet.Filled { Sent: true } => Already,
        Sheet.Filled f when Open(f.Answers.Or([])) is { Count: > 0 } open => Missing.With("skills", open),
        Sheet.Filled => new RatingSent(Audit, Rater, Person, Now),
        _ => Nothing,
    };

    private List<string> Open(ValueList<SheetAnswer> answers) =>
        [.. Skills.Select(s => s.SkillUri).Where(u => answers.All(a => a.SkillUri != u))];
}
