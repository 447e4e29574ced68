using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Learning;

public sealed class TemplateHttpTests(LearningWorld world) : IClassFixture<LearningWorld>
{
    [Fact]
    public async Task A_template_is_kept_once_seen_by_its_owner_alone_and_removed()
    {
        var body = new { name = "Friday round", kind = "observation", what = "Walked the line", minutes = 30, with = new[] { world.Bernd.Person }, skillUris = new[] { LearningWorld.FiveS } };
        var kept = (await world.Anna.Client.Post("/learning/templates", body, ("Idempotency-Key", "round"))).ShouldBe(HttpStatusCode.Created);
        (await world.Anna.Client.Post("/learning/templates", body, ("Idempotency-Key", "round"))).Id.ShouldBe(kept.Id);

        var own = (await world.Anna.Client.Get("/learning/templates")).ShouldBe(HttpStatusCode.OK).Items.ShouldHaveSingleItem();
        own["with"].ShouldNotBeNull().ToJsonString().ShouldBe($"[\"{world.Bernd.Person}\"]");
        (await world.Albert.Client.Get("/learning/templates")).Items.ShouldBeEmpty();
        (await world.Albert.Client.Post($"/learning/templates/{kept.Id}/removal", null)).ShouldBeProblem(HttpStatusCode.NotFound, "template-unknown");

        (await world.Anna.Client.Post($"/learning/templates/{kept.Id}/removal", null)).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Get("/learning/templates")).Items.ShouldBeEmpty();
        (await world.Anna.Client.Post($"/learning/templates/{kept.Id}/removal", null)).ShouldBeProblem(HttpStatusCode.NotFound, "template-unknown");
    }

    [Fact]
    public async Task What_no_record_could_say_no_template_says()
    {
        var body = new { name = "Round", kind = "observation", what = "Walked", minutes = 30, with = Array.Empty<string>() };
        (await world.Bernd.Client.Post("/learning/templates", body with { with = [world.Clara.Person] })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "companion-unknown");
        (await world.Bernd.Client.Post("/learning/templates", body with { with = [world.Bernd.Person] })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "with-oneself");
        (await world.Bernd.Client.Post("/learning/templates", body with { minutes = 2400 })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await world.Bernd.Client.Post("/learning/templates", body with { name = new string('x', 61) })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        for (var i = 0; i < 30; i++) (await world.Bernd.Client.Post("/learning/templates", body with { name = $"Round {i}" })).ShouldBe(HttpStatusCode.Created);
        (await world.Bernd.Client.Post("/learning/templates", body)).ShouldBeProblem(HttpStatusCode.Conflict, "templates-full");
    }
}
