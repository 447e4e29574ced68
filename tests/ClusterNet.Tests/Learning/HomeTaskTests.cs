using System.Net;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Learning;

/// <summary>What the start page says waits for somebody: questions about their practice, and what they moderate.</summary>
public sealed class HomeTaskTests(LearningWorld world) : IClassFixture<LearningWorld>
{
    private async Task<IEnumerable<string>> Tasks(Account of, string page)
    {
        await using var scope = world.Host.Services.CreateAsyncScope();
        var person = new Id<Person>(Guid.Parse(of.Person));
        var caller = new Caller(person, await scope.ServiceProvider.GetRequiredService<IRoles>().Of(person, CancellationToken.None));
        var tasks = new List<HomeTask>();
        foreach (var source in scope.ServiceProvider.GetServices<IHomeTasks>()) tasks.AddRange(await source.Of(caller, CancellationToken.None));
        return tasks.Where(t => t.Href == page).Select(t => t.Kind);
    }

    [Fact]
    public async Task A_question_about_ones_practice_waits_until_somebody_answers()
    {
        var practice = (await world.Anna.Client.Post("/learning/practices", new { title = "Bars", problem = "It warps", how = "Clamp it", visibility = "cluster" })).ShouldBe(HttpStatusCode.Created).Id;
        var (address, page) = ($"/learning/practices/{practice}/questions", $"/practices/{practice}#questions");
        (await world.Anna.Client.Post(address, new { text = "My own?" })).ShouldBe(HttpStatusCode.Created);
        (await Tasks(world.Anna, page)).ShouldBeEmpty();

        var question = (await world.Bernd.Client.Post(address, new { text = "On 2 mm?" })).ShouldBe(HttpStatusCode.Created).Id;
        (await Tasks(world.Anna, page)).ShouldBe(["practice-questions"]);
        (await Tasks(world.Bernd, page)).ShouldBeEmpty();

        var answer = (await world.Anna.Client.Post($"{address}/{question}/answers", new { text = "Yes" })).ShouldBe(HttpStatusCode.Created).Id;
        (await Tasks(world.Anna, page)).ShouldBeEmpty();
        (await world.Anna.Client.Post($"{address}/{answer}/withdrawal", null)).ShouldBe(HttpStatusCode.OK);
        (await Tasks(world.Anna, page)).ShouldBe(["practice-questions"]);
    }

    [Fact]
    public async Task What_was_flagged_waits_for_who_moderates_it()
    {
        var signal = (await world.Anna.Client.Post("/learning/signals", new { what = "Copper is dear", tags = (string[])["economic"], visibility = "cluster" })).ShouldBe(HttpStatusCode.Created).Id;
        var (cluster, community) = ($"/practices/clusters/{world.Cluster}/moderation", (await world.Anna.Client.Post("/learning/communities", new { name = "Grinders", objective = "Less waste" })).Id);
        (await world.Albert.Client.Post($"/learning/communities/{community}/joining", null)).ShouldBe(HttpStatusCode.OK);
        var page = (await world.Anna.Client.Post($"/learning/communities/{community}/pages", new { title = "Discs", text = "Fine ones" })).ShouldBe(HttpStatusCode.Created).Id;
        (await Tasks(world.Conrad, cluster)).ShouldBeEmpty();

        (await world.Bernd.Client.Post($"/learning/signals/{signal}/flags", new { reason = "A rumour" })).ShouldBe(HttpStatusCode.OK);
        (await world.Albert.Client.Post($"/learning/pages/{page}/flags", new { reason = "Old" })).ShouldBe(HttpStatusCode.OK);

        (await Tasks(world.Conrad, cluster)).ShouldBe(["cluster-moderation"]);
        (await Tasks(world.Anna, $"/communities/{community}/moderation")).ShouldBe(["community-moderation"]);
        (await Tasks(world.Anna, cluster)).ShouldBeEmpty();
        (await world.Conrad.Client.Post($"/learning/signals/{signal}/moderation", new { step = "keep", reason = "In order" })).ShouldBe(HttpStatusCode.OK);
        (await Tasks(world.Conrad, cluster)).ShouldBeEmpty();
    }
}
