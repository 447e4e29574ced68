using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Tests.Access;
using ClusterNet.Tests.Accreditation;
using ClusterNet.Tests.Hosting;

namespace ClusterNet.Tests.Security;

/// <summary>
/// Somebody who has one of everything, and the id of each where the API asks for it. A new kind of id needs a line here: without one the test
/// of object-level authorisation fails and names it.
/// </summary>
internal sealed record Victim(Life Life, StoryHost Story, string Token, string Event, string Reservation, string Invitation, string ClusterInvitation, string Grant,
    string Client)
{
    /// <summary>In whatever the victim wrote, and in the victim's name.</summary>
    public const string Mark = "quillwort";

    public static async Task<Victim> Of(StoryHost story)
    {
        var life = await Life.Of(story, Mark, granted: true);
        var me = life.Me.Client;
        var token = (await me.Get("/access/tokens")).Json["items"]![0]!["id"]!.ToString(); // made by Life
        await story.Host.CaughtUp();
        var fact = (await me.Get($"/audit/streams/{life.Record}/events")).Items[0]["id"]!.ToString(); // as above
        var seats = await me.Post($"/resources/sessions/{life.Session}/seats", new { firm = life.Firm, count = 1 });
        var invited = await life.Owner.Client.Post($"/clusters/firms/{life.Firm}/invitations", new
        {
            email = $"{Mark}-invited@firm.example",
            givenName = Mark,
            familyName = Mark,
            position = "employee",
            jobTitle = Mark,
            language = "de",
        });
        var joining = await story.Rosa.Client.Post($"/clusters/{story.Cluster}/invitations", new { email = $"{Mark}-trained@firm.example", givenName = Mark, familyName = Mark, role = "assessor", reason = Mark });
        var grant = await story.Rosa.Client.Post("/access/auditor-grants", new
        {
            auditor = story.Audrey.Person,
            cluster = story.Cluster,
            purpose = $"{Mark} audit",
            expiresAt = DateTimeOffset.UtcNow.AddDays(9),
        });
        var client = await life.Owner.Client.Post("/access/clients", new
        {
            label = Mark,
            scopeKind = "firm",
            scopes = (string[])["learning:write"],
            validForDays = 9,
            scopeId = life.Firm,
            role = "member",
        });
        return new(life, story, token, fact, IdOf(seats, "id"), IdOf(invited, "id"), IdOf(joining, "id"), IdOf(grant, "id"), IdOf(client, "id"));
    }

    /// <summary>The victim's id for a value of a route; null for a kind that is not known here.</summary>
    public string? IdFor(Operation operation, (string Segment, string Name) value) => (value.Segment, value.Name) switch
    {
        (_, "cluster") => Story.Cluster,
        (_, "firm") => Life.Firm,
        (_, "person") or ("people", _) => Life.Me.Person,
        ("roles", _) => Life.Role,
        ("tokens", _) => Token,
        ("events", _) => Event,
        ("streams", _) or ("records", _) or ("evidence", _) => Life.Record,
        ("applications", _) => Life.Application,
        ("assessors", _) => Story.Ahmed.Person,
        ("standards", _) => Story.Standard,
        ("credentials", _) => Life.Number,
        ("resources", _) => Life.Resource,
        ("sessions", _) when operation.Path.Contains("/resources/", StringComparison.Ordinal) => Life.Session,
        ("seats", _) => Reservation,
        ("invitations", _) => Invitation,
        ("auditor-grants", _) => Grant,
        ("clients", _) => Client,
        // Only their owner learns these ids, and tests of their own try them: SessionTests, PasskeyTests, NoticeTests, ErasureHttpTests.
        ("sessions", _) or ("passkeys", _) or ("notices", _) or ("erasures", _) => AllRoles.Nothing,
        _ => null,
    };

    /// <summary>The body as somebody would send it who acts on what is the victim's.</summary>
    public string Body(Operation operation)
    {
        // The description's own example: a body that is refused for itself would never come to the question whose it is.
        var body = operation.Example?.DeepClone();
        if (body is not null) Put(body);
        return body?.ToJsonString() ?? "";
    }

    private void Put(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            // There is one of each thing, and nothing is taken twice.
            while (items.Count > 1 && items[0] is JsonObject) items.RemoveAt(1);
            foreach (var item in items) Put(item);
        }

        if (node is not JsonObject members) return;
        foreach (var (name, value) in members.ToList())
        {
            if (value is JsonObject or JsonArray) Put(value);
            else if (Mine(name) is { } id) members[name] = id;
        }
    }

    private string? Mine(string member) => member switch
    {
        "firm" => Life.Firm,
        "cluster" or "scopeId" => Story.Cluster,
        "person" or "assessor" or "trainer" or "auditor" => Life.Me.Person,
        "record" => Life.Record,
        "resource" => Life.Resource,
        "standard" => Story.Standard,
        _ => null,
    };

    private static string IdOf(Answer answer, string member) =>
        answer.Status is HttpStatusCode.Created or HttpStatusCode.OK ? answer.Text(member) : throw new InvalidOperationException($"The victim lacks something: {answer}");
}
