using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ClusterNet.Skills;
using ClusterNet.Tests.Hosting;
using Shouldly;
using Answer = ClusterNet.Tests.Hosting.Answer;

namespace ClusterNet.Tests.Skills;

public sealed class EscoImportTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_of_ESCO_goes_in_once_and_is_searchable_at_once()
    {
        string[] paths = [SharedData.Path("esco-1.1.1", "classification-en-csv.zip"), SharedData.Path("esco-1.1.1", "relations-csv.zip")];
        var told = new List<long>();

        var (report, _) = await SkillsModule.Import(host.Services, paths, "ESCO 1.1.1", new Told(told), Ct);

        (report.FaultCount, report.Accepted + report.AlreadyThere).ShouldBe((0, 13_896));
        (told[^1], told.Count > 10).ShouldBe((13_896, true));
        using var anyone = host.Anonymous();
        var hits = (await anyone.Get("/skills?q=opperate%20CNC%20maschine&language=en")).ShouldBe(HttpStatusCode.OK);
        hits.Json["items"].ShouldNotBeNull().AsArray().Count.ShouldBeGreaterThan(0);
        var occupation = (await anyone.Get("/skills/occupations?q=tecnical%20directer")).ShouldBe(HttpStatusCode.OK).Json["items"].ShouldNotBeNull()[0].ShouldNotBeNull();
        occupation["label"].ShouldNotBeNull().ToString().ShouldBe("technical director");
        var whole = (await anyone.Get($"/skills/occupations/{occupation["id"]}")).ShouldBe(HttpStatusCode.OK);
        whole.Json["essential"].ShouldNotBeNull().AsArray().Count.ShouldBeGreaterThan(5);
        (await anyone.Get($"/skills/occupations/{Guid.NewGuid()}")).ShouldBeProblem(HttpStatusCode.NotFound, "occupation-unknown");
        // German labels of the starter catalogue are still there.
        (await anyone.Get("/skills?q=Rechnungswesen&language=de")).Json["items"].ShouldNotBeNull()[0].ShouldNotBeNull()["label"]
            .ShouldNotBeNull().ToString().ShouldBe("Rechnungswesen");
        var before = await host.EventCount();
        (await SkillsModule.Import(host.Services, paths, "ESCO 1.1.1", null, Ct)).Report.AlreadyThere.ShouldBe(13_896);
        (await host.EventCount()).ShouldBe(before);
    }

    [Fact]
    public async Task The_operator_imports_over_HTTP_and_labels_of_other_languages_stay()
    {
        using var esco = new EscoZip();
        var zip = await System.IO.File.ReadAllBytesAsync(
            esco.Zip("esco.zip", (
                "skills_en.csv", EscoZip.Header + EscoZip.Row("t-1", "weld pipes", "join pipes") + EscoZip.Row("t-2", "bend pipes")),
                ("broaderRelationsSkillPillar.csv", $"conceptUri,broaderUri\n{EscoZip.Uri("t-1")},{EscoZip.Uri("t-2")}\n")), Ct);
        var boss = await host.Operator();

        (await Send(boss.Client, zip, "application/zip", "?source=Test")).ShouldBe(HttpStatusCode.OK).Text("accepted").ShouldBe("2");
        (await Send(boss.Client, zip, "application/zip", "?source=Test")).Text("alreadyThere").ShouldBe("2");
        var french = Encoding.UTF8.GetBytes(EscoZip.Header + EscoZip.Row("t-1", "souder des tuyaux"));
        (await Send(boss.Client, french, "text/csv", "?language=fr&source=Test", "application/x-ndjson")).Body.ShouldContain("\"accepted\":1");

        using var anyone = host.Anonymous();
        var skill = await anyone.Get($"/skills/concept?uri={EscoZip.Uri("t-1")}&language=fr");
        skill.Text("label").ShouldBe("souder des tuyaux");
        skill.Json["labels"].ShouldNotBeNull()["en"].ShouldNotBeNull().ToString().ShouldBe("weld pipes");
        skill.Json["broader"].ShouldNotBeNull()[0].ShouldNotBeNull()["label"].ShouldNotBeNull().ToString().ShouldBe("bend pipes");
        (await anyone.Get($"/skills/concept?uri={EscoZip.Uri("t-2")}")).Json["narrower"].ShouldNotBeNull().AsArray().Count.ShouldBe(1);
        await Refusals(boss);
    }

    private async Task Refusals(Account boss)
    {
        var before = await host.EventCount();
        (await Send(boss.Client, "nonsense"u8.ToArray(), "application/zip"))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "catalogue-not-readable");
        (await Send(boss.Client, "{}"u8.ToArray(), "application/json"))
            .ShouldBeProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        (await Send(boss.Client, "a"u8.ToArray(), "text/csv", "?language=../x"))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-language");
        (await host.EventCount()).ShouldBe(before);
        var newcomer = await host.Newcomer(boss, "Nora");
        (await Send(newcomer.Client, "a"u8.ToArray(), "text/csv")).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
    }

    internal static async Task<Answer> Send(
        HttpClient client, byte[] body, string type, string query = "", string accept = "application/json")
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, "/api/v1/skills/catalogue/imports" + query)
        { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Headers.Accept.ParseAdd(accept);
        using var response = await client.SendAsync(request, Ct);
        var headers = response.Content.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new(response.StatusCode, headers, await response.Content.ReadAsStringAsync(Ct));
    }

    private sealed class Told(List<long> all) : IProgress<long>
    {
        public void Report(long value) => all.Add(value);
    }
}
