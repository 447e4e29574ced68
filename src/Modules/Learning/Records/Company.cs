using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Learning.Records;

/// <summary>Where somebody works, and who can have been there: people of the same firm or of a firm in a shared cluster.</summary>
internal sealed class Company(IFirmDirectory directory, IPeopleNames names)
{
    private static readonly Refusal NotEmployed = new(
        "not-employed", "Learning is recorded as an employee of a firm, and no firm employs you. Ask your firm's manager to add you.", 422);

    private static readonly Refusal WhichFirm = new("firm-needed", "You work in several firms: name one of them as 'firm'.", 422);

    private static readonly Refusal NotYourFirm = new(
        "not-your-firm", "You don't work in the firm that the request names. Leave 'firm' out or name one of yours.", 422);

    public static readonly Refusal Strangers = new(
        "companion-unknown",
        "Some people in 'with' are unknown, or no firm of theirs shares a cluster with yours. Remove them, or look their ids up.", 422);

    public async Task<(Id<Firm>? Firm, Refusal? Refusal)> FirmOf(Id<Person> person, Id<Firm>? wanted, CancellationToken ct)
    {
        var firms = await FirmsOf(person, ct);
        if (firms.Count == 0) return (null, NotEmployed);
        if (wanted is { } named) return firms.Contains(named) ? (named, null) : (null, NotYourFirm.With("firms", firms));
        return firms.Count == 1 ? (firms[0], null) : (null, WhichFirm.With("firms", firms));
    }

    /// <summary>Where somebody works now.</summary>
    public async Task<List<Id<Firm>>> FirmsOf(Id<Person> person, CancellationToken ct) => (await directory.EmploymentsOf(person, ct)).Select(e => e.Firm).Distinct().ToList();

    /// <param name="naming">Who names them; null where they have met by other means.</param>
    public async Task<(ValueList<Companion> With, Refusal? Refusal)> Of(
        Id<Firm> firm, IReadOnlyCollection<Id<Person>> persons, CancellationToken ct, Caller? naming = null)
    {
        if (persons.Count == 0) return ([], null);
        var found = await Near(firm, persons, ct, naming);
        var strangers = persons.Except(found.Select(c => c.Person)).ToList();
        return strangers.Count == 0 ? ([.. found], null) : ([], Strangers.With("persons", strangers));
    }

    /// <summary>
    /// Those of the persons who can have been there, in their order. Who works in the same firm too was there as a colleague: nobody speaks for another firm
    /// beside the own one.
    /// </summary>
    /// <param name="naming">Who names them: where somebody works is told of nobody who does not show it. Null where they have met by other means.</param>
    public async Task<IReadOnlyList<Companion>> Near(Id<Firm> firm, IReadOnlyCollection<Id<Person>> persons, CancellationToken ct, Caller? naming = null)
    {
        var near = await Near(firm, ct);
        var seen = naming is null ? null : await names.SeenBy(naming, persons, ct);
        var firmsOf = await directory.FirmsOf(persons, ct);
        return [.. persons.Distinct().Where(p => seen?.ContainsKey(p) != false).Where(firmsOf.ContainsKey).SelectMany(p => firmsOf[p].Where(near.Contains).OrderBy(f => f != firm).ThenBy(f => f).Take(1).Select(f => new Companion(p, f)))];
    }

    /// <summary>The firm itself and all that share a cluster with it.</summary>
    private async Task<HashSet<Id<Firm>>> Near(Id<Firm> firm, CancellationToken ct)
    {
        HashSet<Id<Firm>> near = [firm];
        foreach (var cluster in await directory.ClustersOf(firm, ct))
            near.UnionWith((await directory.AdmittedTo(cluster, ct)).Select(f => f.Firm));
        return near;
    }
}
