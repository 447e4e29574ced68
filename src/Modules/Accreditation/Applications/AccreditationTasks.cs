using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Resources;
using ClusterNet.Accreditation.Standards;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Accreditation.Applications;

/// <summary>What waits for candidates, for assessors, and for those who decide. Nobody is named: the page says who it is to those who may know.</summary>
internal sealed class AccreditationTasks(
    Database database, Streams<Application, ApplicationEvent> applications, Streams<Standard, StandardEvent> standards, ILearningRecords learning,
    IStringLocalizer<Texts> text, TimeProvider clock) : IHomeTasks
{
    private const int Most = 20;

    private const string Mine = """
        where (candidate = $1 and phase in ('draft', 'more-evidence-asked') or phase = 'in-assessment' and assessors @> array[$1]
            or phase = 'assessed' and cluster = any($2) and candidate <> $1 and not assessors @> array[$1]) order by id limit $3
        """;

    public async Task<IReadOnlyList<HomeTask>> Of(Caller caller, CancellationToken ct)
    {
        var deciding = caller.ScopesOf(ScopeKind.Cluster, Role.DecisionMaker).ToArray();
        var rows = await database.Query(
            AccreditationModule.Name, Statement.Of(Applications.Table.Select(Mine), caller.Person.Value, deciding, Most), Applications.Table.Read, ct);
        var tasks = new List<HomeTask>();
        foreach (var row in rows)
        {
            // A handful of applications; whether somebody has rated or may decide is known to the application itself.
            if ((await applications.Load(row.Id.Value, ct)).State is not Application.Existing { Dossier: var dossier }) continue;
            if ((await standards.Load(row.Standard.Value, ct)).State is not Standard.Published { Terms: var terms }) continue;
            if (await TaskOf(row, dossier, terms, caller, ct) is { } task) tasks.Add(task);
        }

        return [.. tasks.OrderBy(t => t.Kind is "application-draft")];
    }

    private async Task<HomeTask?> TaskOf(ApplicationRow row, Dossier dossier, StandardTerms terms, Caller caller, CancellationToken ct) => row.Phase switch
    {
        Phase.MoreEvidenceAsked => new("evidence-asked", text["TaskMoreEvidence", terms.Title], "/accreditation"),
        Phase.Draft => await IsReady(dossier, terms, ct)
            ? new("application-ready", text["TaskReady", terms.Title], "/accreditation")
            : new("application-draft", text["TaskDraft", terms.Title], "/accreditation"),
        Phase.InAssessment => HasRated(dossier, terms, caller.Person) ? null : new("application-to-assess", text["TaskAssess", terms.Title], "/assessments"),
        // Whoever once assessed it decides nothing in it.
        Phase.Assessed => dossier.EverAssigned.Contains(caller.Person) ? null : new("application-to-decide", text["TaskDecide", terms.Title], "/assessments"),
        _ => null,
    };

    private async Task<bool> IsReady(Dossier dossier, StandardTerms terms, CancellationToken ct)
    {
        var facts = await learning.Find([.. dossier.Mapping.Keys], ct);
        var items = dossier.Mapping.Where(m => facts.ContainsKey(m.Key)).Select(m => EvidenceItem.Of(facts[m.Key], m.Value)).ToList();
        return EvidenceVerdict.Of(dossier.Candidate, items, terms, clock.GetUtcNow()).Sufficient;
    }

    private static bool HasRated(Dossier dossier, StandardTerms terms, Id<Person> assessor)
    {
        var rated = dossier.Counting().Where(r => r.Assessor == assessor).Select(r => r.Criterion).ToHashSet();
        return dossier.ToRate(terms).All(c => rated.Contains(c.Code));
    }
}
