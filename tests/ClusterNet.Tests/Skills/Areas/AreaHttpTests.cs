using System.Net;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Areas;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Skills.Areas;

public sealed class AreaHttpTests(StarterHost starter) : IClassFixture<StarterHost>
{
    private const string Accounting = "http://data.europa.eu/esco/skill/ecc18804-a466-40d9-98b4-fba5cd67dd4b";
    private const string ThinkCritically = "http://data.europa.eu/esco/skill/7dd94ad3-13d6-43fe-8b94-51fcbf67ced9";
    private const string AnalyseEnergy = "http://data.europa.eu/esco/skill/29bfe2cd-f011-4f94-a3aa-f77768e60460";
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly RunningHost _host = starter.Host;

    [Fact]
    public async Task A_coordinator_edits_areas_and_takes_it_back()
    {
        var first = await _host.Operator();
        var (cora, stan) = (await _host.Newcomer(first, "Cora Coordinator"), await _host.Newcomer(first, "Stan Stranger"));
        var cluster = await cora.Found();
        var (mine, areas) = (new Id<Cluster>(Guid.Parse(cluster)), _host.Services.GetRequiredService<IAreas>());
        var path = $"/skills/clusters/{cluster}/areas";
        (await Of(mine, Accounting)).ShouldBe(["management"]);

        var named = (await cora.Client.Post(path, new { names = new[] { new { language = "en", name = "Numbers & figures" } } })).ShouldBe(HttpStatusCode.OK);
        named.Text("area").ShouldBe("numbers-figures");
        var put = (await cora.Client.Post($"{path}/numbers-figures/skills", new { uri = Accounting, placement = "in" }, ("If-Match", "\"1\""))).ShouldBe(HttpStatusCode.OK);
        put.Headers["ETag"].ShouldBe("\"2\"");
        (await cora.Client.Post($"{path}/digital/skills", new { uri = Accounting, placement = "in" }, ("If-Match", "\"1\"")))
            .ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await Of(mine, Accounting)).ShouldBe(["management", "numbers-figures"]);
        (await Of(null, Accounting)).ShouldBe(["management"]);

        // A whole group: energy analysis lies below critical thinking.
        (await cora.Client.Post($"{path}/management/skills", new { uri = ThinkCritically, placement = "in" })).ShouldBe(HttpStatusCode.OK);
        (await Of(mine, AnalyseEnergy)).ShouldBe(["production", "green", "management"]);
        (await cora.Client.Post($"{path}/undo", null)).ShouldBe(HttpStatusCode.OK);
        (await Of(mine, AnalyseEnergy)).ShouldBe(["production", "green"]);

        var shown = (await cora.Client.Get(path)).ShouldBe(HttpStatusCode.OK);
        shown.Headers["ETag"].ShouldBe("\"4\"");
        shown.Json["areas"].ShouldNotBeNull().AsArray().Select(a => a!["key"]!.ToString()) // an area is an object with a key
            .ShouldBe(["production", "marketing", "cross-job", "digital", "green", "management", "numbers-figures", "other"]);
        (await cora.Client.Get($"{path}/skills?uri={Accounting}&uri={AnalyseEnergy}")).ShouldBe(HttpStatusCode.OK).Body.ShouldContain("numbers-figures");
        (await cora.Client.Get($"{path}/skills")).ShouldBeProblem(HttpStatusCode.BadRequest, "uris-needed");
        (await cora.Client.Post($"{path}/restoration", new { area = (string?)null })).ShouldBe(HttpStatusCode.OK);
        (await cora.Client.Post($"{path}/numbers-figures/closing", null)).ShouldBe(HttpStatusCode.OK);
        (await Of(mine, Accounting)).ShouldBe(["management"]);

        (await cora.Client.Post($"{path}/nowhere/skills", new { uri = Accounting, placement = "in" })).ShouldBeProblem(HttpStatusCode.NotFound, "area-unknown");
        (await cora.Client.Post($"{path}/green/skills", new { uri = "urn:none", placement = "in" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "skill-unknown");
        (await cora.Client.Post($"{path}/green/skills", new { uri = Accounting, placement = "sideways" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await cora.Client.Post(path, new { names = new[] { new { language = "en", name = "a" }, new { language = "en", name = "b" } } }))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        (await stan.Client.Get(path)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await stan.Client.Post($"{path}/green/skills", new { uri = Accounting, placement = "in" })).Status.ShouldBe(HttpStatusCode.Forbidden);

        async Task<IReadOnlyList<string>> Of(Id<Cluster>? view, string uri) => (await areas.Of(view, [uri], Ct))[uri];
    }
}
