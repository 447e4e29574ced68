using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Privacy;
using ClusterNet.Tests.Accreditation;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tlog;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Access;

public sealed class ExportTests(StoryHost story) : IClassFixture<StoryHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_exported_is_what_is_erased_field_by_field()
    {
        var life = await Life.Of(story, "zqexport", granted: false);
        var data = JsonNode.Parse(await Read(life.Me, "data.json")).ShouldNotBeNull();
        var exported = (
            from e in data["events"].ShouldNotBeNull().AsArray()
            from m in (e?["personal"]).ShouldNotBeNull().AsObject()
            where m.Value?["value"] is not null
            select $"{e?["id"]} {m.Key}").ToList();
        exported.Count.ShouldBeGreaterThan(25);
        var classes = data["events"].ShouldNotBeNull().AsArray()
            .SelectMany(e => (e?["personal"]).ShouldNotBeNull().AsObject().Select(m => $"{m.Value?["class"]}")).Distinct();
        classes.ShouldBe(ClusterNet.Access.Contracts.PersonalDataPolicy.All, ignoreOrder: true);

        (await life.Erase(story.Host)).Text("stage").ShouldBe("completed");

        var erased = new List<string>();
        await foreach (var e in story.Host.Services.GetRequiredService<SubjectData>().Events(Guid.Parse(life.Me.Person), Ct))
        {
            e.Members.ShouldNotContain(m => m.State == MemberState.Known);
            erased.AddRange(e.Members.Where(m => m.State == MemberState.Erased).Select(m => $"{e.Event.Id} {m.Name}"));
        }

        exported.Except(erased).ShouldBeEmpty();
        var inventory = story.Host.Services.GetRequiredService<PersonalInventory>().Entries.Select(e => $"{e.Event} {e.Member}").ToHashSet();
        foreach (var e in data["events"].ShouldNotBeNull().AsArray())
            foreach (var m in (e?["personal"]).ShouldNotBeNull().AsObject()) inventory.ShouldContain($"{e?["type"]} {m.Key}");
    }

    [Fact]
    public async Task An_export_tells_ones_own_words_and_withholds_those_of_others()
    {
        var life = await Life.Of(story, "zqothers", granted: false);
        using var response = await Export(life.Owner);
        response.Headers.CacheControl.ShouldNotBeNull().NoStore.ShouldBeTrue();
        response.Content.Headers.ContentType.ShouldNotBeNull().MediaType.ShouldBe("application/zip");
        var text = await Entry(response, "data.json");
        text.ShouldNotContain(life.Marker, Case.Insensitive);
        text.ShouldContain("withheld");
        (await Read(life.Me, "data.json")).ShouldContain($"{life.Marker} negotiates");
        (await Read(life.Me, "README.txt")).ShouldContain("data.json");
    }

    [Fact]
    public async Task Who_recorded_something_for_others_gets_to_know_that_and_not_what_it_says()
    {
        var paula = await story.Entrepreneur();
        var csv = $"record_ref,person_email,kind,happened_at,what,minutes\nZQ-7,{paula.Email},webinar,2026-03-02T10:00:00Z,zqforothers,47\n";
        (await story.Rosa.Client.PostCsv($"/learning/clusters/{story.Cluster}/imports/records", System.Text.Encoding.UTF8.GetBytes(csv)))
            .ShouldBe(HttpStatusCode.OK);
        var record = JsonNode.Parse(await Read(paula, "data.json"))?["events"]?.AsArray().Single(e => $"{e?["personal"]?["What"]?["value"]}" == "zqforothers");

        var text = await Read(story.Rosa, "data.json");
        foreach (var hidden in new[] { "zqforothers", $"{record?["stream"]}" }) text.ShouldNotContain(hidden);
        var line = JsonNode.Parse(text)?["events"]?.AsArray().Single(e => $"{e?["id"]}" == $"{record?["id"]}")?.AsObject();
        line.ShouldNotBeNull().Select(p => p.Key).ShouldBe(["id", "position", "at", "type", "withheld"]);
        var html = await Read(story.Rosa, "summary.html");
        html.ShouldNotContain("zqforothers");
        html.ShouldContain("withheld: it belongs to another person");
    }

    [Fact]
    public async Task A_hostile_text_is_shown_as_text_and_the_page_speaks_the_readers_language()
    {
        var person = await story.Entrepreneur();
        const string hostile = "<script>alert(1)</script><img src=x onerror=\"alert(2)\">";
        (await person.Client.Post("/learning/records", new { kind = "webinar", what = hostile, minutes = 5 })).ShouldBe(HttpStatusCode.Created);
        var html = await Read(person, "summary.html", "de-CH, en;q=0.5");
        html.ShouldContain("lang=\"de\"");
        html.ShouldContain("&lt;script&gt;alert(1)");
        html.ShouldNotContain("<script", Case.Insensitive);
        html.ShouldNotContain("<img", Case.Insensitive);
        JsonNode.Parse(await Read(person, "data.json"))?["events"]?.AsArray().Any(e => e?["personal"]?["What"]?["value"]?.ToString() == hostile).ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_exports_without_signing_in_and_somebody_new_gets_the_little_there_is()
    {
        using var anybody = story.Host.Anonymous();
        (await anybody.Get("/access/me/export")).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
        var newcomer = await story.Newcomer();
        (await newcomer.Client.Get("/access/me/export")).Headers["Content-Disposition"].ShouldBe("attachment; filename=my-data.zip");
        var data = JsonNode.Parse(await Read(newcomer, "data.json")).ShouldNotBeNull();
        data["events"].ShouldNotBeNull().AsArray().Select(e => $"{e?["type"]}").ShouldBe(["account_opened", "account_invited", "account_activated"]);
    }

    [Fact]
    public async Task Events_with_ones_own_data_come_with_a_proof_that_the_log_holds_them()
    {
        var person = await story.Newcomer();
        await story.Host.Signed();
        using var response = await Export(person);
        await using var archive = await ZipArchive.CreateAsync(await response.Content.ReadAsStreamAsync(Ct), ZipArchiveMode.Read, false, null, Ct);
        var data = JsonNode.Parse(await Text(archive, "data.json")).ShouldNotBeNull();
        data["signIn"].ShouldNotBeNull().AsArray().Select(s => $"{s?["kind"]}").ShouldBe(["device", "invitation", "password", "session"]);
        var opened = data["events"].ShouldNotBeNull().AsArray()[0].ShouldNotBeNull();
        archive.Entries.Where(e => e.FullName.StartsWith("proofs/", StringComparison.Ordinal)).Select(e => e.Name).ShouldBe([$"{opened["id"]}.tlog-proof"]);
        var proof = LogProof.Parse(await Text(archive, $"proofs/{opened["id"]}.tlog-proof")).ShouldNotBeNull();
        proof.Index.ShouldBe(opened["position"].ShouldNotBeNull().GetValue<long>());
    }

    [Fact]
    public async Task A_person_without_any_event_gets_an_empty_archive()
    {
        await using var zip = new MemoryStream();
        await story.Host.Services.GetRequiredService<ClusterNet.Access.Exports.ExportArchive>()
            .Write(zip, new(Guid.NewGuid()), ClusterNet.Access.Exports.SummaryWords.For(["fr"]), Ct);
        zip.Position = 0;
        await using var archive = await ZipArchive.CreateAsync(zip, ZipArchiveMode.Read, false, null, Ct);
        archive.Entries.Select(e => e.Name).ShouldBe(["README.txt", "data.json", "summary.html"]);
        (await Text(archive, "data.json")).ShouldContain("\"events\": []");
        (await Text(archive, "summary.html")).ShouldContain("Rien encore.");
    }

    private static async Task<string> Read(Account person, string entry, string language = "en")
    {
        using var response = await Export(person, language);
        return await Entry(response, entry);
    }

    private static async Task<HttpResponseMessage> Export(Account person, string language = "en")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/access/me/export");
        request.Headers.Add("Accept-Language", language);
        var response = await person.Client.SendAsync(request, Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return response;
    }

    private static async Task<string> Entry(HttpResponseMessage response, string entry)
    {
        await using var archive = await ZipArchive.CreateAsync(await response.Content.ReadAsStreamAsync(Ct), ZipArchiveMode.Read, false, null, Ct);
        return await Text(archive, entry);
    }

    private static async Task<string> Text(ZipArchive archive, string entry)
    {
        using var reader = new StreamReader(await archive.GetEntry(entry).ShouldNotBeNull().OpenAsync(Ct));
        return await reader.ReadToEndAsync(Ct);
    }
}
