using System.Globalization;

namespace ClusterNet.Host.Demo;

/// <summary>An auditor from outside verifies the credential, reads the dossier's events, and the application as it was.</summary>
internal sealed class AuditChapter(DemoApi api, DemoState state, DemoCast cast, Action<string> say)
{
    private const string Root = "/api/v1/accreditation";

    public async Task Play()
    {
        var auditor = await cast.Newcomer("August Auditor", DemoCast.AuditorEmail, state["token of coordinator"]);
        await state.Once("auditor appointed", async () => (await api.Post(
            "/api/v1/access/auditor-grants",
            new
            {
                auditor = state[$"person {DemoCast.AuditorEmail}"],
                organisation = "Audit Office of the Region",
                cluster = state["cluster"],
                standard = state["standard"],
                purpose = "Yearly audit for the funder",
                expiresAt = DateTimeOffset.UtcNow.AddDays(90),
            },
            state["token of coordinator"], "demo-grant-auditor")).ToJsonString());
        say("Greta gives August Auditor of the Audit Office a grant: one standard, 90 days, for the funder's yearly audit");
        await state.Once("token of auditor", () => Task.FromResult(auditor));
        var credential = await api.Get($"{Root}/credentials/{state["number"]}", null);
        say($"Anybody verifies the credential without an account: {credential["status"]}");
        var events = await api.Get($"{Root}/applications/{state["application"]}/events", auditor);
        var count = events["items"]?.AsArray().Count ?? events["events"]?.AsArray().Count ?? 0;
        say(string.Create(CultureInfo.InvariantCulture, $"August Auditor reads the {count} events of the application with a token of his own"));
        await TellRosa();
        var then = await api.Get($"{Root}/applications/{state["application"]}?asOfVersion=2", auditor);
        var now = await api.Get($"{Root}/applications/{state["application"]}", auditor);
        say($"As of version 2 the application was \"{Phase(then)}\", now it is \"{Phase(now)}\"");
    }

    private async Task TellRosa()
    {
        var rosa = await cast.Token(LearningChapter.Name, LearningChapter.Firm, LearningChapter.Email);
        var reads = await api.Get("/api/v1/access/me/reads", rosa);
        say($"Rosa sees who read what about her, and why: \"{reads["items"]?[0]?["purpose"]}\"");
    }

    private static string Phase(System.Text.Json.Nodes.JsonObject application) =>
        application["phase"]?.ToString() ?? application["state"]?.ToString() ?? application.ToJsonString();
}
