using ClusterNet.EventStore;
using ClusterNet.Search;
using ClusterNet.Skills.Catalogue;
using Shouldly;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Skills.Catalogue.Skill, ClusterNet.Skills.Catalogue.SkillEvent>;

namespace ClusterNet.Tests.Skills;

public class ImportSkillTests
{
    private const string Uri = "http://data.europa.eu/esco/skill/1";
    private static readonly DateTimeOffset Now = new(2026, 5, 12, 9, 0, 0, TimeSpan.Zero);
    private static readonly SkillWords German = new("de", "schweißen", [], [], "", "starter 1");
    private static readonly SkillWords English = new("en", "weld", ["do welding", "join metal"], ["wled"], "Joins metal.", "ESCO 1.1.1");
    private static readonly SkillWords French = new("fr", "souder", [], [], "", "ESCO 1.0.8");
    private static readonly SkillShape Shape = new(SkillKind.Skill, "skill/competence", "cross-sector", "", ["urn:broader"], ["urn:e"], [], ["green"]);
    private static readonly SkillListed Listed = new(Uri, null, Shape, [English], "ESCO 1.1.1", Now);

    private static readonly ImportShape Said = new(
        SkillKind.Skill, "skill/competence", "cross-sector", "", ["urn:broader"], ["urn:e"], [], ["green"]);

    private static readonly ImportSkill Import = new(
        Uri, Said, ImportStatus.Released, [Says(English)], "ESCO 1.1.1", CatalogueVersions.None, Now);

    [Fact]
    public void A_new_skill_is_listed() => Spec.Given().When(Import).Then(Listed);

    [Fact]
    public void The_same_import_again_adds_nothing() =>
        Spec.Given(Listed).When(Import with { Source = "ESCO 1.2.0", Now = Now.AddDays(1) }).Then();

    [Fact]
    public void What_was_imported_before_languages_had_sources_is_known() =>
        Spec.Given(new SkillImported(Uri, "skill/competence", "cross-sector", [new("en", "weld", ["do welding", "join metal"])], ["urn:broader"], "starter 1", Now))
            .When(Import with { Shape = Said with { EssentialUris = null, Collections = null }, Words = [Says(English) with { Hidden = null, Description = null }] })
            .Then();

    [Fact]
    public void A_revision_of_that_time_keeps_what_it_says_nothing_of() =>
        Spec.Given(
                new SkillImported(Uri, "", "", [new("en", "weld", [])], [], "starter 1", Now),
                new SkillRevised("knowledge", "transversal", [new("en", "welding", []), new("fr", "souder", [])], ["urn:b"], "ESCO", Now))
            .When(Import with { Shape = null, Words = [new("en", "weld", null, null, null, "ESCO 1.1.1")] })
            .Then(new SkillChanged(null, [new("en", "weld", [], [], "", "ESCO 1.1.1")], "ESCO 1.1.1", Now));

    [Fact]
    public void Another_language_is_added_to_those_known() =>
        Spec.Given(Listed).When(Import with { Words = [Says(French)], Shape = null }).Then(new SkillChanged(null, [French], "ESCO 1.1.1", Now));

    [Fact]
    public void What_an_import_does_not_say_stays_known() =>
        Spec.Given(Listed).When(Import with
        {
            Shape = new(SkillKind.Skill, "", "", null, null, null, null, null),
            Words = [new("en", "weld", null, null, null, "ESCO 1.1.1")],
        }).Then();

    [Fact]
    public void A_newer_version_changes_the_concept_and_its_words() =>
        Spec.Given(Listed).When(Import with { Source = "ESCO 1.2.0", Shape = Said with { Type = "knowledge" }, Words = [Says(English with { Preferred = "welding", Source = "ESCO 1.2.0" })] })
            .Then(new SkillChanged(Shape with { Type = "knowledge" }, [English with { Preferred = "welding", Source = "ESCO 1.2.0" }], "ESCO 1.2.0", Now));

    [Fact]
    public void An_older_version_undoes_nothing_but_may_bring_a_language() =>
        Spec.Given(Listed).When(Import with
        {
            Source = "ESCO 1.0.8",
            Shape = Said with { Type = "knowledge" },
            Words = [Says(English with { Preferred = "old", Source = "ESCO 1.0.8" }), Says(French)],
        }).Then(new SkillChanged(null, [French], "ESCO 1.0.8", Now));

    [Fact]
    public void A_concept_that_a_newer_complete_version_left_as_it_was_is_of_that_version() =>
        Spec.Given(Listed with { Source = "ESCO 1.0.8", Words = [English with { Source = "ESCO 1.0.8" }] })
            .When(Import with { Source = "ESCO 1.1.0", Shape = Said with { Type = "knowledge" }, Words = [Says(English) with { Preferred = "x", Source = "ESCO 1.1.0" }], Floor = OneDotTwo })
            .Then();

    [Fact]
    public void A_concept_that_only_an_older_version_knows_is_not_listed() =>
        Spec.Given().When(Import with { Source = "ESCO 1.0.8", Floor = OneDotTwo }).Then();

    [Fact]
    public void An_obsolete_concept_is_replaced_or_retired_and_restored()
    {
        var retired = new SkillRetired(SkillEnd.Obsolete, "ESCO 1.1.1", Now);
        var replaced = new SkillReplaced(["urn:new"], "ESCO 1.1.1", Now);
        Spec.Given(Listed).When(Import with { Status = new(SkillEnd.Obsolete, []) }).Then(retired);
        Spec.Given(Listed).When(Import with { Status = new(SkillEnd.Obsolete, ["urn:new"]) }).Then(replaced);
        Spec.Given(Listed, retired).When(Import with { Status = new(SkillEnd.Obsolete, ["urn:new"]) }).Then(replaced);
        Spec.Given(Listed, replaced).When(Import with { Status = new(SkillEnd.Obsolete, ["urn:new"]) }).Then();
        Spec.Given(Listed, replaced).When(Import).Then(new SkillRestored("ESCO 1.1.1", Now));
        Spec.Given(Listed, replaced, new SkillRestored("ESCO 1.1.1", Now)).When(Import).Then();
        Spec.Given().When(Import with { Status = new(SkillEnd.Obsolete, []) }).Then(Listed, retired);
    }

    [Fact]
    public void A_skill_is_replaced_by_another_once()
    {
        var replaced = new SkillReplaced(["urn:new"], "merge", Now);
        Spec.Given(Listed).When(new ReplaceSkill(["urn:new"], "merge", Now)).Then(replaced);
        Spec.Given(Listed, replaced).When(new ReplaceSkill(["urn:new"], "merge", Now)).Then();
        Spec.Given(Listed).When(new ReplaceSkill([Uri], "merge", Now)).ThenRefused(ReplaceSkill.ByItself);
        Spec.Given(Listed).When(new ReplaceSkill([], "merge", Now)).ThenRefused(ReplaceSkill.ByNothing);
        Spec.Given().When(new ReplaceSkill(["urn:new"], "merge", Now)).ThenRefused(ReplaceSkill.NotListed);
    }

    [Fact]
    public void A_skill_that_is_not_imported_is_listed_changed_and_withdrawn()
    {
        var list = new ListSkill(Uri, null, Shape, [German], "own", Now);
        var listed = new SkillListed(Uri, null, Shape, [German], "own", Now);
        Spec.Given().When(list).Then(listed);
        Spec.Given(listed).When(list).Then();
        Spec.Given(listed).When(list with { Words = [English] }).ThenRefused(ListSkill.ListedOtherwise);
        Spec.Given(listed).When(new ChangeSkill(Shape, [German], "own", Now)).Then();
        Spec.Given(listed).When(new ChangeSkill(null, [English], "own", Now)).Then(new SkillChanged(null, [English], "own", Now));
        Spec.Given().When(new ChangeSkill(null, [English], "own", Now)).ThenRefused(ReplaceSkill.NotListed);
        Spec.Given(listed).When(new RetireSkill(SkillEnd.Withdrawn, "own", Now)).Then(new SkillRetired(SkillEnd.Withdrawn, "own", Now));
    }

    [Theory]
    [InlineData("ESCO 1.0.8", "ESCO 1.1.1", true)]
    [InlineData("ESCO 1.1", "ESCO 1.1.0", false)]
    [InlineData("esco dataset - v1.1.9", "ESCO v1.1.10", true)]
    [InlineData("ESCO", "ESCO 1.1.1", false)]
    [InlineData("ESCO 1.1.1", "ESCO", false)]
    [InlineData("starter 1", "ESCO 1.1.1", false)]
    [InlineData("ESCO 1.1.1", null, false)]
    [InlineData("ESCO 99999999999999999999", "ESCO 1", false)]
    public void Versions_are_compared_within_one_classification(string source, string? than, bool isOlder) =>
        SourceVersion.IsOlder(source, than).ShouldBe(isOlder);

    [Fact]
    public void The_row_holds_all_of_the_state()
    {
        var state = Skill.Evolve(Skill.Initial, Listed with { Words = [German, English, French], Cluster = new(Guid.NewGuid()) });
        state = Skill.Evolve(state, new SkillReplaced(["urn:new"], "x", Now));
        var listed = state.ShouldBeOfType<Skill.Listed>();

        SkillRow.Of(Skill.StreamOf(Uri), listed, 2).ToState().ShouldBe(listed);
    }

    [Theory]
    [InlineData("Schweißen", "schweissen")]
    [InlineData("Qualité  d'œuvre", "qualite d oeuvre")]
    [InlineData("C++ / C#", "c++ c#")]
    [InlineData("  5S-Methode ", "5s methode")]
    [InlineData("!?", "")]
    public void Search_compares_letters_without_case_and_accents(string text, string folded) => Folding.Of(text).ShouldBe(folded);

    [Fact]
    public void Lists_with_the_same_elements_are_equal()
    {
        ValueList<string> one = ["a", "b"];
        one.Equals((ValueList<string>)["a", "b"]).ShouldBeTrue();
        one.GetHashCode().ShouldBe(((ValueList<string>)["a", "b"]).GetHashCode());
        one.Equals((ValueList<string>)["b", "a"]).ShouldBeFalse();
        one.Equals((ValueList<string>)["a"]).ShouldBeFalse();
    }

    private static CatalogueVersions OneDotTwo => new("ESCO 1.2.0", new Dictionary<string, string> { ["en"] = "ESCO 1.2.0" });

    private static ImportWords Says(SkillWords w) => new(w.Language, w.Preferred, w.Alternative, w.Hidden, w.Description, w.Source);
}
