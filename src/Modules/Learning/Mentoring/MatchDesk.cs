using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Learning.Mentoring;

/// <summary>Looks for mentors among the offers that are shown to the mentee.</summary>
internal sealed class MatchDesk(OfferDesk offers, IFirmDirectory directory, ISkillLevels levels, IEnumerable<IMentoringConflicts> conflicts)
{
    public const int Most = 50;

    /// <summary>Offers that are looked at, the last changed first: beyond them a wish has to be narrower.</summary>
    private const int LookedAt = 2_000;

    public async Task<IReadOnlyList<Match>> Find(Wish wish, Caller caller, CancellationToken ct)
    {
        var rows = await offers.Shown(await offers.Rows($"where not paused and visibility <> 'private' order by changed_at desc limit {LookedAt}", ct), caller, ct);
        return [.. Matching.Of(wish, rows, await FactsOf(rows, wish, caller, ct)).Take(Most)];
    }

    /// <summary>One offer, held against no wish.</summary>
    public async Task<Match> Of(OfferRow offer, Caller caller, CancellationToken ct)
    {
        var wish = new Wish(caller.Person, null, offer.SkillUris, [], [], 0);
        var open = offer with { Reach = Reach.Everybody, Paused = false };
        return Matching.Of(wish, [open], await FactsOf([open], wish, caller, ct)) is [var match] ? match with { Offer = offer } : new(offer, 0, [], []);
    }

    private async Task<MentorFacts> FactsOf(IReadOnlyList<OfferRow> rows, Wish wish, Caller caller, CancellationToken ct)
    {
        Id<Person>[] people = [.. rows.Select(r => r.Person).Where(p => p != caller.Person).Distinct()];
        var firms = await directory.FirmsOf([.. people], ct);
        var works = (await directory.EmployedBy([.. firms.Values.SelectMany(f => f).Distinct()], ct)).Where(e => people.Contains(e.Person)).GroupBy(e => e.Person)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<EmploymentCard>)[.. g]);
        var known = wish.SkillUris.Count == 0 ? [] : await levels.SeenBy(caller, [.. rows.Where(r => r.SkillUris.Intersect(wish.SkillUris).Any()).Select(r => r.Person).Distinct()], ct);
        var others = new List<(Id<Person>, Conflict)>();
        foreach (var port in conflicts) others.AddRange((await port.Of(caller.Person, people, ct)).Select(c => (c.Mentor, new Conflict(c.Code, c.Words))));
        return new(
            await offers.Taken([.. rows.Select(r => r.Id)], ct), works, [.. (await directory.EmploymentsOf(caller.Person, ct)).Select(e => e.Firm)], known, others);
    }
}
