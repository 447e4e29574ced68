using System.Text.Json.Nodes;

namespace ClusterNet.Host.Demo;

/// <summary>The people of the story, how they get their tokens and how they act with them; all but the first three come from the shipped cluster's files.</summary>
internal sealed class DemoCast(DemoApi api, DemoState state)
{
    public const string OperatorEmail = "operator@clusternet.example";
    public const string CoordinatorEmail = "greta.lindqvist@cluster.example";
    public const string AuditorEmail = "august.auditor@audit.example";

    /// <summary>One password for the whole cast, made for this play.</summary>
    public Task<string> Password() => state.Once("password", () => Task.FromResult($"demo {Guid.NewGuid():n}"));

    /// <summary>Opens an account for somebody of no firm, who accepts the invitation and signs in.</summary>
    public Task<string> Newcomer(string name, string email, string inviterToken) => state.Once($"token of {email}", async () =>
    {
        var person = await state.Once($"person {email}", async () =>
            Text(await api.Post("/api/v1/access/accounts", new { email, name }, inviterToken, $"demo-open-{email}"), "id"));
        return await Accept($"/api/v1/access/accounts/{person}/invitation", email, state["token of operator"]);
    });

    /// <summary>Somebody of the imported firms is invited by the coordinator, accepts and signs in.</summary>
    /// <param name="email">As in people.csv.</param>
    public Task<string> Token(string name, string firm, string email) => state.Once($"token of {email}", async () =>
    {
        var (person, firmId) = await Find(name, firm);
        return await Accept($"/api/v1/clusters/firms/{firmId}/people/{person}/invitation", email, state["token of coordinator"]);
    });

    public async Task<string> Person(string name, string firm) => (await Find(name, firm)).Person;

    public async Task<string> Firm(string name, string firm) => (await Find(name, firm)).Firm;

    /// <summary>Somebody makes something, once.</summary>
    /// <param name="name">Under which the story keeps the id.</param>
    /// <returns>The id.</returns>
    public Task<string> Make(string name, string path, object body, string token) =>
        state.Once(name, async () => Text(await api.Post(path, body, token, KeyOf(name)), "id"));

    /// <summary>Somebody does something, once.</summary>
    public Task Do(string name, string path, object? body, string token) =>
        state.Once(name, async () => (await api.Post(path, body, token, KeyOf(name))).ToJsonString());

    /// <summary>Somebody says how something is to be, once.</summary>
    public Task Set(string name, string path, object body, string token) => state.Once(name, async () => (await api.Put(path, body, token)).ToJsonString());

    private static string KeyOf(string name) => $"demo-{name.Replace(' ', '-')}";

    private async Task<(string Person, string Firm)> Find(string name, string firm)
    {
        var found = await state.Once($"{name} of {firm}", async () =>
        {
            var list = await api.Get($"/api/v1/clusters/{state["cluster"]}/people?q={Uri.EscapeDataString(name)}&limit=200", state["token of coordinator"]);
            var one = list["items"]?.AsArray().FirstOrDefault(p => $"{p?["givenName"]} {p?["familyName"]}" == name && p?["firmName"]?.ToString() == firm)
                ?? throw new DemoFailedException($"{name} of {firm} is not among the people of the cluster.");
            return $"{one["person"]} {one["firm"]}";
        });
        var ids = found.Split(' ');
        return (ids[0], ids[1]);
    }

    private async Task<string> Accept(string invitation, string email, string inviterToken)
    {
        // No key: an invitation whose token was lost in a break is made anew.
        var invited = await api.Post(invitation, null, inviterToken, null);
        await api.Post("/api/v1/access/invitations/accept", new { invitationToken = Text(invited, "invitationToken"), password = await Password() }, null, null);
        return await api.Token(email, await Password(), "ClusterNet demo");
    }

    public static string Text(JsonObject answer, string member) =>
        answer[member]?.ToString() ?? throw new DemoFailedException($"The answer has no {member}: {answer.ToJsonString()}");
}
