using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Levels;

namespace ClusterNet.Skills.Audits;

/// <summary>
/// A skills audit from its opening to its close: which firms take part with whom, and who rates whom. What they say stands in sheets of their own
/// (<see cref="Sheet"/>), so that a thousand people can answer at once.
/// </summary>
internal abstract record Campaign : IState<Campaign, CampaignEvent>
{
    public sealed record Absent : Campaign;

    /// <param name="Invited">Firms that have not said yet whether they take part.</param>
    /// <param name="Declined">Firms that do not take part; until the deadline they may think better of it.</param>
    /// <param name="Joined">Firms that take part. While there are none the audit is open; with the first one it runs.</param>
    public sealed record Open(
        Id<Cluster>? Cluster, Id<Person> By, ValueList<AuditProfile> Profiles, RaterScheme Raters, DateTimeOffset Deadline,
        ValueList<Id<Firm>> Invited, ValueList<Id<Firm>> Declined, ValueList<Id<Firm>> Joined, ValueList<Rated> People, ValueList<Gone> Left, DateTimeOffset OpenedAt, DateTimeOffset? RemindedAt)
        : Campaign
    {
        /// <summary>Somebody who is rated and still works there.</summary>
        public Rated? Find(Id<Person> person) => People.FirstOrDefault(p => p.Person == person);

        public bool HasLeft(Id<Person> person) => Left.Any(g => g.Person == person);

        public IEnumerable<Assignment> Assignments => People.SelectMany(p => p.Assignments(Raters, HasLeft));

        /// <summary>As what one rates the other; null for not at all.</summary>
        public RaterKind? KindOf(Id<Person> rater, Id<Person> rated) =>
            Find(rated)?.Assignments(Raters, HasLeft).FirstOrDefault(a => a.Rater == rater)?.Kind;
    }

    public sealed record Closed(DateTimeOffset At) : Campaign;

    public sealed record Cancelled : Campaign;

    public static Campaign Initial { get; } = new Absent();

    public static Campaign Evolve(Campaign state, CampaignEvent fact) => (state, fact) switch
    {
        (_, AuditOpened e) => new Open(e.Cluster, e.By, e.Profiles, e.Raters, e.Deadline, e.Firms, [], [], [], [], e.At, null),
        (Open o, AuditFirmJoined e) => o with
        {
            Invited = [.. o.Invited.Where(f => f != e.Firm)],
            Declined = [.. o.Declined.Where(f => f != e.Firm)],
            Joined = [.. o.Joined, e.Firm],
            People = [.. o.People, .. e.People.Select(p => Rated.Of(p, e.Firm, o.Profiles))],
        },
        (Open o, AuditFirmDeclined e) => o with { Invited = [.. o.Invited.Where(f => f != e.Firm)], Declined = [.. o.Declined, e.Firm] },
        (Open o, AuditPeersChosen e) => o with { People = [.. o.People.Select(p => p.Person == e.Person ? p with { Peers = e.Peers } : p)] },
        (Open o, AuditDeadlineMoved e) => o with { Deadline = e.Deadline },
        (Open o, AuditReminded e) => o with { RemindedAt = e.At },
        (Open o, AuditPersonLeft e) => o with
        {
            People = [.. o.People.Where(p => p.Person != e.Person || p.Firm != e.Firm)],
            Left = [.. o.Left, new(e.Person, e.Firm)],
        },
        (_, AuditClosed e) => new Closed(e.At),
        (_, AuditCancelled) => new Cancelled(),
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    /// <summary>Somebody who has left a firm that takes part.</summary>
    internal sealed record Gone(Id<Person> Person, Id<Firm> Firm);

    /// <summary>Somebody who is rated, with what the profiles ask for: of a skill that several ask for, the highest level.</summary>
    internal sealed record Rated(Id<Person> Person, Id<Firm> Firm, ValueList<RequiredSkill> Skills, Id<Person>? Manager, ValueList<Id<Person>> Peers)
    {
        public static Rated Of(Participant p, Id<Firm> firm, ValueList<AuditProfile> profiles) =>
            new(p.Person, firm, SkillsOf(p.Profiles.Select(id => profiles.First(x => x.Profile == id))), p.Manager, p.Peers);

        /// <summary>Who rates the person: each once, the manager not as a peer as well.</summary>
        public IEnumerable<Assignment> Assignments(RaterScheme scheme, Func<Id<Person>, bool> hasLeft)
        {
            yield return new(Person, Person, Firm, RaterKind.Self);
            if (scheme == RaterScheme.Self) yield break;
            if (Manager is { } manager && !hasLeft(manager)) yield return new(manager, Person, Firm, RaterKind.Manager);
            if (scheme == RaterScheme.Half) yield break;
            foreach (var peer in Peers.Where(p => p != Person && p != Manager && !hasLeft(p))) yield return new(peer, Person, Firm, RaterKind.Peer);
        }

        private static ValueList<RequiredSkill> SkillsOf(IEnumerable<AuditProfile> profiles)
        {
            var skills = new List<RequiredSkill>();
            foreach (var skill in profiles.SelectMany(p => p.Skills))
            {
                var at = skills.FindIndex(s => s.SkillUri == skill.SkillUri);
                if (at < 0) skills.Add(skill);
                else if (skills[at].Level < skill.Level) skills[at] = skill;
            }

            return [.. skills];
        }
    }

    /// <summary>Somebody who is to rate somebody.</summary>
    internal sealed record Assignment(Id<Person> Rater, Id<Person> Person, Id<Firm> Firm, RaterKind Kind);
}
