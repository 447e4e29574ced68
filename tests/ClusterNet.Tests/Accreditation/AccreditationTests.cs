using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;
using static ClusterNet.Tests.Accreditation.StoryHost;

namespace ClusterNet.Tests.Accreditation;

/// <summary>The way from a standard to a credential over HTTP, and who is refused on it.</summary>
public sealed class AccreditationTests(StoryHost story) : IClassFixture<StoryHost>
{
    [Fact]
    public async Task An_entrepreneur_becomes_accredited_and_anybody_can_verify_it()
    {
        var (paula, witness) = (await story.Entrepreneur(), await story.Entrepreneur());
        var id = await story.Assessed(paula, witness);
        var granted = (await Decide(id, story.Dora, "granted", ("Idempotency-Key", id))).ShouldBe(HttpStatusCode.OK);
        var number = granted.Text("number");
        (await Decide(id, story.Dora, "granted", ("Idempotency-Key", id))).Text("number").ShouldBe(number);
        (await Decide(id, story.Dora)).ShouldBeProblem(HttpStatusCode.Conflict, "application-already-decided");

        using var anybody = story.Host.Anonymous();
        var verified = (await anybody.Get($"/accreditation/credentials/{number}")).ShouldBe(HttpStatusCode.OK);
        verified.Text("status").ShouldBe("active");
        verified.Json["issuedBy"]?["name"]?.ToString().ShouldBe("Valley");
        verified.Headers["Access-Control-Allow-Origin"].ShouldBe("*");
        verified.Headers["Cache-Control"].ShouldContain("max-age=60");
        verified.Body.ShouldNotContain(paula.Person);
        (await anybody.Get($"/accreditation/credentials/{number}", ("If-None-Match", verified.Headers["ETag"])))
            .ShouldBe(HttpStatusCode.NotModified);
        using var head = await anybody.SendAsync(new(HttpMethod.Head, $"/api/v1/accreditation/credentials/{number}"),
            TestContext.Current.CancellationToken);
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await paula.Client.Get("/accreditation/me/credentials")).Json["items"].ShouldNotBeNull().AsArray().Count.ShouldBe(1);
        (await paula.Client.Post("/accreditation/applications", new { standard = story.Standard }))
            .ShouldBeProblem(HttpStatusCode.Conflict, "credential-already-held");
    }

    [Fact]
    public async Task A_mistyped_or_unknown_number_is_told_apart()
    {
        using var anybody = story.Host.Anonymous();
        (await anybody.Get("/accreditation/credentials/CN-2026-0000-0000-0"))
            .ShouldBeProblem(HttpStatusCode.NotFound, "credential-number-mistyped");
        var unknown = ClusterNet.Accreditation.Credentials.CredentialNumber.New(Scene.Now).Text;
        (await anybody.Get($"/accreditation/credentials/{unknown}")).ShouldBeProblem(HttpStatusCode.NotFound, "credential-unknown");
    }

    [Fact]
    public async Task A_credential_is_suspended_reinstated_and_withdrawn_by_a_decision_maker()
    {
        var (paula, witness) = (await story.Entrepreneur(), await story.Entrepreneur());
        var number = (await Decide(await story.Assessed(paula, witness), story.Dora)).Text("number");
        var reason = new { reason = "in doubt" };
        (await story.Ahmed.Client.Post($"/accreditation/credentials/{number}/suspension", reason))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        using var anybody = story.Host.Anonymous();
        var steps = new[] { ("suspension", "suspended"), ("reinstatement", "active"), ("withdrawal", "withdrawn") };
        foreach (var (step, status) in steps)
        {
            (await story.Dora.Client.Post($"/accreditation/credentials/{number}/{step}", reason)).ShouldBe(HttpStatusCode.OK);
            var verified = await anybody.Get($"/accreditation/credentials/{number}");
            (verified.Text("status"), verified.Text("inForce")).ShouldBe((status, status == "active" ? "true" : "false"));
        }

        (await story.Dora.Client.Post($"/accreditation/credentials/{number}/reinstatement", reason))
            .ShouldBeProblem(HttpStatusCode.Conflict, "credential-withdrawn");
    }

    [Fact]
    public async Task Insufficient_evidence_is_refused_with_what_is_missing_and_nothing_changes()
    {
        var paula = await story.Entrepreneur();
        var id = await story.Apply(paula);
        var items = new[] { new { record = await Record(paula, "webinar"), criteria = new[] { "N1" } } };
        (await paula.Client.Post($"/accreditation/applications/{id}/evidence", new { items })).ShouldBe(HttpStatusCode.OK);
        var before = await story.Host.EventCount();
        var refused = (await paula.Client.Post($"/accreditation/applications/{id}/submission", null))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "evidence-insufficient");
        var first = refused.Json["shortfalls"].ShouldNotBeNull().AsArray()[0].ShouldNotBeNull();
        (first["rule"]?.ToString(), first["have"]?.GetValue<int>(), first["need"]?.GetValue<int>()).ShouldBe(("minItems", 1, 2));
        (await story.Host.EventCount()).ShouldBe(before);
    }

    [Fact]
    public async Task Evidence_is_the_candidates_own_and_put_to_criteria_that_exist()
    {
        var (paula, other) = (await story.Entrepreneur(), await story.Entrepreneur());
        var id = await story.Apply(paula);
        var path = $"/accreditation/applications/{id}/evidence";
        object Items(string record, string criterion) => new { items = new[] { new { record, criteria = new[] { criterion } } } };
        (await paula.Client.Post(path, Items(await Record(other, "webinar"), "N1")))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "evidence-unknown");
        (await paula.Client.Post(path, Items(await Record(paula, "webinar"), "X9")))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "criterion-unknown");
        (await other.Client.Post(path, Items(await Record(other, "webinar"), "N1")))
            .ShouldBeProblem(HttpStatusCode.NotFound, "application-unknown");
        (await paula.Client.Post("/accreditation/applications", new { standard = story.Standard }))
            .ShouldBeProblem(HttpStatusCode.Conflict, "application-already-open").Text("application").ShouldBe(id);
        (await paula.Client.Post($"/accreditation/applications/{id}/withdrawal", null)).ShouldBe(HttpStatusCode.OK);
        await story.Apply(paula);
    }

    [Fact]
    public async Task Conflicts_are_refused_at_assignment()
    {
        var paula = await story.Entrepreneur("assessor");
        var id = await story.Submitted(paula, story.Anna);
        (await story.Assign(id, paula)).ShouldBeProblem(HttpStatusCode.Conflict, "assessor-is-candidate");
        (await story.Assign(id, story.Dora)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "not-an-assessor");
        var tied = (await story.Assign(id, story.Anna)).ShouldBeProblem(HttpStatusCode.Conflict, "assessor-has-tie");
        tied.Json["ties"].ShouldNotBeNull().AsArray()[0]?["kind"]?.ToString().ShouldBe("confirmed");
        (await story.Ahmed.Client.Post($"/accreditation/applications/{id}/assessors", new { assessor = story.Ahmed.Person }))
            .ShouldBeProblem(HttpStatusCode.NotFound, "application-unknown");
        (await story.Assign(id, story.Ahmed)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_assessor_of_the_same_firm_is_refused()
    {
        var (paula, witness) = (await story.Entrepreneur(), await story.Entrepreneur());
        var firm = (await paula.Client.Get("/access/me")).Json["roles"].ShouldNotBeNull().AsArray()
            .Select(r => r?["scope"]).First(s => s?["kind"]?.ToString() == "firm")?["id"]?.ToString();
        var email = $"colleague-{Guid.NewGuid():n}@firm.example";
        var added = await paula.Client.Post(
            $"/clusters/firms/{firm}/people",
            new { email, givenName = "Carl", familyName = "Colleague", position = "employee", jobTitle = "Fitter", language = "en" });
        var person = added.ShouldBe(HttpStatusCode.Created).Id;
        await story.Host.Accept(await paula.Client.Post($"/clusters/firms/{firm}/people/{person}/invitation", null), email);
        await story.Grant(new(paula.Client, person, email), "assessor");
        var id = await story.Submitted(paula, witness);
        (await story.Assign(id, new(paula.Client, person, email))).ShouldBeProblem(HttpStatusCode.Conflict, "assessor-same-firm");
    }

    [Fact]
    public async Task Only_who_took_no_part_decides_and_only_when_all_is_met()
    {
        var (paula, witness) = (await story.Entrepreneur("decision-maker"), await story.Entrepreneur("decision-maker"));
        var both = await story.Entrepreneur("assessor", "decision-maker");
        var id = await story.Submitted(paula, witness);
        (await story.Assign(id, both)).ShouldBe(HttpStatusCode.OK);
        (await Decide(id, story.Dora)).ShouldBeProblem(HttpStatusCode.Conflict, "application-not-assessed");
        (await Rate(id, both, met: false)).ShouldBe(HttpStatusCode.OK);
        (await Decide(id, both)).ShouldBeProblem(HttpStatusCode.Conflict, "decision-by-assessor");
        (await Decide(id, paula)).ShouldBeProblem(HttpStatusCode.Conflict, "decision-by-candidate");
        (await Decide(id, witness)).ShouldBeProblem(HttpStatusCode.Conflict, "decision-maker-has-tie");
        (await Decide(id, story.Rosa)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-decision-maker");
        var refused = (await Decide(id, story.Dora)).ShouldBeProblem(HttpStatusCode.Conflict, "criteria-not-met");
        refused.Json["missing"].ShouldNotBeNull().AsArray().Count.ShouldBe(2);
        (await Decide(id, story.Dora, "declined")).ShouldBe(HttpStatusCode.OK);
        (await story.Apply(paula)).ShouldNotBe(id);
    }

    [Fact]
    public async Task Standards_are_published_once_and_succeeded_once()
    {
        var path = $"/accreditation/clusters/{story.Cluster}/standards";
        (await story.Ahmed.Client.Post(path, StandardBody("Other"))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await story.Rosa.Client.Post(path, StandardBody("Level five", eqfLevel: 5)))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "too-few-assessors");
        (await story.Rosa.Client.Post(path, StandardBody("No skill", skill: "http://data.europa.eu/esco/skill/none")))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "skill-unknown");
        var first = await story.Published(StandardBody("Welding"));
        var twin = (await story.Rosa.Client.Post(path, StandardBody("WELDING"))).Id;
        (await story.Rosa.Client.Post($"/accreditation/standards/{twin}/publication", null))
            .ShouldBeProblem(HttpStatusCode.Conflict, "standard-exists");
        var draft = await story.Newcomer();
        (await draft.Client.Get($"/accreditation/standards/{twin}")).ShouldBeProblem(HttpStatusCode.NotFound, "standard-unknown");
        var second = await story.Published(StandardBody("Welding", 2, former: first));
        var rival = (await story.Rosa.Client.Post(path, StandardBody("Welding", 3, former: first))).Id;
        (await story.Rosa.Client.Post($"/accreditation/standards/{rival}/publication", null))
            .ShouldBeProblem(HttpStatusCode.Conflict, "standard-already-succeeded");
        (await draft.Client.Get($"/accreditation/standards/{first}")).Text("successor").ShouldBe(second);
        var paula = await story.Entrepreneur();
        (await paula.Client.Post("/accreditation/applications", new { standard = first }))
            .ShouldBeProblem(HttpStatusCode.Conflict, "standard-superseded").Text("successor").ShouldBe(second);
        (await draft.Client.Post("/accreditation/applications", new { standard = second }))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "candidate-not-of-cluster");
    }
}
