using ClusterNet.Skills.Areas;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Skills.Areas;

public class AreaViewTests
{
    private const string Skill = "urn:skill", Near = "urn:near", Far = "urn:far", Beside = "urn:beside";
    private const string Manufacture = "http://data.europa.eu/esco/skill/0a9a1efc-7a39-4ba7-a5c0-a9659024cefe";
    private static readonly DefaultAreas Defaults = new();

    private static readonly Dictionary<string, AreaConcept> Concepts = new AreaConcept[]
    {
        new(Skill, "cross-sector", [Near, Beside], []), new(Near, "", [Far], []), new(Far, "", [Skill], []), new(Beside, "", [], []),
    }.ToDictionary(c => c.Uri);

    private static IReadOnlyList<string> Of(params AreaRule[] rules) => AreaView.Of(Skill, Concepts, Defaults, new([.. rules], [], null));

    [Fact]
    public void A_skill_of_which_nothing_is_known_lies_nowhere() => Of().ShouldBe(["other"]);

    [Fact]
    public void What_is_said_of_a_broader_concept_holds_below_it_in_spite_of_a_cycle() => Of(new AreaRule("green", Far, true)).ShouldBe(["green"]);

    [Fact]
    public void The_nearer_word_counts() => Of(new AreaRule("green", Far, true), new AreaRule("green", Near, false)).ShouldBe(["other"]);

    [Fact]
    public void The_word_on_the_skill_itself_counts_most() =>
        Of(new AreaRule("green", Near, false), new AreaRule("green", Skill, true)).ShouldBe(["green"]);

    [Fact]
    public void Of_two_equally_near_the_including_one_wins() =>
        Of(new AreaRule("green", Near, false), new AreaRule("green", Beside, true)).ShouldBe(["green"]);

    [Fact]
    public void Transversal_skills_are_cross_job() =>
        Defaults.Of("urn:t", new Dictionary<string, AreaConcept> { ["urn:t"] = new("urn:t", "transversal", [], []) }).ShouldBe(["cross-job"]);

    [Fact]
    public void Collections_say_digital_and_green() => Defaults.Of(
        "urn:c", new Dictionary<string, AreaConcept> { ["urn:c"] = new("urn:c", "", [], ["digital", "green", "language"]) })
        .ShouldBe(["digital", "green"], ignoreOrder: true);

    [Fact]
    public void Every_shipped_area_is_one_that_there_is()
    {
        var files = new[] { "starter-areas.csv", "area-groups.csv" }.SelectMany(
            f => File.ReadAllLines(Path.Combine(TestServer.RepositoryRoot(), "src/Modules/Skills/Areas", f)).Skip(1)).ToList();
        files.Count.ShouldBeGreaterThan(800);
        files.SelectMany(l => l.Split(',')[^1].Split(';')).Distinct().Except(AreaKeys.Shipped).ShouldBeEmpty();
    }

    [Fact]
    public void Every_skill_of_the_starter_catalogue_has_an_area_of_its_own()
    {
        var starter = File.ReadAllLines(Path.Combine(TestServer.RepositoryRoot(), "src/Modules/Skills/Catalogue/starter-skills.csv"))
            .Skip(1).Select(l => l.Split(',')[0]).ToList();
        starter.Count.ShouldBe(166);
        starter.Where(u => Defaults.Of(u, new Dictionary<string, AreaConcept>()).Contains("other")).ShouldBeEmpty();
    }

    [Fact]
    public void The_order_of_changes_of_different_things_does_not_matter_and_no_skill_is_lost()
    {
        var rule = from area in Gen.Elements("green", "digital", "management")
                   from uri in Gen.Elements(Skill, Near, Far, Beside, Manufacture)
                   from included in Gen.Elements(true, false)
                   select new AreaRule(area, uri, included);
        Prop.ForAll(Arb.From(rule.ListOf()), rules =>
        {
            var said = rules.DistinctBy(r => (r.Area, r.Uri)).ToArray();
            var areas = Of(said);
            return areas.Count > 0 && areas.SequenceEqual(Of([.. said.Reverse()]))
                && (areas.Contains("other") ? areas.Count == 1 : areas.All(a => said.Any(r => r.Area == a && r.Included)));
        }).QuickCheckThrowOnFailure();
    }
}
