using System.Text;
using System.Text.Json.Nodes;

namespace ClusterNet.Host.Demo;

/// <summary>A standard is published; the entrepreneur applies; an assessor of another firm rates; somebody else decides; a credential number exists.</summary>
internal sealed class AccreditationChapter(DemoApi api, DemoState state, DemoCast cast, Action<string> say)
{
    private const string Root = "/api/v1/accreditation";

    public async Task Play()
    {
        var (coordinator, cluster) = (state["token of coordinator"], state["cluster"]);
        var standard = await state.Once("standard", async () => DemoCast.Text(
            await api.Post($"{Root}/clusters/{cluster}/standards", Encoding.UTF8.GetString(DemoStory.File("standard.json")), coordinator, "demo-standard"), "id"));
        await Once("published", () => api.Post($"{Root}/standards/{standard}/publication", null, coordinator, "demo-publish"));
        say("Greta publishes the standard Negotiating as a small supplier, EQF level 4");
        await Apply(standard);
        var (assessor, decider) = await Appoint(coordinator, cluster);
        await Assess(assessor);
        await Decide(assessor, decider);
    }

    private async Task Apply(string standard)
    {
        var rosa = await cast.Token(LearningChapter.Name, LearningChapter.Firm, LearningChapter.Email);
        var application = await state.Once("application", async () => DemoCast.Text(
            await api.Post($"{Root}/applications", new { standard, statement = "I negotiate for a firm of nine." }, rosa, "demo-application"), "id"));
        var imported = await state.Once("imported record", async () =>
        {
            var person = await cast.Person(LearningChapter.Name, LearningChapter.Firm);
            var list = await api.Get($"/api/v1/learning/records?person={person}&skill={Uri.EscapeDataString(LearningChapter.Skill)}&kind=mentoring", rosa);
            return list["items"]?[0]?["id"]?.ToString() ?? throw new DemoFailedException($"Rosa's imported record is missing: {list.ToJsonString()}");
        });
        await Once("evidence", () => api.Post(
            $"{Root}/applications/{application}/evidence",
            new
            {
                items = new[]
                {
                    new { record = imported, criteria = new[] { "N1", "N2" } },
                    new { record = state["record watched"], criteria = new[] { "N2" } },
                    new { record = state["record failed"], criteria = new[] { "N3" } },
                    new { record = state["record helped"], criteria = new[] { "N1", "N2" } },
                },
            },
            rosa, "demo-evidence"));
        await Once("submitted", () => api.Post($"{Root}/applications/{application}/submission", null, rosa, "demo-submit"));
        say("Rosa applies: four learning records, one of them from the import, stand as evidence");
    }

    private async Task<(string Assessor, string Decider)> Appoint(string coordinator, string cluster)
    {
        // They sign in before they have roles beside their firms: only the operator could invite them afterwards.
        var assessor = await cast.Token("Katarzyna Ivanova", "Lenne UG (haftungsbeschränkt)", "katarzyna.ivanova.20@lenne.example");
        var decider = await cast.Token("Marta Schäfer", "Querform GmbH", "marta.schafer.6@querform.example");
        await cast.Token("Fenja Uhlig", LearningChapter.Firm, "fenja.uhlig.51@kaltfluss.example");
        var colleague = await cast.Person("Fenja Uhlig", LearningChapter.Firm);
        var katarzyna = await cast.Person("Katarzyna Ivanova", "Lenne UG (haftungsbeschränkt)");
        var marta = await cast.Person("Marta Schäfer", "Querform GmbH");
        await Grant(colleague, "assessor");
        await Grant(katarzyna, "assessor");
        await Grant(marta, "decision-maker");
        var why = await Refused("colleague refused", () => api.PostRefused(
            $"{Root}/applications/{state["application"]}/assessors", new { assessor = colleague }, coordinator, "assessor-same-firm"));
        say($"Greta tries to assign Rosa's colleague as assessor and is refused: {why}");
        await Once("assigned", () => api.Post(
            $"{Root}/applications/{state["application"]}/assessors", new { assessor = katarzyna }, coordinator, "demo-assign"));
        return (assessor, decider);

        Task Grant(string person, string role) => Once($"{role} {person}", () => api.Post(
            "/api/v1/access/roles", new { person, role, scopeKind = "cluster", scopeId = cluster, reason = "Appointed for the first round" }, coordinator,
            $"demo-role-{role}-{person}"));
    }

    private async Task Assess(string assessor)
    {
        await Once("rated", () => api.Post(
            $"{Root}/applications/{state["application"]}/ratings",
            new
            {
                ratings = new[] { "N1", "N2", "N3" }.Select(criterion => new
                {
                    criterion,
                    met = true,
                    valid = true,
                    authentic = true,
                    current = true,
                    sufficient = true,
                    comment = $"Shown for {criterion} by confirmed records from two firms.",
                }),
            },
            assessor, "demo-rate"));
        say("Katarzyna Ivanova of another firm rates every criterion");
    }

    private async Task Decide(string assessor, string decider)
    {
        var decision = new { outcome = "granted", grounds = "All criteria are met; the confirmations come from two other firms." };
        var path = $"{Root}/applications/{state["application"]}/decision";
        var both = await cast.Person("Katarzyna Ivanova", "Lenne UG (haftungsbeschränkt)");
        await Once("assessor decides too", () => api.Post(
            "/api/v1/access/roles",
            new { person = both, role = "decision-maker", scopeKind = "cluster", scopeId = state["cluster"], reason = "Also decides in other cases" },
            state["token of coordinator"], "demo-role-both"));
        var why = await Refused("assessor refused", () => api.PostRefused(path, decision, assessor, "decision-by-assessor"));
        say($"The assessor tries to decide as well and is refused: {why}");
        var number = await state.Once("number", async () => DemoCast.Text(await api.Post(path, decision, decider, "demo-decide"), "number"));
        say($"Marta Schäfer decides: granted. The credential has the number {number}");
    }

    private Task<string> Refused(string name, Func<Task<JsonObject>> step) => state.Once(name, async () => DemoCast.Text(await step(), "detail"));

    private Task<string> Once(string name, Func<Task<JsonObject>> step) => state.Once(name, async () => (await step()).ToJsonString());
}
