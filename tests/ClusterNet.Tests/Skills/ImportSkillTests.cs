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
    private static readonly SkillTexts German = new("de", "schweißen", []);
    private static readonly SkillTexts English = new("en", "weld", ["do welding", "join metal"]);
    private static readonly SkillTexts French = new("fr", "souder", []);

    private static readonly SkillImported Imported = new(
        Uri, "skill/competence", "cross-sector", [English], ["urn:broader"], "starter 1", Now);
    private static readonly ImportSkill Import = new(Uri, "skill/competence", "cross-sector", [English], ["urn:broader"], "starter 1", Now);

    [Fact]
    public void A_new_skill_is_imported() => Spec.Given().When(Import).Then(Imported);

    [Fact]
    public void The_same_import_again_adds_nothing() =>
        Spec.Given(Imported).When(Import with { Source = "ESCO 1.1.1", Now = Now.AddDays(1) }).Then();

    [Fact]
    public void Another_language_is_added_to_those_known() =>
        Spec.Given(Imported).When(Import with { Texts = [French], Source = "fr" })
            .Then(new SkillRevised("skill/competence", "cross-sector", [English, French], ["urn:broader"], "fr", Now));

    [Fact]
    public void A_language_imported_again_replaces_its_labels_only() =>
        Spec.Given(Imported with { Texts = [German, English] }).When(Import with { Texts = [new("en", "weld metal", [])] })
            .Then(new SkillRevised(
                "skill/competence", "cross-sector", [German, new("en", "weld metal", [])], ["urn:broader"], "starter 1", Now));

    [Fact]
    public void What_an_import_does_not_say_stays_known() =>
        Spec.Given(Imported).When(Import with { Type = "", ReuseLevel = "", BroaderUris = [] }).Then();

    [Fact]
    public void A_revised_skill_imported_as_it_is_now_adds_nothing() =>
        Spec.Given(Imported, new SkillRevised("knowledge", "cross-sector", [English], ["urn:broader"], "x", Now))
            .When(Import with { Type = "knowledge" }).Then();

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
}
