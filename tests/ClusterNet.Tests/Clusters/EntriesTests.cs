using System.Globalization;
using ClusterNet.Clusters;
using Shouldly;

namespace ClusterNet.Tests.Clusters;

/// <summary>Sums as people type them: nobody's comma makes a hundred times the sum, and no cent gets lost.</summary>
public class EntriesTests
{
    [Theory]
    [InlineData("1250000", 1_250_000_00)]
    [InlineData("1.250.000", 1_250_000_00)]
    [InlineData("1,250", 1_250_00)]
    [InlineData("1250000.50", 1_250_000_50)]
    [InlineData("1.250.000,05", 1_250_000_05)]
    [InlineData("1\u202f250,99", 1_250_99)]
    [InlineData("0,50", 50)]
    public void A_sum_is_taken_to_the_cent(string typed, long cents)
    {
        Entries.TryEuro(typed, out var read).ShouldBeTrue();
        read.ShouldBe(cents);
    }

    [Theory]
    [InlineData("12,5")]
    [InlineData("1250,500")]
    [InlineData("1.25.00")]
    [InlineData("-5")]
    [InlineData("12,50 €")]
    public void What_could_mean_another_sum_is_refused(string typed) => Entries.TryEuro(typed, out _).ShouldBeFalse();

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("fr")]
    public void What_a_form_shows_is_read_back_as_it_was(string culture)
    {
        foreach (var cents in new long[] { 0, 5, 50, 100, 123_456_789, 99_999_999_999_999_00 })
        {
            Entries.TryEuro(Entries.Euro(cents, CultureInfo.GetCultureInfo(culture)), out var read).ShouldBeTrue();
            read.ShouldBe(cents);
        }
    }
}
