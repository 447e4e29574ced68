using System.Net;
using ClusterNet.Projections;
using ClusterNet.Skills.Contracts;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Skills.OwnSkills;

public sealed class OwnSkillHttpTests(OwnSkillHttpTests.House house) : IClassFixture<OwnSkillHttpTests.House>
{
    public sealed class House : IAsyncLifetime
    {
        private readonly StarterHost _starter = new();

        internal RunningHost Host => _starter.Host;

        internal Account Operator { get; private set; } = null!; // set before any test

        public async ValueTask InitializeAsync()
        {
            await _starter.InitializeAsync();
            Operator = await Host.Operator();
        }

        public ValueTask DisposeAsync() => _starter.DisposeAsync();
    }

    private const string AdaptToChange = "http://data.europa.eu/esco/skill/49de9958-2aa4-4eef-a89d-fe5d5bcd28c4";
    private const string Accounting = "http://data.europa.eu/esco/skill/ecc18804-a466-40d9-98b4-fba5cd67dd4b";
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly RunningHost _host = house.Host;

    private static object Body(string label, string why = "Three firms train it") =>
        new { type = "skill/competence", words = new[] { new { language = "en", label, description = "By hand and by machine" } }, why };

    [Fact]
    public async Task A_skill_is_proposed_reviewed_found_mapped_and_merged_and_the_merge_undone()
    {
        var (cora, olga) = (await _host.Newcomer(house.Operator, "Cora Coordinator"), await _host.Newcomer(house.Operator, "Olga Owner"));
        var cluster = await cora.Found();
        await olga.Join(cluster, cora, "Acme");
        var path = $"/skills/clusters/{cluster}/own";

        var deburr = (await olga.Client.Post(path, Body("deburr laser-cut edges"))).ShouldBe(HttpStatusCode.Created).Id;
        (await olga.Client.Post(path, Body("Deburr Laser-Cut Edges"))).ShouldBeProblem(HttpStatusCode.Conflict, "label-taken");
        (await olga.Client.Get($"{path}/near?q=deburr%20laser%20edges")).ShouldBe(HttpStatusCode.OK).Body.ShouldContain(deburr);
        (await cora.Client.Post($"{path}/{deburr}/return", new { reason = "Which materials?" }, ("If-Match", "\"1\""))).ShouldBe(HttpStatusCode.OK);
        (await cora.Client.Post($"{path}/{deburr}/acceptance", null)).ShouldBeProblem(HttpStatusCode.Conflict, "own-skill-returned");
        var words = new { type = "skill/competence", words = new[] { new { language = "en", label = "deburr laser-cut steel", description = "" } } };
        (await olga.Client.Post($"{path}/{deburr}/words", words)).ShouldBe(HttpStatusCode.OK);
        (await olga.Client.Post($"{path}/{deburr}/acceptance", null)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await cora.Client.Post($"{path}/{deburr}/acceptance", null, ("If-Match", "\"1\""))).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await cora.Client.Post($"{path}/{deburr}/acceptance", null)).ShouldBe(HttpStatusCode.OK);
        (await Found("deburr laser steel")).ShouldContain($"urn:uuid:{deburr}");

        (await Map(deburr, AdaptToChange, "broad")).ShouldBe(HttpStatusCode.OK);
        (await Map(deburr, Accounting, "close")).ShouldBe(HttpStatusCode.OK);
        (await olga.Client.Get($"/skills/clusters/{cluster}/areas/skills?uri=urn:uuid:{deburr}")).Body.ShouldContain("management");
        (await Map(deburr, Accounting, "none")).ShouldBe(HttpStatusCode.OK);
        (await Map(deburr, Accounting, "sideways")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await Map(deburr, "urn:none", "close")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "skill-unknown");
        (await Map(deburr, $"urn:uuid:{deburr}", "close")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "mapped-to-itself");
        (await Map(deburr, "urn:clusternet:framework:digcomp:1", "exact")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "mapped-to-group");

        var edges = await Accepted("clean cut edges");
        (await Map(edges, $"urn:uuid:{deburr}", "close")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "mapped-to-own");
        (await cora.Client.Post($"{path}/{edges}/merge", new { into = edges })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "merged-into-itself");
        (await cora.Client.Post($"{path}/{edges}/merge", new { into = Guid.NewGuid() })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "own-skill-unknown");
        (await cora.Client.Post($"{path}/{edges}/merge", new { into = deburr })).ShouldBe(HttpStatusCode.OK);
        (await cora.Client.Get($"{path}/{edges}")).Text("replacedBy").ShouldBe($"urn:uuid:{deburr}");
        (await Found("clean cut edges")).ShouldContain($"urn:uuid:{deburr}");
        (await Found("clean cut edges")).ShouldNotContain($"urn:uuid:{edges}");
        (await Map(deburr, $"urn:uuid:{edges}", "close")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "mapped-to-own");

        // References go on to be good, and history is as it was.
        var catalogue = _host.Services.GetRequiredService<ISkillCatalogue>();
        (await catalogue.Find([$"urn:uuid:{edges}"], "en", Ct)).ShouldContainKey($"urn:uuid:{edges}");

        var third = await Accepted("file edges");
        (await cora.Client.Post($"{path}/{third}/merge", new { into = edges })).ShouldBeProblem(HttpStatusCode.Conflict, "merged-into-merged");
        (await cora.Client.Post($"{path}/{deburr}/merge", new { into = edges })).ShouldBeProblem(HttpStatusCode.Conflict, "merged-into-merged");
        (await cora.Client.Post($"{path}/{deburr}/merge", new { into = third })).ShouldBe(HttpStatusCode.OK);
        (await cora.Client.Post($"{path}/{edges}/unmerge", null)).ShouldBeProblem(HttpStatusCode.Conflict, "merge-not-undoable");
        (await cora.Client.Post($"{path}/{deburr}/unmerge", null)).ShouldBe(HttpStatusCode.OK);
        (await cora.Client.Post($"{path}/{edges}/unmerge", null)).ShouldBe(HttpStatusCode.OK);
        (await Found("clean cut edges")).ShouldContain($"urn:uuid:{edges}");

        (await cora.Client.Post($"{path}/{third}/retirement", new { reason = "Nobody does it" })).ShouldBe(HttpStatusCode.OK);
        (await Found("file edges")).ShouldNotContain($"urn:uuid:{third}");
        (await Accepted("file edges")).ShouldNotBe(third);
        (await cora.Client.Get($"{path}?state=listed")).ShouldBe(HttpStatusCode.OK).Items.Count.ShouldBe(3);
        var reports = await _host.Services.GetRequiredService<Replay>().Verify(null, Ct);
        reports.Where(r => r.Table.StartsWith("skills.", StringComparison.Ordinal)).ShouldAllBe(r => r.Equal);

        async Task<string> Accepted(string label)
        {
            var id = (await olga.Client.Post(path, Body(label))).ShouldBe(HttpStatusCode.Created).Id;
            (await cora.Client.Post($"{path}/{id}/acceptance", null)).ShouldBe(HttpStatusCode.OK);
            return id;
        }

        Task<Answer> Map(string own, string uri, string match) => cora.Client.Post($"{path}/{own}/mappings", new { uri, match });

        async Task<string> Found(string q)
        {
            await _host.CaughtUp();
            return (await olga.Client.Get($"/skills?q={Uri.EscapeDataString(q)}")).ShouldBe(HttpStatusCode.OK).Body;
        }
    }

    [Fact]
    public async Task Other_clusters_see_nothing_and_skills_are_not_merged_across()
    {
        var (cora, rosa) = (await _host.Newcomer(house.Operator, "Cora Coordinator"), await _host.Newcomer(house.Operator, "Rosa Ruhr"));
        var (lenne, ruhr) = (await cora.Found(), await rosa.Found("Ruhr"));
        var ours = await Accepted(cora, lenne, "anodise profiles");
        var theirs = await Accepted(rosa, ruhr, "anodise profiles");

        (await rosa.Client.Get($"/skills/clusters/{lenne}/own/{ours}")).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await rosa.Client.Get($"/skills/clusters/{ruhr}/own/{ours}")).ShouldBeProblem(HttpStatusCode.NotFound, "own-skill-unknown");
        (await rosa.Client.Post($"/skills/clusters/{ruhr}/own/{ours}/retirement", new { reason = "Mine now" })).ShouldBeProblem(HttpStatusCode.NotFound, "own-skill-unknown");
        (await cora.Client.Post($"/skills/clusters/{lenne}/own/{ours}/merge", new { into = theirs })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "merged-across-clusters");
        (await cora.Client.Post($"/skills/clusters/{lenne}/own/{ours}/mappings", new { uri = $"urn:uuid:{theirs}", match = "close" }))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "skill-unknown");
        (await rosa.Client.Post($"/skills/clusters/{lenne}/own", Body("anything"))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await cora.Client.Post($"/skills/clusters/{lenne}/own", new { type = "talent", words = Array.Empty<object>(), why = "" }))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request").Json["errors"].ShouldNotBeNull().AsArray().Count.ShouldBe(3);

        static async Task<string> Accepted(Account who, string cluster, string label)
        {
            var id = (await who.Client.Post($"/skills/clusters/{cluster}/own", Body(label))).ShouldBe(HttpStatusCode.Created).Id;
            (await who.Client.Post($"/skills/clusters/{cluster}/own/{id}/acceptance", null)).ShouldBe(HttpStatusCode.OK);
            return id;
        }
    }

    [Fact]
    public async Task Frameworks_are_shown_with_their_statements_and_are_found()
    {
        using var anyone = _host.Anonymous();
        (await anyone.Get("/skills/frameworks")).ShouldBe(HttpStatusCode.OK).Items.Count.ShouldBe(2);
        var entrecomp = (await anyone.Get("/skills/frameworks/entrecomp?language=de")).ShouldBe(HttpStatusCode.OK);
        var competences = entrecomp.Json["areas"].ShouldNotBeNull().AsArray().SelectMany(a => a!["competences"]!.AsArray()).ToList(); // every area has some
        var threads = competences.SelectMany(c => c!["threads"]!.AsArray()).ToList(); // every competence has some
        (competences.Count, threads.Count, threads.Sum(t => t!["levels"]!.AsArray().Count)).ShouldBe((15, 60, 443)); // every thread has some
        entrecomp.Body.ShouldContain("Chancen erkennen");
        (await anyone.Get("/skills/frameworks/nope")).ShouldBeProblem(HttpStatusCode.NotFound, "framework-unknown");
        (await anyone.Get("/skills?q=netiquette")).ShouldBe(HttpStatusCode.OK).Body.ShouldContain("urn:clusternet:framework:digcomp:2.5");
    }
}
