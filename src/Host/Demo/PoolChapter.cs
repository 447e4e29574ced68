using System.Globalization;

namespace ClusterNet.Host.Demo;

/// <summary>What the pool is worth, what its seats cost, a rule that is voted on, a wish, and a request that waits for its owner's answer.</summary>
internal sealed class PoolChapter(DemoApi api, DemoState state, DemoCast cast, Action<string> say)
{
    private const string Root = "/api/v1/resources";
    private const string Second = "Ankerwerk GmbH & Co. KG", NadjasEmail = "nadja.eriksson.57@ankerwerk.example";

    /// <summary>What an hour is worth, in euro cents, and how many hours a year a firm gives.</summary>
    private static readonly Dictionary<string, (int HourlyCents, int HoursAYear)> Values = new()
    {
        ["trainer"] = (65_00, 120),
        ["room"] = (18_00, 300),
        ["equipment"] = (42_50, 150),
        ["licence"] = (35, 400),
        ["seats"] = (9_00, 40),
    };

    public async Task Play()
    {
        var (greta, pool) = (state["token of coordinator"], $"{Root}/clusters/{state["cluster"]}");
        var (rosa, nadja) = (await cast.Token(LearningChapter.Name, LearningChapter.Firm, LearningChapter.Email), await cast.Token("Nadja Eriksson", Second, NadjasEmail));
        var (firm, second) = (await cast.Firm(LearningChapter.Name, LearningChapter.Firm), await cast.Firm("Nadja Eriksson", Second));
        var today = DateOnly.FromDateTime(DateTime.UtcNow).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        var resources = (await api.Get($"{pool}/resources?limit=200", greta))["items"]?.AsArray() ?? [];
        foreach (var resource in resources.Where(r => Values.ContainsKey($"{r?["kind"]}")))
        {
            var (hourlyCents, hoursAYear) = Values[$"{resource!["kind"]}"]; // the pool lists no null
            await cast.Set($"value of {resource["id"]}", $"{Root}/resources/{resource["id"]}/value", new { hourlyCents, hoursAYear }, greta);
        }

        var region = await cast.Make("funder", $"{pool}/funders", new { name = "Region of South Westphalia" }, greta);
        await cast.Do("grant paid", $"{pool}/payments", new { direction = "in", amountCents = 1_200_000, on = today, text = "Grant for shared training, first half", funder = region }, greta);
        await cast.Do("fee of Rosa's firm", $"{pool}/payments", new { direction = "in", amountCents = 60_000, on = today, text = "Contribution for this year", firm }, greta);
        await cast.Do("fee of Nadja's firm", $"{pool}/payments", new { direction = "in", amountCents = 90_000, on = today, text = "Contribution for this year", firm = second }, greta);
        await cast.Set("terms of the pool", $"{pool}/terms", new { lateFeeCents = 20_00, noShowFeeCents = 30_00, acceptHours = 24 }, greta);
        say("Greta values what firms give, enters a grant and two contributions, and says what late returns and empty seats cost");

        var proposal = await cast.Make(
            "rule proposed", $"{pool}/rules/proposals",
            new
            {
                rule = new { byContribution = 40, byHead = 20, solidarity = 40 },
                grounds = "Who gives much should have more, and small firms must be able to learn too.",
                votesUntil = DateTimeOffset.UtcNow.AddDays(30),
            },
            rosa);
        await cast.Do("vote of Rosa's firm", $"{pool}/rules/proposals/{proposal}/votes", new { firm, inFavour = true }, rosa);
        await cast.Do("vote of Nadja's firm", $"{pool}/rules/proposals/{proposal}/votes", new { firm = second, inFavour = true }, nadja);
        say("Rosa proposes how the pool is to be shared out; she and Nadja vote for it, the other firms have thirty days");

        await cast.Do("wish of Nadja", $"{pool}/wishes", new { skillUri = "http://data.europa.eu/esco/skill/05fc6f8d-639c-4329-a6de-dfdd800ed091", sentence = "We sell abroad from spring on, and know too little of who buys." }, nadja);
        var shared = resources.First(r => $"{r?["firm"]}" == second && $"{r?["kind"]}" == "trainer")!["id"]!.ToString(); // in resources.csv
        await cast.Set("approval asked", $"{Root}/resources/{shared}/approval", new { asked = true }, nadja);
        await cast.Make("request of Rosa", $"{pool}/sessions", Asked(firm, shared), rosa);
        say("Nadja wishes for a skill, and lends her trainer on approval from now on; Rosa asks for two hours, and Nadja finds the request on her start page");
    }

    private static object Asked(string firm, string trainer)
    {
        var start = SessionChapter.NextAfternoon(DayOfWeek.Thursday, 15);
        return new { firm, kind = "workshop", title = "Where our energy goes", start, end = start.AddHours(2), seatCount = 10, resources = new[] { new { resource = trainer } } };
    }
}
