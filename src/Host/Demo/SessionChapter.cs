using System.Globalization;

namespace ClusterNet.Host.Demo;

/// <summary>A shared training session on pooled resources, used by two firms, without a double booking.</summary>
internal sealed class SessionChapter(DemoApi api, DemoState state, DemoCast cast, Action<string> say)
{
    private const string Root = "/api/v1/resources";
    private const string Second = "Ankerwerk GmbH & Co. KG";

    public async Task Play()
    {
        var rosa = await cast.Token(LearningChapter.Name, LearningChapter.Firm, LearningChapter.Email);
        var nadja = await cast.Token("Nadja Eriksson", Second, "nadja.eriksson.57@ankerwerk.example");
        var (firm, second) = (await cast.Firm(LearningChapter.Name, LearningChapter.Firm), await cast.Firm("Nadja Eriksson", Second));
        var room = await Resource(rosa, "Nietwerk UG (haftungsbeschränkt)", "room");
        var trainer = await Resource(rosa, "Klarguss e.K.", "trainer");
        var start = DateTimeOffset.Parse(await state.Once("session start", () => Task.FromResult(NextTuesday())), CultureInfo.InvariantCulture);
        var session = await state.Once("session", async () => DemoCast.Text(await api.Post(
            $"{Root}/clusters/{state["cluster"]}/sessions",
            Session(firm, "Negotiating a data processing contract", start, [new { resource = room }, new { resource = trainer }]), rosa, "demo-session"), "id"));
        say($"Rosa's firm books a workshop on {start:yyyy-MM-dd}: room and trainer of two other firms, whole or not at all");
        await state.Once("seats", async () => (await api.Post($"{Root}/sessions/{session}/seats", new { firm = second, count = 3 }, nadja, "demo-seats")).ToJsonString());
        say("Nadja Eriksson's firm takes three seats in it");
        var why = await state.Once("room refused", async () => DemoCast.Text(
            await api.PostRefused(
                $"{Root}/clusters/{state["cluster"]}/sessions", Session(second, "Welding symbols", start.AddHours(1), [new { resource = room }]), nadja,
                "already-booked"), "detail"));
        say($"She also tries to book the same room an hour into it and is refused: {why}");
    }

    private static object Session(string firm, string title, DateTimeOffset start, object[] resources) => new
    {
        firm,
        kind = "workshop",
        title,
        start,
        end = start.AddHours(2),
        seatCount = 12,
        resources,
    };

    private Task<string> Resource(string token, string firm, string kind) => state.Once($"{kind} of {firm}", async () =>
    {
        var list = await api.Get($"{Root}/clusters/{state["cluster"]}/resources?limit=200", token);
        var found = list["items"]?.AsArray().FirstOrDefault(r => r?["firmName"]?.ToString() == firm && r["kind"]?.ToString() == kind);
        return found?["id"]?.ToString() ?? found?["resource"]?.ToString() ?? throw new DemoFailedException($"No {kind} of {firm} is in the pool: {list.ToJsonString()}");
    });

    /// <summary>At least two weeks ahead: when the pooled trainers are there.</summary>
    private static string NextTuesday() => NextAfternoon(DayOfWeek.Tuesday, 14).AddMinutes(15).ToString("O", CultureInfo.InvariantCulture);

    /// <summary>A full hour in the cluster's time zone, at least two weeks ahead.</summary>
    public static DateTimeOffset NextAfternoon(DayOfWeek weekday, int hour)
    {
        var day = DateTime.UtcNow.Date.AddDays(14);
        while (day.DayOfWeek != weekday) day = day.AddDays(1);
        var local = DateTime.SpecifyKind(day.AddHours(hour), DateTimeKind.Unspecified);
        return new DateTimeOffset(local, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin").GetUtcOffset(local)).ToUniversalTime();
    }
}
