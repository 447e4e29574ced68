using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Skills;

/// <summary>A campaign of a cluster with twelve firms of five, played through the API from the first profile to the last result.</summary>
public sealed class TwelveFirmsTests(AuditWorld world) : IClassFixture<AuditWorld>
{
    private const int Firms = 12, People = 5;

    [Fact]
    public async Task Twelve_firms_finish_an_audit()
    {
        var firms = new List<AuditedFirm>();
        for (var i = 0; i < Firms; i++) firms.Add(await world.Firm($"Firm {i:00}", People));
        var rosa = world.Rosa.Client;
        var audit = await AuditWorld.Open(world.Rosa, await AuditWorld.Profile(world.Rosa, cluster: world.Cluster), cluster: world.Cluster);
        (await rosa.Get($"/skills/audits/{audit}")).Text("state").ShouldBe("open");

        // The last firm declines, the others take part.
        foreach (var firm in firms.Take(Firms - 1)) (await firm.Manager.Client.Post($"/skills/audits/{audit}/firms/{firm.Id}/joining", null)).ShouldBe(HttpStatusCode.OK);
        (await firms[^1].Manager.Client.Post($"/skills/audits/{audit}/firms/{firms[^1].Id}/refusal", null)).ShouldBe(HttpStatusCode.OK);
        var joined = firms[..^1];
        var running = await rosa.Get($"/skills/audits/{audit}");
        running.Text("state").ShouldBe("running");
        running.Json["joinedFirms"].ShouldNotBeNull().AsArray().Count.ShouldBe(Firms - 1);
        running.Json["people"].ShouldNotBeNull().AsArray().ShouldBeEmpty("who is rated is the firms' business");

        // Everybody rates whom they are asked to rate; the level is made of places, so that it can be said again below.
        await Parallel.ForEachAsync(joined, new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (firm, _) =>
        {
            foreach (var rater in firm.People)
            {
                foreach (var task in (await rater.Client.Get($"/skills/audits/{audit}")).Json["toRate"].ShouldNotBeNull().AsArray())
                    await AuditWorld.Rate(rater, audit, PersonOf(task), Said(firm, rater.Person, PersonOf(task)));
            }
        });

        await Progress(joined, audit);
        (await firms[0].Manager.Client.Get($"/skills/audits/{audit}/results/{firms[0].People[1].Person}")).ShouldBeProblem(HttpStatusCode.Conflict, "audit-not-closed");
        (await rosa.Post($"/skills/audits/{audit}/closure", null)).ShouldBe(HttpStatusCode.OK);
        await world.Host.CaughtUp();
        foreach (var firm in joined) await Results(firm, audit);
        (await rosa.Get($"/skills/audits/{audit}/results/{firms[0].People[1].Person}")).ShouldBeProblem(HttpStatusCode.Forbidden, "results-not-yours");
    }

    private async Task Progress(List<AuditedFirm> joined, string audit)
    {
        var answer = await world.Rosa.Client.Get($"/skills/audits/{audit}/progress");
        var progress = answer.ShouldBe(HttpStatusCode.OK).Json.AsArray().Select(f => f.ShouldNotBeNull()).ToList();
        progress.Count.ShouldBe(joined.Count);
        // Of five people four have a manager; the manager has four peers, each of the others three.
        progress.ShouldAllBe(f => f["raters"]!.GetValue<int>() == People && f["ratersDone"]!.GetValue<int>() == People && f["sheets"]!.GetValue<int>() == 25 && f["sheetsSent"]!.GetValue<int>() == 25);
        answer.Body.ShouldNotContain("level");
        answer.Body.ShouldNotContain("said");
        var own = (await joined[0].Manager.Client.Get($"/skills/audits/{audit}/progress")).Json.AsArray();
        own.ShouldHaveSingleItem().ShouldNotBeNull()["firm"].ShouldNotBeNull().ToString().ShouldBe(joined[0].Id);
        (await joined[0].People[1].Client.Get($"/skills/audits/{audit}/progress")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task Results(AuditedFirm firm, string audit)
    {
        foreach (var person in firm.People)
        {
            var answer = await person.Client.Get($"/skills/audits/{audit}/results/{person.Person}");
            var skill = answer.ShouldBe(HttpStatusCode.OK).Json["skills"].ShouldNotBeNull()[0].ShouldNotBeNull();
            var isManager = person == firm.Manager;
            var peers = firm.People.Where(p => p != person && p != firm.Manager).Select(p => Said(firm, p.Person, person.Person)).ToList();
            Number(skill, "self").ShouldBe(Said(firm, person.Person, person.Person));
            Number(skill, "manager").ShouldBe(isManager ? null : Said(firm, firm.Manager.Person, person.Person));
            Number(skill, "peerCount").ShouldBe(isManager ? 4 : 3);
            Number(skill, "peersTenths").ShouldBe((int)Math.Round(peers.Average() * 10, MidpointRounding.AwayFromZero));
            var unsaid = answer.Json["skills"].ShouldNotBeNull()[1].ShouldNotBeNull();
            (Number(unsaid, "self"), Number(unsaid, "peersTenths"), Number(unsaid, "peerCount")).ShouldBe((null, null, null));
            answer.Json["ratings"].ShouldBeNull("single ratings of peers are nobody's here");
            answer.Json["comments"].ShouldNotBeNull().AsArray().Select(c => c.ShouldNotBeNull()["as"].ShouldNotBeNull().ToString()).ShouldBe(isManager ? ["self"] : ["manager", "self"], ignoreOrder: true);
            (await firm.Manager.Client.Get($"/skills/audits/{audit}/results/{person.Person}")).ShouldBe(HttpStatusCode.OK).Json["ratings"].ShouldBeNull();
            var levels = (await person.Client.Get("/skills/levels")).Json.AsArray().Select(l => l.ShouldNotBeNull()).Where(l => l["skillUri"]!.ToString() == AuditWorld.Accounting);
            levels.Select(l => l["source"]!.ToString()).ShouldBe(["claimed", "rated"], ignoreOrder: true);
        }

        (await firm.People[1].Client.Get($"/skills/audits/{audit}/results/{firm.People[2].Person}")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static int Said(AuditedFirm firm, string rater, string person) => (Place(firm, rater) + (2 * Place(firm, person))) % 6;

    private static int Place(AuditedFirm firm, string person) => firm.People.Index().First(p => p.Item.Person == person).Index;

    private static string PersonOf(JsonNode? task) => task.ShouldNotBeNull()["person"].ShouldNotBeNull().ToString();

    private static int? Number(JsonNode skill, string member) => skill[member]?.GetValue<int>();
}
