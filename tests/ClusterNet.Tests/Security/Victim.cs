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
    string Client, string Own, string Profile, string Audit, string Pair, string MentoringSession, string Offer, string Call, string Plan, string Goal, string Activity, string Programme, string Community,
    string CommunityGoal, string Discussion, string Page, string Template, string Practice, string Question, string Signal, string LibraryItem, string Task, string TaskTemplate,
    string Entry, string Funder, string Proposal, string Exception, string Series, string Feed, string Wish, string Share)
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
        var own = await me.Post($"/skills/clusters/{story.Cluster}/own", new { type = "skill/competence", words = new[] { new { language = "en", label = Mark, description = Mark } }, why = Mark });
        var profile = IdOf(
            await life.Owner.Client.Post(
                "/skills/profiles", new { title = Mark, firm = life.Firm, skills = new[] { new { skillUri = "http://data.europa.eu/esco/skill/5f2efbdf-08a2-49cd-9c06-bd284e4f0fbf", level = 3 } } }),
            "id");
        var audit = IdOf(
            await life.Owner.Client.Post(
                "/skills/audits", new { title = Mark, firm = life.Firm, profiles = new[] { profile }, raters = "270", deadline = DateTimeOffset.UtcNow.AddDays(9) }),
            "id");
        var community = IdOf(await me.Post("/learning/communities", new { name = Mark, objective = Mark, cluster = story.Cluster }), "id");
        var communityGoal = IdOf(await me.Post($"/learning/communities/{community}/goals", new { text = Mark }), "id");
        var discussion = IdOf(await me.Post($"/learning/communities/{community}/discussions", new { title = Mark, text = Mark, question = true }), "id");
        var page = IdOf(await me.Post($"/learning/communities/{community}/pages", new { title = Mark, text = Mark }), "id");
        var template = IdOf(await me.Post("/learning/templates", new { name = Mark, kind = "observation", what = Mark }), "id");
        var practice = IdOf(await me.Post("/learning/practices", new { title = Mark, problem = Mark, how = Mark, visibility = "firm" }), "id");
        var question = IdOf(await me.Post($"/learning/practices/{practice}/questions", new { text = Mark }), "id");
        var signal = IdOf(await me.Post("/learning/signals", new { what = Mark, soWhat = Mark, tags = (string[])["legal"], visibility = "firm" }), "id");
        var item = IdOf(await me.Post($"/learning/communities/{community}/library", new { url = $"https://example.org/{Mark}", title = Mark, text = Mark, tags = new[] { Mark } }), "id");
        var due = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(9);
        var task = IdOf(await me.Post("/learning/tasks", new { what = Mark, learn = Mark, dueOn = due, helper = life.Owner.Person }), "id");
        var taskTemplate = IdOf(await life.Owner.Client.Post("/learning/tasks/templates", new { firm = life.Firm, what = Mark, learn = Mark }), "id");
        var (entry, funder, proposal, exception) = await Pooled(story, life);
        var series = IdOf(await story.Rosa.Client.Post($"/resources/clusters/{story.Cluster}/series", AccessMatrix.MatrixFirm.SeriesBody(life.Firm, life.Resource, "2041-03-05")), "id");
        var wish = IdOf(await me.Post($"/resources/clusters/{story.Cluster}/wishes", new { skillUri = AccessMatrix.MatrixCluster.Wished, sentence = Mark }), "id");
        var (pair, met, offer, call) = await Mentored(story, life);
        var (plan, goal, activity) = await Planned(life);
        var founded = new { title = Mark, aim = Mark, from = "2030-01-01", until = "2030-12-31" };
        var programme = IdOf(await story.Rosa.Client.Post($"/learning/mentoring/clusters/{story.Cluster}/programmes", founded), "id");
        return new(life, story, token, fact, IdOf(seats, "id"), IdOf(invited, "id"), IdOf(joining, "id"), IdOf(grant, "id"), IdOf(client, "id"), IdOf(own, "id"), profile, audit, pair, met, offer, call, plan, goal, activity, programme, community,
            communityGoal, discussion, page, template, practice, question, signal, item, task, taskTemplate, entry, funder, proposal, exception, series, IdOf(await me.Post("/resources/feeds", new { scope = "person" }), "id"), wish,
            IdOf(await me.Post($"/accreditation/me/credentials/{life.Number}/shares", new { days = 30 }), "id"));
    }

    /// <summary>The firm has an entry in the pool's books, and the pool a funder and a rule that is voted on; its resource is closed for some days.</summary>
    private static async Task<(string Entry, string Funder, string Proposal, string Exception)> Pooled(StoryHost story, Life life)
    {
        var (rosa, pool) = (story.Rosa.Client, $"/resources/clusters/{story.Cluster}");
        return (
            IdOf(await rosa.Post($"{pool}/payments", new { direction = "in", amountCents = 100, on = "2026-01-02", text = Mark, firm = life.Firm }), "id"),
            IdOf(await rosa.Post($"{pool}/funders", new { name = Mark }), "id"),
            IdOf(await rosa.Post($"{pool}/rules/proposals", AccessMatrix.MatrixFirm.RuleBody()), "id"),
            IdOf(await rosa.Post($"/resources/resources/{life.Resource}/exceptions", AccessMatrix.MatrixFirm.Days(2040)), "id"));
    }

    /// <summary>The victim offers to mentor, and is mentored.</summary>
    private static async Task<(string Pair, string Session, string Offer, string Call)> Mentored(StoryHost story, Life life)
    {
        var me = life.Me.Client;
        var offer = IdOf(
            await me.Put("/learning/mentoring/me/offers/mentor", new
            {
                skillUris = (string[])["http://data.europa.eu/esco/skill/5f2efbdf-08a2-49cd-9c06-bd284e4f0fbf"],
                languages = (string[])["en"],
                availability = Mark,
                hoursPerMonth = 3,
                capacity = 2,
                reach = "everybody",
                visibility = "cluster",
                accommodates = Mark,
            }), "id");
        var pair = IdOf(await me.Post("/learning/mentoring/pairs", new { mentor = life.Owner.Person, words = Mark, needs = Mark }), "id");
        (await life.Owner.Client.Post($"/learning/mentoring/pairs/{pair}/acceptance", null)).ShouldBe(HttpStatusCode.OK);
        (await me.Post($"/learning/mentoring/pairs/{pair}/sessions", new { what = Mark, minutes = 30 })).ShouldBe(HttpStatusCode.OK);
        var session = (await me.Get($"/learning/mentoring/pairs/{pair}")).Json["sessions"]![0]!["id"]!.ToString(); // as just logged
        (await me.Post($"/learning/mentoring/pairs/{pair}/help", new { words = Mark, cluster = story.Cluster })).ShouldBe(HttpStatusCode.OK);
        var call = (await story.Rosa.Client.Get($"/learning/mentoring/clusters/{story.Cluster}/help")).Json[0]!["id"]!.ToString(); // as just called
        return (pair, session, offer, call);
    }

    private static async Task<(string Plan, string Goal, string Activity)> Planned(Life life)
    {
        var me = life.Me.Client;
        var plan = IdOf(await me.Post("/learning/plans", new { with = life.Owner.Person, wish = Mark }), "id");
        (await life.Owner.Client.Post($"/learning/plans/{plan}/agreement", null)).ShouldBe(HttpStatusCode.OK);
        (await me.Post($"/learning/plans/{plan}/goals", new { text = Mark })).ShouldBe(HttpStatusCode.OK);
        var goal = (await me.Get($"/learning/plans/{plan}")).Json["goals"]![0]!["id"]!.ToString(); // as just added
        (await me.Post($"/learning/plans/{plan}/goals/{goal}/activities", new { text = Mark, dueOn = "2030-01-01" })).ShouldBe(HttpStatusCode.OK);
        return (plan, goal, (await me.Get($"/learning/plans/{plan}")).Json["goals"]![0]!["activities"]![0]!["id"]!.ToString()); // as just added
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
        ("entries", _) => Entry,
        ("funders", _) => Funder,
        ("proposals", _) => Proposal,
        ("exceptions", _) => Exception,
        ("series", _) => Series,
        ("feeds", _) => Feed,
        ("wishes", _) => Wish,
        ("shares", _) => Share,
        ("status", _) => "revocation-0",
        (_, "period") => "2026-01",
        ("profiles", _) => Profile,
        ("audits", _) => Audit,
        ("communities", _) => Community,
        ("goals", _) when operation.Path.Contains("/communities/", StringComparison.Ordinal) => CommunityGoal,
        ("discussions", _) or ("posts", _) => Discussion,
        ("pages", _) => Page,
        ("templates", _) when operation.Path.Contains("/tasks/", StringComparison.Ordinal) => TaskTemplate,
        ("templates", _) => Template,
        ("practices", _) => Practice,
        ("questions", _) => Question,
        ("signals", _) => Signal,
        ("library", _) => LibraryItem,
        ("tasks", _) => Task,
        (_, "version") => "1",
        ("pairs", _) => Pair,
        ("mentors", _) => Offer,
        ("plans", _) => Plan,
        ("programmes", _) => Programme,
        (_, "goal") => Goal,
        (_, "activity") => Activity,
        ("help", _) => Call,
        ("sessions", _) when operation.Path.Contains("/mentoring/", StringComparison.Ordinal) => MentoringSession,
        // One's own offers, by their kind; and a calendar's secret and a certificate's number, which nobody can guess.
        ("offers", "kind") or (_, "secret") or ("certificates", _) => AllRoles.Nothing,
        ("invitations", _) => Invitation,
        ("auditor-grants", _) => Grant,
        ("clients", _) => Client,
        (_, "area") => "marketing",
        (_, "framework") => "digcomp",
        (_, "own") => Own,
        // Only their owner learns these ids, and tests of their own try them: SessionTests, PasskeyTests, NoticeTests, ErasureHttpTests.
        ("sessions", _) or ("passkeys", _) or ("notices", _) or ("erasures", _) => AllRoles.Nothing,
        // Occupations are everybody's; there is none here.
        ("occupations", _) => AllRoles.Nothing,
        // Imports are the operator's alone, whatever their ids.
        ("files", _) => new string('0', 64),
        ("imports", _) => AllRoles.Nothing,
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
