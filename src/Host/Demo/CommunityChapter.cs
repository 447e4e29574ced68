using System.Text;

namespace ClusterNet.Host.Demo;

/// <summary>People of three firms keep a community of practice: a goal, a question that finds its answer, a page that two of them write, a link and a file.</summary>
internal sealed class CommunityChapter(DemoApi api, DemoState state, DemoCast cast, Action<string> say)
{
    private const string Root = "/api/v1/learning";

    public async Task Play()
    {
        var rosa = await cast.Token(LearningChapter.Name, LearningChapter.Firm, LearningChapter.Email);
        var emre = await cast.Token("Emre Peters", "Winkelmann-Tech e.K.", "emre.peters.15@winkelmann-tech.example");
        var carla = await cast.Token("Carla Zimmermann", "Ankerwerk GmbH & Co. KG", "carla.zimmermann.58@ankerwerk.example");
        var nadja = await cast.Token("Nadja Eriksson", "Ankerwerk GmbH & Co. KG", "nadja.eriksson.57@ankerwerk.example");
        string[] skillUris = [LearningChapter.Skill];
        var community = await cast.Make(
            "community", $"{Root}/communities",
            new
            {
                name = "Prices and buyers",
                objective = "Nobody here gives a price that is regretted a day later.",
                kind = "organised",
                cluster = state["cluster"],
                skillUris,
                tags = new[] { "prices", "selling" },
            },
            rosa);
        var at = $"{Root}/communities/{community}";
        foreach (var (name, token) in new[] { ("emre", emre), ("carla", carla), ("nadja", nadja) }) await cast.Do($"{name} joins", $"{at}/joining", null, token);
        await cast.Make("community goal", $"{at}/goals", new { text = "Three of four talks end above our limit", until = DemoStory.InDays(270) }, rosa);
        await cast.Set("community progress", $"{at}/goals/{state["community goal"]}/progress", new { percent = 40 }, rosa);
        say("Rosa Çelik founds a community of practice with a goal; people of two other firms join it");
        await Question(at, skillUris, emre, carla, rosa);
        var page = await cast.Make(
            "wiki page", $"{at}/pages",
            new { title = "When a buyer says: too expensive", text = "## What we answer\n\n- Compared with what?\n- Which of the three goals on the card is it about?" }, carla);
        await cast.Set(
            "wiki version", $"{Root}/pages/{page}",
            new
            {
                title = "When a buyer says: too expensive",
                text = "## What we answer\n\n- Compared with what?\n- Which of the three goals on the card is it about?\n\n## What we leave\n\n- No price before the alternatives are on paper.",
                note = "What we do not do any more",
            },
            rosa);
        await cast.Make(
            "library link", $"{at}/library",
            new { url = "https://example.org/price-talks", title = "Ten minutes on price talks", text = "The *second half* is what matters.", tags = new[] { "prices" }, skillUris }, nadja);
        await state.Once("library file", async () => DemoCast.Text(
            await api.PostFile(
                $"{at}/library/files?name=card.txt&title={Uri.EscapeDataString("The card to fill in")}&tags=prices,card",
                Encoding.UTF8.GetBytes("Goal 1:\nGoal 2:\nGoal 3:\nOur limit:\nIf it is passed, we:\n"), "text/plain", emre, "demo-library-file"), "id"));
        say("They keep what they know: a page that two of them write, a link, and the card itself as a file");
    }

    private async Task Question(string at, string[] skillUris, string emre, string carla, string rosa)
    {
        var question = await cast.Make(
            "question", $"{at}/discussions",
            new { title = "What do you say to \"too expensive\"?", text = "It is always the **first** thing that they say. I go down at once, and regret it.", question = true, skillUris }, emre);
        var posts = $"{Root}/discussions/{question}/posts";
        var answer = await cast.Make("answer", posts, new { text = "@[Emre Peters], ask what they compare it with, and wait. Most of them have nothing on paper." }, carla);
        await cast.Make("second answer", posts, new { text = "And write the answer down before you say a number." }, rosa);
        await cast.Set("accepted answer", $"{Root}/discussions/{question}/accepted", new { post = answer }, emre);
        await cast.Set("helpful answer", $"{posts}/{answer}/helpful", new { helpful = true }, rosa);
        say("Emre Peters asks what to say to \"too expensive\", and accepts Carla Zimmermann's answer");
    }
}
