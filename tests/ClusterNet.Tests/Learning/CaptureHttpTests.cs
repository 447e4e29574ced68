using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Shouldly;
using static ClusterNet.Tests.Learning.LearningWorld;

namespace ClusterNet.Tests.Learning;

/// <summary>From one sentence to a record, and what one's own records add up to.</summary>
public sealed class CaptureHttpTests(LearningWorld world) : IClassFixture<LearningWorld>
{
    [Fact]
    public async Task A_sentence_suggests_kind_length_day_people_and_skills_and_is_not_kept()
    {
        var answer = (await world.Anna.Client.Post(
            "/learning/records/suggestions", new { text = "Yesterday I explained accounting to Albert for half an hour, and then the accounting techniques." })).ShouldBe(HttpStatusCode.OK);

        (answer.Text("kind"), answer.Text("minutes"), answer.Text("daysAgo")).ShouldBe(("peer-help-given", "30", "1"));
        var person = answer.Json["people"].ShouldNotBeNull().AsArray().ShouldHaveSingleItem().ShouldNotBeNull();
        (person["person"].ShouldNotBeNull().ToString(), person["name"].ShouldNotBeNull().ToString(), person["sure"].ShouldNotBeNull().GetValue<bool>())
            .ShouldBe((world.Albert.Person, "Albert Ahrens", true));
        Skills(answer).ShouldContain(Accounting);
        (await world.Anna.Client.Get("/learning/records")).Body.ShouldNotContain("Yesterday I explained");
    }

    [Fact]
    public async Task Nobody_is_suggested_whom_the_caller_cannot_have_met()
    {
        var albert = new { text = "Albert Ahrens showed me how to weld" };
        (await world.Clara.Client.Post("/learning/records/suggestions", albert)).ShouldBe(HttpStatusCode.OK).Json["people"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
        // Of two who bear a name's part nobody is sure, and nobody is oneself.
        (await world.Albert.Client.Post("/learning/records/suggestions", albert)).ShouldBe(HttpStatusCode.OK).Json["people"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
    }

    /// <summary>In a cluster of many people a given name alone says little; with whom one has learnt before says more.</summary>
    [Fact]
    public async Task Of_two_who_bear_a_name_the_one_is_meant_with_whom_one_has_learnt()
    {
        var firm = (await world.Bernd.Client.Get("/clusters/firms/mine")).Json[0]?["firm"]?["firm"]?.ToString();
        var ids = new List<string>();
        foreach (var family in (string[])["Aabel", "Zimmer"])
            ids.Add((await world.Bernd.Client.Post($"/clusters/firms/{firm}/people", World.PersonBody(World.NewEmail(), givenName: "Dorothee", familyName: family))).ShouldBe(HttpStatusCode.Created).Id);
        var sentence = new { text = "Dorothee showed me the press" };
        (await Sure()).ShouldBe([(ids[0], false), (ids[1], false)], ignoreOrder: true);

        await Record(world.Bernd, new { kind = "observation", what = "Saw the press", with = (string[])[ids[1]] });

        (await Sure()).ShouldBe([(ids[1], true), (ids[0], false)]);

        async Task<IEnumerable<(string, bool)>> Sure() =>
            (await world.Bernd.Client.Post("/learning/records/suggestions", sentence)).ShouldBe(HttpStatusCode.OK).Json["people"].ShouldNotBeNull().AsArray()
                .Select(p => (p.ShouldNotBeNull()["person"].ShouldNotBeNull().ToString(), p["sure"].ShouldNotBeNull().GetValue<bool>()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("!!! ... ???")]
    [InlineData("<script>alert(1)</script>\u0000'; drop table people; --")]
    public async Task Odd_texts_are_answered(string text) => (await world.Anna.Client.Post("/learning/records/suggestions", new { text })).Status
        .ShouldBe(text.Length == 0 ? HttpStatusCode.UnprocessableEntity : text.Contains('\0') ? HttpStatusCode.BadRequest : HttpStatusCode.OK);

    [Fact]
    public async Task What_a_device_captured_is_one_record_however_often_it_is_sent()
    {
        var capture = Guid.NewGuid();
        var first = (await world.Anna.Client.Post("/learning/records", new { kind = "observation", what = "Saw how it is done", capture })).ShouldBe(HttpStatusCode.Created);
        var again = (await world.Anna.Client.Post("/learning/records", new { kind = "observation", what = "Saw how it is done, resent", capture })).ShouldBe(HttpStatusCode.Created);
        again.Id.ShouldBe(first.Id);
        (await world.Anna.Client.Get($"/learning/records/{first.Id}")).Text("what").ShouldBe("Saw how it is done");
        // The name is the person's own: nobody else's record is met by it.
        var other = (await world.Bernd.Client.Post("/learning/records", new { kind = "observation", what = "Mine", capture })).ShouldBe(HttpStatusCode.Created);
        other.Id.ShouldNotBe(first.Id);
    }

    [Fact]
    public async Task One_takes_ones_learning_along_on_paper()
    {
        await Record(world.Clara, new { kind = "mistake-reflected", what = "<b>Öl</b> on the floor", learnt = "Wipe at once", minutes = 15 });

        var paper = (await world.Clara.Client.Get("/learning/mine/records?format=pdf&kind=mistake-reflected")).ShouldBe(HttpStatusCode.OK);

        paper.Headers["Content-Type"].ShouldBe("application/pdf");
        paper.Headers["Cache-Control"].ShouldBe("no-store");
        paper.Headers["Content-Disposition"].ShouldContain("learning-records.pdf");
        paper.Body.ShouldStartWith("%PDF-");
        (await world.Host.Anonymous().Get("/learning/mine/records?format=pdf")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Own_figures_are_of_oneself_and_add_up()
    {
        await Record(world.Albert, new { kind = "event-or-fair", what = "Fair", minutes = 60, skillUris = (string[])[FiveS] });
        await Record(world.Albert, new { kind = "webinar", what = "Webinar", minutes = 30, with = (string[])[world.Bernd.Person] });
        await Record(world.Albert, new { kind = "teaching", what = "Taught", minutes = 90, learnt = "Patience", skillUris = (string[])[FiveS, Accounting] });

        var all = (await world.Albert.Client.Get("/learning/mine/figures")).ShouldBe(HttpStatusCode.OK);
        (all.Text("records"), all.Text("minutes"), all.Text("otherFirms"), all.Text("skillCount"), all.Text("peopleCount")).ShouldBe(("3", "180", "1", "2", "1"));
        Parts(all).ShouldBe([("information-gathering", "60", "33"), ("knowledge-acquisition", "30", "17"), ("competence-development", "90", "50")]);
        var one = (await world.Albert.Client.Get($"/learning/mine/figures?kind=teaching&days=30&skill={Uri.EscapeDataString(Accounting)}")).ShouldBe(HttpStatusCode.OK);
        (one.Text("records"), one.Text("minutes")).ShouldBe(("1", "90"));
        (await world.Albert.Client.Get("/learning/mine/figures?kind=reading")).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-filter");
        (await world.Albert.Client.Get("/learning/mine/figures?days=0")).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-filter");
    }

    [Fact]
    public async Task Own_records_are_taken_along_as_a_sheet()
    {
        await Record(world.Bernd, new { kind = "webinar", what = "=1+1, a \"formula\"", minutes = 30 });
        var csv = (await world.Bernd.Client.Get("/learning/mine/records?format=csv")).ShouldBe(HttpStatusCode.OK);
        csv.Headers["Content-Type"].ShouldStartWith("text/csv");
        csv.Body.ShouldContain("\"'=1+1, a \"\"formula\"\"\"");
        (await world.Bernd.Client.Get("/learning/mine/records?format=docx")).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-format");
        (await world.Bernd.Client.Get("/learning/mine/records")).ShouldBe(HttpStatusCode.OK).Items.ShouldNotBeEmpty();
    }

    private static IEnumerable<(string, string, string)> Parts(Answer answer) => answer.Json["parts"].ShouldNotBeNull().AsArray()
        .Select(p => p.ShouldNotBeNull()).Select(p => (Text(p, "part"), Text(p, "minutes"), Text(p, "perCent")));

    private static IEnumerable<string> Skills(Answer answer) => answer.Json["skills"].ShouldNotBeNull().AsArray().Select(s => Text(s.ShouldNotBeNull(), "uri"));

    private static string Text(JsonNode node, string member) => node[member].ShouldNotBeNull().ToString();
}
