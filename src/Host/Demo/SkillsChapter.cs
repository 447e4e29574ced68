using System.Globalization;

namespace ClusterNet.Host.Demo;

/// <summary>A firm of five draws up a role profile and finishes a skills audit; the gaps that it finds are there to be looked at.</summary>
internal sealed class SkillsChapter(DemoApi api, DemoState state, DemoCast cast, Action<string> say)
{
    private const string Root = "/api/v1/skills", Firm = "Ankerwerk GmbH & Co. KG", Owner = "Nadja Eriksson", Buyer = "Carla Zimmermann";

    /// <summary>Of the shipped catalogue, as the others are.</summary>
    public const string Accounting = "http://data.europa.eu/esco/skill/ecc18804-a466-40d9-98b4-fba5cd67dd4b";

    /// <summary>The five S of lean production.</summary>
    private const string FiveS = "http://data.europa.eu/esco/skill/a276b1ad-c0b7-4b33-899c-0fbfcdbe0eee";

    private static readonly string[] Skills = [LearningChapter.Skill, Accounting, FiveS];

    /// <summary>What is said of each: negotiating, accounting, five S.</summary>
    private static readonly (string Name, int[] Levels)[] Said =
        [(Owner, [4, 3, 2]), (Buyer, [3, 1, 1]), ("Tomasz Nowak", [2, 1, 3]), ("Petra Ivanova", [1, 4, 1]), ("Quirin Rossi", [1, 2, 0])];

    public async Task Play()
    {
        var nadja = await cast.Token(Owner, Firm, "nadja.eriksson.57@ankerwerk.example");
        var carla = await cast.Token(Buyer, Firm, "carla.zimmermann.58@ankerwerk.example");
        var firm = await cast.Firm(Owner, Firm);
        var profile = await state.Once("role profile", async () => DemoCast.Text(
            await api.Post(
                $"{Root}/profiles", new { title = "Small supplier's office", firm, skills = Skills.Select(skillUri => new { skillUri, level = 3 }) }, nadja,
                "demo-profile"), "id"));
        say("Nadja Eriksson draws up what the office of a small supplier has to be able to do");
        var deadline = await state.Once("audit deadline", () => Task.FromResult(DateTimeOffset.UtcNow.AddDays(14).ToString("O", CultureInfo.InvariantCulture)));
        var audit = await state.Once("skills audit", async () => DemoCast.Text(
            await api.Post($"{Root}/audits", new { title = "First audit", firm, profiles = new[] { profile }, raters = "180", deadline }, nadja, "demo-audit"), "id"));
        foreach (var (name, levels) in Said) await Rate(audit, nadja, name, levels);
        await Rate(audit, carla, Buyer, [4, 2, 2]);
        await state.Once("audit closed", async () => (await api.Post($"{Root}/audits/{audit}/closure", null, nadja, "demo-audit-close")).ToJsonString());
        say("All five of her firm are rated, the audit is closed, and its gaps are there to be looked at");
    }

    private async Task Rate(string audit, string rater, string name, int[] levels)
    {
        var path = $"{Root}/audits/{audit}/ratings/{await cast.Person(name, Firm)}";
        var answers = Skills.Zip(levels).Select(s => new { skillUri = s.First, level = s.Second });
        await state.Once($"rated {name} {levels[0]}", async () => (await api.Put(path, new { answers }, rater)).ToJsonString());
        await state.Once($"sent {name} {levels[0]}", async () => (await api.Post($"{path}/sent", null, rater, "demo-sent")).ToJsonString());
    }
}
