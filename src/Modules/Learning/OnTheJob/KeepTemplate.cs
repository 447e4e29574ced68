using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Records;
using ClusterNet.Privacy;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.OnTheJob;

internal sealed record KeepTemplate(JobTemplateKept Says) : ICommand<JobTemplate, JobTemplateEvent>
{
    public Decision<JobTemplateEvent> Decide(JobTemplate state) => state is JobTemplate.Absent ? Says : Decision<JobTemplateEvent>.Nothing;
}

internal sealed record UseTemplate(Id<Person> By, ValueList<Id<Person>> People, DateTimeOffset Now) : ICommand<JobTemplate, JobTemplateEvent>
{
    public Decision<JobTemplateEvent> Decide(JobTemplate state) => state is JobTemplate.Kept ? new JobTemplateUsed(By, People, Now) : JobRules.TemplateUnknown;
}

internal sealed record RetireTemplate(Id<Person> By, DateTimeOffset Now) : ICommand<JobTemplate, JobTemplateEvent>
{
    public Decision<JobTemplateEvent> Decide(JobTemplate state) => state switch
    {
        JobTemplate.Kept => new JobTemplateRetired(By, Now),
        JobTemplate.Retired => Decision<JobTemplateEvent>.Nothing,
        _ => JobRules.TemplateUnknown,
    };
}

internal static class KeepTemplateEndpoint
{
    private const string Who = "managers of the firm";

    internal sealed record Body(Id<Firm> Firm, string What, string Learn, int Minutes = 60, string? SkillUri = null) : IValidated
    {
        public void Validate(Faults faults) => JobRules.Check(faults, What, Learn, SkillUri, Minutes);
    }

    /// <param name="People">Each gets a task of their own, and accepts or declines it.</param>
    internal sealed record SetBody(IReadOnlyList<Id<Person>> People, DateOnly DueOn, Id<Person>? Helper = null) : IValidated
    {
        public void Validate(Faults faults) => faults.Count("people", People, 1, JobRules.MaxPeople);
    }

    internal sealed record Answer(
        Id<JobTemplate> Id, Id<Firm> Firm, Personal<string> What, Personal<string> Learn, string? SkillUri, int Minutes, int UseCount, DateTimeOffset KeptAt);

    internal static void MapKeepTemplate(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/learning/tasks/templates", List)
            .WithName("ListTaskTemplates").WithSummary("Learning tasks that the firms set again and again which one manages").Produces<IReadOnlyList<Answer>>().SignedInMayCall("everybody; managers see those of their firms");
        routes.MapPost("/learning/tasks/templates", Keep)
            .WithName(nameof(KeepTemplate)).WithSummary("Keep a learning task of a firm for setting it again")
            .WithExample(new Body(Id<Firm>.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f", null), "Set up the press for the next order", "How the clearance follows from the sheet", 90)).SignedInMayCall(Who);
        routes.MapPost("/learning/tasks/templates/{template}/setting", Set)
            .WithName(nameof(UseTemplate)).WithSummary("Set a kept task for several people of the firm: each gets one of their own, all or none")
            .WithExample(new SetBody([Id<Person>.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f", null)], new DateOnly(2026, 7, 3))).SignedInMayCall(Who);
        routes.MapPost("/learning/tasks/templates/{template}/retirement", Retire)
            .WithName(nameof(RetireTemplate)).WithSummary("Keep a task no longer; those that were set stay").SignedInMayCall(Who);
    }

    private static async Task<IResult> List(Caller caller, JobDesk desk, CancellationToken ct) => TypedResults.Ok(
        (await desk.Templates(caller, ct)).ConvertAll(t => new Answer(t.Id, t.Firm, t.What, t.Learn, t.SkillUri, t.Minutes, t.UseCount, t.KeptAt)));

    internal static async Task<IResult> Keep(Body body, HttpRequest request, Caller caller, JobDesk desk, ISkillCatalogue skills, CancellationToken ct)
    {
        if (!JobDesk.FirmsOf(caller).Contains(body.Firm)) return Problems.From(JobRules.NotManager);
        if (await skills.Check(body.SkillUri is { } uri ? [uri] : [], Language.Of(request), ct) is { } unknown) return Problems.From(unknown);
        return await desk.Keep(new(new(body.Firm, caller.Person, body.What.Trim(), body.Learn.Trim(), body.SkillUri, body.Minutes, desk.Now)), ct);
    }

    internal static async Task<IResult> Set(Id<JobTemplate> template, SetBody body, IfMatch ifMatch, Caller caller, JobDesk desk, CancellationToken ct)
    {
        if (await desk.Template(template, caller, ct) is not { } says) return Problems.From(JobRules.TemplateUnknown);
        Id<Person>[] people = [.. body.People.Distinct()];
        if (people.Except(await desk.Staff(says.Firm, ct)).Any()) return Problems.From(JobRules.NotInFirm);
        foreach (var person in people)
            if (await desk.Check(caller, person, body.Helper, body.DueOn, ct) is { } refusal) return Problems.From(refusal);
        var set = people.Select(p => (
            desk.NewId(), new SetTask(new(p, body.Helper, caller.Person, says.What, says.Learn, says.SkillUri, body.DueOn, says.Minutes, template, desk.Now)))).ToList();
        return await desk.Run(template, new UseTemplate(caller.Person, [.. people], desk.Now), ct, set);
    }

    internal static async Task<IResult> Retire(Id<JobTemplate> template, IfMatch ifMatch, Caller caller, JobDesk desk, CancellationToken ct) =>
        await desk.Template(template, caller, ct) is null
            ? Problems.From(JobRules.TemplateUnknown)
            : await desk.Run(template, new RetireTemplate(caller.Person, desk.Now), ct);
}
