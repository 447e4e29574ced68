using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Roles;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Answer = ClusterNet.Tests.Hosting.Answer;

namespace ClusterNet.Tests.AccessMatrix;

/// <summary>An admitted firm with a manager, a trainer and a member, what it has in the pool, and what its people recorded.</summary>
internal sealed class MatrixFirm(RunningHost host, MatrixCluster cluster, string name)
{
    private readonly Dictionary<string, Someone> _cast = new(cluster.Cast);
    private readonly Dictionary<string, string> _things = new(cluster.Things);
    private string _firm = "";

    private Account Manager => _cast["manager"].Account;

    /// <param name="all">Whether all three have things of their own, or the member only.</param>
    public async Task<Place> Build(bool all)
    {
        _cast["manager"] = await cluster.Newcomer();
        _firm = await Manager.Join(cluster.Id, cluster.Coordinator.Account, name);
        _cast["trainer"] = await Hire("trainer");
        _cast["member"] = await Hire("employee");
        _cast["second manager"] = await Hire("manager"); // a firm keeps one leader
        _cast["manager who leaves"] = await Hire("manager");
        _cast["colleague who stays"] = await Hire("employee"); // whom nobody has asked for anything yet
        var secluded = await Hire("employee");
        _things["person with a private profile"] = secluded.Person;
        (await secluded.Client.Put("/clusters/me/profile/visibility", new { visibility = "private" })).ShouldBe(HttpStatusCode.OK);
        var waiting = await Manager.Client.Post($"/clusters/firms/{_firm}/people", World.PersonBody(World.NewEmail()));
        _things["person who cannot sign in yet"] = waiting.ShouldBe(HttpStatusCode.Created).Id;
        _things["open invitation"] = (await Invite(World.NewEmail())).Id;
        _things["client"] = (await Manager.Client.Post("/access/clients", ClientBody(_firm))).ShouldBe(HttpStatusCode.Created).Id;
        await Pool();
        await Audit();
        var place = new Place(cluster.Id, _firm, _cast, _things);
        foreach (var role in all ? Matrix.OfFirm : ["member"]) await Learn(place, role);
        return place;
    }

    private async Task<Someone> Hire(string position)
    {
        var email = World.NewEmail();
        var person = (await Manager.Client.Post($"/clusters/firms/{_firm}/people", World.PersonBody(email, position))).ShouldBe(HttpStatusCode.Created).Id;
        return new(await host.Accept(await Manager.Client.Post($"/clusters/firms/{_firm}/people/{person}/invitation", null), email));
    }

    private Task<Answer> Invite(string email) => Invite(Manager, _firm, email);

    public static async Task<Answer> Invite(Account manager, string firm, string email)
    {
        var invited = new { email, givenName = "Nadia", familyName = "Nowak", position = "employee", jobTitle = "Toolmaker" };
        return (await manager.Client.Post($"/clusters/firms/{firm}/invitations", invited)).ShouldBe(HttpStatusCode.Created);
    }

    private async Task Pool()
    {
        _things["resource"] = await Contribute("Room");
        _things["resource in use"] = await Contribute("Hall");
        _things["hours exception"] = (await Manager.Client.Post($"/resources/resources/{_things["resource"]}/exceptions", Days(2040))).ShouldBe(HttpStatusCode.Created).Id;
        _things["session"] = (await Manager.Client.Post($"/resources/clusters/{cluster.Id}/sessions", SessionBody(_firm, _things["resource in use"], 30)))
            .ShouldBe(HttpStatusCode.Created).Id;
        await Books();
        await Attendance();
        _things["reservation"] = (await Manager.Client.Post($"/resources/sessions/{_things["session"]}/seats", new { firm = _firm, count = 1 }))
            .ShouldBe(HttpStatusCode.Created).Id;
    }

    /// <summary>The manager is there before a session begins.</summary>
    private async Task Attendance()
    {
        var soon = new DateTimeOffset(DateTimeOffset.UtcNow.Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero).AddMinutes(20);
        var body = new { firm = _firm, kind = "workshop", title = "Soon", start = soon, end = soon.AddHours(1), seatCount = 1, resources = new[] { new { resource = _things["resource in use"] } } };
        var session = (await Manager.Client.Post($"/resources/clusters/{cluster.Id}/sessions", body)).ShouldBe(HttpStatusCode.Created).Id;
        var code = (await Manager.Client.Get($"/resources/sessions/{session}/door")).ShouldBe(HttpStatusCode.OK).Text("code");
        (await Manager.Client.Post($"/resources/sessions/{session}/check-in", new { code })).ShouldBe(HttpStatusCode.OK);
        _things["certificate of attendance"] = (await Manager.Client.Get($"/resources/sessions/{session}/attendance")).Json["people"]![0]!["certificate"]!.ToString(); // as just checked in
    }

    /// <summary>The hall has a value, the firm an entry, and the pool a funder and a rule that is voted on.</summary>
    private async Task Books()
    {
        var coordinator = cluster.Coordinator.Account.Client;
        (await coordinator.Put($"/resources/resources/{_things["resource in use"]}/value", new { hourlyCents = 100, hoursAYear = 10 })).ShouldBe(HttpStatusCode.OK);
        var paid = new { direction = "in", amountCents = 100, on = "2026-01-02", text = "Fee", firm = _firm };
        _things["pool entry"] = (await coordinator.Post($"/resources/clusters/{cluster.Id}/payments", paid)).ShouldBe(HttpStatusCode.Created).Id;
        if (!cluster.Things.TryGetValue("funder", out _))
        {
            cluster.Things["funder"] = (await coordinator.Post($"/resources/clusters/{cluster.Id}/funders", new { name = "Regional fund" })).ShouldBe(HttpStatusCode.Created).Id;
            cluster.Things["rule proposal"] = (await coordinator.Post($"/resources/clusters/{cluster.Id}/rules/proposals", RuleBody())).ShouldBe(HttpStatusCode.Created).Id;
        }

        (_things["funder"], _things["rule proposal"]) = (cluster.Things["funder"], cluster.Things["rule proposal"]);
    }

    /// <summary>Two closed days of a year far off.</summary>
    public static object Days(int year) => new { from = $"{year}-12-24", to = $"{year}-12-25", cause = "holiday" };

    public static object RuleBody() => new { rule = new { byContribution = 50, byHead = 20, solidarity = 30 }, grounds = "Fair", votesUntil = DateTimeOffset.UtcNow.AddDays(30) };

    /// <summary>Audits of the firm, running and closed, and one of the cluster that the firm is asked to join.</summary>
    private async Task Audit()
    {
        var profile = _things["profile of the firm"] = (await Manager.Client.Post("/skills/profiles", ProfileBody((_firm, null)))).ShouldBe(HttpStatusCode.Created).Id;
        _things["running audit"] = await Open(Manager, (_firm, null), profile, "270");
        _things["audit by manager"] = await Open(Manager, (_firm, null), profile, "180");
        var closed = _things["closed audit"] = await Open(Manager, (_firm, null), profile, "180");
        (await Manager.Client.Post($"/skills/audits/{closed}/closure", null)).ShouldBe(HttpStatusCode.OK);
        _things["audit of the cluster"] = await Open(cluster.Coordinator.Account, (null, cluster.Id), _things["profile of the cluster"], "270");
    }

    private static async Task<string> Open(Account by, (string? Firm, string? Cluster) owner, string profile, string raters) =>
        (await by.Client.Post("/skills/audits", AuditBody(owner, profile, raters))).ShouldBe(HttpStatusCode.Created).Id;

    public static object ProfileBody((string? Firm, string? Cluster) owner) =>
        new { title = "Seller", firm = owner.Firm, cluster = owner.Cluster, skills = new[] { new { skillUri = MatrixCluster.Skill, level = 3 } } };

    public static object AuditBody((string? Firm, string? Cluster) owner, string profile, string raters) => new
    {
        title = "Spring audit",
        firm = owner.Firm,
        cluster = owner.Cluster,
        profiles = new[] { profile },
        raters,
        deadline = DateTimeOffset.UtcNow.AddDays(20),
    };

    private async Task<string> Contribute(string room) =>
        (await Manager.Client.Post($"/resources/clusters/{cluster.Id}/resources", ResourceBody(_firm, room))).ShouldBe(HttpStatusCode.Created).Id;

    public static object ClientBody(string firm) => new { label = "Clock", scopeKind = "firm", scopeId = firm, scopes = new[] { "read" }, validForDays = 9 };

    public static object ResourceBody(string firm, string name) => new { firm, kind = "room", name, unit = "seats", timeZone = "Europe/Berlin", capacity = 9 };

    /// <param name="days">From now.</param>
    public static object SessionBody(string firm, string resource, int days)
    {
        var start = DateTimeOffset.UtcNow.Date.AddDays(days).AddHours(9);
        return new
        {
            firm,
            kind = "workshop",
            title = "Data protection",
            start = Text(start),
            end = Text(start.AddHours(2)),
            seatCount = 4,
            resources = new[] { new { resource, units = 1 } },
        };
    }

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private async Task Learn(Place place, string role)
    {
        var (me, colleague) = (place.Cast[role], place.ColleagueOf(role));
        foreach (var (thing, visibility) in new[]
        {
            ("private record", "private"), ("record for the firm", "firm"), ("record for the cluster", "cluster"), ("record for everybody", "network"),
        }) me.Things[thing] = await Record(me, visibility);
        using var note = new StringContent("What I saw");
        using var attached = await me.Client.PostAsync(new Uri($"/api/v1/learning/records/{me.Things["record for the cluster"]}/files", UriKind.Relative), note);
        me.Things["template"] = (await me.Client.Post("/learning/templates", new { name = "Friday round", kind = "observation", what = "Walked the line" })).ShouldBe(HttpStatusCode.Created).Id;
        me.Things["file of a record"] = JsonNode.Parse(await attached.Content.ReadAsStringAsync())!["address"]!.ToString(); // it was created
        me.Things["record that names the caller"] = await Record(colleague, "cluster", me);
        var confirmed = me.Things["record that the caller confirmed"] = await Record(colleague, "cluster", me);
        (await me.Client.Post($"/learning/records/{confirmed}/confirmation", null)).ShouldBe(HttpStatusCode.OK);
        var history = await me.Client.Get($"/learning/records/{me.Things["private record"]}/events");
        me.Things["event of a private record"] = history.Items[0]["eventId"]!.ToString(); // events have ids
        me.Things["role in a firm"] = RoleAssignment.IdOf(Id<Person>.Parse(me.Person, null), Enum.Parse<Role>(role, true), RoleScope.Firm(Id<Firm>.Parse(_firm, null))).ToString();
        me.Things["token"] = me.Things["own token"] = await Token(me);
        await MatrixCommunity.Found(me, colleague, cluster.Id);
        await Candidature.Apply(me, cluster);
        await MatrixMentoring.Fill(me, place);
        await MatrixPractices.Fill(me, place);
    }

    public static async Task<string> Token(Someone who) =>
        (await who.Client.Post("/access/tokens", new { label = "laptop", validForDays = 30 })).ShouldBe(HttpStatusCode.Created).Id;

    private static async Task<string> Record(Someone who, string visibility, params Someone[] with) =>
        (await who.Client.Post("/learning/records", new
        {
            kind = "observation",
            what = "saw how it is done",
            minutes = 30,
            visibility,
            with = with.Select(w => w.Person),
            skillUris = new[] { MatrixCluster.Skill },
        })).ShouldBe(HttpStatusCode.Created).Id;
}
