using System.Net;
using System.Text;
using ClusterNet.Tests.Hosting;
using Shouldly;
using static ClusterNet.Tests.Learning.LearningWorld;

namespace ClusterNet.Tests.Learning;

public sealed class ImportRecordsTests(LearningWorld world) : IClassFixture<LearningWorld>
{
    private const string Header =
        "record_ref,person_email,kind,happened_at,minutes,what,learnt,with_emails,skill_uris,skill_labels,part,visibility\n";

    private string Path => $"/learning/clusters/{world.Cluster}/imports/records";

    [Fact]
    public async Task Good_rows_go_in_once_however_often_the_file_is_sent()
    {
        var file = File(Row("a1"), Row("a2", with: world.Bernd.Email), Row("a2"), Row("a3", kind: "sleeping"));
        var before = await world.Host.EventCount();
        Counts(await Send(file, "?dryRun=true")).ShouldBe((4, 2, 1, 1));
        (await world.Host.EventCount()).ShouldBe(before);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Send(file)));

        answers.Sum(a => Counts(a).Accepted).ShouldBe(2);
        Counts(await Send(file)).ShouldBe((4, 0, 3, 1));
        (await world.Host.EventCount()).ShouldBe(before + 2);
        var waiting = (await world.Bernd.Client.Get("/learning/to-confirm")).Json["items"].ShouldNotBeNull().AsArray();
        waiting.Select(i => i.ShouldNotBeNull()["person"].ShouldNotBeNull().ToString()).ShouldBe([world.Anna.Person]);
    }

    [Theory]
    [InlineData("person_email", "person-unknown")]
    [InlineData("kind", "cell-not-allowed")]
    [InlineData("happened_at", "happened-in-the-future")]
    [InlineData("minutes", "cell-out-of-range")]
    [InlineData("with_emails", "companion-unknown")]
    [InlineData("skill_uris", "skill-unknown")]
    [InlineData("visibility", "cell-not-allowed")]
    [InlineData("part", "cell-not-allowed")]
    public async Task A_bad_row_is_named_with_line_column_reason_and_remedy(string column, string code)
    {
        var bad = column switch
        {
            "person_email" => Row("b1", person: "nobody@firm.example"),
            "kind" => Row("b1", kind: "webinarr"),
            "happened_at" => Row("b1", at: "2999-01-01T00:00:00Z"),
            "minutes" => Row("b1", minutes: "1441"),
            "with_emails" => Row("b1", with: "nobody@firm.example"),
            "skill_uris" => Row("b1", skill: Accounting + "x"),
            "visibility" => Row("b1", visibility: "everybody"),
            _ => Row("b1", part: "none"),
        };
        var before = await world.Host.EventCount();

        var answer = await Send(File(bad));

        Counts(answer).ShouldBe((1, 0, 0, 1));
        var fault = answer.Json["faults"].ShouldNotBeNull()[0].ShouldNotBeNull();
        ($"{fault["line"]}", $"{fault["column"]}", $"{fault["code"]}").ShouldBe(("2", column, code));
        $"{fault["remedy"]}".Length.ShouldBeGreaterThan(10);
        if (column == "skill_uris") $"{fault["remedy"]}".ShouldContain(Accounting);
        (await world.Host.EventCount()).ShouldBe(before);
    }

    [Fact]
    public async Task The_whole_demo_cluster_goes_in_and_a_second_time_adds_nothing()
    {
        var body = new { name = "Demo", nuts = "DEA58", sectors = (string[])["24"], charter = "We share.", businessObjective = "Grow" };
        var cluster = (await world.Conrad.Client.Post("/clusters", body)).ShouldBe(HttpStatusCode.Created).Id;
        Counts(await world.Conrad.Client.PostCsv($"/clusters/{cluster}/imports/firms", await Demo("firms.csv"))).Rejected.ShouldBe(0);
        Counts(await world.Conrad.Client.PostCsv($"/clusters/{cluster}/imports/people", await Demo("people.csv"))).Rejected.ShouldBe(0);
        var records = await Demo("learning-records.csv");

        Counts(await world.Conrad.Client.PostCsv($"/learning/clusters/{cluster}/imports/records", records)).ShouldBe((2_246, 2_246, 0, 0));
        Counts(await world.Conrad.Client.PostCsv($"/learning/clusters/{cluster}/imports/records", records)).ShouldBe((2_246, 0, 2_246, 0));

        static Task<byte[]> Demo(string name) =>
            System.IO.File.ReadAllBytesAsync(
                System.IO.Path.Combine(TestServer.HostDirectory(), "Demo", "cluster", name), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Only_the_coordinator_imports()
    {
        (await world.Anna.Client.PostCsv(Path, File(Row("c1")))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await world.Conrad.Client.Post(Path, new { })).ShouldBeProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        (await Send(Encoding.UTF8.GetBytes("name;mail\n"))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "csv-not-readable");
    }

    private Task<Answer> Send(byte[] file, string query = "") => world.Conrad.Client.PostCsv(Path + query, file);

    private string Row(
        string reference, string? person = null, string kind = "webinar", string at = "2026-01-05T10:00:00Z", string minutes = "30",
        string with = "", string? skill = null,
        string part = "", string visibility = "cluster") =>
        $"{reference},{person ?? world.Anna.Email},{kind},{at},{minutes},\"What, in short\",Learnt,{with},{skill ?? FiveS},5S," +
        $"{part},{visibility}\n";

    private static byte[] File(params string[] rows) => Encoding.UTF8.GetBytes(Header + string.Concat(rows));

    private static (int Read, int Accepted, int AlreadyThere, int Rejected) Counts(Answer report)
    {
        report.ShouldBe(HttpStatusCode.OK);
        int Of(string name) => report.Json[name].ShouldNotBeNull().GetValue<int>();
        return (Of("rowsRead"), Of("accepted"), Of("alreadyThere"), Of("rejected"));
    }
}
