using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Records;
using ClusterNet.Projections;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Learning.Discussions;

/// <summary>What speaks for it that somebody can help.</summary>
[JsonConverter(typeof(WireNameConverter<HelpReasonKind>))]
internal enum HelpReasonKind
{
    /// <summary>Credentials or confirmed learning show it.</summary>
    [JsonStringEnumMemberName("evidenced")]
    Evidenced,

    /// <summary>Rated in a skills audit.</summary>
    [JsonStringEnumMemberName("rated")]
    Rated,

    /// <summary>People who were there endorsed the person for it.</summary>
    [JsonStringEnumMemberName("endorsed")]
    Endorsed,

    /// <summary>A learning record that others confirmed names it.</summary>
    [JsonStringEnumMemberName("confirmed")]
    Confirmed,

    /// <summary>The person says so.</summary>
    [JsonStringEnumMemberName("claimed")]
    Claimed,
}

/// <param name="Level">The step of the scale; null where the reason speaks of none.</param>
internal sealed record HelpReason(HelpReasonKind Kind, string SkillUri, int? Level);

/// <summary>Somebody who may be able to help, and why: there is no rank.</summary>
internal sealed record Helper(Id<Person> Person, string Name, IReadOnlyList<HelpReason> Reasons);

/// <summary>
/// Finds who can help with a question: people with its skills, as far as each shows themselves and their skills to the asker, lets themselves be found, and
/// can see the question.
/// </summary>
internal sealed class Helpers(Database database, ISkillLevels levels, IPeopleNames names, CommunityDesk communities, RecordReader records)
{
    private static readonly string Sql =
        $"select person, skill_uris, endorsements <> '[]', cardinality(answered_by) > 0 and not disputed from {RecordList.Table.Sql} " +
        $"where {Reader.Sees} and skill_uris && $4 and (endorsements <> '[]' or cardinality(answered_by) > 0 and not disputed)";

    /// <returns>By name; empty for a question that names no skill.</returns>
    public async Task<IReadOnlyList<Helper>> Of(SeenDiscussion question, Caller caller, CancellationToken ct)
    {
        string[] skills = [.. question.State.SkillUris];
        if (skills.Length == 0) return [];
        var recorded = await Recorded(skills, caller, ct);
        var candidates = recorded.Keys.Concat(await levels.Holders(skills, ct)).Distinct().Where(p => p != caller.Person).ToList();
        var found = await Findable(question, candidates, caller, ct);
        var called = await names.SeenBy(caller, [.. found], ct);
        var reasons = (await levels.SeenBy(caller, [.. called.Keys], ct)).Where(l => l.Counts > 0 && skills.Contains(l.SkillUri))
            .Select(l => (l.Person, Reason: new HelpReason(WireNames.Parse<HelpReasonKind>(l.Source), l.SkillUri, l.Counts))).ToLookup(l => l.Person, l => l.Reason);
        return
        [
            .. called.Select(n => new Helper(n.Key, n.Value, [.. reasons[n.Key].Concat(recorded.GetValueOrDefault(n.Key, [])).OrderBy(r => r.Kind)]))
                .Where(h => h.Reasons.Count > 0).OrderBy(h => h.Name, StringComparer.CurrentCulture).ThenBy(h => h.Person),
        ];
    }

    /// <summary>What records that the caller may see tell of people's skills.</summary>
    private async Task<Dictionary<Id<Person>, List<HelpReason>>> Recorded(string[] skills, Caller caller, CancellationToken ct)
    {
        var rows = await database.Query(
            LearningModule.Name, Statement.Of(Sql, [.. (await records.ReaderOf(caller, ct)).Values, skills]),
            r => (Person: new Id<Person>(r.GetGuid(0)), Skills: r.GetFieldValue<string[]>(1), Endorsed: r.GetBoolean(2), Confirmed: r.GetBoolean(3)), ct);
        return rows.GroupBy(r => r.Person).ToDictionary(g => g.Key, g => g
            .SelectMany(r => r.Skills.Intersect(skills).SelectMany(s => Kinds(r.Endorsed, r.Confirmed).Select(k => new HelpReason(k, s, null)))).Distinct().ToList());
    }

    private static IEnumerable<HelpReasonKind> Kinds(bool endorsed, bool confirmed) =>
        [.. endorsed ? [HelpReasonKind.Endorsed] : Array.Empty<HelpReasonKind>(), .. confirmed ? [HelpReasonKind.Confirmed] : Array.Empty<HelpReasonKind>()];

    /// <summary>Who shows the asker what they can, has not said that they don't want to be asked, and can see the question.</summary>
    private async Task<IReadOnlySet<Id<Person>>> Findable(SeenDiscussion question, IReadOnlyCollection<Id<Person>> candidates, Caller caller, CancellationToken ct)
    {
        var open = await names.ProfilesSeenBy(caller, candidates, ct);
        var closed = await database.Query(
            LearningModule.Name, Statement.Of("select person from learning.help_offers where not is_open and person = any($1)", open.Select(p => p.Value).ToArray()),
            r => new Id<Person>(r.GetGuid(0)), ct);
        return await communities.Readers(question.Community.Row.Cluster, [.. open.Except(closed)], ct);
    }
}
