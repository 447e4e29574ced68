using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;

namespace ClusterNet.Resources.Attending;

/// <summary>Who may say who came, who may read it, and for which firm somebody comes.</summary>
internal sealed class Attendees(IFirmDirectory directory)
{
    /// <summary>The trainer, a manager of the organising firm, or the coordinator.</summary>
    public static bool MayNote(Caller caller, SessionRow session) => session.Trainer == caller.Person || Standing.IsFor(caller, session.Cluster, session.Firm);

    /// <summary>Whoever notes it, and a firm's managers for their own people.</summary>
    public static bool Sees(Caller caller, SessionRow session, Id<Firm> firm) => MayNote(caller, session) || Standing.IsFor(caller, session.Cluster, firm);

    /// <summary>
    /// For which firm each person comes: that of the seat, else the first of the cluster that employs the person; who has neither is missing.
    /// </summary>
    public async Task<IReadOnlyDictionary<Id<Person>, Id<Firm>>> FirmsOf(SessionRow session, IReadOnlyCollection<Id<Person>> people, CancellationToken ct)
    {
        var known = session.Presences.Select(p => (p.Person, p.Firm)).ToDictionary(p => p.Person, p => p.Firm);
        foreach (var seats in session.Reservations.Where(r => r.Held))
            foreach (var person in seats.People) known[person] = seats.Firm;
        var found = people.Where(known.ContainsKey).ToDictionary(p => p, p => known[p]);
        if (found.Count == people.Count) return found;
        var employers = await directory.FirmsOf([.. people.Where(p => !found.ContainsKey(p))], ct);
        var admitted = (await directory.AdmittedTo(session.Cluster, ct)).Select(f => f.Firm).ToHashSet();
        foreach (var (person, firms) in employers)
            if (firms.Where(admitted.Contains).Order().ToList() is [var first, ..]) found[person] = first;
        return found;
    }
}
