using ClusterNet.Clusters;
using ClusterNet.Clusters.Firms;
using Shouldly;

namespace ClusterNet.Tests.Clusters;

public class CodeTests
{
    [Theory]
    [InlineData("DEA58", true)]
    [InlineData("DE", true)]
    [InlineData("EL30", true)]
    [InlineData("dea58", false)]
    [InlineData("DEA581", false)]
    [InlineData("D", false)]
    [InlineData("DEA58\n", false)]
    public void A_region_is_a_country_and_up_to_three_characters(string code, bool valid) => Codes.IsNuts(code).ShouldBe(valid);

    [Theory]
    [InlineData("25.62", true)]
    [InlineData("25.6", true)]
    [InlineData("25", true)]
    [InlineData("C", true)]
    [InlineData("2562", false)]
    [InlineData("25.625", false)]
    [InlineData("W", false)]
    [InlineData("25.", false)]
    public void An_activity_is_a_section_division_group_or_class(string code, bool valid) => Codes.IsNace(code).ShouldBe(valid);

    [Theory]
    [InlineData("DE", true)]
    [InlineData("GR", true)]
    [InlineData("EL", false)]
    [InlineData("de", false)]
    [InlineData("XX", false)]
    public void A_country_is_one_of_the_standard(string code, bool valid) => Codes.IsCountry(code).ShouldBe(valid);

    [Fact]
    public void Greece_and_the_United_Kingdom_have_other_letters_in_regions()
    {
        Codes.IsNutsOf("GR", "EL30").ShouldBeTrue();
        Codes.IsNutsOf("GB", "UKI").ShouldBeTrue();
        Codes.IsNutsOf("DE", "AT13").ShouldBeFalse();
    }

    [Fact]
    public void A_registration_number_is_the_same_however_it_is_written() =>
        RegistrationKeys.Of("DE", "HRB 4335", "Menden").ShouldBe(RegistrationKeys.Of("DE", "hrb-4335 ", "MENDEN"));

    [Fact]
    public void The_same_number_at_another_seat_is_another_firm() =>
        RegistrationKeys.Of("DE", "HRB 34461", "Hagen").ShouldNotBe(RegistrationKeys.Of("DE", "HRB 34461", "Lüdenscheid"));
}
