using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Standards;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Applications;

/// <param name="Known">The candidate's learning records among those named.</param>
internal sealed record PutEvidence(
    ValueList<MappedRecord> Items, IReadOnlySet<Id<LearningRecord>> Known, StandardTerms Terms, DateTimeOffset Now)
        : ICommand<Application, ApplicationEvent>
{
    public static readonly Refusal NotEditable = new(
        "application-not-editable", "Evidence is put while the application is a draft or more evidence is asked. See its phase.");

    public static readonly Refusal RecordUnknown = new(
        "evidence-unknown",
        "Evidence is the candidate's own learning records; some of these are not (records). Leave them out, or record the learning first.",
        422);

    public static readonly Refusal CriterionUnknown = new(
        "criterion-unknown", "The standard has no such criteria (criteria). Use the codes that it lists (known).", 422);

    public Decision<ApplicationEvent> Decide(Application state)
    {
        if (state is not (Application.Draft or Application.MoreEvidenceAsked)) return NotEditable.With("phase", Phases.Of(state));
        var mapping = ((Application.Existing)state).Dossier.Mapping;
        var criteria = Items.SelectMany(i => i.Criteria).Where(c => !Terms.Knows(c)).Distinct().ToList();
        if (criteria.Count > 0)
            return CriterionUnknown.With("criteria", criteria).With("known", Terms.Criteria.Select(c => c.Code).ToList());
        var records = Items.Select(i => i.Record).Where(r => !Known.Contains(r)).ToList();
        if (records.Count > 0) return RecordUnknown.With("records", records);
        // The same mapping sent again is a retry, not a second fact; a record that is put to nothing is out.
        var changed = Items.Where(i => !mapping.GetValueOrDefault(i.Record, []).Equals(i.Criteria));
        return Decision<ApplicationEvent>.Of([.. changed.Select(i => i.Criteria.Count > 0
            ? new ApplicationEvidencePut(i.Record, i.Criteria, Now) as ApplicationEvent
            : new ApplicationEvidenceTakenOut(i.Record, Now))]);
    }
}

/// <summary>A record and the criteria for which it is to stand.</summary>
internal sealed record MappedRecord(Id<LearningRecord> Record, ValueList<string> Criteria);

internal sealed record TakeEvidenceOut(Id<LearningRecord> Record, DateTimeOffset Now) : ICommand<Application, ApplicationEvent>
{
    public Decision<ApplicationEvent> Decide(Application state) => state switch
    {
        Application.Draft { Dossier: var d } => TakeOut(d),
        Application.MoreEvidenceAsked { Dossier: var d } => TakeOut(d),
        _ => PutEvidence.NotEditable.With("phase", Phases.Of(state)),
    };

    private Decision<ApplicationEvent> TakeOut(Dossier d) =>
        d.Mapping.ContainsKey(Record) ? new ApplicationEvidenceTakenOut(Record, Now) : Decision<ApplicationEvent>.Nothing;
}

internal static class PutEvidenceEndpoint
{
    private const int MaxItems = 200;

    internal sealed record Item(Id<LearningRecord> Record, IReadOnlyList<string> Criteria);

    internal sealed record Body(IReadOnlyList<Item> Items) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Count("items", Items, 1, MaxItems).Each("items", Items, (i, f) => f.Count("criteria", i.Criteria, 1, 50));
            faults.Check(Items.DistinctBy(i => i.Record).Count() == Items.Count, "items", "records-repeat",
                "Name every record once, with all its criteria.");
        }
    }

    internal static void MapPutEvidence(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/accreditation/applications/{id}/evidence", Put)
            .WithName(nameof(PutEvidence))
            .WithSummary("Stage 2, documentation: put learning records to criteria; a record's former criteria are replaced")
            .WithExample(new Body([new(new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f")), ["N1", "N2"])]))
            .SignedInMayCall("the candidate");
        routes.MapDelete("/accreditation/applications/{id}/evidence/{record}", TakeOut)
            .WithName(nameof(TakeEvidenceOut)).WithSummary("Take a record out of the evidence, before it is submitted")
            .SignedInMayCall("the candidate");
    }

    private static async Task<IResult> Put(
        Id<Application> id, Body body, Caller caller, ApplicationDesk desk, ILearningRecords records, Commands commands, TimeProvider clock,
        CancellationToken ct)
    {
        var opened = await desk.Open(id, caller, ct);
        if (opened.Refused(Standing.Candidate) is { } refusal) return Problems.From(refusal);
        return await Map(opened, id, [.. body.Items.Select(i => new MappedRecord(i.Record, [.. i.Criteria.Distinct()]))], desk, records, commands, clock, ct);
    }

    /// <summary>Puts records to criteria, and those to none out.</summary>
    internal static async Task<IResult> Map(
        OpenedApplication opened, Id<Application> id, ValueList<MappedRecord> items, ApplicationDesk desk, ILearningRecords records, Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        var found = await records.Find([.. items.Select(i => i.Record)], ct);
        var own = found.Values.Where(f => f.Person == opened.Caller.Person).Select(f => f.Record).ToHashSet();
        var command = new PutEvidence(items, own, await desk.TermsOf(opened.Dossier, ct), clock.GetUtcNow());
        return await commands.Run(desk.Applications, id.Value, command, ApplicationDesk.Changed(id), ct);
    }

    private static async Task<IResult> TakeOut(
        Id<Application> id, Id<LearningRecord> record, Caller caller, ApplicationDesk desk, Commands commands, TimeProvider clock,
        CancellationToken ct)
    {
        var opened = await desk.Open(id, caller, ct);
        if (opened.Refused(Standing.Candidate) is { } refusal) return Problems.From(refusal);
        return await commands.Run(desk.Applications, id.Value, new TakeEvidenceOut(record, clock.GetUtcNow()), ApplicationDesk.Changed(id),
            ct);
    }
}
