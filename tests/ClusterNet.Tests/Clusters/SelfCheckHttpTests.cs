using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;
using static ClusterNet.Tests.Clusters.PeopleWorld;

namespace ClusterNet.Tests.Clusters;

public sealed class SelfCheckHttpTests(PeopleWorld world) : IClassFixture<PeopleWorld>
{
    [Fact]
    public async Task A_coordinator_checks_the_cluster_and_gets_a_verdict_with_reasons_and_next_steps()
    {
        var coordinator = await world.Newcomer("Cora Ready");
        var cluster = await coordinator.Found("Ready valley");
        (await world.Tasks(coordinator)).Single(t => t.Kind == "readiness-to-check").Href.ShouldBe($"/clusters/{cluster}/readiness");
        (await coordinator.Client.Post($"/clusters/{cluster}/readiness", await All(coordinator, $"/clusters/{cluster}/readiness", 3))).ShouldBe(HttpStatusCode.Created);
        var result = (await coordinator.Client.Get($"/clusters/{cluster}/readiness")).ShouldBe(HttpStatusCode.OK).Json["results"]![0]!; // one check
        result["verdict"]!.ToString().ShouldBe("go"); // results have these members
        result["score"]!.GetValue<int>().ShouldBe(100);
        result["reasons"]!.AsArray().Count.ShouldBe(5);
        result["nextSteps"]![0]!["href"]!.ToString().ShouldBe("/skills-audits/new");
        (await world.Tasks(coordinator)).ShouldNotContain(t => t.Kind == "readiness-to-check");
    }

    [Fact]
    public async Task A_firm_repeats_its_culture_check_and_sees_both()
    {
        var (owner, coordinator) = (await world.Newcomer("Olga Learns"), world[Coordinator]);
        var firm = await owner.Join(world.Cluster, coordinator, "Learning Ltd");
        var path = $"/clusters/firms/{firm}/culture";
        (await world.Tasks(owner)).ShouldContain(t => t.Kind == "culture-to-check" && t.Href == $"/firms/{firm}/culture");
        foreach (var value in new[] { 1, 5 }) (await owner.Client.Post(path, await All(owner, path, value))).ShouldBe(HttpStatusCode.Created);
        var answer = (await owner.Client.Get(path)).ShouldBe(HttpStatusCode.OK).Json;
        var results = answer["results"]!.AsArray(); // always there
        results.Select(r => r!["parts"]![1]!["score"]!.GetValue<int>()).ShouldBe([100, 0]); // the newest first
        answer["comparison"].ShouldBeNull();
        (await world.Tasks(owner)).ShouldNotContain(t => t.Kind == "culture-to-check");
        (await coordinator.Client.Get(path)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Answers_to_a_questionnaire_of_another_version_are_refused()
    {
        var manager = world[Manager];
        var path = $"/clusters/firms/{world.Acme}/readiness";
        var answer = await manager.Client.Post(path, new { questionnaire = 7, answers = new[] { new { question = "audience-known", value = 1 } } });
        answer.ShouldBeProblem(HttpStatusCode.Conflict, "questionnaire-outdated");
        (await manager.Client.Post(path, new { questionnaire = 1, answers = new[] { new { question = "audience-known", value = 1 } } }))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "answers-incomplete");
    }

    [Fact]
    public async Task The_questions_come_in_the_readers_language()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/clusters/firms/{world.Acme}/readiness");
        request.Headers.Add("Accept-Language", "fr");
        (await (await world[Manager].Client.SendAsync(request, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .ShouldContain("Nous savons qui doit apprendre.");
    }

    /// <summary>The same answer to every question that is asked.</summary>
    private static async Task<object> All(Account account, string path, int value)
    {
        var asked = (await account.Client.Get(path)).ShouldBe(HttpStatusCode.OK).Json["questionnaire"]!; // always there
        return new
        {
            questionnaire = asked["version"]!.GetValue<int>(), // as above
            answers = asked["questions"]!.AsArray().Select(q => new { question = q!["key"]!.ToString(), value }).ToArray(), // as above
        };
    }
}
