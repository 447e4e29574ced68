namespace ClusterNet.Host.Demo;

/// <summary>What people learn with somebody at their side: a mentor of another firm, a plan that follows from a gap, a task at work.</summary>
internal sealed class DevelopmentChapter(DemoApi api, DemoCast cast, Action<string> say)
{
    private const string Root = "/api/v1/learning";

    public async Task Play()
    {
        var emre = await cast.Token("Emre Peters", "Winkelmann-Tech e.K.", "emre.peters.15@winkelmann-tech.example");
        var carla = await cast.Token("Carla Zimmermann", "Ankerwerk GmbH & Co. KG", "carla.zimmermann.58@ankerwerk.example");
        var nadja = await cast.Token("Nadja Eriksson", "Ankerwerk GmbH & Co. KG", "nadja.eriksson.57@ankerwerk.example");
        await Mentoring(emre, carla);
        await Plan(carla, nadja);
        await AtWork(carla, nadja);
    }

    private async Task Mentoring(string emre, string carla)
    {
        string[] skillUris = [LearningChapter.Skill];
        await cast.Set(
            "mentor offer", $"{Root}/mentoring/me/offers/mentor",
            new
            {
                skillUris,
                languages = new[] { "de", "en" },
                availability = "Fridays after two, or by phone on the way home",
                hoursPerMonth = 4,
                capacity = 2,
                reach = "other-firms",
                visibility = "cluster",
            },
            carla);
        var pair = await cast.Make(
            "pair", $"{Root}/mentoring/pairs",
            new { mentor = await cast.Person("Carla Zimmermann", "Ankerwerk GmbH & Co. KG"), words = "I answer the phone when buyers call, and want to hold a price.", skillUris }, emre);
        var at = $"{Root}/mentoring/pairs/{pair}";
        await cast.Do("pair begins", $"{at}/acceptance", null, carla);
        await cast.Set("pair goals", $"{at}/goals", new { goals = new[] { "Lead a price talk alone by summer" }, skillUris, rhythm = "weekly" }, emre);
        await cast.Do(
            "mentoring session", $"{at}/sessions",
            new { what = "How to open a price talk; we played two of them.", minutes = 45, nextStep = "Prepare the talk with the steel merchant", withRecord = true }, carla);
        await cast.Set(
            "next session", $"{at}/next-session", new { startsAt = new DateTimeOffset(DateTime.UtcNow.Date.AddDays(7).AddHours(13), TimeSpan.Zero), minutes = 45, place = "By phone" }, emre);
        say("Carla Zimmermann mentors Emre Peters of another firm: one session is logged, the next one planned");
    }

    private async Task Plan(string carla, string nadja)
    {
        var plan = await cast.Make(
            "plan", $"{Root}/plans", new { with = await cast.Person("Nadja Eriksson", "Ankerwerk GmbH & Co. KG"), wish = "Take the purchasing over in two years.", @as = "person" }, carla);
        var at = $"{Root}/plans/{plan}";
        await cast.Do("plan agreed", $"{at}/agreement", null, nadja);
        await cast.Do("plan goal", $"{at}/goals", new { text = "Read a month's accounts alone", skillUri = SkillsChapter.Accounting }, nadja);
        var goal = (await api.Get(at, nadja))["goals"]?[0]?["id"]?.ToString() ?? throw new DemoFailedException("The plan has no goal.");
        await cast.Do("plan activity", $"{at}/goals/{goal}/activities", new { text = "Sit in on the next two month's ends", dueOn = DemoStory.InDays(60) }, carla);
        say("Carla and Nadja Eriksson agree a development plan for the gap in accounting that the audit found");
    }

    private async Task AtWork(string carla, string nadja)
    {
        var task = await cast.Make(
            "job task", $"{Root}/tasks",
            new
            {
                what = "Check this month's supplier invoices against the orders",
                learn = "Which three differences come up again and again",
                dueOn = DemoStory.InDays(14),
                minutes = 90,
                skillUri = SkillsChapter.Accounting,
                learner = await cast.Person("Carla Zimmermann", "Ankerwerk GmbH & Co. KG"),
            },
            nadja);
        var at = $"{Root}/tasks/{task}";
        await cast.Do("job accepted", $"{at}/acceptance", null, carla);
        await cast.Do(
            "job reported", $"{at}/report",
            new { cameOf = "Freight, discounts, rounding: those three.", well = "Began with the largest ones", differently = "Ask for the delivery notes before", visibility = "firm" }, carla);
        await cast.Do("job confirmed", $"{at}/confirmation", new { saw = "She found two that we had paid twice." }, nadja);
        say("Nadja sets Carla a task at work; Carla tells what came of it, and Nadja confirms what she saw");
    }
}
