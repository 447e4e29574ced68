using System.Net;
using ClusterNet.Tests.Accreditation;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Skills;

/// <summary>What Learning and Accreditation know of a person shows as evidenced level, end to end.</summary>
public sealed class EvidencedLevelTests(StoryHost story) : IClassFixture<StoryHost>
{
    private const string Negotiate = "http://data.europa.eu/esco/skill/5f2efbdf-08a2-49cd-9c06-bd284e4f0fbf";

    [Fact]
    public async Task A_learning_record_shows_the_basics_once_it_is_confirmed()
    {
        var (person, witness) = (await story.Entrepreneur(), await story.Entrepreneur());
        var record = (await person.Client.Post(
            "/learning/records", new { kind = "event-or-fair", what = "negotiated", minutes = 30, with = new[] { witness.Person }, skillUris = new[] { Negotiate } }))
            .ShouldBe(HttpStatusCode.Created).Id;
        await story.Host.CaughtUp();
        (await Evidenced(person)).ShouldBeEmpty();

        (await witness.Client.Post($"/learning/records/{record}/confirmation", null)).ShouldBe(HttpStatusCode.OK);
        await story.Host.CaughtUp();

        (await Evidenced(person)).ShouldBe([(Negotiate, 1)]);
    }

    [Fact]
    public async Task A_granted_credential_shows_the_step_of_its_level_until_it_is_suspended()
    {
        var (person, witness) = (await story.Entrepreneur(), await story.Entrepreneur());
        var application = await story.Assessed(person, witness);
        var number = (await StoryHost.Decide(application, story.Dora)).ShouldBe(HttpStatusCode.OK).Text("number");
        await story.Host.CaughtUp();

        // The standard's level is 4 of the European Qualifications Framework, which lies in step 4.
        (await Evidenced(person)).ShouldBe([(Negotiate, 4)]);

        (await story.Dora.Client.Post($"/accreditation/credentials/{number}/suspension", new { reason = "in doubt" })).ShouldBe(HttpStatusCode.OK);
        await story.Host.CaughtUp();
        (await Evidenced(person)).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<(string Skill, int Level)>> Evidenced(Account who) =>
    [
        .. (await who.Client.Get("/skills/levels")).ShouldBe(HttpStatusCode.OK).Json.AsArray().Where(l => l!["source"]!.ToString() == "evidenced")
            .Select(l => (l!["skillUri"]!.ToString(), l["level"]!.GetValue<int>())),
    ];
}
