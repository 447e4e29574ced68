using Shouldly;

namespace ClusterNet.Tests.Security;

/// <summary>Holds docs/security/asvs-5.0.md to what it claims: complete, with a status each, and proofs that exist.</summary>
public sealed class ChecklistTests
{
    /// <summary>
    /// How many requirements of the levels 1 and 2 each chapter of ASVS 5.0.0 has, and the numbers of its sections with the
    /// numbers of their requirements of level 1, then of level 2 (ranges as in <c>1-5</c>).
    /// </summary>
    private static readonly Dictionary<string, (string One, string Two)> Sections = new()
    {
        ["1.1"] = ("", "1-2"),
        ["1.2"] = ("1-5", "6-9"),
        ["1.3"] = ("1-2", "3-11"),
        ["1.4"] = ("", "1-3"),
        ["1.5"] = ("1", "2"),
        ["2.1"] = ("1", "2-3"),
        ["2.2"] = ("1-2", "3"),
        ["2.3"] = ("1", "2-4"),
        ["2.4"] = ("", "1"),
        ["3.2"] = ("1-2", ""),
        ["3.3"] = ("1", "2-4"),
        ["3.4"] = ("1-2", "3-6"),
        ["3.5"] = ("1-3", "4-5"),
        ["3.7"] = ("", "1-2"),
        ["4.1"] = ("1", "2-3"),
        ["4.2"] = ("", "1"),
        ["4.3"] = ("", "1-2"),
        ["4.4"] = ("1", "2-4"),
        ["5.1"] = ("", "1"),
        ["5.2"] = ("1-2", "3"),
        ["5.3"] = ("1-2", ""),
        ["5.4"] = ("", "1-3"),
        ["6.1"] = ("1", "2-3"),
        ["6.2"] = ("1-8", "9-12"),
        ["6.3"] = ("1-2", "3-4"),
        ["6.4"] = ("1-2", "3-4"),
        ["6.5"] = ("", "1-5"),
        ["6.6"] = ("", "1-3"),
        ["6.8"] = ("", "1-4"),
        ["7.1"] = ("", "1-3"),
        ["7.2"] = ("1-4", ""),
        ["7.3"] = ("", "1-2"),
        ["7.4"] = ("1-2", "3-5"),
        ["7.5"] = ("", "1-2"),
        ["7.6"] = ("", "1-2"),
        ["8.1"] = ("1", "2"),
        ["8.2"] = ("1-2", "3"),
        ["8.3"] = ("1", ""),
        ["8.4"] = ("", "1"),
        ["9.1"] = ("1-3", ""),
        ["9.2"] = ("1", "2-4"),
        ["10.1"] = ("", "1-2"),
        ["10.2"] = ("", "1-2"),
        ["10.3"] = ("", "1-4"),
        ["10.4"] = ("1-5", "6-11"),
        ["10.5"] = ("", "1-5"),
        ["10.6"] = ("", "1-2"),
        ["10.7"] = ("", "1-3"),
        ["11.1"] = ("", "1-2"),
        ["11.2"] = ("", "1-3"),
        ["11.3"] = ("1-2", "3"),
        ["11.4"] = ("1", "2-4"),
        ["11.5"] = ("", "1"),
        ["11.6"] = ("", "1"),
        ["12.1"] = ("1", "2-3"),
        ["12.2"] = ("1-2", ""),
        ["12.3"] = ("", "1-4"),
        ["13.1"] = ("", "1"),
        ["13.2"] = ("", "1-5"),
        ["13.3"] = ("", "1-2"),
        ["13.4"] = ("1", "2-5"),
        ["14.1"] = ("", "1-2"),
        ["14.2"] = ("1", "2-4"),
        ["14.3"] = ("1", "2-3"),
        ["15.1"] = ("1", "2-3"),
        ["15.2"] = ("1", "2-3"),
        ["15.3"] = ("1", "2-7"),
        ["16.1"] = ("", "1"),
        ["16.2"] = ("", "1-5"),
        ["16.3"] = ("", "1-4"),
        ["16.4"] = ("", "1-3"),
        ["16.5"] = ("", "1-3"),
        ["17.1"] = ("", "1"),
        ["17.2"] = ("", "1-4"),
        ["17.3"] = ("", "1-2"),
    };

    private static readonly int[] PerChapter = [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7];

    private static readonly IReadOnlyList<Requirement> All = Checklist.Read();

    [Fact]
    public void The_standards_own_totals_are_those_of_our_lists()
    {
        Expected("1").Count().ShouldBe(70);
        Expected("2").Count().ShouldBe(183);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void Every_requirement_of_the_level_stands_in_the_list_once(string level) =>
        All.Where(r => r.Level == level).Select(r => r.Id).ShouldBe(Expected(level), ignoreOrder: true);

    [Fact]
    public void Every_chapter_has_as_many_as_the_standard_and_nothing_else_is_there()
    {
        All.GroupBy(r => r.Chapter).OrderBy(g => g.Key).Select(g => g.Count()).ShouldBe(PerChapter);
        All.Where(r => r.Level is not ("1" or "2")).ShouldBeEmpty();
    }

    [Fact]
    public void Every_row_says_what_is_asked_and_has_a_status_and_a_reason()
    {
        All.Where(r => r.Asks.Length < 5).ShouldBeEmpty();
        All.Where(r => r.Status is not ("met" or "n/a" or "open")).ShouldBeEmpty();
        All.Where(r => r.Proof.Length < 3).Select(r => r.Id).ShouldBeEmpty("a row without proof, reason or what is missing");
    }

    [Fact]
    public void What_is_met_names_its_proofs_and_all_of_them_exist()
    {
        var met = All.Where(r => r.Status == "met").ToList();
        met.Count.ShouldBeGreaterThan(60);
        met.Where(r => r.Proofs.Count == 0).Select(r => r.Id).ShouldBeEmpty("met without a proof");
        met.SelectMany(r => r.Proofs.Where(p => !Checklist.Exists(p)).Select(p => $"{r.Id} {p}")).ShouldBeEmpty("proofs that are not there");
    }

    [Theory]
    [InlineData("src/Nowhere.cs")]
    [InlineData("HardeningTests.Nothing_of_this_name")]
    [InlineData("NoSuchTests.Every_answer_tells_browsers_to_be_careful")]
    [InlineData("HardeningTests.Start")]
    [InlineData("HardeningTests")]
    public void Proofs_are_really_looked_for(string proof) => Checklist.Exists(proof).ShouldBe(proof == "HardeningTests");

    private static IEnumerable<string> Expected(string level) =>
        from section in Sections
        let numbers = level == "1" ? section.Value.One : section.Value.Two
        where numbers.Length > 0
        let ends = numbers.Split('-').Select(n => int.Parse(n, null)).ToArray()
        from number in Enumerable.Range(ends[0], ends[^1] - ends[0] + 1)
        select $"{section.Key}.{number}";
}
