using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Accreditation;

public sealed class ReadinessTests(StoryHost story) : IClassFixture<StoryHost>
{
    private const string Skill = "http://data.europa.eu/esco/skill/5f2efbdf-08a2-49cd-9c06-bd284e4f0fbf";

    [Fact]
    public async Task What_is_learnt_shows_for_which_standard_it_is_enough_and_what_is_missing()
    {
        var (person, witness) = (await story.Entrepreneur(), await story.Entrepreneur());
        (await Readiness(person)).ShouldBeEmpty();

        await Record(person, "webinar", 20, []);
        var first = (await Readiness(person)).ShouldHaveSingleItem();
        (first["ready"]!.GetValue<bool>(), first["records"]!.GetValue<int>()).ShouldBe((false, 1));
        first["lacks"]!.AsArray().Select(l => $"{l!["rule"]} {l["have"]} of {l["need"]}")
            .ShouldBe(["minItems 1 of 2", "minKinds 1 of 2", "minMinutes 20 of 60", "minConfirmed 0 of 1", "minFromOtherFirms 0 of 1"]);

        var shared = await Record(person, "peer-help-received", 40, [witness.Person]);
        (await witness.Client.Post($"/learning/records/{shared}/confirmation", null)).ShouldBe(HttpStatusCode.OK);
        var second = (await Readiness(person)).ShouldHaveSingleItem();
        second["ready"]!.GetValue<bool>().ShouldBeTrue();
        second["lacks"]!.AsArray().ShouldBeEmpty();

        // What somebody disputes is no evidence, and others see nothing of it.
        (await witness.Client.Post($"/learning/records/{shared}/dispute", new { reason = "It was another day" })).ShouldBe(HttpStatusCode.OK);
        (await Readiness(person)).ShouldHaveSingleItem()["ready"]!.GetValue<bool>().ShouldBeFalse();
        (await Readiness(witness)).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<JsonNode>> Readiness(Account person) => (await person.Client.Get("/accreditation/me/readiness")).ShouldBe(HttpStatusCode.OK).Items;

    private static async Task<string> Record(Account person, string kind, int minutes, string[] with) =>
        (await person.Client.Post("/learning/records", new { kind, what = "negotiated", minutes, with, skillUris = new[] { Skill } })).ShouldBe(HttpStatusCode.Created).Id;
}
