namespace ClusterNet.Host.Demo;

/// <summary>What one firm found out spreads to two others, and a piece of outside knowledge is shared with what it means.</summary>
internal sealed class SpreadChapter(DemoApi api, DemoState state, DemoCast cast, Action<string> say)
{
    private const string Practices = "/api/v1/learning/practices", Signals = "/api/v1/learning/signals";

    public async Task Play()
    {
        var rosa = await cast.Token(LearningChapter.Name, LearningChapter.Firm, LearningChapter.Email);
        var emre = await cast.Token("Emre Peters", "Winkelmann-Tech e.K.", "emre.peters.15@winkelmann-tech.example");
        var carla = await cast.Token("Carla Zimmermann", "Ankerwerk GmbH & Co. KG", "carla.zimmermann.58@ankerwerk.example");
        var practice = await state.Once("practice", async () => DemoCast.Text(
            await api.Post(
                Practices,
                new
                {
                    title = "A card before every price talk",
                    problem = "In the first call with a big buyer we give a price that we regret.",
                    how = "Write on a card, before you call:\n\n1. three goals\n2. the limit, and what you do if it is passed\n3. **no price** before the alternatives are on paper",
                    needs = "A card, ten minutes, and somebody to ask \"and if they say no?\"",
                    gave = "Two of three talks ended above the limit; before, one of four.",
                    level = "leverage",
                    visibility = "cluster",
                    skillUris = new[] { LearningChapter.Skill },
                },
                rosa, "demo-practice"), "id"));
        say("Rosa Çelik describes what her firm found out: a card before every price talk");
        await Use("emre tries", emre, new { stage = "trying", result = "Four talks planned." });
        await Use("emre adopts", emre, new { stage = "adopted", verdict = "worked", result = "Three of four talks ended above our limit.", centsPerMonth = 80_000 });
        await Use("carla adapts", carla, new { stage = "adapted", verdict = "partly", result = "Works with buyers, not with the galvaniser.", changed = "We fill the card in together, on the phone.", minutesPerMonth = 120 });
        var question = await state.Once("practice question", async () => DemoCast.Text(
            await api.Post($"{Practices}/{practice}/questions", new { text = "What stands on the card when there is no alternative?" }, carla, "demo-practice-question"), "id"));
        await state.Once("practice answer", async () => DemoCast.Text(
            await api.Post($"{Practices}/{practice}/questions/{question}/answers", new { text = "Then finding one is the first goal." }, emre, "demo-practice-answer"), "id"));
        say("Emre Peters adopts it, Carla Zimmermann adapts it and asks, and Emre answers");
        await state.Once("signal", async () => DemoCast.Text(
            await api.Post(
                Signals,
                new
                {
                    what = "Our largest customer wants the carbon footprint of each part from next year on.",
                    soWhat = "We need the figures of our ten best sellers, and cannot do that alone.",
                    tags = new[] { "environmental", "economic" },
                    visibility = "cluster",
                },
                carla, "demo-signal"), "id"));
        await state.Once("signal view", async () => (await api.Put($"{Signals}/{state["signal"]}/view", new { text = "The same letter came to us. Let us ask for one course." }, rosa)).ToJsonString());
        say("Carla Zimmermann shares what a customer told her; Rosa says what it means for her firm");

        Task<string> Use(string name, string token, object body) => state.Once(name, async () => (await api.Put($"{Practices}/{practice}/use", body, token)).ToJsonString());
    }
}
