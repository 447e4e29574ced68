namespace ClusterNet.Host.Demo;

/// <summary>An entrepreneur records informal learning with people of other firms; people who were there confirm it.</summary>
internal sealed class LearningChapter(DemoApi api, DemoState state, DemoCast cast, Action<string> say)
{
    public const string Skill = "http://data.europa.eu/esco/skill/5f2efbdf-08a2-49cd-9c06-bd284e4f0fbf";
    public const string Name = "Rosa Çelik", Firm = "Kaltfluss e.K.", Email = "rosa.celik.50@kaltfluss.example";

    public async Task Play()
    {
        var rosa = await cast.Token(Name, Firm, Email);
        var emre = await cast.Person("Emre Peters", "Winkelmann-Tech e.K.");
        var carla = await cast.Person("Carla Zimmermann", "Ankerwerk GmbH & Co. KG");
        var today = DateTimeOffset.UtcNow;
        await Record("watched", "observation", 60, [carla], "Sat beside Carla while she talked the steel price down.", "She never names the first number.");
        await Record("failed", "mistake-reflected", 30, [emre], "Accepted a price in the first call and regretted it. Went through it with Emre.", "No price before the alternatives are on paper.");
        await Record("helped", "peer-help-given", 45, [emre, carla], "Prepared Emre's and Carla's talk with the galvaniser.", "Three goals and one limit fit on a card.");
        say("Rosa Çelik, owner of a micro firm, records three pieces of learning in her own words, with people of two other firms");
        await Confirm("Emre Peters", "Winkelmann-Tech e.K.", "emre.peters.15@winkelmann-tech.example", "failed", "helped");
        await Confirm("Carla Zimmermann", "Ankerwerk GmbH & Co. KG", "carla.zimmermann.58@ankerwerk.example", "watched");
        say("Emre Peters and Carla Zimmermann, who were there, confirm them");

        Task<string> Record(string name, string kind, int minutes, string[] with, string what, string learnt) => state.Once($"record {name}", async () =>
            DemoCast.Text(await api.Post(
                "/api/v1/learning/records",
                new
                {
                    kind,
                    what,
                    learnt,
                    minutes,
                    with,
                    skillUris = new[] { Skill },
                    happenedAt = today.AddDays(-minutes),
                    part = "competence-development",
                    visibility = "cluster",
                },
                rosa, $"demo-record-{name}"), "id"));
    }

    private async Task Confirm(string name, string firm, string email, params string[] records)
    {
        var token = await cast.Token(name, firm, email);
        foreach (var record in records)
        {
            await state.Once($"{name} confirms {record}", async () => (await api.Post(
                $"/api/v1/learning/records/{state[$"record {record}"]}/confirmation", null, token, $"demo-confirm-{record}")).ToJsonString());
        }
    }
}
