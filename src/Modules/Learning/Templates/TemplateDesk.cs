using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Records;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Learning.Templates;

/// <summary>One's own templates. Nobody else sees them.</summary>
internal sealed class TemplateDesk(
    Streams<Template, TemplateEvent> templates, Database database, Company company, ISkillCatalogue skills, Commands commands, TimeProvider clock) : IErasureStep
{
    /// <summary>More nobody finds again.</summary>
    public const int Most = 30;

    private static readonly Refusal Unknown = new("template-unknown", "You have no such template. GET /api/v1/learning/templates lists yours.", 404);

    private static readonly Refusal Full = new("templates-full", $"You keep {Most} templates already. Remove one first.");

    public Task<List<TemplateRow>> Of(Id<Person> person, CancellationToken ct) => database.Query(
        LearningModule.Name, Statement.Of(TemplateRows.Table.Select("where person = $1 order by kept_at desc, id"), person.Value), TemplateRows.Table.Read, ct);

    public async Task<IResult> Keep(TemplateEndpoints.Body body, Caller caller, HttpRequest request, CancellationToken ct)
    {
        if ((await Of(caller.Person, ct)).Count >= Most) return Full.ToProblem();
        var with = (body.With ?? []).Distinct().ToList();
        if (with.Contains(caller.Person)) return Rules.NamesOwner.ToProblem();
        if (await Stranger(caller, with, ct) is { } stranger) return stranger.ToProblem();
        if (await skills.Check(body.SkillUris ?? [], Language.Of(request), ct) is { } unknown) return unknown.ToProblem();
        var id = Id<Template>.New(clock);
        var kept = new LearningTemplateKept(
            caller.Person, body.Name.Trim(), body.Kind, body.What.Trim(), body.Minutes ?? Defaults.Minutes, [.. with], [.. (body.SkillUris ?? []).Distinct()], body.Visibility,
            clock.GetUtcNow());
        return await commands.Run(templates, id.Value, new KeepTemplate(kept), Reply.Created("/api/v1/learning/templates", id), ct);
    }

    public async Task<IResult> Remove(Id<Template> id, Caller caller, CancellationToken ct) =>
        (await templates.Load(id.Value, ct)).State is Template.Kept { Person: var owner } && owner == caller.Person
            ? await commands.Run(templates, id.Value, new RemoveTemplate(clock.GetUtcNow()), Reply.Changed("/api/v1/learning/templates", id), ct)
            : Unknown.ToProblem();

    public async Task<IReadOnlyList<StoreCount>> Close(Id<Person> person, Id<Person> by, CancellationToken ct)
    {
        var rows = await Of(person, ct);
        foreach (var row in rows) await templates.Execute(row.Id.Value, new RemoveTemplate(clock.GetUtcNow()), new(CommandMetadata.System("erasure")), ct);
        return [new("learning-templates", rows.Count)];
    }

    public Task<IReadOnlyList<StoreCount>> Scrub(ErasureOrder order, CancellationToken ct) => Task.FromResult<IReadOnlyList<StoreCount>>([]);

    /// <summary>Whom no record of this person could name, from whichever firm.</summary>
    private async Task<Refusal?> Stranger(Caller caller, List<Id<Person>> with, CancellationToken ct)
    {
        if (with.Count == 0) return null;
        var strangers = with.ToHashSet();
        foreach (var firm in await company.FirmsOf(caller.Person, ct)) strangers.ExceptWith((await company.Near(firm, with, ct, caller)).Select(c => c.Person));
        return strangers.Count == 0 ? null : Company.Strangers.With("persons", strangers.Order().ToList());
    }
}
