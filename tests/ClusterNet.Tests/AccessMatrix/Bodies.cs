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
        [$"POST {Api}/learning/records"] = (_, _, _) => new { kind = "observation", what = "saw how it is done" },
        [$"POST {Api}/learning/records/{{id}}/endorsements"] = (_, _, _) => new { skillUri = MatrixCluster.Skill },
        [$"POST {Api}/accreditation/applications"] = (_, a, _) => new { standard = a.Id("free standard") },
        [$"POST {Api}/accreditation/applications/{{id}}/evidence"] = (_, a, _) =>
            new { items = new[] { new { record = a.Id("private record"), criteria = new[] { "N1" } } } },
        [$"POST {Api}/accreditation/applications/{{id}}/assessors"] = (_, a, _) => new { assessor = a.Place.Cast["assessor"].Person },
        [$"POST {Api}/accreditation/applications/{{id}}/evidence-requests"] = (_, _, _) => new { criteria = new[] { "N1" }, what = "Show more" },
        [$"POST {Api}/resources/clusters/{{cluster}}/resources"] = (_, a, _) => MatrixFirm.ResourceBody(a.Place.Firm, "New room"),
        [$"POST {Api}/resources/clusters/{{cluster}}/sessions"] = (_, a, _) => MatrixFirm.SessionBody(a.Place.Firm, a.Id("resource"), 40),
        [$"POST {Api}/resources/sessions/{{id}}/seats"] = (_, a, _) => new { firm = a.Place.Firm, count = 1 },
    };

    /// <summary>Lists sent as files: the first line is enough, with a row where an empty list would be no list.</summary>
    private static readonly Dictionary<string, string> Files = new()
    {
        ["/imports/firms"] = "name,registration_no,country,nuts,city,nace\n",
        ["/invitations/import"] = "given_name,family_name,email,role\n",
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
