using System.Globalization;
using ClusterNet.Skills.Scale;
using Shouldly;

namespace ClusterNet.Tests.Skills;

public class SkillScaleTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("fr")]
    public void Every_step_has_its_words(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);

        var words = SkillScale.Steps.SelectMany(s => new[] { SkillScale.Name(s.Level, culture), SkillScale.Descriptor(s.Level, culture) }).ToList();

        words.ShouldAllBe(w => !string.IsNullOrWhiteSpace(w));
        words.ShouldBeUnique();
        if (language != "en") words.ShouldNotContain(SkillScale.Name(1, CultureInfo.GetCultureInfo("en")));
    }

    [Fact]
    public void Every_level_of_the_framework_lies_in_one_step()
    {
        Enumerable.Range(1, 8).Select(SkillScale.OfEqf).ShouldBe([1, 2, 3, 4, 4, 5, 5, 5]);
        SkillScale.Steps.Select(s => s.Level).ShouldBe([0, 1, 2, 3, 4, 5]);
    }
}
