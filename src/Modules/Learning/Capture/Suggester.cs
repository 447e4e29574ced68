using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Records;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Learning.Capture;

/// <summary>Somebody who may have been there.</summary>
/// <param name="Sure">The sentence has the whole name, or a capitalised part of it that of those near here only this person bears, or only this one of those with whom the caller has learnt.</param>
internal sealed record SuggestedPerson(Id<Person> Person, string Name, Id<Firm> Firm, string FirmName, bool Sure);

/// <summary>What a sentence suggests for a record; people choose.</summary>
internal sealed record Suggestion(Sentence Sentence, IReadOnlyList<SuggestedPerson> People, IReadOnlyList<SuggestedSkill> Skills);

/// <summary>Suggests the details of a record from one sentence. The sentence is not kept.</summary>
internal sealed class Suggester(ISkillCatalogue skills, IPeopleNames names, IFirmDirectory directory, Company company, Database database)
{
    private const int MostPeople = 4, MostSkills = 6;

    /// <param name="firm">Where the caller works: only people of firms near it can have been there.</param>
    public async Task<Suggestion> For(string text, string language, DateOnly today, Caller caller, Id<Firm>? firm, CancellationToken ct) => new(
        Sentence.Read(text, language, today), firm is { } there ? await People(text, caller, there, ct) : [],
        await skills.Suggest(text, language, MostSkills, ct));

    private async Task<IReadOnlyList<SuggestedPerson>> People(string text, Caller caller, Id<Firm> firm, CancellationToken ct)
    {
        var named = await names.NamedIn(caller, text, ct);
        if (named.Count == 0) return [];
        var near = (await company.Near(firm, [.. named.Select(n => n.Person)], ct)).ToDictionary(c => c.Person, c => c.Firm);
        var candidates = named.Where(n => near.ContainsKey(n.Person)).ToList();
        var firms = await directory.Cards([.. near.Values.Distinct()], ct);
        var capitalised = Capitalised(text);
        var whole = candidates.Where(n => n.Whole).SelectMany(n => n.Words).ToHashSet();
        var met = await Met(caller.Person, [.. candidates.Select(n => n.Person.Value)], ct);
        return
        [
            // Of two who bear a part of a name, the one with all of it is meant.
            .. candidates.Where(n => n.Whole || !n.Words.All(whole.Contains))
                .Select(n => new SuggestedPerson(
                    n.Person, n.Name, near[n.Person], firms.TryGetValue(near[n.Person], out var card) ? card.Name : "",
                    n.Whole || (n.Words.Any(capitalised.Contains) && IsMeant(n.Person, [.. candidates.Where(o => o.Words.Intersect(n.Words).Any()).Select(o => o.Person)], met))))
                .OrderByDescending(p => p.Sure).ThenByDescending(p => met.GetValueOrDefault(p.Person)).ThenByDescending(p => p.Firm == firm).Take(MostPeople),
        ];
    }

    /// <summary>Who alone bears a name is meant by it; of several, the one with whom alone one has learnt before.</summary>
    private static bool IsMeant(Id<Person> person, IReadOnlyList<Id<Person>> bearers, IReadOnlyDictionary<Id<Person>, long> met) =>
        bearers.Count == 1 || (met.ContainsKey(person) && bearers.Count(met.ContainsKey) == 1);

    /// <summary>How often each of them is in a record of the caller's, or has named the caller in one.</summary>
    private async Task<IReadOnlyDictionary<Id<Person>, long>> Met(Id<Person> caller, Guid[] people, CancellationToken ct) => (await database.Query(
        LearningModule.Name,
        Statement.Of(
            """
            select p, count(*) from (
                select unnest(with_persons) p from learning.records where person = $1 and with_persons && $2
                union all select person from learning.records where person = any($2) and with_persons @> array[$1] and visibility <> 'private'
            ) m where p = any($2) group by p
            """, caller.Value, people),
        r => (new Id<Person>(r.GetGuid(0)), r.GetInt64(1)), ct)).ToDictionary(m => m.Item1, m => m.Item2);

    private static HashSet<string> Capitalised(string text) =>
        [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => w.TrimStart('(', '"', '\'', '„', '“', '«'))
            .Where(w => w.Length > 0 && char.IsUpper(w[0])).SelectMany(w => Search.Folding.ForIndex(w).Split(' ', StringSplitOptions.RemoveEmptyEntries))];
}
