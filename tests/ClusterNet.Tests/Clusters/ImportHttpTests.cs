using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Clusters;

public sealed class ImportHttpTests(ClustersHttpTests.House house) : IClassFixture<ClustersHttpTests.House>
{
    private static readonly string Demo = Path.Combine(TestServer.RepositoryRoot(), "src", "Host", "Demo", "cluster");

    private async Task<(Account Coordinator, string Cluster)> Begin(string name = "Cora Import")
    {
        var coordinator = await house.Host.Newcomer(house.Operator, name);
        return (coordinator, await coordinator.Found());
    }

    [Fact]
    public async Task The_shipped_cluster_goes_in_once_however_often_it_is_sent()
    {
        var (cora, cluster) = await Begin();
        var (firms, people) = (File.ReadAllBytes(Path.Combine(Demo, "firms.csv")), File.ReadAllBytes(Path.Combine(Demo, "people.csv")));
        (await cora.Client.PostCsv($"/clusters/{cluster}/imports/firms", firms)).Counts().ShouldBe((23, 23, 0, 0));
        (await cora.Client.PostCsv($"/clusters/{cluster}/imports/people", people)).Counts().ShouldBe((150, 150, 0, 0));
        var events = await house.Host.EventCount();
        (await cora.Client.PostCsv($"/clusters/{cluster}/imports/firms", firms)).Counts().ShouldBe((23, 0, 23, 0));
        (await cora.Client.PostCsv($"/clusters/{cluster}/imports/people", people)).Counts().ShouldBe((150, 0, 150, 0));
        (await house.Host.EventCount()).ShouldBe(events);
        var members = (await cora.Client.Get($"/clusters/{cluster}/firms?limit=200")).Json["items"].ShouldNotBeNull().AsArray();
        members.Count(f => f.ShouldNotBeNull()["sizeClass"].ShouldNotBeNull().ToString() == "micro").ShouldBe(8);
        members.Select(f => f.ShouldNotBeNull()["joinedOn"].ShouldNotBeNull().ToString()).ShouldContain("2025-08-19");
        await An_owner_of_the_list_can_be_invited_and_manages_the_firm(cora, cluster);
    }

    private async Task An_owner_of_the_list_can_be_invited_and_manages_the_firm(Account cora, string cluster)
    {
        var quast = (await cora.Client.Get($"/clusters/{cluster}/people?q=bj%C3%B6rn%20quast")).Json["items"].ShouldNotBeNull().AsArray().Single().ShouldNotBeNull();
        var (firm, person) = (quast["firm"].ShouldNotBeNull().ToString(), quast["person"].ShouldNotBeNull().ToString());
        var invited = await cora.Client.Post($"/clusters/firms/{firm}/people/{person}/invitation", null);
        var owner = await house.Host.Accept(invited, "bjorn.quast.0@querform.example");
        (await owner.Client.Get($"/clusters/firms/{firm}")).Json["figures"].ShouldNotBeNull()["turnoverCents"].ShouldNotBeNull().GetValue<long>().ShouldBe(638_660_700);
        (await owner.Client.Get($"/clusters/firms/{firm}/people")).Body.ShouldContain("Purchasing");
    }

    [Fact]
    public async Task Another_clusters_files_go_in_too_with_other_columns_semicolons_and_an_old_encoding()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var (cora, cluster) = await Begin();
        var firms = "Website;City;Country;NACE;NUTS;Registration No;Name;Phone\r\n" +
            "https://aciers.example;Mulhouse;fr;24.10;FRF12;RCS 123;Aciers Forêt;1\r\n;Colmar;FR;25;FRF12;\"RCS;9\";\"Métal \"\"Nord\"\"\";2\r\n";
        (await cora.Client.PostCsv($"/clusters/{cluster}/imports/firms", Encoding.GetEncoding(1252).GetBytes(firms))).Counts().ShouldBe((2, 2, 0, 0));
        var people = "Email;Role;Family name;Given name;Firm\n" +
            "ZOE.LEFEVRE@aciers.example;OWNER;Lefèvre;Zoé;ACIERS  FORÊT\nnoel@metal.example;employee;Noël;Jean;Métal \"Nord\"\n";
        byte[] marked = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(people)];
        (await cora.Client.PostCsv($"/clusters/{cluster}/imports/people", marked)).Counts().ShouldBe((2, 2, 0, 0));
        var found = (await cora.Client.Get($"/clusters/{cluster}/people?q=lef%C3%A8vre")).Json["items"].ShouldNotBeNull().AsArray().Single().ShouldNotBeNull();
        found["firmName"].ShouldNotBeNull().ToString().ShouldBe("Aciers Forêt");
        found["position"].ShouldNotBeNull().ToString().ShouldBe("owner");
    }

    [Fact]
    public async Task A_dry_run_reports_what_the_run_will_and_writes_nothing()
    {
        var (cora, cluster) = await Begin();
        var firms = World.Csv(Mixed.Firms(60, seed: 7));
        var before = await house.Host.EventCount();
        var dry = await cora.Client.PostCsv($"/clusters/{cluster}/imports/firms?dryRun=true", firms);
        (await house.Host.EventCount()).ShouldBe(before);
        SameBut(dry, await cora.Client.PostCsv($"/clusters/{cluster}/imports/firms", firms));
        var people = World.Csv(Mixed.People(60, seed: 7));
        before = await house.Host.EventCount();
        var keys = await house.Host.KeyCount();
        dry = await cora.Client.PostCsv($"/clusters/{cluster}/imports/people?dryRun=true", people);
        (await house.Host.EventCount()).ShouldBe(before);
        (await house.Host.KeyCount()).ShouldBe(keys);
        SameBut(dry, await cora.Client.PostCsv($"/clusters/{cluster}/imports/people", people));
    }

    [Fact]
    public async Task Bad_rows_stay_out_whole_and_each_says_where_why_and_what_to_do()
    {
        var (cora, cluster) = await Begin();
        (await cora.Client.PostCsv($"/clusters/{cluster}/imports/firms", World.Csv(Mixed.Firms(60, seed: 8)))).Counts().ShouldBe((60, 42, 0, 18));
        var report = await cora.Client.PostCsv($"/clusters/{cluster}/imports/people", World.Csv(Mixed.People(60, seed: 8)));
        report.Counts().ShouldBe((60, 42, 0, 18));
        foreach (var fault in report.Json["faults"].ShouldNotBeNull().AsArray().Select(f => f.ShouldNotBeNull()))
        {
            fault["line"].ShouldNotBeNull().GetValue<int>().ShouldBeGreaterThan(1);
            foreach (var member in (string[])["column", "code", "reason", "remedy"]) fault[member].ShouldNotBeNull().ToString().ShouldNotBeEmpty();
        }

        (await People(cora, cluster)).Count.ShouldBe(42);
        var again = await cora.Client.PostCsv($"/clusters/{cluster}/imports/people", World.Csv(Mixed.People(60, seed: 8)));
        again.Counts().ShouldBe((60, 0, 42, 18));
    }

    [Fact]
    public async Task A_misspelt_firm_is_answered_with_what_was_meant()
    {
        var (cora, cluster) = await Begin();
        await cora.Client.PostCsv($"/clusters/{cluster}/imports/firms", World.Csv($"{World.FirmHeader}\nStahlbogen,HRB S1,DE,DEA58,Soest,25,,,,,\n"));
        var report = await cora.Client.PostCsv($"/clusters/{cluster}/imports/people", World.Csv($"{World.PersonHeader}\nStahlbogn,A,B,{World.NewEmail()},owner,,de\n"));
        report.Counts().ShouldBe((1, 0, 0, 1));
        report.Json["faults"].ShouldNotBeNull()[0].ShouldNotBeNull()["remedy"].ShouldNotBeNull().ToString().ShouldContain("Stahlbogen");
    }

    [Fact]
    public async Task Files_sent_several_times_at_once_go_in_once()
    {
        var (cora, cluster) = await Begin();
        var firms = World.Csv(Mixed.Firms(40, seed: 9));
        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => cora.Client.PostCsv($"/clusters/{cluster}/imports/firms", firms)));
        sent.Select(a => a.Counts()).Sum(c => c.Item2).ShouldBe(28);
        sent.ShouldAllBe(a => a.Counts().Item4 == 12);
        var people = World.Csv(Mixed.People(40, seed: 9));
        sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => cora.Client.PostCsv($"/clusters/{cluster}/imports/people", people)));
        sent.Select(a => a.Counts()).Sum(c => c.Item2).ShouldBe(28);
        (await People(cora, cluster)).Count.ShouldBe(28);
    }

    [Fact]
    public async Task A_firm_that_others_registered_is_not_taken_without_its_application()
    {
        var (cora, cluster) = await Begin();
        var owner = await house.Host.Newcomer(house.Operator, "Olga Elsewhere");
        var firm = (await owner.Client.Post("/clusters/firms", World.FirmBody("Free Ltd", "HRB F1", "Werl"))).Id;
        var file = World.Csv($"{World.FirmHeader}\nFree Ltd,HRB F1,DE,DEA58,Werl,25,,,,,\n");
        var refused = await cora.Client.PostCsv($"/clusters/{cluster}/imports/firms", file);
        refused.Counts().ShouldBe((1, 0, 0, 1));
        refused.Body.ShouldContain("firm-known-elsewhere");
        await owner.Client.Post($"/clusters/{cluster}/memberships", new { firm, reason = "Please" });
        (await cora.Client.PostCsv($"/clusters/{cluster}/imports/firms", file)).Counts().ShouldBe((1, 1, 0, 0));
        await cora.Client.Post($"/clusters/{cluster}/memberships/{firm}/suspension", new { reason = "Dues" });
        (await cora.Client.PostCsv($"/clusters/{cluster}/imports/firms", file)).Body.ShouldContain("membership-over");
    }

    [Fact]
    public async Task Who_accepts_lines_sees_the_progress()
    {
        var (cora, cluster) = await Begin();
        var answer = await cora.Client.PostCsv($"/clusters/{cluster}/imports/firms", World.Csv(Mixed.Firms(250, seed: 10)), ("Accept", "application/x-ndjson"));
        var lines = answer.ShouldBe(HttpStatusCode.OK).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l).ShouldNotBeNull()).ToList();
        lines[0]["progress"].ShouldNotBeNull()["rowsRead"].ShouldNotBeNull().GetValue<int>().ShouldBe(200);
        lines[^1]["report"].ShouldNotBeNull()["accepted"].ShouldNotBeNull().GetValue<int>().ShouldBe(175);
    }

    [Fact]
    public async Task Only_the_coordinator_imports_and_only_csv()
    {
        var (cora, cluster) = await Begin();
        var stranger = await house.Host.Newcomer(house.Operator, "Stan Imports");
        var before = await house.Host.EventCount();
        (await stranger.Client.PostCsv($"/clusters/{cluster}/imports/firms", [])).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await cora.Client.Post($"/clusters/{cluster}/imports/firms", new { })).ShouldBeProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type")
            .Text("detail").ShouldContain("text/csv");
        (await cora.Client.PostCsv("/clusters", [])).ShouldBeProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        (await cora.Client.PostCsv($"/clusters/{cluster}/imports/firms", World.Csv("name\nx\n"))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "csv-not-readable");
        (await house.Host.EventCount()).ShouldBe(before);
    }

    [Fact]
    public async Task The_description_shows_that_a_file_is_expected()
    {
        var (cora, _) = await Begin();
        var api = (await cora.Client.Get("/openapi/v1.json")).ShouldBe(HttpStatusCode.OK);
        var operation = api.Json["paths"].ShouldNotBeNull()["/api/v1/clusters/{cluster}/imports/firms"].ShouldNotBeNull()["post"].ShouldNotBeNull();
        operation["requestBody"].ShouldNotBeNull()["content"].ShouldNotBeNull()["text/csv"].ShouldNotBeNull();
        operation["responses"].ShouldNotBeNull().AsObject().Select(r => r.Key).ShouldContain("415");
    }

    private static async Task<JsonArray> People(Account by, string cluster) =>
        (await by.Client.Get($"/clusters/{cluster}/people?limit=200")).Json["items"].ShouldNotBeNull().AsArray();

    private static void SameBut(Answer dry, Answer real)
    {
        dry.Json["dryRun"].ShouldNotBeNull().GetValue<bool>().ShouldBeTrue();
        dry.Body.Replace("\"dryRun\":true", "\"dryRun\":false", StringComparison.Ordinal).ShouldBe(real.Body);
    }
}
