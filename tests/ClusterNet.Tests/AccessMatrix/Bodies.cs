using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterNet.Tests.AccessMatrix;

/// <summary>What a command is sent with: the example that the API's description shows, or one with the ids of this world.</summary>
internal static class Bodies
{
    private const string Api = "/api/v1";

    private static JsonNode? _description;

    /// <summary>Where the example names things that do not exist here, or would be refused for its contents.</summary>
    private static readonly Dictionary<string, Func<MatrixRow, Aim, MatrixWorld, object>> OfThisWorld = new()
    {
        [$"POST {Api}/access/sign-in"] = (_, _, w) => new { email = w.Things["address"], password = Hosting.Api.Password },
        [$"POST {Api}/access/invitations/accept"] = (_, _, w) => new { invitationToken = w.Things["invitation"], password = Hosting.Api.Password },
        [$"POST {Api}/access/invitations/passkey-options"] = (_, _, w) => new { invitationToken = w.Things["invitation"] },
        [$"POST {Api}/access/invitations/accept-with-passkey"] = (_, _, w) => new
        {
            invitationToken = w.Things["invitation"],
            ceremony = "cnp_nobody-began-it",
            name = "Phone",
            credential = new { id = "ZXhhbXBsZQ" },
        },
        [$"POST {Api}/access/me/password"] = (_, _, _) => new { currentPassword = Hosting.Api.Password, newPassword = Hosting.Api.Password },
        [$"POST {Api}/access/auditor-grants"] = (_, a, w) => MatrixCluster.GrantBody(w.Things["outsider"], a.Place.Cluster),
        [$"POST {Api}/access/roles"] = Role,
        [$"POST {Api}/access/clients"] = (_, a, _) => MatrixFirm.ClientBody(a.Place.Firm),
        [$"POST {Api}/clusters/invitations/lookup"] = (_, _, w) => new { invitationToken = w.Things["link to join"] },
        [$"POST {Api}/clusters/invitations/refusal"] = (_, _, w) => new { invitationToken = w.Things["link to join"] },
        [$"POST {Api}/clusters/invitations/acceptance"] = (_, _, w) => new
        {
            invitationToken = w.Things["link to join"],
            givenName = "Nadia",
            familyName = "Nowak",
            password = Hosting.Api.Password,
        },
        [$"POST {Api}/clusters/{{cluster}}/memberships"] = (_, a, _) => new { firm = a.Place.Firm, reason = "To learn together" },
        [$"POST {Api}/skills/clusters/{{cluster}}/own"] = (_, _, _) => MatrixCluster.OwnSkillBody($"grind {Guid.NewGuid():n}"),
        [$"POST {Api}/skills/clusters/{{cluster}}/own/{{own}}/words"] = (_, _, _) =>
            new { type = "skill/competence", words = new[] { new { language = "en", label = $"grind {Guid.NewGuid():n}", description = "" } } },
        [$"POST {Api}/skills/clusters/{{cluster}}/own/{{own}}/merge"] = (_, a, _) => new { into = a.Id("accepted skill") },
        [$"POST {Api}/learning/records"] = (_, _, _) => new { kind = "observation", what = "saw how it is done" },
        [$"POST {Api}/learning/communities/{{id}}/facilitators"] = (_, a, _) => new { person = a.Owner.Person },
        [$"PUT {Api}/learning/discussions/{{id}}/accepted"] = (_, a, _) => new { post = a.Id("answer in the cluster") },
        [$"POST {Api}/learning/records/suggestions"] = (_, _, _) => new { text = "Bernd showed me how it is done" },
        [$"POST {Api}/learning/records/{{id}}/endorsements"] = (_, _, _) => new { skillUri = MatrixCluster.Skill },
        [$"POST {Api}/learning/mentoring/programmes/{{id}}/invitations"] = (_, a, _) => new { part = "mentor", person = a.Place.Cast["second manager"].Person },
        [$"POST {Api}/learning/mentoring/programmes/{{id}}/pairs"] = (_, a, _) =>
            new { mentor = a.Place.Cast["colleague who stays"].Person, mentee = a.Place.Cast["second manager"].Person, words = "You sell alike" },
        [$"POST {Api}/learning/plans"] = (_, a, _) => new { with = a.Place.Cast["colleague who stays"].Person, wish = "Lead the shift" },
        [$"POST {Api}/learning/tasks"] = (_, _, _) => new { what = "Set up the press", learn = "Clearance", dueOn = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(9) },
        [$"POST {Api}/learning/tasks/templates"] = (_, a, _) => new { firm = a.Place.Firm, what = "Set up the press", learn = "Clearance" },
        [$"POST {Api}/learning/tasks/templates/{{template}}/setting"] = (_, a, _) =>
            new { people = new[] { a.Place.Cast["colleague who stays"].Person }, dueOn = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(9) },
        [$"POST {Api}/learning/plans/{{id}}/goals"] = (_, _, _) => new { text = "Lead a talk", skillUri = MatrixCluster.Skill },
        [$"POST {Api}/learning/plans/{{id}}/goals/{{goal}}/activities"] = (_, _, _) => new { text = "Sit in on two talks", dueOn = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(9) },
        [$"PUT {Api}/learning/mentoring/me/offers/{{kind}}"] = (_, _, _) => MatrixMentoring.OfferBody("network"),
        [$"POST {Api}/learning/mentoring/pairs"] = (_, a, _) => new { mentor = a.Place.Cast["colleague who stays"].Person, words = "Help me with prices" },
        [$"PUT {Api}/learning/mentoring/pairs/{{id}}/goals"] = (_, _, _) => new { goals = new[] { "Lead a talk" }, skillUris = new[] { MatrixCluster.Skill } },
        [$"PUT {Api}/learning/mentoring/pairs/{{id}}/next-session"] = (_, _, _) => new { startsAt = DateTimeOffset.UtcNow.AddDays(5), minutes = 45 },
        [$"PUT {Api}/learning/practices/{{id}}/questions/{{question}}/settled"] = (_, a, _) => new { answer = a.Id("answer about a practice") },
        [$"POST {Api}/learning/signals/{{id}}/discussions"] = (_, a, _) => new { community = a.Id("community in the cluster") },
        [$"POST {Api}/accreditation/applications"] = (_, a, _) => new { standard = a.Id("free standard") },
        [$"POST {Api}/accreditation/applications/{{id}}/evidence"] = (_, a, _) =>
            new { items = new[] { new { record = a.Id("private record"), criteria = new[] { "N1" } } } },
        [$"POST {Api}/accreditation/applications/{{id}}/assessors"] = (_, a, _) => new { assessor = a.Place.Cast["assessor"].Person },
        [$"POST {Api}/accreditation/applications/{{id}}/evidence-requests"] = (_, _, _) => new { criteria = new[] { "N1" }, what = "Show more" },
        [$"POST {Api}/skills/profiles"] = (r, a, _) => MatrixFirm.ProfileBody(OwnerOf(r, a)),
        [$"PUT {Api}/skills/profiles/{{id}}"] = (_, _, _) => new { title = "Trader", skills = new[] { new { skillUri = MatrixCluster.Skill, level = 4 } } },
        [$"POST {Api}/skills/audits"] = (r, a, _) => MatrixFirm.AuditBody(
            OwnerOf(r, a), a.Id(r.Thing.Length > 0 ? "profile of the cluster" : "profile of the firm"), "self"),
        [$"PUT {Api}/skills/audits/{{id}}/deadline"] = (_, _, _) => new { deadline = DateTimeOffset.UtcNow.AddDays(60) },
        [$"PUT {Api}/skills/audits/{{id}}/people/{{person}}/peers"] = (_, _, _) => new { peers = Array.Empty<string>() },
        [$"PUT {Api}/skills/audits/{{id}}/ratings/{{person}}"] = (_, _, _) => new { answers = new[] { new { skillUri = MatrixCluster.Skill, level = 2 } } },
        [$"POST {Api}/skills/levels/claims"] = (_, _, _) => new { skillUri = MatrixCluster.Skill, level = 3 },
        [$"POST {Api}/resources/clusters/{{cluster}}/resources"] = (_, a, _) => MatrixFirm.ResourceBody(a.Place.Firm, "New room"),
        [$"POST {Api}/resources/clusters/{{cluster}}/sessions"] = (_, a, _) => MatrixFirm.SessionBody(a.Place.Firm, a.Id("resource"), 40),
        [$"POST {Api}/resources/clusters/{{cluster}}/payments"] = (_, a, _) => new { direction = "in", amountCents = 100, on = "2026-01-02", text = "Fee", firm = a.Place.Firm },
        [$"POST {Api}/resources/sessions/{{id}}/costs"] = (_, _, _) => new { outside = new[] { new { cents = 100 } } },
        [$"POST {Api}/resources/clusters/{{cluster}}/rules/proposals"] = (_, _, _) => MatrixFirm.RuleBody(),
        [$"POST {Api}/resources/clusters/{{cluster}}/rules/proposals/{{proposal}}/votes"] = (_, a, _) => new { firm = a.Place.Firm, inFavour = true },
        [$"POST {Api}/resources/clusters/{{cluster}}/wishes"] = (_, _, _) => new { skillUri = MatrixCluster.Skill },
        [$"POST {Api}/resources/clusters/{{cluster}}/demand/set-aside"] = (_, _, _) => new { skillUri = MatrixCluster.Wished, reason = "In May elsewhere" },
        [$"POST {Api}/resources/clusters/{{cluster}}/demand/sessions"] = (_, a, _) => MatrixFirm.PlanBody(a.Place.Firm, a.Id("resource"), 50),
        [$"PUT {Api}/resources/sessions/{{id}}/details"] = (_, _, _) => new { agenda = "Exercises", place = "Canteen" },
        [$"PUT {Api}/resources/sessions/{{id}}/terms"] = (_, _, _) => new { lateFeeCents = 2_000 },
        [$"POST {Api}/resources/sessions/{{id}}/organiser"] = (_, a, _) => new { firm = a.Place.Firm },
        [$"POST {Api}/resources/resources/{{id}}/exceptions"] = (_, _, _) => MatrixFirm.Days(2041),
        [$"POST {Api}/resources/clusters/{{cluster}}/series"] = (_, a, _) => MatrixFirm.SeriesBody(a.Place.Firm, a.Id("resource"), "2042-03-04"),
        [$"POST {Api}/resources/series/{{id}}/cancellation"] = (_, _, _) => new { reason = "No need" },
        [$"PUT {Api}/resources/resources/{{id}}/approval"] = (_, _, _) => new { asked = false },
        [$"POST {Api}/resources/sessions/{{id}}/request/approval"] = (_, a, _) => new { firm = a.Place.Firm },
        [$"POST {Api}/resources/sessions/{{id}}/request/decline"] = (_, a, _) => new { firm = a.Place.Firm, reason = "No" },
        [$"POST {Api}/resources/feeds"] = (_, _, _) => new { scope = "person" },
        [$"POST {Api}/resources/sessions/{{id}}/seats"] = (_, a, _) => new { firm = a.Place.Firm, count = 1 },
    };

    /// <summary>Lists sent as files: the first line is enough, with a row where an empty list would be no list.</summary>
    private static readonly Dictionary<string, string> Files = new()
    {
        ["/imports/firms"] = "name,registration_no,country,nuts,city,nace\n",
        ["/invitations/import"] = "given_name,family_name,email,role\n",
        ["/files"] = "What I saw\n",
        ["/imports/people"] = "firm,given_name,family_name,email,role\n",
        ["/imports/records"] = "record_ref,person_email,kind,happened_at,what\n",
        ["/imports/resources"] = "firm,kind,name\n",
        ["/catalogue/imports"] = "conceptUri,conceptType,preferredLabel,altLabels,skillType,reuseLevel,status\n",
    };

    public static async Task<HttpContent?> Of(MatrixRow row, Aim aim, MatrixWorld world, CancellationToken ct)
    {
        if (Files.FirstOrDefault(f => row.Path.EndsWith(f.Key, StringComparison.Ordinal)).Value is { } csv) return Requests.Content(csv, "text/csv");
        if (OfThisWorld.TryGetValue(row.Endpoint, out var body))
            return Requests.Content(JsonSerializer.Serialize(body(row, aim, world), JsonSerializerOptions.Web), "application/json");
        _description ??= JsonNode.Parse(await world.Visitor.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), ct));
        return Example(row) is { } example ? Requests.Content(example.ToJsonString(), "application/json") : null;
    }

    private static JsonNode? Example(MatrixRow row)
    {
        var operation = _description?["paths"]?[row.Path]?[row.Method.ToLowerInvariant()];
        return operation?["requestBody"]?["content"]?["application/json"]?["example"];
    }

    private static (string? Firm, string? Cluster) OwnerOf(MatrixRow row, Aim aim) => row.Thing.Length > 0 ? (null, aim.Place.Cluster) : (aim.Place.Firm, null);

    private static object Role(MatrixRow row, Aim aim, MatrixWorld world) => row.Thing == "operator's role"
        ? new { person = aim.Owner.Person, role = "operator", scopeKind = "installation", reason = "Stands in" }
        : new
        {
            person = world.SecondOperator.Person,
            role = row.Thing.Split('\'')[0],
            scopeKind = "cluster",
            scopeId = aim.Place.Cluster,
            reason = "Knows the trade",
        };
}
