using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Access.Auditing;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Tests.Accreditation;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Access;

/// <summary>A whole life with a marker in everything personal, an erasure, and a search of all that is kept.</summary>
public sealed class ErasureCanaryTests(StoryHost story) : IClassFixture<StoryHost>
{
    [Fact]
    public async Task After_a_full_erasure_no_table_no_file_and_no_log_line_holds_a_word_of_the_person()
    {
        var traces = new Traces(story.Host);
        var life = await Life.Of(story, "zqcanaryone", granted: false);
        (await life.Owner.Client.Get($"/clusters/{story.Cluster}/people?q={life.Marker}")).Body.ShouldContain(life.Marker);
        (await traces.Of(life.Marker)).Count.ShouldBeGreaterThan(5, "the search finds nothing at all");

        var receipt = await life.Erase(story.Host);

        receipt.Text("stage").ShouldBe("completed", receipt.Body);
        (await traces.Of(life.Marker)).ShouldBeEmpty();
        traces.Lines.ShouldBeGreaterThan(10);
        await Events_and_rows_agree();
        await Every_view_says_erased(life);
        await Every_event_is_still_proven(life);
        receipt.Json["accountClosed"]?.GetValue<bool>().ShouldBeTrue();
        receipt.Json["recipients"]?.AsArray().Select(r => $"{r?["role"]}").Order().ShouldBe(["auditor", "firm"]);
        receipt.Json["recipients"]?.AsArray().ShouldAllBe(r => r!.AsObject().Select(p => p.Key).SequenceEqual(new[] { "role", "at" }));
        using (var reader = story.Host.Anonymous())
        {
            var page = await reader.GetStringAsync($"/receipts/{receipt.Id}", TestContext.Current.CancellationToken);
            foreach (var words in new[] { "An auditor", "A firm", "Good to know", "Keys to your data", "; " }) page.ShouldContain(words, Case.Sensitive);
            foreach (var key in new[] { "Store-", "Recipient-", "ReceiptNote", ">access.", ">learning.", ">clusters.", ">accreditation.", ">resources." }) page.ShouldNotContain(key);
        }

        Count(receipt, "keys").ShouldBe(5);
        Count(receipt, "privacy.envelope").ShouldBeGreaterThan(15);
        Count(receipt, "learning.records").ShouldBeGreaterThan(2);
        receipt.Body.ShouldNotContain(life.Me.Person);
    }

    [Fact]
    public async Task A_credential_keeps_its_grounds_until_retention_ends_and_nothing_else_of_its_holder()
    {
        var traces = new Traces(story.Host);
        var life = await Life.Of(story, "zqcanarytwo", granted: true);
        var preview = await life.Me.Client.Get("/access/me/erasure/preview");
        preview.Json["classes"]?.AsArray().Single(c => $"{c?["class"]}" == "accreditation")?["holds"]?[0]?["reason"]?.ToString().ShouldBe("credential-retention");

        var receipt = await life.Erase(story.Host);

        receipt.Text("stage").ShouldBe("waiting");
        var held = receipt.Json["held"].ShouldNotBeNull().AsArray().ShouldHaveSingleItem();
        ($"{held?["class"]}", $"{held?["reason"]}").ShouldBe(("accreditation", "credential-retention"));
        DateOnly.Parse($"{held?["until"]}", System.Globalization.CultureInfo.InvariantCulture).Year.ShouldBeGreaterThan(DateTimeOffset.UtcNow.Year + 7);
        (await traces.Of(life.Marker)).ShouldBeEmpty();
        await Events_and_rows_agree();
        using var anybody = story.Host.Anonymous();
        (await anybody.Get($"/accreditation/credentials/{life.Number}")).Text("inForce").ShouldBe("true");
        var dossier = await story.Dora.Client.Get($"/accreditation/credentials/{life.Number}/dossier");
        dossier.ShouldBe(HttpStatusCode.OK).Body.ShouldContain($"{life.Marker} was judged");
        Member(dossier.Json["events"]).ShouldBe(["Grounds", "Comment", "Comment", "Statement"], ignoreOrder: true);
    }

    [Fact]
    public async Task While_an_application_is_assessed_only_other_texts_go_and_the_rest_follows_its_withdrawal()
    {
        var (mira, witness) = (await story.Entrepreneur(), await story.Entrepreneur());
        var application = await story.Submitted(mira, witness);
        var asked = (await mira.Client.Post("/access/me/erasure", new { confirm = "erase" })).ShouldBe(HttpStatusCode.Created).Id;
        await Life.Carried(story.Host);
        var receipt = await mira.Client.Get($"/access/erasures/{asked}");
        receipt.Json["held"].ShouldNotBeNull().AsArray().Select(h => $"{h?["class"]}").ShouldBe(["identity", "contact", "learning", "accreditation"], ignoreOrder: true);
        (receipt.Text("stage"), receipt.Text("accountClosed")).ShouldBe(("waiting", "false"));
        (await mira.Client.Get("/access/me")).Text("email").ShouldBe(mira.Email);

        (await mira.Client.Post($"/accreditation/applications/{application}/withdrawal", null)).ShouldBe(HttpStatusCode.OK);
        await Life.Carried(story.Host);

        using var anybody = story.Host.Anonymous();
        (await anybody.Get($"/access/erasures/{asked}")).Text("stage").ShouldBe("completed");
        (await mira.Client.Get("/access/me")).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
    }

    private async Task Events_and_rows_agree() =>
        (await story.Host.Services.GetRequiredService<Replay>().Verify(null, TestContext.Current.CancellationToken)).ShouldAllBe(t => t.Equal);

    private async Task Every_view_says_erased(Life life)
    {
        (await life.Me.Client.Get("/access/me")).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
        using var program = story.Host.Anonymous();
        (await program.Get("/access/me", ("Authorization", $"Bearer {life.Token}"))).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
        (HttpClient Reader, string Path, int Least)[] views =
        [
            (life.Owner.Client, $"/learning/records/{life.Record}", 2),
            (life.Owner.Client, $"/learning/records/{life.Record}/events", 4),
            (life.Owner.Client, $"/learning/records/{life.Disputed}", 1),
            (life.Owner.Client, $"/learning/records?person={life.Me.Person}", 2),
            (story.Dora.Client, $"/accreditation/applications/{life.Application}", 4),
            (story.Audrey.Client, $"/accreditation/applications/{life.Application}/events?purpose=check", 3),
            (story.Rosa.Client, $"/resources/sessions/{life.Session}", 1),
            (story.Rosa.Client, $"/resources/clusters/{story.Cluster}/sessions", 1),
            (story.Rosa.Client, $"/resources/resources/{life.Resource}", 1),
            (story.Rosa.Client, $"/resources/clusters/{story.Cluster}/resources", 1),
            (story.Rosa.Client, $"/clusters/firms/{life.Firm}/people", 0),
            (story.Rosa.Client, $"/clusters/{story.Cluster}/people?q={life.Marker}", 0),
            (story.Rosa.Client, $"/clusters/{story.Cluster}/people", 0),
            (story.Rosa.Client, $"/clusters/{story.Cluster}/memberships", 0),
            (story.Rosa.Client, $"/clusters/firms/{life.Firm}", 0),
            (story.Rosa.Client, $"/accreditation/clusters/{story.Cluster}/applications", 0),
            (story.Ahmed.Client, "/accreditation/me/assignments", 0),
            (life.Owner.Client, "/learning/to-confirm", 0),
        ];
        foreach (var (reader, path, least) in views)
        {
            var answer = (await reader.Get(path)).ShouldBe(HttpStatusCode.OK);
            answer.Body.ShouldNotContain(life.Marker, Case.Insensitive, path);
            Erased(answer.Json).ShouldBeGreaterThanOrEqualTo(least, $"{path}: {answer.Body}");
        }

        (await story.Rosa.Client.Get($"/clusters/firms/{life.Firm}/people/{life.Me.Person}")).ShouldBeProblem(HttpStatusCode.NotFound, "person-unknown");
        (await story.Operator.Client.Post($"/access/accounts/{life.Me.Person}/invitation", null)).ShouldBeProblem(HttpStatusCode.Conflict, "account-closed");
        (await story.Operator.Client.Post("/access/roles", new
        {
            person = life.Me.Person,
            role = "assessor",
            scopeKind = "cluster",
            scopeId = story.Cluster,
            reason = "again",
        })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "person-unknown");
    }

    private async Task Every_event_is_still_proven(Life life)
    {
        await story.Host.Signed();
        var check = story.Host.Services.GetRequiredService<EventCheck>();
        var checkedEvents = 0;
        await foreach (var e in story.Host.Services.GetRequiredService<SubjectData>().Events(Guid.Parse(life.Me.Person), TestContext.Current.CancellationToken))
        {
            (await check.Of($"{e.Event.Id}", TestContext.Current.CancellationToken)).Verdict.ShouldBe(EventCheck.Verdict.Proven, e.Event.StoredAs);
            checkedEvents++;
        }

        checkedEvents.ShouldBeGreaterThan(30);
        var events = await story.Audrey.Client.Get($"/accreditation/applications/{life.Application}/events?purpose=seal");
        foreach (var e in events.Json["items"].ShouldNotBeNull().AsArray().Where(e => $"{e?["type"]}" is "application_opened" or "application_declined"))
        {
            var seen = (await story.Audrey.Client.Get($"/audit/events/{e?["id"]}?purpose=seal")).ShouldBe(HttpStatusCode.OK);
            seen.Json["personal"].ShouldNotBeNull().AsArray().ShouldHaveSingleItem()?["state"]?.ToString().ShouldBe("erased");
        }
    }

    private static int Count(Answer receipt, string store) =>
        receipt.Json["stores"].ShouldNotBeNull().AsArray().Single(s => $"{s?["store"]}" == store).ShouldNotBeNull()["count"].ShouldNotBeNull().GetValue<int>();

    /// <summary>How often an answer says {"erased":true}.</summary>
    private static int Erased(JsonNode? node) => node switch
    {
        JsonObject o when o["erased"] is JsonValue v && v.TryGetValue<bool>(out var erased) && erased => 1,
        JsonObject o => o.Sum(p => Erased(p.Value)),
        JsonArray a => a.Sum(Erased),
        _ => 0,
    };

    /// <summary>Names of the personal members of a dossier's events that can be read.</summary>
    private static IEnumerable<string> Member(JsonNode? events) =>
        from e in events.ShouldNotBeNull().AsArray()
        from member in (e?["data"]).ShouldNotBeNull().AsObject()
        where member.Key is "Grounds" or "Comment" or "Statement" && member.Value is JsonValue
        select member.Key;
}
