using ClusterNet.Skills.Catalogue.Finding;
using Shouldly;

namespace ClusterNet.Tests.Skills;

public class EditDistanceTests
{
    [Theory]
    [InlineData("welding", "welding", 0, 0)]
    [InlineData("weldign", "welding", 1, 1)]
    [InlineData("weld", "welding", 3, 0)]
    [InlineData("wleding", "welding", 1, 1)]
    [InlineData("weling", "welding", 1, 1)]
    [InlineData("abc", "xyz", 3, 3)]
    [InlineData("a", "", 1, 1)]
    [InlineData("señal", "senal", 1, 1)]
    public void Slips_are_counted(string pattern, string text, int whole, int prefix) =>
        new EditDistance(pattern).To(text).ShouldBe((whole, prefix));

    [Fact]
    public void It_equals_the_table_of_the_textbook()
    {
        var random = new Random(1);
        for (var i = 0; i < 5_000; i++)
        {
            var (a, b) = (Text(random), Text(random));
            var (whole, prefix) = new EditDistance(a).To(b);
            whole.ShouldBe(Table(a, b), $"{a} {b}");
            prefix.ShouldBe(Enumerable.Range(0, b.Length + 1).Min(n => Table(a, b[..n])));
        }
    }

    private static string Text(Random random) => new([.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => "abcé"[random.Next(4)])]);

    /// <summary>Optimal string alignment, cell by cell.</summary>
    private static int Table(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}
