using System.Net;
using ClusterNet.Projections;
using ClusterNet.Tests.Access;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Learning.Practices;

/// <summary>Practices over HTTP: who sees them, how they are corrected, used, asked about and withdrawn, and how they spread.</summary>
public sealed class PracticeHttpTests(LearningWorld world) : IClassFixture<LearningWorld>
{
    private const string Practices = "/learning/practices";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static object Body(string visibility = "cluster", string title = "Copper bars", bool draft = false, string? from = null, string how = "Clamp it.") =>
        new { title, problem = "Thin sheet warps.", how, needs = "Two bars", gave = "Half the rejects", level = "expand", visibility, draft, from, skillUris = (string[])[LearningWorld.FiveS] };

    private static object Correction(string how, string visibility = "cluster") =>
        new { title = "Copper bars", problem = "Thin sheet warps.", how, visibility, level = "expand", note = "Said better" };

    private static async Task<string> Describe(Account by, string visibility = "cluster", string title = "Copper bars", bool draft = false, string? from = null) =>
        (await by.Client.Post(Practices, Body(visibility, title, draft, from))).ShouldBe(HttpStatusCode.Created).Id;

    private static Task<Answer> Use(Account by, string practice, string stage, string? result = null, string verdict = "too-early", string? changed = null, int? minutes = null) =>
        by.Client.Put($"{Practices}/{practice}/use", new { stage, result, verdict, changed, minutesPerMonth = minutes });

    [Theory]
    [InlineData("firm", true, false, false)]
    [InlineData("cluster", true, true, false)]
    [InlineData("network", true, true, true)]
    public async Task Each_circle_sees_what_is_shown_to_it_and_no_other(string visibility, bool colleague, bool neighbour, bool stranger)
    {
        var practice = await Describe(world.Anna, visibility, $"Quokka {Guid.NewGuid():n}");
        foreach (var (who, sees) in new[] { (world.Albert, colleague), (world.Bernd, neighbour), (world.Conrad, neighbour), (world.Clara, stranger), (world.Operator, stranger) })
        {
            foreach (var address in new[] { "", "/versions", "/spread", "/questions" })
            {
                var answer = await who.Client.Get($"{Practices}/{practice}{address}");
                if (sees) answer.ShouldBe(HttpStatusCode.OK);
                else answer.ShouldBeProblem(HttpStatusCode.NotFound, "practice-unknown");
            }

            (await who.Client.Get($"{Practices}?q=Quokka&limit=200")).Items.Any(p => p["id"]?.ToString() == practice).ShouldBe(sees);
            (await who.Client.Get("/search?q=Quokka")).Body.Contains(practice, StringComparison.Ordinal).ShouldBe(sees);
            if (!sees) (await who.Client.Post($"{Practices}/{practice}/questions", new { text = "How?" })).ShouldBeProblem(HttpStatusCode.NotFound, "practice-unknown");
        }
    }

    [Fact]
    public async Task A_draft_is_its_authors_and_its_versions_stay_so()
    {
        var draft = await Describe(world.Albert, draft: true);
        (await world.Anna.Client.Get($"{Practices}/{draft}")).ShouldBeProblem(HttpStatusCode.NotFound, "practice-unknown");
        (await world.Albert.Client.Get($"{Practices}?mine=true")).Items.ShouldContain(p => p["id"]!.ToString() == draft);
        (await Use(world.Albert, draft, "trying")).ShouldBeProblem(HttpStatusCode.Conflict, "practice-not-published");
        (await world.Albert.Client.Put($"{Practices}/{draft}", Correction("Clamp it well."))).ShouldBe(HttpStatusCode.OK);
        (await world.Albert.Client.Post($"{Practices}/{draft}/publication", null)).ShouldBe(HttpStatusCode.OK);

        (await world.Bernd.Client.Get($"{Practices}/{draft}")).Text("how").ShouldBe("Clamp it well.");
        (await world.Bernd.Client.Get($"{Practices}/{draft}/versions")).Json.AsArray().Count.ShouldBe(1);
        (await world.Albert.Client.Get($"{Practices}/{draft}/versions")).Json.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_correction_keeps_what_was_said_and_passes_over_nobodys()
    {
        var practice = await Describe(world.Albert);
        var etag = (await world.Albert.Client.Get($"{Practices}/{practice}")).Headers["ETag"];
        (await world.Bernd.Client.Put($"{Practices}/{practice}", Correction("Mine"))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-your-practice");
        (await Use(world.Bernd, practice, "trying")).ShouldBe(HttpStatusCode.OK); // which makes no correction stale
        (await world.Anna.Client.Put($"{Practices}/{practice}", Correction("Clamp it hard."), ("If-Match", etag))).ShouldBe(HttpStatusCode.OK); // who manages the firm
        (await world.Albert.Client.Put($"{Practices}/{practice}", Correction("Clamp it well."), ("If-Match", etag))).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");

        (await world.Bernd.Client.Get($"{Practices}/{practice}/versions")).Json.AsArray().Select(v => $"{v?["how"]}").ShouldBe(["Clamp it hard.", "Clamp it."]);
    }

    [Fact]
    public async Task What_was_for_the_firm_stays_there_when_the_circle_grows_and_users_keep_what_they_use_when_it_shrinks()
    {
        var practice = await Describe(world.Anna, "firm");
        (await world.Anna.Client.Put($"{Practices}/{practice}", Correction("For all to read."))).ShouldBe(HttpStatusCode.OK);
        (await world.Bernd.Client.Get($"{Practices}/{practice}/versions")).Json.AsArray().Count.ShouldBe(1);
        (await world.Albert.Client.Get($"{Practices}/{practice}/versions")).Json.AsArray().Count.ShouldBe(2);
        (await Use(world.Bernd, practice, "trying")).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Put($"{Practices}/{practice}", Correction("For us again.", "firm"))).ShouldBe(HttpStatusCode.OK);

        (await world.Bernd.Client.Get($"{Practices}/{practice}")).ShouldBe(HttpStatusCode.OK);
        (await world.Conrad.Client.Get($"{Practices}/{practice}")).ShouldBeProblem(HttpStatusCode.NotFound, "practice-unknown");
    }

    [Fact]
    public async Task A_firm_has_one_use_told_step_by_step_and_its_author_hears_of_it()
    {
        var practice = await Describe(world.Anna, "network");
        (await Use(world.Bernd, practice, "given-up", "No", "did-not")).ShouldBeProblem(HttpStatusCode.Conflict, "use-not-begun");
        (await Use(world.Bernd, practice, "trying")).ShouldBe(HttpStatusCode.OK);
        (await Use(world.Bernd, practice, "trying")).ShouldBe(HttpStatusCode.OK);
        (await Use(world.Bernd, practice, "adapted", "It holds.", "worked", "Brass", 90)).ShouldBe(HttpStatusCode.OK);
        (await Use(world.Clara, practice, "adopted", "So so.", "partly", minutes: 30)).ShouldBe(HttpStatusCode.OK);
        (await Use(world.Conrad, practice, "trying")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "not-employed");

        var spread = (await world.Bernd.Client.Get($"{Practices}/{practice}/spread")).Json;
        ((int?)spread["using"], (int?)spread["trying"], (int?)spread["minutesPerMonth"]).ShouldBe((2, 0, 120));
        var bolt = spread["uses"].ShouldNotBeNull().AsArray().Single(u => u?["firm"]?["firm"]?.ToString() == world.Bolt).ShouldNotBeNull();
        bolt["steps"].ShouldNotBeNull().AsArray().Select(s => $"{s?["stage"]}").ShouldBe(["trying", "adapted"]);
        (await world.Notices(world.Anna, practice)).Count(k => k == "practice-used").ShouldBe(3);
        var csv = (await world.Anna.Client.Get($"{Practices}/{practice}/spread?format=csv")).ShouldBe(HttpStatusCode.OK).Body;
        csv.ShouldContain("Bolt,Menden,DEA58,adapted,worked,Brass,It holds.");
    }

    [Fact]
    public async Task Many_tellings_at_once_make_one_use()
    {
        var practice = await Describe(world.Anna);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Use(world.Bernd, practice, "trying")));
        answers.ShouldAllBe(a => a.Status == HttpStatusCode.OK);
        var uses = (await world.Anna.Client.Get($"{Practices}/{practice}/spread")).Json["uses"].ShouldNotBeNull().AsArray();
        uses.Count.ShouldBe(1);
        uses[0]?["steps"]?.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_use_without_what_others_need_to_know_is_refused()
    {
        var practice = await Describe(world.Anna);
        (await Use(world.Bernd, practice, "adapted", "Good", "worked")).ShouldBe(HttpStatusCode.UnprocessableEntity).Body.ShouldContain("change-needed");
        (await Use(world.Bernd, practice, "adopted", " ", "worked")).ShouldBe(HttpStatusCode.UnprocessableEntity).Body.ShouldContain("result-needed");
        (await Use(world.Bernd, practice, "adopted", "Good")).ShouldBe(HttpStatusCode.UnprocessableEntity).Body.ShouldContain("verdict-needed");
        (await Use(world.Bernd, practice, "trying", minutes: -1)).ShouldBe(HttpStatusCode.UnprocessableEntity).Body.ShouldContain("out-of-range");
        (await Use(world.Bernd, practice, "loved")).ShouldBe(HttpStatusCode.BadRequest);
        (await Use(world.Bernd, Guid.NewGuid().ToString(), "trying")).ShouldBeProblem(HttpStatusCode.NotFound, "practice-unknown");
    }

    [Fact]
    public async Task An_adaptation_names_the_practice_that_it_comes_from_both_ways()
    {
        var origin = await Describe(world.Anna);
        var adaptation = await Describe(world.Bernd, "firm", "Brass bars", from: origin);
        (await world.Bernd.Client.Get($"{Practices}/{adaptation}")).Text("from").ShouldBe(origin);
        (await world.Bernd.Client.Get($"{Practices}/{origin}")).Json["adaptations"].ShouldNotBeNull().AsArray().Select(a => $"{a}").ShouldBe([adaptation]);
        (await world.Anna.Client.Get($"{Practices}/{origin}")).Json["adaptations"].ShouldNotBeNull().AsArray().ShouldBeEmpty("it is shown to Bolt only");

        var hidden = await Describe(world.Anna, "firm");
        (await world.Bernd.Client.Post(Practices, Body(from: hidden))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "origin-unknown");
    }

    [Fact]
    public async Task Questions_are_answered_by_the_firm_and_by_users_and_those_concerned_are_told()
    {
        var practice = await Describe(world.Albert, "network");
        var question = (await world.Clara.Client.Post($"{Practices}/{practice}/questions", new { text = "Does wolframite help?" })).ShouldBe(HttpStatusCode.Created).Id;
        (await world.Bernd.Client.Post($"{Practices}/{practice}/questions/{question}/answers", new { text = "Yes" })).ShouldBeProblem(HttpStatusCode.Forbidden, "answers-by-users");
        (await Use(world.Bernd, practice, "trying")).ShouldBe(HttpStatusCode.OK);
        var answer = (await world.Bernd.Client.Post($"{Practices}/{practice}/questions/{question}/answers", new { text = "Yes, on 2 mm." })).ShouldBe(HttpStatusCode.Created).Id;
        (await world.Bernd.Client.Put($"{Practices}/{practice}/questions/{question}/settled", new { answer })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-the-asker-here");
        (await world.Clara.Client.Put($"{Practices}/{practice}/questions/{question}/settled", new { answer })).ShouldBe(HttpStatusCode.OK);

        (await world.Conrad.Client.Get($"{Practices}/{practice}/questions")).Items.Single()["settled"].ShouldNotBeNull().ToString().ShouldBe(answer);
        (await world.Conrad.Client.Get("/search?q=wolframite")).Body.ShouldContain(practice);
        (await world.Notices(world.Albert, practice)).ShouldBe(["practice-question", "practice-used"], ignoreOrder: true);
        (await world.Notices(world.Clara, practice)).ShouldBe(["practice-answer"]);
        (await world.Notices(world.Bernd, practice)).ShouldBe(["practice-settled"]);

        (await world.Clara.Client.Post($"{Practices}/{practice}/questions/{question}/withdrawal", null)).ShouldBe(HttpStatusCode.OK);
        (await world.Conrad.Client.Get($"{Practices}/{practice}/questions")).Items.Single()["text"].ShouldBeNull();
        (await world.Conrad.Client.Get("/search?q=wolframite")).Body.ShouldNotContain(practice);
        (await world.Bernd.Client.Post($"{Practices}/{practice}/questions/{question}/withdrawal", null)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-your-words");
        (await world.Bernd.Client.Post($"{Practices}/{practice}/questions/{Guid.NewGuid()}/answers", new { text = "Yes" })).ShouldBeProblem(HttpStatusCode.NotFound, "question-unknown");
    }

    [Fact]
    public async Task Who_may_not_read_it_any_more_hears_of_it_no_more()
    {
        var practice = await Describe(world.Anna, "network");
        var (stranger, neighbour) = (
            (await world.Clara.Client.Post($"{Practices}/{practice}/questions", new { text = "How?" })).ShouldBe(HttpStatusCode.Created).Id,
            (await world.Bernd.Client.Post($"{Practices}/{practice}/questions", new { text = "How long?" })).ShouldBe(HttpStatusCode.Created).Id);
        (await world.Anna.Client.Put($"{Practices}/{practice}", Correction("For the cluster."))).ShouldBe(HttpStatusCode.OK);
        foreach (var question in new[] { stranger, neighbour })
            (await world.Albert.Client.Post($"{Practices}/{practice}/questions/{question}/answers", new { text = "So." })).ShouldBe(HttpStatusCode.Created);

        (await world.Notices(world.Clara, practice)).ShouldBeEmpty();
        (await world.Notices(world.Bernd, practice)).ShouldBe(["practice-answer"]);
        (await world.Notices(world.Anna, practice)).ShouldBe(["practice-question", "practice-question"]);
    }

    [Fact]
    public async Task What_is_withdrawn_says_why_is_begun_by_nobody_and_can_be_given_up()
    {
        var practice = await Describe(world.Anna);
        (await Use(world.Bernd, practice, "trying")).ShouldBe(HttpStatusCode.OK);
        (await world.Anna.Client.Post($"{Practices}/{practice}/withdrawal", new { reason = "" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "reason-needed");
        (await world.Anna.Client.Post($"{Practices}/{practice}/withdrawal", new { reason = "The bars crack." })).ShouldBe(HttpStatusCode.OK);

        var seen = await world.Bernd.Client.Get($"{Practices}/{practice}");
        (seen.Text("status"), seen.Text("reason"), seen.Text("how")).ShouldBe(("withdrawn", "The bars crack.", "Clamp it."));
        (await world.Bernd.Client.Get($"{Practices}?limit=200")).Items.ShouldNotContain(p => p["id"]!.ToString() == practice);
        (await Use(world.Albert, practice, "trying")).ShouldBeProblem(HttpStatusCode.Conflict, "practice-withdrawn");
        (await world.Notices(world.Bernd, practice)).ShouldBe(["practice-gone"]);
        (await Use(world.Bernd, practice, "given-up", "They cracked here too.", "did-not")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_clusters_table_shows_each_reader_their_practices_and_goes_out_as_csv()
    {
        var title = $"=Table {Guid.NewGuid():n}";
        var (shown, hidden) = (await Describe(world.Anna, title: title), await Describe(world.Anna, "firm", "Acme only"));
        (await Use(world.Bernd, shown, "adopted", "Good", "worked")).ShouldBe(HttpStatusCode.OK);

        var table = (await world.Bernd.Client.Get($"/learning/clusters/{world.Cluster}/practices")).ShouldBe(HttpStatusCode.OK);
        table.Body.ShouldContain(shown);
        table.Body.ShouldNotContain(hidden);
        var row = table.Json["practices"].ShouldNotBeNull().AsArray().Single(p => p?["practice"]?.ToString() == shown).ShouldNotBeNull();
        ((int?)row["using"], $"{row["cells"]?[0]?["stage"]}", $"{row["cells"]?[0]?["firm"]}").ShouldBe((1, "adopted", world.Bolt));
        var csv = (await world.Conrad.Client.Get($"/learning/clusters/{world.Cluster}/practices?format=csv")).ShouldBe(HttpStatusCode.OK).Body;
        csv.ShouldContain($"{shown},\"'{title}\",expand,origin,adopted,0,1,0");
        (await world.Clara.Client.Get($"/learning/clusters/{world.Cluster}/practices")).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
        (await world.Bernd.Client.Get($"/learning/clusters/{world.Cluster}/practices?format=pdf")).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-format");
    }

    [Fact]
    public async Task Lists_are_narrowed_by_skill_level_firm_and_stage()
    {
        var practice = await Describe(world.Anna);
        (await Use(world.Bernd, practice, "trying")).ShouldBe(HttpStatusCode.OK);
        async Task<bool> Listed(string query) => (await world.Bernd.Client.Get($"{Practices}?limit=200&{query}")).Items.Any(p => p["id"]?.ToString() == practice);

        foreach (var found in new[]
        {
            $"skill={Uri.EscapeDataString(LearningWorld.FiveS)}", "level=expand", $"firm={world.Acme}", $"firm={world.Bolt}", "stage=trying", $"stage=trying&firm={world.Bolt}", "q=copper+bars+warps",
        }) (await Listed(found)).ShouldBeTrue(found);
        foreach (var missed in new[] { $"skill={Uri.EscapeDataString(LearningWorld.Accounting)}", "level=leverage", "stage=given-up", $"stage=trying&firm={world.Acme}", "q=qqzz", "q=%21%21" })
            (await Listed(missed)).ShouldBeFalse(missed);
        (await world.Bernd.Client.Get($"{Practices}?level=top")).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-filter");
        (await world.Bernd.Client.Get($"{Practices}?stage=loved")).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-filter");
    }

    [Fact]
    public async Task The_same_request_sent_twice_makes_one_practice_and_bad_ones_none()
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var first = await world.Anna.Client.Post(Practices, Body(), key);
        (await world.Anna.Client.Post(Practices, Body(), key)).Id.ShouldBe(first.ShouldBe(HttpStatusCode.Created).Id);
        foreach (object body in new object[]
        {
            new { title = "", problem = "x", how = "x" }, new { title = "x", problem = " ", how = "x" }, new { title = "x", problem = "x", how = new string('x', 10_001) },
            new { title = new string('x', 151), problem = "x", how = "x" }, new { title = "x", problem = "x", how = "x", visibility = "private" },
        }) (await world.Anna.Client.Post(Practices, body)).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await world.Anna.Client.Post(Practices, new { title = "x", problem = "x", how = "x", level = "wise" })).ShouldBe(HttpStatusCode.BadRequest);
        (await world.Anna.Client.Post(Practices, new { title = "x", problem = "x", how = "x", skillUris = (string[])["urn:none"] })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "skill-unknown");
        (await world.Conrad.Client.Post(Practices, Body())).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "not-employed");
        (await world.Anna.Client.Post(Practices, new { title = "x", problem = "x", how = "x", firm = world.Bolt })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "not-your-firm");
    }

    [Fact]
    public async Task Hostile_text_is_read_and_does_nothing()
    {
        const string hostile = "<script>alert(1)</script> [x](javascript:alert(2)) @[nobody] \u202e";
        var practice = (await world.Anna.Client.Post(Practices, Body(title: "<img src=x onerror=alert(3)>", how: hostile))).ShouldBe(HttpStatusCode.Created).Id;
        (await world.Bernd.Client.Post($"{Practices}/{practice}/questions", new { text = hostile })).ShouldBe(HttpStatusCode.Created);
        (await world.Bernd.Client.Get($"{Practices}/{practice}")).Text("how").ShouldBe(hostile);

        var page = await world.Bernd.Client.GetStringAsync(new Uri($"/practices/{practice}", UriKind.Relative), Ct);
        page.ShouldNotContain("<script>alert");
        page.ShouldNotContain("<img src=x");
        page.ShouldNotContain("href=\"javascript:");
    }

    [Fact]
    public async Task Who_is_erased_leaves_no_word_and_the_firms_keep_what_they_said()
    {
        var nora = await world.Host.Newcomer(world.Operator, "Nora");
        (await nora.Client.Post("/clusters/firms", new { name = "Noras", registrationNumber = $"HRB {Guid.NewGuid():n}"[..14], country = "DE", nuts = "DEA58", city = "Menden", nace = "25.62" })).ShouldBe(HttpStatusCode.Created);
        var own = (await nora.Client.Post(Practices, Body("network", "norasays title", how: "norasays how"))).ShouldBe(HttpStatusCode.Created).Id;
        (await Use(world.Bernd, own, "adopted", "Bolt says good", "worked")).ShouldBe(HttpStatusCode.OK);
        var other = await Describe(world.Anna, "network");
        (await Use(nora, other, "adapted", "norasays result", "worked", "norasays changed")).ShouldBe(HttpStatusCode.OK);
        (await nora.Client.Post($"{Practices}/{other}/questions", new { text = "norasays question" })).ShouldBe(HttpStatusCode.Created);
        (await nora.Client.Post("/access/me/erasure", new { confirm = "erase" })).ShouldBe(HttpStatusCode.Created);
        await Life.Carried(world.Host);

        (await world.Bernd.Client.Get($"{Practices}/{own}")).Text("status").ShouldBe("withdrawn");
        foreach (var address in new[] { own, other }.SelectMany(p => new[] { "", "/versions", "/spread", "/questions" }.Select(end => $"{Practices}/{p}{end}")).Append("/search?q=norasays"))
            (await world.Bernd.Client.Get(address)).ShouldBe(HttpStatusCode.OK).Body.Replace("\"norasays\"", "", StringComparison.Ordinal).ShouldNotContain("norasays", Case.Insensitive, address);
        (await world.Anna.Client.Get($"{Practices}/{own}/spread")).Body.ShouldContain("Bolt says good");
        ((int?)(await world.Anna.Client.Get($"{Practices}/{other}/spread")).Json["using"]).ShouldBe(1);
        (await world.Host.Services.GetRequiredService<Replay>().Verify(null, Ct)).ShouldAllBe(r => r.Equal);
    }
}
