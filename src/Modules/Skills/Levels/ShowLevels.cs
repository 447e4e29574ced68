using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Scale;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Levels;

internal static class ShowLevelsEndpoint
{
    private static readonly Refusal Unknown = new("person-unknown", "You see no such person. Look people of your cluster up.", 404);

    internal sealed record ClaimBody(string SkillUri, int Level) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("skillUri", SkillUri, 1, 500).Whole("level", Level, SkillScale.Lowest, SkillScale.Highest);
    }

    internal sealed record WithdrawBody(string SkillUri) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("skillUri", SkillUri, 1, 500);
    }

    /// <param name="Level">As it was said, 0 to 5.</param>
    /// <param name="Counts">As it counts now: a stale one counts a step lower.</param>
    /// <param name="Was">The skill of which it was said, where another one stands in its place now.</param>
    internal sealed record Shown(string SkillUri, string Label, string Source, int Level, int Counts, bool Stale, DateTimeOffset At, Id<Audit>? Audit, FormerSkill? Was);

    internal static void MapShowLevels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/skills/levels", Mine)
            .WithName("ListMyLevels").WithSummary("One's own levels, source by source").SignedInMayCall("everybody about themselves").OwnData();
        routes.MapGet("/skills/levels/{person}", Of)
            .WithName("ListLevels").WithSummary("Somebody's levels, as far as one may see them")
            .SignedInMayCall("claimed and evidenced as the person's profile is shown; rated to managers of the firm");
        routes.MapPost("/skills/levels/claims", Claim)
            .WithName(nameof(ClaimLevel)).WithSummary("Say which step one is on in a skill; again to say another")
            .WithExample(new ClaimBody("http://data.europa.eu/esco/skill/05fc6f8d-639c-4329-a6de-dfdd800ed091", 3)).SignedInMayCall("everybody about themselves");
        routes.MapPost("/skills/levels/claims/withdrawal", Withdraw)
            .WithName(nameof(WithdrawClaim)).WithSummary("Claim a skill no more")
            .WithExample(new WithdrawBody("http://data.europa.eu/esco/skill/05fc6f8d-639c-4329-a6de-dfdd800ed091")).SignedInMayCall("everybody about themselves");
    }

    private static async Task<Ok<IReadOnlyList<Shown>>> Mine(Caller caller, HttpRequest request, LevelDesk desk, ISkillCatalogue skills, CancellationToken ct) =>
        TypedResults.Ok(await Labelled(await desk.SeenBy(caller, [caller.Person], ct), Languages.Of(null, request), skills, ct));

    private static async Task<IResult> Of(
        Id<Person> person, Caller caller, HttpRequest request, LevelDesk desk, IPeopleNames people, ISkillCatalogue skills, CancellationToken ct)
    {
        if (person != caller.Person && !(await people.SeenBy(caller, [person], ct)).ContainsKey(person)) return Problems.From(Unknown);
        return TypedResults.Ok(await Labelled(await desk.SeenBy(caller, [person], ct), Languages.Of(null, request), skills, ct));
    }

    internal static async Task<IResult> Claim(
        ClaimBody body, Caller caller, HttpRequest request, ISkillCatalogue skills, Streams<SkillLevels, LevelEvent> levels, Commands commands, TimeProvider clock,
        CancellationToken ct)
    {
        if (await skills.Check([body.SkillUri], Languages.Of(null, request), ct) is { } unknown) return Problems.From(unknown);
        return await Run(new ClaimLevel(caller.Person, body.SkillUri, body.Level, clock.GetUtcNow()), caller, levels, commands, ct);
    }

    /// <summary>With the skill what was claimed of those in whose place it stands: it is shown as one.</summary>
    internal static async Task<IResult> Withdraw(
        WithdrawBody body, Caller caller, Streams<SkillLevels, LevelEvent> levels, Successions successions, Commands commands, TimeProvider clock,
        CancellationToken ct)
    {
        var claimed = (await levels.Load(SkillLevels.IdOf(caller.Person), ct)).State.Claims.Select(c => c.SkillUri).ToList();
        var names = await successions.Of([.. claimed, body.SkillUri], ct);
        ValueList<string> gone = [.. claimed.Where(u => names.Now(u) == names.Now(body.SkillUri))];
        return await Run(new WithdrawClaim(caller.Person, gone, clock.GetUtcNow()), caller, levels, commands, ct);
    }

    private static Task<IResult> Run(
        ICommand<SkillLevels, LevelEvent> command, Caller caller, Streams<SkillLevels, LevelEvent> levels, Commands commands, CancellationToken ct) =>
        commands.Run(levels, SkillLevels.IdOf(caller.Person), command, Reply.Changed("/api/v1/skills/levels", caller.Person), ct);

    private static async Task<IReadOnlyList<Shown>> Labelled(IReadOnlyList<SkillLevel> levels, string language, ISkillCatalogue skills, CancellationToken ct)
    {
        var labels = await skills.Find([.. levels.SelectMany(l => (string?[])[l.SkillUri, l.WasUri]).OfType<string>().Distinct()], language, ct);
        return
        [
            .. levels.Select(l => new Shown(
                l.SkillUri, labels.LabelOf(l.SkillUri), l.Source, l.Level, l.Counts, l.Stale, l.At, l.Audit,
                l.WasUri is { } was ? new(was, labels.LabelOf(was)) : null)),
        ];
    }
}
