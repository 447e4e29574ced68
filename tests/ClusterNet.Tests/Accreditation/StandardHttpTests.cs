using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.EventStore;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using static ClusterNet.Tests.Accreditation.StoryHost;

namespace ClusterNet.Tests.Accreditation;

/// <summary>The life of standards over HTTP: drafts, versions, files, and how many would be ready.</summary>
public sealed class StandardHttpTests(StoryHost story) : IClassFixture<StoryHost>
{
    private const string Skill = "http://data.europa.eu/esco/skill/5f2efbdf-08a2-49cd-9c06-bd284e4f0fbf";

    private string Path => $"/accreditation/clusters/{story.Cluster}/standards";

    [Fact]
    public async Task A_draft_is_changed_under_its_version_and_discarded()
    {
        var id = (await story.Rosa.Client.Post(Path, StandardBody("Milling"))).Id;
        var etag = (await story.Rosa.Client.Get($"/accreditation/standards/{id}")).Headers["ETag"];
        var body = StandardOnly("Milling and turning");
        body["evidenceRules"]!["recent"] = new JsonObject { ["minItems"] = 1, ["withinMonths"] = 6 };
        (await story.Rosa.Client.Put($"/accreditation/standards/{id}", body, ("If-Match", etag))).ShouldBe(HttpStatusCode.OK);
        (await story.Rosa.Client.Put($"/accreditation/standards/{id}", body, ("If-Match", etag))).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        var read = await story.Rosa.Client.Get($"/accreditation/standards/{id}");
        (read.Text("title"), read.Json["evidenceRules"]!["recent"]!["withinMonths"]!.GetValue<int>(), read.Json["decisions"]!["daysToAppeal"]!.GetValue<int>())
            .ShouldBe(("Milling and turning", 6, 30));
        (await story.Ahmed.Client.Put($"/accreditation/standards/{id}", body)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");

        (await story.Rosa.Client.Delete($"/accreditation/standards/{id}")).ShouldBe(HttpStatusCode.OK);
        (await story.Rosa.Client.Get($"/accreditation/standards/{id}")).ShouldBeProblem(HttpStatusCode.NotFound, "standard-unknown");
        (await story.Rosa.Client.Get(Path)).Items.ShouldAllBe(i => i["id"]!.ToString() != id);

        (await story.Rosa.Client.Put($"/accreditation/standards/{story.Standard}", body)).ShouldBeProblem(HttpStatusCode.Conflict, "standard-published");
        (await story.Rosa.Client.Delete($"/accreditation/standards/{story.Standard}")).ShouldBeProblem(HttpStatusCode.Conflict, "standard-published");
    }

    [Fact]
    public async Task A_newer_version_takes_over_and_open_applications_are_moved_to_it()
    {
        var first = await story.Published(StandardBody("Casting"));
        var (paula, witness) = (await story.Entrepreneur(), await story.Entrepreneur());
        var application = (await paula.Client.Post("/accreditation/applications", new { standard = first })).ShouldBe(HttpStatusCode.Created).Id;
        var items = new[]
        {
            new { record = await Record(paula, "event-or-fair", witness), criteria = new[] { "N1", "N2" } },
            new { record = await Record(paula, "mistake-reflected"), criteria = new[] { "N2" } },
        };
        (await paula.Client.Post($"/accreditation/applications/{application}/evidence", new { items })).ShouldBe(HttpStatusCode.OK);

        var second = (await story.Rosa.Client.Post(Path, StandardBody("Casting", 2, former: first))).Id;
        var days = new { transition = new { open = "move", finishUntil = "2030-01-01", applyUntil = (string?)null } };
        (await story.Rosa.Client.Post($"/accreditation/standards/{second}/publication", days)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        var move = new { transition = new { open = "move", finishUntil = (string?)null, applyUntil = (string?)null } };
        (await story.Rosa.Client.Post($"/accreditation/standards/{second}/publication", move)).ShouldBe(HttpStatusCode.OK);
        (await paula.Client.Get($"/accreditation/standards/{second}")).Json["transition"]!["open"]!.ToString().ShouldBe("move");

        await story.Host.CaughtUp();
        (await paula.Client.Get("/access/me/notices")).Items.Select(n => $"{n["kind"]}").ShouldContain("standard-new-version");
        (await witness.Client.Get("/access/me/notices")).Items.Select(n => $"{n["kind"]}").ShouldNotContain("standard-new-version");
        (await paula.Client.Post($"/accreditation/applications/{application}/submission", null))
            .ShouldBeProblem(HttpStatusCode.Conflict, "standard-version-over").Text("successor").ShouldBe(second);
        (await witness.Client.Post($"/accreditation/applications/{application}/move", null)).ShouldBeProblem(HttpStatusCode.NotFound, "application-unknown");
        (await paula.Client.Post($"/accreditation/applications/{application}/move", null)).ShouldBe(HttpStatusCode.OK);
        (await paula.Client.Post($"/accreditation/applications/{application}/submission", null)).ShouldBe(HttpStatusCode.OK);
        var read = await paula.Client.Get($"/accreditation/applications/{application}");
        (read.Text("standard"), read.Json["standardVersion"]!.GetValue<int>()).ShouldBe((second, 2));
        read.Json["history"]!.AsArray().Select(h => h!["standardVersion"]!.GetValue<int>()).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Nobody_applies_by_what_is_retired()
    {
        var id = await story.Published(StandardBody("Riveting"));
        (await story.Ahmed.Client.Post($"/accreditation/standards/{id}/retirement", new { reason = "gone" })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await story.Rosa.Client.Post($"/accreditation/standards/{id}/retirement", new { reason = "gone" })).ShouldBe(HttpStatusCode.OK);
        var paula = await story.Entrepreneur();
        (await paula.Client.Post("/accreditation/applications", new { standard = id })).ShouldBeProblem(HttpStatusCode.Conflict, "standard-retired");
        (await paula.Client.Get($"/accreditation/standards/{id}")).Json["retiredAt"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_standard_goes_through_a_file_to_another_cluster_and_its_versions_follow()
    {
        var original = await story.Published(StandardBody("Bending"));
        var file = await story.Ahmed.Client.Get($"/accreditation/standards/{original}/export");
        file.Headers["Content-Disposition"].ShouldContain("attachment");
        file.Text("lineage").ShouldBe(original);
        foreach (var ours in (string[])[story.Cluster, story.Rosa.Person]) file.Body.ShouldNotContain(ours);
        (await story.Rosa.Client.Post($"{Path}/import", file.Json)).ShouldBeProblem(HttpStatusCode.Conflict, "standard-already-there").Text("standard").ShouldBe(original);

        var ruth = await story.Newcomer();
        var coast = (await ruth.Client.Post("/clusters", new { name = "Coast", nuts = "DEA58", sectors = new[] { "24" }, charter = "We share.", businessObjective = "Boats" }))
            .ShouldBe(HttpStatusCode.Created).Id;
        var import = $"/accreditation/clusters/{coast}/standards/import";
        (await story.Rosa.Client.Post(import, file.Json)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        var drafted = (await ruth.Client.Post(import, file.Json, ("Idempotency-Key", "bending-1"))).ShouldBe(HttpStatusCode.Created).Id;
        (await ruth.Client.Post(import, file.Json, ("Idempotency-Key", "bending-1"))).ShouldBe(HttpStatusCode.Created).Id.ShouldBe(drafted);
        (await ruth.Client.Post(import, file.Json)).ShouldBeProblem(HttpStatusCode.Conflict, "standard-already-there").Text("standard").ShouldBe(drafted);
        (await ruth.Client.Post($"/accreditation/standards/{drafted}/publication", null)).ShouldBe(HttpStatusCode.OK);

        var second = await story.Published(StandardBody("Bending", 2, former: original));
        var next = (await story.Rosa.Client.Get($"/accreditation/standards/{second}/export")).Json;
        var imported = (await ruth.Client.Post(import, next)).ShouldBe(HttpStatusCode.Created).Id;
        (await ruth.Client.Get($"/accreditation/standards/{imported}")).Text("former").ShouldBe(drafted);
        (await ruth.Client.Get($"/accreditation/standards/{imported}/export")).Text("lineage").ShouldBe(original);
        var other = file.Json;
        other["standard"]!["validityMonths"] = 12;
        (await ruth.Client.Post(import, other)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "version-not-newer");
    }

    [Fact]
    public async Task A_file_that_is_wrong_is_told_all_of_it_at_its_place()
    {
        var file = new JsonObject { ["format"] = "clusternet-standard/2", ["lineage"] = Guid.NewGuid().ToString(), ["standard"] = StandardOnly("") };
        file["standard"]!["criteria"]![1]!["code"] = "N1";
        file["standard"]!["evidenceRules"]!["recent"] = new JsonObject { ["minItems"] = 1, ["withinMonths"] = 25 };
        var refused = (await story.Rosa.Client.Post($"{Path}/import", file)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        refused.Json["errors"]!.AsArray().Select(e => e!["pointer"]?.ToString() ?? e["at"]?.ToString())
            .ShouldBe(["#/format", "#/standard/title", "#/standard/criteria", "#/standard/evidenceRules/recent/withinMonths"]);

        file = new JsonObject { ["format"] = "clusternet-standard/1", ["lineage"] = Guid.NewGuid().ToString(), ["standard"] = StandardOnly("Level five") };
        file["standard"]!["eqfLevel"] = 5;
        file["standard"]!["assessors"]!["sameFirm"] = true;
        refused = (await story.Rosa.Client.Post($"{Path}/import", file)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        refused.Json["errors"]!.AsArray().Select(e => e!["code"]!.ToString()).ShouldBe(["too-few-assessors"]);
        file["standard"]!["eqfLevel"] = 4;
        file["standard"]!["assessors"]!["sameFirm"] = false;
        file["standard"]!["skill"] = "http://data.europa.eu/esco/skill/none";
        (await story.Rosa.Client.Post($"{Path}/import", file)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "skill-unknown").Text("at").ShouldBe("#/standard/skill");
        file["standard"]!["evidenceRules"]!["kinds"] = new JsonArray(new JsonObject { ["kind"] = "dreaming" });
        (await story.Rosa.Client.Post($"{Path}/import", file)).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request")
            .Json["errors"]![0]!["pointer"]!.ToString().ShouldBe("#/standard/evidenceRules/kinds");
        file["standard"]!["evidenceRules"]!.AsObject().Remove("kinds");
        file["surplus"] = 1;
        (await story.Rosa.Client.Post($"{Path}/import", file)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_dry_run_counts_open_records_and_hides_small_groups_and_stays_quick()
    {
        var id = (await story.Rosa.Client.Post(Path, StandardBody("Forging"))).Id;
        var people = new List<Account>();
        for (var n = 0; n < 5; n++) people.Add(await story.Entrepreneur());
        foreach (var person in people[1..]) await Learnt(person, "cluster");
        await Learnt(people[0], "private");
        (await Run(id))["people"].ShouldBeNull();

        await Learnt(people[0], "network");
        var run = await Run(id);
        (run["people"]!.GetValue<int>(), run["ready"]).ShouldBe((5, null));
        run["stops"]!.AsArray().Select(s => $"{s!["rule"]} {s["people"]}").ShouldBe(["minConfirmed 5", "minFromOtherFirms 5", "minItems 5", "minKinds 5", "minMinutes 5"]);
        (await people[0].Client.Get($"/accreditation/standards/{id}/dry-run")).ShouldBeProblem(HttpStatusCode.NotFound, "standard-unknown");
        (await story.Ahmed.Client.Get($"/accreditation/standards/{id}/dry-run")).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");

        await using (var copy = story.Host.Services.GetRequiredService<Database>().Source.CreateCommand("""
            insert into learning.records select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid()))).*
            from learning.records r cross join generate_series(1, 10000 / (select count(*) from learning.records where skill_uris @> array[$1])) where skill_uris @> array[$1]
            """))
        {
            copy.Parameters.Add(new() { Value = Skill });
            (await copy.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBeGreaterThan(9_000);
        }

        await Run(id);
        var watch = Stopwatch.StartNew();
        (await Run(id))["people"]!.GetValue<int>().ShouldBe(5);
        TestContext.Current.SendDiagnosticMessage("10,000 records: {0} ms", watch.ElapsedMilliseconds);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    private async Task<JsonNode> Run(string id) => (await story.Rosa.Client.Get($"/accreditation/standards/{id}/dry-run")).ShouldBe(HttpStatusCode.OK).Json;

    private static async Task Learnt(Account person, string visibility) => (await person.Client.Post(
        "/learning/records", new { kind = "webinar", what = "forged", minutes = 20, visibility, skillUris = new[] { Skill } })).ShouldBe(HttpStatusCode.Created);

    private static JsonObject StandardOnly(string title)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(StandardBody(title), System.Text.Json.JsonSerializerOptions.Web)!.AsObject();
        body.Remove("former");
        return body;
    }
}
