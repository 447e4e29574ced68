using System.Net;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Skills.Audits;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Skills;

/// <summary>Audits over HTTP: what is refused and why, who leaves, races, auditors, erasure.</summary>
public sealed class AuditHttpTests(AuditWorld world) : IClassFixture<AuditWorld>
{
    [Fact]
    public async Task The_scale_is_told_in_the_language_asked_for()
    {
        using var anybody = world.Host.Anonymous();

        var german = (await anybody.Get("/skills/scale?language=de")).ShouldBe(HttpStatusCode.OK);

        german.Text("language").ShouldBe("de");
        german.Json["steps"].ShouldNotBeNull().AsArray().Count.ShouldBe(6);
        german.Body.ShouldContain("Unter Anleitung");
        (await anybody.Get("/skills/scale", ("Accept-Language", "fr"))).Body.ShouldContain("Notions");
    }

    [Fact]
    public async Task Profiles_are_drawn_up_copied_changed_and_retired()
    {
        var (acme, bolt) = (await world.Firm("Acme", 1), await world.Firm("Bolt", 1));
        var profile = await AuditWorld.Profile(acme.Manager, acme.Id);
        var seen = (await bolt.Manager.Client.Get($"/skills/profiles/{profile}")).ShouldBe(HttpStatusCode.OK);
        seen.Json["skills"].ShouldNotBeNull().AsArray().Count.ShouldBe(2);
        object Content(int level, int times = 1) => new { title = "Office", skills = Enumerable.Repeat(new { skillUri = AuditWorld.FiveS, level }, times) };
        (await bolt.Manager.Client.Put($"/skills/profiles/{profile}", Content(3))).ShouldBeProblem(HttpStatusCode.Forbidden, "profile-not-yours");
        var copy = await bolt.Manager.Client.Post(
            "/skills/profiles", new { title = "Our office", firm = bolt.Id, origin = profile, skills = new[] { new { skillUri = AuditWorld.FiveS, level = 4 } } });
        (await bolt.Manager.Client.Get($"/skills/profiles/{copy.ShouldBe(HttpStatusCode.Created).Id}")).Text("origin").ShouldBe(profile);

        (await acme.Manager.Client.Put($"/skills/profiles/{profile}", Content(6))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request").Body.ShouldContain("out-of-range");
        (await acme.Manager.Client.Put($"/skills/profiles/{profile}", Content(0))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await acme.Manager.Client.Put($"/skills/profiles/{profile}", Content(3, 2))).Body.ShouldContain("doubled-skill");
        (await acme.Manager.Client.Put($"/skills/profiles/{profile}", Content(3, 41))).Body.ShouldContain("wrong-count");
        var unknown = await acme.Manager.Client.Put(
            $"/skills/profiles/{profile}", new { title = "Office", skills = new[] { new { skillUri = AuditWorld.FiveS[..^1] + "f", level = 3 } } });
        unknown.ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "skill-unknown").Body.ShouldContain(AuditWorld.FiveS);
        (await acme.Manager.Client.Put($"/skills/profiles/{profile}", Content(4), ("If-Match", "\"9\""))).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await acme.Manager.Client.Put($"/skills/profiles/{profile}", Content(4), ("If-Match", "\"1\""))).ShouldBe(HttpStatusCode.OK);
        (await acme.Manager.Client.Post($"/skills/profiles/{profile}/retirement", null)).ShouldBe(HttpStatusCode.OK);
        (await acme.Manager.Client.Put($"/skills/profiles/{profile}", Content(5))).ShouldBeProblem(HttpStatusCode.Conflict, "profile-retired");
        var late = new { title = "Spring", firm = acme.Id, profiles = new[] { profile }, raters = "180", deadline = DateTimeOffset.UtcNow.AddDays(3) };
        (await acme.Manager.Client.Post("/skills/audits", late)).ShouldBeProblem(HttpStatusCode.Conflict, "profile-retired");
    }

    [Fact]
    public async Task Who_holds_the_role_is_rated()
    {
        var firm = await world.Firm("Holders", 3);
        var profile = await AuditWorld.Profile(firm.Manager, firm.Id);
        (await firm.Manager.Client.Put($"/skills/profiles/{profile}/firms/{firm.Id}/holders/{firm.People[2].Person}", new { })).ShouldBe(HttpStatusCode.OK);
        (await firm.Manager.Client.Put($"/skills/profiles/{profile}/firms/{firm.Id}/holders/{world.Rosa.Person}", new { })).ShouldBeProblem(HttpStatusCode.NotFound, "person-not-of-firm");

        var audit = await AuditWorld.Open(firm.Manager, profile, firm.Id, raters: "180");

        var people = (await firm.Manager.Client.Get($"/skills/audits/{audit}")).Json["people"].ShouldNotBeNull().AsArray();
        people.ShouldHaveSingleItem().ShouldNotBeNull()["person"].ShouldNotBeNull().ToString().ShouldBe(firm.People[2].Person);
    }

    [Fact]
    public async Task A_rating_is_refused_with_its_reason()
    {
        var firm = await world.Firm("Refusals", 4);
        var (manager, ben, cem) = (firm.Manager, firm.People[1], firm.People[2]);
        var audit = await AuditWorld.Open(manager, await AuditWorld.Profile(manager, firm.Id), firm.Id, raters: "180");
        var sheet = $"/skills/audits/{audit}/ratings/{ben.Person}";

        (await cem.Client.Put(sheet, AuditWorld.Answers(3))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-a-rater");
        (await world.Rosa.Client.Put(sheet, AuditWorld.Answers(3))).ShouldBeProblem(HttpStatusCode.NotFound, "audit-unknown");
        (await ben.Client.Put(sheet, AuditWorld.Answers(6))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request").Body.ShouldContain("out-of-range");
        (await ben.Client.Put(sheet, new { answers = new[] { new { skillUri = "urn:else", level = 3 } } })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "skill-not-asked");
        (await ben.Client.Post($"{sheet}/sent", null)).ShouldBeProblem(HttpStatusCode.Conflict, "nothing-rated");
        (await ben.Client.Put(sheet, new { answers = new[] { new { skillUri = AuditWorld.FiveS, level = 3 } } })).ShouldBe(HttpStatusCode.OK);
        (await ben.Client.Post($"{sheet}/sent", null)).ShouldBeProblem(HttpStatusCode.Conflict, "answers-missing").Body.ShouldContain(AuditWorld.Accounting);
        (await ben.Client.Put(sheet, AuditWorld.Answers(3), ("If-Match", "\"7\""))).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await ben.Client.Put(sheet, AuditWorld.Answers(3), ("If-Match", "\"1\""))).ShouldBe(HttpStatusCode.OK);
        (await ben.Client.Post($"{sheet}/sent", null)).ShouldBe(HttpStatusCode.OK);
        (await ben.Client.Post($"{sheet}/sent", null)).ShouldBeProblem(HttpStatusCode.Conflict, "already-sent");
        (await ben.Client.Put(sheet, AuditWorld.Answers(4))).ShouldBe(HttpStatusCode.OK);
        (await ben.Client.Get(sheet)).Json["sent"].ShouldNotBeNull().GetValue<bool>().ShouldBeTrue();
        (await manager.Client.Post($"/skills/audits/{audit}/closure", null)).ShouldBe(HttpStatusCode.OK);
        (await ben.Client.Put(sheet, AuditWorld.Answers(5))).ShouldBeProblem(HttpStatusCode.Conflict, "audit-ended");
    }

    [Fact]
    public async Task Who_leaves_the_firm_is_out()
    {
        var firm = await world.Firm("Leavers", 4);
        var (manager, ben) = (firm.Manager, firm.People[1]);
        var audit = await AuditWorld.Open(manager, await AuditWorld.Profile(manager, firm.Id), firm.Id);
        await AuditWorld.Rate(manager, audit, ben.Person, 3);
        (await manager.Client.Post($"/clusters/firms/{firm.Id}/people/{ben.Person}/departure", new { reason = "Moved" })).ShouldBe(HttpStatusCode.OK);

        (await manager.Client.Put($"/skills/audits/{audit}/ratings/{ben.Person}", AuditWorld.Answers(4))).ShouldBeProblem(HttpStatusCode.Conflict, "person-left");
        await world.Host.CaughtUp();
        (await manager.Client.Get($"/skills/audits/{audit}/progress")).Json[0].ShouldNotBeNull()["people"].ShouldNotBeNull().GetValue<int>().ShouldBe(3);
        (await manager.Client.Put($"/skills/audits/{audit}/ratings/{ben.Person}", AuditWorld.Answers(4))).ShouldBeProblem(HttpStatusCode.Conflict, "person-left");
    }

    [Fact]
    public async Task A_rating_and_a_close_at_once_have_one_winner()
    {
        var firm = await world.Firm("Racers", 2);
        var profile = await AuditWorld.Profile(firm.Manager, firm.Id);
        var ben = firm.People[1];
        for (var round = 0; round < 8; round++)
        {
            var audit = await AuditWorld.Open(firm.Manager, profile, firm.Id, raters: "self");
            var sheet = $"/skills/audits/{audit}/ratings/{ben.Person}";
            (await ben.Client.Put(sheet, AuditWorld.Answers(3))).ShouldBe(HttpStatusCode.OK);

            var answers = await Task.WhenAll(ben.Client.Post($"{sheet}/sent", null), firm.Manager.Client.Post($"/skills/audits/{audit}/closure", null));

            answers[1].ShouldBe(HttpStatusCode.OK);
            await world.Host.CaughtUp();
            var result = (await ben.Client.Get($"/skills/audits/{audit}/results/{ben.Person}")).ShouldBe(HttpStatusCode.OK).Json["skills"].ShouldNotBeNull()[0].ShouldNotBeNull();
            if (answers[0].Status == HttpStatusCode.OK) result["self"].ShouldNotBeNull().GetValue<int>().ShouldBe(3);
            else answers[0].ShouldBeProblem(HttpStatusCode.Conflict, "audit-ended");
            (result["self"] is null).ShouldBe(answers[0].Status != HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_rating_that_was_decided_before_the_close_does_not_commit_after_it()
    {
        var firm = await world.Firm("Late", 2);
        var audit = await AuditWorld.Open(firm.Manager, await AuditWorld.Profile(firm.Manager, firm.Id), firm.Id, raters: "self");
        (await firm.Manager.Client.Post($"/skills/audits/{audit}/closure", null)).ShouldBe(HttpStatusCode.OK);
        var database = world.Host.Services.GetRequiredService<Database>();

        var refused = await Should.ThrowAsync<Npgsql.PostgresException>(
            database.Execute("skills", [AuditGuard.HoldOpen(new(Guid.Parse(audit)))], TestContext.Current.CancellationToken));

        refused.SqlState.ShouldBe("CN001");
    }

    [Fact]
    public async Task Few_peers_stay_hidden_from_all_but_auditors_whose_reads_are_told()
    {
        var firm = await world.Firm("Hidden", 4);
        var (manager, ben) = (firm.Manager, firm.People[1]);
        var audit = await AuditWorld.Open(manager, await AuditWorld.Profile(manager, firm.Id), firm.Id);
        await AuditWorld.Rate(firm.People[2], audit, ben.Person, 1);
        await AuditWorld.Rate(firm.People[3], audit, ben.Person, 5);
        (await manager.Client.Post($"/skills/audits/{audit}/closure", null)).ShouldBe(HttpStatusCode.OK);
        await world.Host.CaughtUp();
        var path = $"/skills/audits/{audit}/results/{ben.Person}";
        var auditor = await world.Host.Newcomer(world.First, "Audrey Auditor");
        (await auditor.Client.Get(path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await auditor.Client.Get($"/skills/audits/{audit}/gaps")).ShouldBeProblem(HttpStatusCode.NotFound, "gaps-unknown");
        (await auditor.Client.Get("/skills/audits")).Json["items"]!.AsArray().ShouldBeEmpty();
        var grant = new { auditor = auditor.Person, cluster = world.Cluster, purpose = "Yearly audit", expiresAt = DateTimeOffset.UtcNow.AddDays(9) };
        (await world.Rosa.Client.Post("/access/auditor-grants", grant)).ShouldBe(HttpStatusCode.Created);

        foreach (var reader in new[] { manager, ben })
        {
            var hidden = (await reader.Client.Get(path)).ShouldBe(HttpStatusCode.OK);
            hidden.Json["skills"].ShouldNotBeNull()[0].ShouldNotBeNull()["peersTenths"].ShouldBeNull();
            hidden.Json["skills"].ShouldNotBeNull()[0].ShouldNotBeNull()["peerCount"].ShouldBeNull();
            hidden.Body.ShouldNotContain("said 5");
        }

        var open = (await auditor.Client.Get(path)).ShouldBe(HttpStatusCode.OK);
        open.Json["ratings"].ShouldNotBeNull().AsArray().Count.ShouldBe(2);
        open.Body.ShouldContain("said 5");
        (await auditor.Client.Get("/skills/audits")).Json["items"]!.AsArray().Select(a => a!["id"]!.ToString()).ShouldContain($"{audit}");
        var gaps = (await auditor.Client.Get($"/skills/audits/{audit}/gaps")).ShouldBe(HttpStatusCode.OK);
        gaps.Json["people"].ShouldNotBeNull().AsArray().Count.ShouldBe(4);
        gaps.Json["group"].ShouldBeNull();
        (await auditor.Client.Get($"/skills/audits/{audit}/heat-map")).ShouldBe(HttpStatusCode.OK);
        (await auditor.Client.Get($"/skills/firms/{firm.Id}/gaps")).Status.ShouldBe(HttpStatusCode.NotFound);
        var reads = (await ben.Client.Get("/access/me/reads")).Items.Select(r => r["what"]!.ToString()).ToList();
        reads.Count(r => r == "skills audit results").ShouldBe(1);
        reads.Count(r => r == "skills audit gaps").ShouldBe(2);
    }

    [Fact]
    public async Task Erasing_the_rated_takes_the_ratings_and_erasing_a_rater_takes_the_words()
    {
        var firm = await world.Firm("Erased", 3);
        var (manager, ben, cem) = (firm.Manager, firm.People[1], firm.People[2]);
        var audit = await AuditWorld.Open(manager, await AuditWorld.Profile(manager, firm.Id), firm.Id, raters: "180");
        foreach (var rated in new[] { ben, cem })
        {
            await AuditWorld.Rate(rated, audit, rated.Person, 4);
            await AuditWorld.Rate(manager, audit, rated.Person, 2);
        }

        (await manager.Client.Post($"/skills/audits/{audit}/closure", null)).ShouldBe(HttpStatusCode.OK);
        await world.Host.CaughtUp();
        var erasure = new { confirm = "erase", basis = "no-longer-necessary", reason = "asked by letter" };
        (await world.First.Client.Post($"/access/people/{ben.Person}/erasure", erasure)).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Accepted);
        await Access.Life.Carried(world.Host);

        var rows = await world.Host.Services.GetRequiredService<Database>().Query(
            "skills", Statement.Of("select count(*) filter (where answers is not null), count(*) from skills.audit_sheets where person = $1", Guid.Parse(ben.Person)),
            r => (Known: r.GetInt64(0), All: r.GetInt64(1)), TestContext.Current.CancellationToken);
        rows.ShouldBe([(0, 2)]);
        var kept = (await cem.Client.Get($"/skills/audits/{audit}/results/{cem.Person}")).ShouldBe(HttpStatusCode.OK).Json["skills"].ShouldNotBeNull()[0].ShouldNotBeNull();
        kept["manager"].ShouldNotBeNull().GetValue<int>().ShouldBe(2);
        (await world.Host.Services.GetRequiredService<Replay>().Verify(null, TestContext.Current.CancellationToken)).ShouldAllBe(r => r.Equal);
    }

    [Fact]
    public async Task Erasing_a_rater_takes_the_comments_and_leaves_the_levels()
    {
        var firm = await world.Firm("Wordless", 4);
        var (manager, ben, cem) = (firm.Manager, firm.People[1], firm.People[2]);
        var audit = await AuditWorld.Open(manager, await AuditWorld.Profile(manager, firm.Id), firm.Id);
        await AuditWorld.Rate(cem, audit, ben.Person, 4);
        await AuditWorld.Rate(manager, audit, ben.Person, 2);
        (await manager.Client.Post($"/skills/audits/{audit}/closure", null)).ShouldBe(HttpStatusCode.OK);
        await world.Host.CaughtUp();
        var erasure = new { confirm = "erase", basis = "no-longer-necessary", reason = "asked by letter" };

        (await world.First.Client.Post($"/access/people/{cem.Person}/erasure", erasure)).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Accepted);
        await Access.Life.Carried(world.Host);

        var rows = await world.Host.Services.GetRequiredService<Database>().Query(
            "skills",
            Statement.Of(
                "select answers is not null, comments is not null from skills.audit_sheets where person = $1 order by rater = $2", Guid.Parse(ben.Person), Guid.Parse(cem.Person)),
            r => (Answers: r.GetBoolean(0), Comments: r.GetBoolean(1)), TestContext.Current.CancellationToken);
        rows.ShouldBe([(true, true), (true, false)]);
        var kept = (await ben.Client.Get($"/skills/audits/{audit}/results/{ben.Person}")).ShouldBe(HttpStatusCode.OK);
        kept.Json["skills"].ShouldNotBeNull()[0].ShouldNotBeNull()["manager"].ShouldNotBeNull().GetValue<int>().ShouldBe(2);
        (await world.Host.Services.GetRequiredService<Replay>().Verify(null, TestContext.Current.CancellationToken)).ShouldAllBe(r => r.Equal);
    }

    [Fact]
    public async Task Claims_are_seen_as_the_profile_is_and_ratings_by_the_manager_only()
    {
        var (firm, other) = (await world.Firm("Claims", 3), await world.Firm("Others", 1));
        var ben = firm.People[1];
        var claim = new { skillUri = AuditWorld.FiveS, level = 4 };
        (await ben.Client.Post("/skills/levels/claims", claim)).ShouldBe(HttpStatusCode.OK);
        (await ben.Client.Post("/skills/levels/claims", claim with { level = 0 })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        var audit = await AuditWorld.Open(firm.Manager, await AuditWorld.Profile(firm.Manager, firm.Id), firm.Id, raters: "180");
        await AuditWorld.Rate(firm.Manager, audit, ben.Person, 2);
        (await firm.Manager.Client.Post($"/skills/audits/{audit}/closure", null)).ShouldBe(HttpStatusCode.OK);
        await world.Host.CaughtUp();

        (await Sources(firm.Manager, ben)).ShouldBe(["claimed", "rated"], ignoreOrder: true);
        (await Sources(other.Manager, ben)).ShouldBe(["claimed"]);
        (await Sources(firm.People[2], ben)).ShouldBe(["claimed"]);
        (await ben.Client.Put("/clusters/me/profile/visibility", new { visibility = "private" })).ShouldBe(HttpStatusCode.OK);
        (await other.Manager.Client.Get($"/skills/levels/{ben.Person}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Sources(firm.Manager, ben)).ShouldBe(["claimed", "rated"], ignoreOrder: true);
        (await ben.Client.Post("/skills/levels/claims/withdrawal", new { claim.skillUri })).ShouldBe(HttpStatusCode.OK);
        (await Sources(ben, ben)).ShouldBe(["rated"]);
    }

    private static async Task<IReadOnlyList<string>> Sources(Account who, Account of) =>
        [.. (await who.Client.Get($"/skills/levels/{of.Person}")).ShouldBe(HttpStatusCode.OK).Json.AsArray().Select(l => l!["source"]!.ToString())];
}
