using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Skills.Audits;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Skills;

/// <summary>How results are made of ratings: means, and from how many on they are shown.</summary>
public class ResultsTests
{
    private const string Weld = "http://data.europa.eu/esco/skill/weld";
    private static readonly DateTimeOffset Day = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Requirement Asked = new(new(Guid.NewGuid()), new(Guid.NewGuid()), new(Guid.NewGuid()), Weld, 3);

    [Fact]
    public void The_mean_lies_within_what_was_said_and_moves_with_it() => Prop.ForAll(
        Levels(Results.PeersNeeded).ToArbitrary(),
        levels =>
        {
            var mean = Results.MeanTenths(levels).ShouldNotBeNull();
            mean.ShouldBeInRange(levels.Min() * 10, levels.Max() * 10);
            mean.ShouldBe((int)Math.Round(levels.Average() * 10, MidpointRounding.AwayFromZero));
            Results.MeanTenths([.. levels.Reverse()]).ShouldBe(mean);
            if (levels[0] < 5) Results.MeanTenths([levels[0] + 1, .. levels.Skip(1)]).ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(mean);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Peers_are_shown_from_three_raters_on_whatever_they_said() => Prop.ForAll(
        Levels(0).ToArbitrary(),
        Gen.Choose(0, 4).ToArbitrary(),
        (levels, silent) =>
        {
            var sheets = levels.Select(l => Sheet(RaterKind.Peer, l)).Concat(Enumerable.Range(0, silent).Select(_ => Sheet(RaterKind.Peer, null)));
            var result = Results.Of(Asked, sheets);
            result.PeerCount.ShouldBe(levels.Length);
            (result.PeersTenths is null).ShouldBe(levels.Length < 3);
            if (levels.Length < 3) result.Rated.ShouldBeNull();
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(4, null, 4)]
    [InlineData(null, 25, 3)]
    [InlineData(null, 24, 2)]
    [InlineData(2, 30, 3)]
    [InlineData(2, 29, 2)]
    [InlineData(0, 0, 0)]
    [InlineData(5, 50, 5)]
    public void Manager_and_peers_count_as_one_voice_each(int? manager, int? peers, int rated) =>
        new SkillResult(Asked.Person, Asked.Firm, Weld, 3, 5, manager, peers, 3).Rated.ShouldBe(rated);

    [Fact]
    public void Ones_own_word_is_no_rating() => new SkillResult(Asked.Person, Asked.Firm, Weld, 3, 5, null, null, 2).Rated.ShouldBeNull();

    [Fact]
    public void Each_rater_counts_where_it_belongs()
    {
        SheetRow[] sheets = [Sheet(RaterKind.Self, 5), Sheet(RaterKind.Manager, 2), Sheet(RaterKind.Peer, 3), Sheet(RaterKind.Peer, 3), Sheet(RaterKind.Peer, 4)];

        Results.Of(Asked, sheets).ShouldBe(new(Asked.Person, Asked.Firm, Weld, 3, 5, 2, 33, 3));
    }

    [Fact]
    public void What_was_erased_says_nothing() =>
        Results.Of(Asked, [Sheet(RaterKind.Self, 5) with { Answers = Personal<ValueList<SheetAnswer>>.Erased }]).Self.ShouldBeNull();

    private static Gen<int[]> Levels(int least) => Gen.Choose(0, 5).ListOf().Where(l => l.Count >= least).Select(l => l.ToArray());

    private static SheetRow Sheet(RaterKind kind, int? level) => new(
        Guid.NewGuid(), Asked.Audit, new Id<Person>(Guid.NewGuid()), Asked.Person, Asked.Firm, kind,
        Personal<ValueList<SheetAnswer>>.Of([new(Weld, level)]), Personal<ValueList<SheetComment>>.Of([]), Day, Day, 2);
}
