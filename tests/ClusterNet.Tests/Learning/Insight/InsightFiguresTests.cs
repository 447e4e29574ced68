using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Insight;
using Shouldly;

namespace ClusterNet.Tests.Learning.Insight;

public sealed class InsightFiguresTests
{
    [Fact]
    public void Learning_in_one_way_only_has_a_variety_of_one_and_two_equal_ways_one_of_two()
    {
        GroupFigures.Variety([Kind(LearningKind.Webinar, 9)]).ShouldBe(1);
        GroupFigures.Variety([Kind(LearningKind.Webinar, 4), Kind(LearningKind.Teaching, 4)]).ShouldBe(2);
        GroupFigures.Variety([Kind(LearningKind.Webinar, 9), Kind(LearningKind.Teaching, 1)]).ShouldBe(1.38m); // exp of Shannon's entropy, by hand
        GroupFigures.Variety([]).ShouldBeNull();
    }

    [Fact]
    public void Help_counts_who_gave_and_who_got()
    {
        HelpFigure.Of([Kind(LearningKind.Teaching, 2), Kind(LearningKind.PeerHelpGiven, 1), Kind(LearningKind.PeerHelpReceived, 3), Kind(LearningKind.OnTheJob, 1), Kind(LearningKind.Webinar, 8)])
            .ShouldBe(new(3, 4, 0.75m));
        HelpFigure.Of([Kind(LearningKind.Teaching, 2)]).ShouldBe(new(2, 0, null));
    }

    [Fact]
    public void The_return_is_what_it_brought_beyond_what_it_cost()
    {
        // 90 minutes of work at 40 euro and 20 euro of fees cost 80; 60 confirmed minutes at 100 euro, and 60 euro saved, bring 160.
        var statement = ReturnOnLearning.Of(90, 60, new(4000, 2000, 10000, 6000));

        statement.Cost.ShouldBe(8000);
        statement.Benefit.ShouldBe(16000);
        statement.Net.ShouldBe(8000);
        statement.ReturnPerCent.ShouldBe(100);
    }

    [Fact]
    public void Without_costs_there_is_no_return_and_a_loss_is_negative()
    {
        ReturnOnLearning.Of(90, 60, new(Savings: 100)).ReturnPerCent.ShouldBeNull();
        ReturnOnLearning.Of(60, 0, new(HourlyCost: 1000)).ReturnPerCent.ShouldBe(-100);
        ReturnOnLearning.Of(1, 0, new(HourlyCost: 100)).Cost.ShouldBe(2); // cents, half up
    }

    private static KindFigure Kind(LearningKind kind, long records) => new(kind, records, records * 30);
}
