using System.Net;
using ClusterNet.Tests.Hosting;

namespace ClusterNet.Tests.AccessMatrix;

/// <summary>What somebody offers as a mentor, and the pairs that somebody is one of; the other one is always the firm's second manager.</summary>
internal static class MatrixMentoring
{
    private const string Pairs = "/learning/mentoring/pairs", Plans = "/learning/plans";

    public static async Task Fill(Someone me, Place place)
    {
        var other = place.Cast["second manager"];
        me.Things["offer for the cluster"] = (await me.Client.Put("/learning/mentoring/me/offers/mentor", OfferBody("cluster"))).ShouldBe(HttpStatusCode.OK).Id;
        me.Things["private offer"] = (await me.Client.Put("/learning/mentoring/me/offers/peer-coach", OfferBody("private"))).ShouldBe(HttpStatusCode.OK).Id;
        var running = me.Things["running pair"] = await Ask(me, other, "mentor");
        (await other.Client.Post($"{Pairs}/{running}/acceptance", null)).ShouldBe(HttpStatusCode.OK);
        me.Things["pair that waits"] = await Ask(me, other, "peer-coach");
        me.Things["pair that asks the caller"] = await Ask(other, me, "mentor");
        (await other.Client.Post($"{Pairs}/{running}/sessions", new { what = "Prices", minutes = 30, happenedAt = DateTimeOffset.UtcNow.AddDays(-2) })).ShouldBe(HttpStatusCode.OK);
        me.Things["mentoring session"] = (await me.Client.Get($"{Pairs}/{running}")).Json["sessions"]![0]!["id"]!.ToString(); // as just logged
        (await other.Client.Post($"{Pairs}/{running}/help", new { words = "We find no time", cluster = place.Cluster })).ShouldBe(HttpStatusCode.OK);
        var calls = await place.Cast["coordinator"].Client.Get($"/learning/mentoring/clusters/{place.Cluster}/help");
        await Plan(me, other);
        await Tasks(me, other, place);
        place.Things["programme"] = await Programme(place);
        place.Things["calendar link"] = (await other.Client.Post("/learning/mentoring/me/calendar-link", null)).ShouldBe(HttpStatusCode.Created).Text("link").Split('/')[^1];
        place.Things["call for help"] = calls.Json[0]!["id"]!.ToString(); // as just called
    }

    /// <summary>Plans of somebody with the second manager as the coach: one that runs, one that runs and is shown to managers, one that asks.</summary>
    private static async Task Plan(Someone me, Someone coach)
    {
        me.Things["plan"] = await Agreed(me, coach);
        var shown = me.Things["plan shown to managers"] = await Agreed(me, coach);
        (await me.Client.Put($"{Plans}/{shown}/sharing", new { withManager = true })).ShouldBe(HttpStatusCode.OK);
        me.Things["plan that asks the caller"] = await Propose(coach, me, "coach");
        (await me.Client.Post($"{Plans}/{me.Things["plan"]}/goals", new { text = "Lead a talk", skillUri = MatrixCluster.Skill })).ShouldBe(HttpStatusCode.OK);
        var goal = me.Things["goal"] = (await me.Client.Get($"{Plans}/{me.Things["plan"]}")).Json["goals"]![0]!["id"]!.ToString(); // as just added
        (await me.Client.Post($"{Plans}/{me.Things["plan"]}/goals/{goal}/activities", new { text = "Sit in", dueOn = "2030-01-01" })).ShouldBe(HttpStatusCode.OK);
        me.Things["activity"] = (await me.Client.Get($"{Plans}/{me.Things["plan"]}")).Json["goals"]![0]!["activities"]![0]!["id"]!.ToString(); // as just added
    }

    /// <summary>Tasks of somebody: one to do with help, one that asks, one of the other that was reported; and one that the firm keeps.</summary>
    private static async Task Tasks(Someone me, Someone other, Place place)
    {
        const string tasks = "/learning/tasks";
        var due = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(9);
        async Task<string> Set(Someone by, Someone learner, Someone? helper = null) => (await by.Client.Post(
            tasks, new { what = "Set up the press", learn = "Clearance", dueOn = due, learner = learner.Person, helper = helper?.Person })).ShouldBe(HttpStatusCode.Created).Id;
        me.Things["task"] = await Set(me, me, other);
        me.Things["task that asks the caller"] = await Set(other, me);
        var reported = me.Things["reported task"] = await Set(me, other);
        (await other.Client.Post($"{tasks}/{reported}/acceptance", null)).ShouldBe(HttpStatusCode.OK);
        (await other.Client.Post($"{tasks}/{reported}/report", new { cameOf = "It held" })).ShouldBe(HttpStatusCode.OK);
        place.Things["task template"] = (await other.Client.Post($"{tasks}/templates", new { firm = place.Firm, what = "Set up the press", learn = "Clearance" })).ShouldBe(HttpStatusCode.Created).Id;
    }

    /// <summary>With a mentor and a mentee, who may be proposed to each other.</summary>
    private static async Task<string> Programme(Place place)
    {
        var body = new { title = "First year", aim = "Learn to lead", from = "2030-01-01", until = "2030-12-31" };
        var programme = (await place.Cast["coordinator"].Client.Post($"/learning/mentoring/clusters/{place.Cluster}/programmes", body)).ShouldBe(HttpStatusCode.Created).Id;
        foreach (var (role, part) in new[] { ("colleague who stays", "mentor"), ("second manager", "mentee") })
            (await place.Cast[role].Client.Post($"/learning/mentoring/programmes/{programme}/membership", new { part })).ShouldBe(HttpStatusCode.OK);
        return programme;
    }

    private static async Task<string> Agreed(Someone me, Someone coach)
    {
        var plan = await Propose(me, coach, "person");
        (await coach.Client.Post($"{Plans}/{plan}/agreement", null)).ShouldBe(HttpStatusCode.OK);
        return plan;
    }

    private static async Task<string> Propose(Someone by, Someone with, string part) =>
        (await by.Client.Post(Plans, new { with = with.Person, wish = "Lead the shift", @as = part })).ShouldBe(HttpStatusCode.Created).Id;

    public static object OfferBody(string visibility) => new
    {
        skillUris = new[] { MatrixCluster.Skill },
        languages = new[] { "en" },
        availability = "Fridays",
        hoursPerMonth = 4,
        capacity = 4,
        reach = "everybody",
        visibility,
    };

    private static async Task<string> Ask(Someone mentee, Someone mentor, string kind) =>
        (await mentee.Client.Post(Pairs, new { mentor = mentor.Person, words = "Help me with prices", kind })).ShouldBe(HttpStatusCode.Created).Id;
}
