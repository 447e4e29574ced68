using System.Net;
using ClusterNet.Tests.Access;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Learning;

public sealed class ProgrammeHttpTests(LearningWorld world) : IClassFixture<LearningWorld>
{
    private const string Programmes = "/learning/mentoring/programmes";

    [Fact]
    public async Task A_programme_proposes_pairs_and_people_decide()
    {
        var programme = await Found();
        // Clara works in no firm of the cluster: she comes by invitation, and as a mentor.
        (await world.Clara.Client.Get($"{Programmes}/{programme}")).ShouldBeProblem(HttpStatusCode.NotFound, "programme-unknown");
        (await world.Clara.Client.Post($"{Programmes}/{programme}/membership", new { part = "mentor" })).ShouldBeProblem(HttpStatusCode.NotFound, "programme-unknown");
        (await world.Conrad.Client.Post($"{Programmes}/{programme}/invitations", new { part = "mentee", person = world.Clara.Person }))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "external-mentors-only");
        (await world.Conrad.Client.Post($"{Programmes}/{programme}/invitations", new { part = "mentor", email = world.Clara.Email })).ShouldBe(HttpStatusCode.OK);
        (await world.Albert.Client.Post($"{Programmes}/{programme}/membership", new { part = "mentee" })).ShouldBe(HttpStatusCode.OK);
        var pair = new { mentor = world.Clara.Person, mentee = world.Albert.Person, words = "Both of you sell to builders" };
        (await world.Conrad.Client.Post($"{Programmes}/{programme}/pairs", pair)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "not-in-the-programme");
        (await world.Clara.Client.Post($"{Programmes}/{programme}/membership", new { part = "mentor" })).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Post($"{Programmes}/{programme}/pairs", pair)).Status.ShouldBe(HttpStatusCode.Forbidden);

        var proposed = (await world.Conrad.Client.Post($"{Programmes}/{programme}/pairs", pair)).ShouldBe(HttpStatusCode.Created).Id;

        foreach (var one in new[] { world.Clara, world.Albert })
        {
            (await one.Client.Get($"/learning/mentoring/pairs/{proposed}")).Text("status").ShouldBe("asked");
            (await one.Client.Post($"/learning/mentoring/pairs/{proposed}/acceptance", null)).ShouldBe(HttpStatusCode.OK);
        }

        (await world.Albert.Client.Get($"/learning/mentoring/pairs/{proposed}")).Text("status").ShouldBe("active");
        var seen = (await world.Conrad.Client.Get($"{Programmes}/{programme}")).ShouldBe(HttpStatusCode.OK);
        seen.Json["pairs"]?[0]?["status"]?.ToString().ShouldBe("active");
        // Two people are fewer than five.
        seen.Json["figures"]?["active"].ShouldBeNull();
        (await world.Conrad.Client.Get($"/learning/mentoring/pairs/{proposed}")).ShouldBeProblem(HttpStatusCode.NotFound, "mentoring-unknown");
        (await world.Conrad.Client.Post($"{Programmes}/{programme}/end", new { text = "It worked" })).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Post($"{Programmes}/{programme}/membership", new { part = "mentor" })).ShouldBeProblem(HttpStatusCode.Conflict, "programme-over");
    }

    [Fact]
    public async Task Members_see_themselves_and_no_list_of_the_others()
    {
        var programme = await Found();
        (await world.Anna.Client.Post($"{Programmes}/{programme}/membership", new { part = "mentor" })).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Post($"{Programmes}/{programme}/membership", new { part = "mentee" })).ShouldBe(HttpStatusCode.OK);
        var seen = (await world.Bernd.Client.Get($"{Programmes}/{programme}")).ShouldBe(HttpStatusCode.OK);
        seen.Json["members"].ShouldNotBeNull().AsArray().Select(m => m?["person"]?.ToString()).ShouldBe([world.Bernd.Person]);
        seen.Json["pairs"].ShouldBeNull();
        (await world.Bernd.Client.Post($"{Programmes}/{programme}/membership/end", null)).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Get($"{Programmes}/{programme}")).Json["members"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
        (await world.Anna.Client.Post($"{Programmes}/{programme}/review", new { text = "Good" })).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Who_closes_the_account_is_in_no_programme_any_more()
    {
        var programme = await Found();
        var gone = await world.Host.Newcomer(world.Operator, "Gone Mentor");
        (await world.Conrad.Client.Post($"{Programmes}/{programme}/invitations", new { part = "mentor", person = gone.Person })).ShouldBe(HttpStatusCode.OK);
        (await gone.Client.Post($"{Programmes}/{programme}/membership", new { part = "mentor" })).ShouldBe(HttpStatusCode.OK);
        (await gone.Client.Post("/access/me/erasure", new { confirm = "erase" })).ShouldBe(HttpStatusCode.Created);
        await Life.Carried(world.Host);

        (await world.Conrad.Client.Get($"{Programmes}/{programme}")).ShouldBe(HttpStatusCode.OK).Body.ShouldNotContain(gone.Person);
    }

    [Theory]
    [InlineData("2027-02-01", "2027-01-01", "programme-period")]
    [InlineData("2027-02-01", "2030-02-02", "programme-period")]
    [InlineData("9998-01-01", "9999-12-31", "invalid-request")]
    [InlineData("0001-01-01", "0001-12-31", "invalid-request")]
    public async Task A_period_that_cannot_be_is_refused(string from, string until, string code) =>
        (await world.Conrad.Client.Post($"/learning/mentoring/clusters/{world.Cluster}/programmes", Body(from, until))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, code);

    private async Task<string> Found() =>
        (await world.Conrad.Client.Post($"/learning/mentoring/clusters/{world.Cluster}/programmes", Body("2027-01-01", "2027-12-31"))).ShouldBe(HttpStatusCode.Created).Id;

    private static object Body(string from, string until) => new { title = "First year in charge", aim = "New leaders learn from old ones", from, until };
}
