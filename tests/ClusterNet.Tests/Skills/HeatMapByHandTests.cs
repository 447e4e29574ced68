using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Levels;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Skills;

/// <summary>
/// A cluster with firms of six, five, two, two, two and one people, and its closed audits. The figures that HTTP tells are added up once more by hand,
/// from the stored events alone, and compared.
/// </summary>
public sealed class HeatMapByHandTests(PeopleWorld world) : IClassFixture<PeopleWorld>
{
    private static readonly string[] Skills = ["http://example.org/skill/a", "http://example.org/skill/b", "http://example.org/skill/c"];

    private readonly List<(Account Owner, string Firm, List<string> People)> _firms = [];
    private Account _coordinator = new(null!, "", ""); // Build makes it
    private string _cluster = "";

    [Fact]
    public async Task The_heat_map_is_what_the_events_add_up_to()
    {
        await Build(6, 5, 2, 2, 2, 1);
        var audit = await Close(_cluster, (firm, person, skill) => ((firm + (2 * person) + skill) % 7) - 1);
        var answer = (await _coordinator.Client.Get($"/skills/audits/{audit}/heat-map")).ShouldBe(HttpStatusCode.OK).Json;
        var told = answer["cells"]!.AsArray().Select(c => (c!["firm"]?.ToString(), Number(c, "requirements"), Number(c, "atLevel"), Number(c, "meanGapHundredths"))).ToHashSet(); // always there
        var byHand = await ByHand(audit);
        byHand.Count.ShouldBeGreaterThan(2);
        told.ShouldBe(byHand, ignoreOrder: true);
    }

    [Fact]
    public async Task Each_reader_sees_what_is_theirs()
    {
        await Build(6, 2);
        var first = await Close(_cluster, (_, person, _) => person % 2);
        await Close(_cluster, (_, _, _) => 1, new(Guid.CreateVersion7())); // of another role: nothing is compared with it
        var second = await Close(_cluster, (_, _, _) => 3);
        var ((owner, firm, people), (other, _, _)) = (_firms[0], _firms[1]);
        var own = (await owner.Client.Get($"/skills/audits/{first}/gaps")).ShouldBe(HttpStatusCode.OK).Json;
        own["people"]!.AsArray().Count.ShouldBe(people.Count); // always there
        own["group"].ShouldBeNull();
        (await other.Client.Get($"/skills/audits/{first}/gaps")).Body.ShouldNotContain(firm);
        (await other.Client.Get($"/skills/firms/{firm}/gaps")).ShouldBe(HttpStatusCode.NotFound);
        (await other.Client.Get($"/skills/clusters/{_cluster}/gaps")).ShouldBe(HttpStatusCode.Forbidden);
        (await world[PeopleWorld.Stranger].Client.Get($"/skills/audits/{first}/gaps")).ShouldBeProblem(HttpStatusCode.NotFound, "gaps-unknown");

        var group = (await _coordinator.Client.Get($"/skills/clusters/{_cluster}/gaps")).ShouldBe(HttpStatusCode.OK).Json;
        group["audit"]!.ToString().ShouldBe(second); // the newest
        group["skills"]![0]!["people"]!.GetValue<int>().ShouldBe(6); // the two of the small firm are in no figure
        group["skills"]![0]!["beforeHundredths"]!.GetValue<int>().ShouldBe(250);
        group["before"]!["audit"]!.ToString().ShouldBe(first);
        group["hidden"]!.GetValue<int>().ShouldBe(3);
        (await _coordinator.Client.Get($"/skills/clusters/{_cluster}/gaps")).Body.ShouldNotContain(people[1]);
        (await owner.Client.Get($"/skills/persons/me/gaps")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_alone_can_do_something_is_named_only_if_that_person_shows_the_profile()
    {
        await Build(5);
        await Close(_cluster, (_, person, _) => person == 0 ? 3 : 1);
        var owner = _firms[0].Owner;
        var path = $"/skills/clusters/{_cluster}/single-points";
        // The coordinator works in no firm, and the profile is open to the cluster at first.
        (await _coordinator.Client.Get(path)).ShouldBe(HttpStatusCode.OK).Json["items"]![0]!["person"]!.ToString().ShouldBe(owner.Person);
        (await owner.Client.Put("/clusters/me/profile/visibility", new { visibility = "private" })).ShouldBe(HttpStatusCode.OK);
        var hidden = (await _coordinator.Client.Get(path)).ShouldBe(HttpStatusCode.OK);
        hidden.Json["items"]!.AsArray().Count.ShouldBe(Skills.Length); // five were asked
        (hidden.Body.Contains(owner.Person, StringComparison.Ordinal), hidden.Body.Contains(_firms[0].Firm, StringComparison.Ordinal)).ShouldBe((false, false));
    }

    [Fact]
    public async Task Figures_come_as_csv_and_as_a_sheet()
    {
        await Build(5);
        await Close(_cluster, (_, _, _) => 1);
        var csv = await _coordinator.Client.Get($"/skills/clusters/{_cluster}/gaps?format=csv");
        csv.Body.ShouldContain("mean_gap_hundredths");
        csv.Body.ShouldContain(",5,0,200,2,");
        using var asked = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/skills/clusters/{_cluster}/gaps");
        asked.Headers.Accept.ParseAdd("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        var sheet = await _coordinator.Client.SendAsync(asked, TestContext.Current.CancellationToken);
        (await sheet.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))[..2].ShouldBe([(byte)'P', (byte)'K']);
    }

    private async Task Build(params int[] sizes)
    {
        _coordinator = await world.Newcomer("Cora Gaps");
        _cluster = await _coordinator.Found("Gap valley");
        foreach (var (number, size) in sizes.Index())
        {
            var owner = await world.Newcomer("Owner of gaps");
            var firm = await owner.Join(_cluster, _coordinator, $"Gap {number}");
            List<string> people = [owner.Person];
            for (var i = 1; i < size; i++)
                people.Add((await owner.Client.Post($"/clusters/firms/{firm}/people", World.PersonBody(World.NewEmail()))).ShouldBe(HttpStatusCode.Created).Id);
            _firms.Add((owner, firm, people));
        }
    }

    /// <summary>Everybody needs level 3 of each skill.</summary>
    private Task<string> Close(string cluster, Func<int, int, int, int> level, Id<RoleProfile>? profile = null) => world.Host.CloseAudit(cluster, [
        .. _firms.Index().SelectMany(f => f.Item.People.Index().SelectMany(p => Skills.Index().Select(s =>
            new Found(p.Item, f.Item.Firm, s.Item, 3, level(f.Index, p.Index, s.Index))))),
    ], profile);

    /// <summary>Firm (null for small ones together), requirements, how many are met, and the mean gap in hundredths: all skills are of one area.</summary>
    private async Task<HashSet<(string?, int, int, int)>> ByHand(string audit)
    {
        var cells = new Dictionary<(string Firm, string Skill), List<(string Person, int Gap)>>();
        var store = world.Host.Services.GetRequiredService<IEventStore>();
        foreach (var person in _firms.SelectMany(f => f.People))
        {
            var slice = await store.Read("skills", SkillLevels.IdOf(Id<Person>.Parse(person, null)), AsOf.Now, true, TestContext.Current.CancellationToken);
            foreach (var rated in slice.Events.Select(e => e.Fact).OfType<SkillLevelsRated>().Where(e => e.Audit.ToString() == audit))
            {
                for (var i = 0; i < rated.Required.Count; i++)
                {
                    var level = rated.Effective.Or([])[i];
                    var cell = (rated.Firm.ToString(), rated.Required[i].SkillUri);
                    if (!cells.TryGetValue(cell, out var gaps)) cells[cell] = gaps = [];
                    gaps.Add((person, level < 0 ? -1 : level >= rated.Required[i].Level ? 0 : rated.Required[i].Level - level));
                }
            }
        }

        var sums = new Dictionary<string, (int People, int Met, int Sum)>();
        foreach (var skill in cells.Keys.Select(c => c.Skill).Distinct())
        {
            var small = cells.Where(c => c.Key.Skill == skill && c.Value.Count < 5).ToList();
            foreach (var (key, gaps) in cells.Where(c => c.Key.Skill == skill && c.Value.Count >= 5)) Add(key.Firm, gaps);
            if (small.Count >= 3) Add("", [.. small.SelectMany(s => s.Value)]);
        }

        return [.. sums.Select(s => (s.Key.Length == 0 ? null : s.Key, s.Value.People, s.Value.Met, (int)Math.Round(100m * s.Value.Sum / s.Value.People, MidpointRounding.AwayFromZero)))];

        void Add(string firm, List<(string Person, int Gap)> gaps)
        {
            var known = gaps.Where(g => g.Gap >= 0).ToList();
            if (known.Select(g => g.Person).Distinct().Count() < 5) return;
            var sum = sums.GetValueOrDefault(firm);
            sums[firm] = (sum.People + known.Count, sum.Met + known.Count(g => g.Gap == 0), sum.Sum + known.Sum(g => g.Gap));
        }
    }

    private static int Number(JsonNode cell, string member) => cell[member]!.GetValue<int>(); // cells have it
}
