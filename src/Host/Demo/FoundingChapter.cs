namespace ClusterNet.Host.Demo;

/// <summary>A coordinator founds a cluster, firms apply and are admitted, people join their firms.</summary>
internal sealed class FoundingChapter(DemoApi api, DemoState state, DemoCast cast, Action<string> say)
{
    private const string Csv = "text/csv";

    public async Task Play(string? code)
    {
        await state.Once("token of operator", async () =>
        {
            if (code is not null)
            {
                await api.Post(
                    "/api/v1/access/first-operator",
                    new { code, email = DemoCast.OperatorEmail, name = "Olga Operator", password = await cast.Password() }, null, "demo-first-operator");
            }

            return await api.Token(DemoCast.OperatorEmail, await cast.Password(), "ClusterNet demo");
        });
        say("Olga Operator sets the installation up");
        var coordinator = await cast.Newcomer("Greta Lindqvist", DemoCast.CoordinatorEmail, state["token of operator"]);
        await state.Once("token of coordinator", () => Task.FromResult(coordinator));
        await state.Once("cluster", async () => DemoCast.Text(
            await api.Post("/api/v1/clusters", Cluster, coordinator, "demo-cluster"), "id"));
        say("Greta Lindqvist founds the cluster Lenne and Volme Metal");
        await Import("firms", "clusters", "firms.csv");
        await Import("people", "clusters", "people.csv");
        await Import("resources", "resources/clusters", "resources.csv");
        await Import("records", "learning/clusters", "learning-records.csv");
        await OneFirmByHand(coordinator);
    }

    private static object Cluster => new
    {
        name = "Lenne and Volme Metal",
        nuts = "DEA58",
        sectors = new[] { "25.62", "22.29", "33.12" },
        charter = "Members share trainers, rooms and what they learn. What one firm records as private stays with the person who recorded it.",
        businessObjective = "Sell directly to buyers abroad by 2028, with the skills to do it in our own firms.",
    };

    private async Task Import(string what, string of, string file)
    {
        var path = $"/api/v1/{of}/{state["cluster"]}/imports/{what}";
        var summary = await state.Once($"import {what}", async () =>
        {
            var rehearsal = await api.PostFile($"{path}?dryRun=true", DemoStory.File(file), Csv, state["token of coordinator"], null);
            if (rehearsal["rejected"]?.ToString() != "0") throw new DemoFailedException($"{file} has bad rows: {rehearsal.ToJsonString()}");
            return DemoStory.Summary(await api.PostFile($"{path}?dryRun=false", DemoStory.File(file), Csv, state["token of coordinator"], null));
        });
        say($"{file} is imported after a dry run: {summary}");
    }

    /// <summary>The same by hand, as a firm does that comes later.</summary>
    private async Task OneFirmByHand(string coordinator)
    {
        var owner = await cast.Newcomer("Henrike Sommer", "henrike.sommer@sommer-feinwerk.example", state["token of operator"]);
        var firm = await state.Once("firm by hand", async () => DemoCast.Text(await api.Post(
            "/api/v1/clusters/firms",
            new
            {
                name = "Sommer Feinwerk e.K.",
                registrationNumber = "HRA 5120",
                country = "DE",
                nuts = "DEA58",
                city = "Plettenberg",
                nace = "26.51",
                owner = new { givenName = "Henrike", familyName = "Sommer", language = "de" },
            },
            owner, "demo-firm"), "id"));
        await state.Once("applied", async () => (await api.Post(
            $"/api/v1/clusters/{state["cluster"]}/memberships", new { firm, reason = "We want to share trainers and sell abroad." }, owner, "demo-apply")).ToJsonString());
        await state.Once("admitted", async () => (await api.Post(
            $"/api/v1/clusters/{state["cluster"]}/memberships/{firm}/admission", new { reason = "Fits the objective." }, coordinator, "demo-admit")).ToJsonString());
        say("Henrike Sommer registers her firm and applies; Greta admits it");
    }
}
