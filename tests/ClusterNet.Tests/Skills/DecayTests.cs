using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Levels;
using Shouldly;

namespace ClusterNet.Tests.Skills;

/// <summary>Which level counts, and for how long.</summary>
public class DecayTests
{
    private const string Weld = "http://data.europa.eu/esco/skill/weld";
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Id<Person> Ben = new(Guid.NewGuid());

    [Theory]
    [InlineData(LevelSource.Claimed, 1)]
    [InlineData(LevelSource.Rated, 2)]
    [InlineData(LevelSource.Evidenced, 3)]
    internal void What_is_old_counts_one_step_lower(LevelSource source, int years)
    {
        Decay.Of(source, 4, Now.AddYears(-years), Now).ShouldBe(4);
        Decay.Of(source, 4, Now.AddYears(-years).AddTicks(-1), Now).ShouldBe(3);
        Decay.Of(source, 1, Now.AddYears(-9), Now).ShouldBe(1);
        Decay.Of(source, 0, Now.AddYears(-9), Now).ShouldBe(0);
    }

    [Fact]
    public void Evidence_counts_before_ratings_and_ratings_before_claims()
    {
        Decay.Effective([Held(LevelSource.Claimed, 5, 0), Held(LevelSource.Rated, 3, 0), Held(LevelSource.Evidenced, 2, 0)], Now).ShouldBe(2);
        Decay.Effective([Held(LevelSource.Claimed, 5, 0), Held(LevelSource.Rated, 3, 0)], Now).ShouldBe(3);
        Decay.Effective([Held(LevelSource.Claimed, 5, 0), Held(LevelSource.Evidenced, 2, 4)], Now).ShouldBe(5);
        Decay.Effective([Held(LevelSource.Evidenced, 2, 4)], Now).ShouldBe(1);
        Decay.Effective([], Now).ShouldBeNull();
    }

    [Fact]
    public void Three_confirmed_records_make_the_second_step_and_a_credential_its_own()
    {
        Step(Row(EvidenceKind.Record, 0, 1)).ShouldBe(1);
        Step(Row(EvidenceKind.Record, 0, 1), Row(EvidenceKind.Record, 0, 2), Row(EvidenceKind.Record, 0, 3)).ShouldBe(2);
        Step(Row(EvidenceKind.Record, 0, 1), Row(EvidenceKind.Credential, 4, 200)).ShouldBe(4);
    }

    [Fact]
    public void Of_several_ratings_the_newest_counts()
    {
        var rows = new[] { Row(null, 2, 300) with { Source = LevelSource.Rated }, Row(null, 4, 5) with { Source = LevelSource.Rated } };

        LevelReads.Of(rows, Succession.None).ShouldHaveSingleItem().Level.ShouldBe(4);
    }

    private static int Step(params LevelRow[] rows) => LevelReads.Of(rows, Succession.None).ShouldHaveSingleItem().Level;

    private static LevelRow Row(EvidenceKind? kind, int level, int daysAgo) => new(
        Guid.Empty, Ben, Weld, LevelSource.Evidenced, Guid.NewGuid(), null, kind, Personal<int>.Of(level), Now.AddDays(-daysAgo));

    private static HeldLevel Held(LevelSource source, int level, int yearsAgo) => new(Ben, Weld, source, level, Now.AddYears(-yearsAgo), null);
}
