using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Skills.Audits;

/// <summary>
/// Who is rated by whom in a firm, unless somebody chooses otherwise: holders of the audit's profiles, or everybody where nobody holds one; by the
/// manager who joins; by up to five peers, taken in turn so that each rates about as many as rate them.
/// </summary>
internal static class Assigning
{
    public const int UsualPeers = 5;

    /// <param name="staff">Who works in the firm.</param>
    /// <param name="holders">Who of them holds which of the profiles.</param>
    /// <param name="manager">Who rates as the manager; somebody else who leads rates the manager.</param>
    public static ValueList<Participant> Plan(
        IReadOnlyCollection<EmploymentCard> staff, IReadOnlyCollection<(Id<Person> Person, Id<RoleProfile> Profile)> holders,
        IReadOnlyCollection<Id<RoleProfile>> profiles, RaterScheme raters, Id<Person> manager)
    {
        var people = staff.Select(s => s.Person).Distinct().Order().ToList();
        var held = holders.Where(h => profiles.Contains(h.Profile) && people.Contains(h.Person)).ToLookup(h => h.Person, h => h.Profile);
        var leads = staff.Where(s => s.Position is Position.Owner or Position.Manager).Select(s => s.Person).Distinct().Order().ToList();
        return
        [
            .. people.Where(p => held.Count == 0 || held.Contains(p)).Select(p =>
            {
                Id<Person>? rates = raters == RaterScheme.Self ? null : p != manager ? manager : leads.Where(l => l != p).Cast<Id<Person>?>().FirstOrDefault();
                return new Participant(
                    p, held.Count == 0 ? [.. profiles] : [.. profiles.Where(held[p].Contains)], rates,
                    raters == RaterScheme.ThreeQuarters ? Peers(p, rates, people) : []);
            }),
        ];
    }

    /// <summary>Those who come next after the person in the circle of colleagues.</summary>
    private static ValueList<Id<Person>> Peers(Id<Person> person, Id<Person>? manager, IReadOnlyList<Id<Person>> people)
    {
        var at = people.Index().First(p => p.Item == person).Index;
        return [.. people.Skip(at + 1).Concat(people.Take(at)).Where(p => p != manager).Take(UsualPeers)];
    }
}
