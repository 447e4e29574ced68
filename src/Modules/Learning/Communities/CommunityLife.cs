using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Learning.Communities;

/// <summary>A community of practice from its founding to its close: what it is for and who keeps it going. Who takes part stands in streams of their own.</summary>
internal abstract record CommunityLife : IState<CommunityLife, CommunityEvent>
{
    public sealed record Absent : CommunityLife;

    public sealed record Open(Charter Charter, ValueList<Id<Person>> Facilitators, ValueList<Goal> Goals) : CommunityLife
    {
        public Goal? Find(Guid goal) => Goals.FirstOrDefault(g => g.Id == goal);
    }

    public sealed record Closed : CommunityLife;

    public static CommunityLife Initial { get; } = new Absent();

    public static CommunityLife Evolve(CommunityLife state, CommunityEvent fact) => (state, fact) switch
    {
        (_, CommunityFounded e) => new Open(Charter.Of(e), [e.By], []),
        (Open o, CommunityChanged e) => o with { Charter = Charter.Of(e) },
        (Open o, CommunityFacilitatorAppointed e) => o with { Facilitators = [.. o.Facilitators, e.Person] },
        (Open o, CommunityOfficeGivenUp e) => o with
        {
            Facilitators = [.. o.Facilitators.Where(f => f != e.Person)],
            Charter = o.Charter.Sponsor == e.Person ? o.Charter with { Sponsor = null } : o.Charter,
        },
        (Open o, CommunityGoalSet or CommunityGoalProgressed or CommunityGoalDropped) => o with { Goals = Goal.After(o.Goals, fact) },
        (_, CommunityClosed) => new Closed(),
        (Closed c, _) => c, // who gives an office up afterwards changes nothing else
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

/// <summary>What a community says of itself.</summary>
internal sealed record Charter(
    string Name, string Objective, CommunityKind Kind, bool Reviewed, Id<Person>? Sponsor, ValueList<string> SkillUris, ValueList<string> Tags)
{
    public static Charter Of(CommunityFounded e) => new(e.Name, e.Objective, e.Kind, e.Reviewed, e.Sponsor, e.SkillUris, e.Tags);

    public static Charter Of(CommunityChanged e) => new(e.Name, e.Objective, e.Kind, e.Reviewed, e.Sponsor, e.SkillUris, e.Tags);
}

/// <summary>What the community wants to reach, and how far it has come.</summary>
internal sealed record Goal(Guid Id, string Text, DateOnly? Until, int Percent)
{
    /// <summary>Goals after something happened to one of them.</summary>
    public static ValueList<Goal> After(ValueList<Goal> goals, CommunityEvent fact) => fact switch
    {
        CommunityGoalSet e when goals.All(g => g.Id != e.Goal) => [.. goals, new(e.Goal, e.Text, e.Until, 0)],
        CommunityGoalSet e => [.. goals.Select(g => g.Id == e.Goal ? g with { Text = e.Text, Until = e.Until } : g)],
        CommunityGoalProgressed e => [.. goals.Select(g => g.Id == e.Goal ? g with { Percent = e.Percent } : g)],
        CommunityGoalDropped e => [.. goals.Where(g => g.Id != e.Goal)],
        _ => goals,
    };
}
