using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Resources;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Accreditation.Applications;

/// <summary>Who assesses somebody's open application is no mentor for that person now, and would be no assessor afterwards.</summary>
internal sealed class MentoringConflicts(Database database, IStringLocalizer<Texts> text) : IMentoringConflicts
{
    private const string Sql =
        "select distinct assessor from accreditation.applications, unnest(assessors) assessor where candidate = $1 and open and assessor = any($2)";

    public async Task<IReadOnlyList<MentoringConflict>> Of(Id<Person> mentee, IReadOnlyCollection<Id<Person>> mentors, CancellationToken ct) =>
        mentors.Count == 0 ? [] : await database.Query(
            AccreditationModule.Name, Statement.Of(Sql, mentee.Value, mentors.Select(m => m.Value).ToArray()),
            r => new MentoringConflict(new(r.GetGuid(0)), "assesses-you", text["MentorAssesses"]), ct);
}
