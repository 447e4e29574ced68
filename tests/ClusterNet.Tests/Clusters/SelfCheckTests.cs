using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Checks;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Culture;
using ClusterNet.Clusters.Readiness;
using ClusterNet.EventStore;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Clusters.Checks.SelfCheck, ClusterNet.Clusters.Checks.SelfCheckEvent>;

namespace ClusterNet.Tests.Clusters;

public class SelfCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Id<Person> Olga = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e01"));
    private static readonly Id<Firm> Acme = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e11"));
    private static readonly Id<Cluster> Lenne = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e21"));
    private static readonly Questionnaire Culture = Questionnaires.Of("culture", 1);
    private static readonly Questionnaire Readiness = Questionnaires.Of("readiness", 1);

    private static AnswerCheck OlgaAnswers => new(CheckKind.FirmCulture, Acme.Value, 1, All(Culture, 3), Olga, Now);

    [Fact]
    public void A_firm_checks_how_it_learns() =>
        Spec.Given().When(OlgaAnswers).Then(new FirmCultureChecked(Acme, 1, [.. All(Culture, 3)], Olga, Now));

    [Fact]
    public void A_cluster_checks_whether_it_is_ready() =>
        Spec.Given().When(OlgaAnswers with { Kind = CheckKind.ClusterReadiness, Subject = Lenne.Value, Answers = All(Readiness, 2) })
            .Then(new ClusterReadinessChecked(Lenne, 1, [.. All(Readiness, 2)], Olga, Now));

    [Fact]
    public void A_firm_checks_whether_it_is_ready() =>
        Spec.Given().When(OlgaAnswers with { Kind = CheckKind.FirmReadiness, Answers = All(Readiness, 2) })
            .Then(new FirmReadinessChecked(Acme, 1, [.. All(Readiness, 2)], Olga, Now));

    [Fact]
    public void A_check_is_repeated_and_replaces_none()
    {
        var first = new FirmCultureChecked(Acme, 1, [.. All(Culture, 2)], Olga, Now.AddDays(-180));
        Spec.Given(first).When(OlgaAnswers).Then(new FirmCultureChecked(Acme, 1, [.. All(Culture, 3)], Olga, Now));
    }

    [Fact]
    public void Answers_are_kept_in_the_order_of_the_questions() =>
        Spec.Given().When(OlgaAnswers with { Answers = [.. All(Culture, 3).Reverse()] }).Then(new FirmCultureChecked(Acme, 1, [.. All(Culture, 3)], Olga, Now));

    [Fact]
    public void Answers_to_another_version_are_refused() => Spec.Given().When(OlgaAnswers with { Questionnaire = 2 }).ThenRefused(AnswerCheck.Outdated);

    [Fact]
    public void A_question_left_out_is_refused() =>
        Spec.Given().When(OlgaAnswers with { Answers = [.. All(Culture, 3).Skip(1)] }).ThenRefused(Questionnaire.Incomplete);

    [Fact]
    public void A_question_answered_twice_is_refused() =>
        Spec.Given().When(OlgaAnswers with { Answers = [.. All(Culture, 3), All(Culture, 4)[0]] }).ThenRefused(Questionnaire.Incomplete);

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void An_answer_outside_the_scale_is_refused(int value) =>
        Spec.Given().When(OlgaAnswers with { Answers = All(Culture, value) }).ThenRefused(Questionnaire.OutsideScale);

    /// <summary>Never change these lines: answers that were given stand on them. A new version adds some.</summary>
    [Fact]
    public void Published_questionnaires_never_change()
    {
        Key(Readiness).ShouldBe(
            "readiness 1: 0-3 audience-known/audience audience-asked/audience objectives-named/objectives objectives-measured/objectives time-learners/time " +
            "time-teachers/time equipment-devices/equipment equipment-places/equipment sponsor-named/sponsor sponsor-acts/sponsor");
        Key(Culture).ShouldBe(
            "culture 1: 1-5 decisions-plan/decisions -decisions-fires/decisions decisions-staff/decisions -decisions-alone/decisions decisions-reasons/decisions " +
            "practice-mistakes/practice practice-market/practice practice-shown/practice practice-time/practice practice-kept/practice");
    }

    [Fact]
    public void An_older_answer_keeps_its_meaning()
    {
        var older = new Questionnaire("culture", 90, 1, 5, [new("a", "decisions"), new("b", "practice")]);
        var newer = new Questionnaire("culture", 91, 1, 5, [new("a", "decisions", Reversed: true), new("b", "practice")]);
        CheckAnswer[] answers = [new("a", 5), new("b", 1)];
        older.PartScores(answers)[0].Score.ShouldBe(100);
        newer.PartScores(answers)[0].Score.ShouldBe(0);
    }

    [Fact]
    public void Always_agreeing_is_no_way_to_a_participative_style() => Culture.PartScores(All(Culture, 5)).ShouldBe([new("decisions", 60), new("practice", 100)]);

    [Fact]
    public void Reversed_answers_count_the_other_way()
    {
        var best = Culture.Questions.Select(q => new CheckAnswer(q.Key, q.Reversed ? 1 : 5)).ToList();
        var worst = Culture.Questions.Select(q => new CheckAnswer(q.Key, q.Reversed ? 5 : 1)).ToList();
        (Culture.Score(best), Culture.Score(worst)).ShouldBe((100, 0));
    }

    [Fact]
    public void Scores_stay_between_0_and_100_and_never_fall_when_an_answer_improves() => Prop.ForAll(
        Gen.Choose(1, 5).ArrayOf(10).ToArbitrary(), Gen.Choose(0, 9).ToArbitrary(), (values, index) =>
        {
            var answers = Culture.Questions.Select((q, i) => new CheckAnswer(q.Key, values[i])).ToArray();
            var better = answers.ToArray();
            var step = Culture.Questions[index].Reversed ? -1 : 1;
            better[index] = better[index] with { Value = Math.Clamp(better[index].Value + step, 1, 5) };
            return Culture.Score(answers) is >= 0 and <= 100 && Culture.Score(better) >= Culture.Score(answers);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(3, 3, 3, 3, 3, "go")]
    [InlineData(3, 3, 2, 2, 3, "go")]
    [InlineData(2, 2, 2, 2, 2, "go")]
    [InlineData(3, 3, 1, 3, 3, "start-smaller")]
    [InlineData(2, 2, 1, 2, 2, "start-smaller")]
    [InlineData(3, 3, 3, 3, 0, "not-yet")]
    [InlineData(3, 0, 3, 3, 3, "not-yet")]
    [InlineData(1, 1, 1, 1, 1, "not-yet")]
    public void Readiness_is_go_start_smaller_or_not_yet(int audience, int objectives, int time, int equipment, int sponsor, string verdict)
    {
        var values = new Dictionary<string, int>
        {
            ["audience"] = audience,
            ["objectives"] = objectives,
            ["time"] = time,
            ["equipment"] = equipment,
            ["sponsor"] = sponsor,
        };
        var answers = Readiness.Questions.Select(q => new CheckAnswer(q.Key, values[q.Part])).ToList();
        var parts = Readiness.PartScores(answers);
        ReadinessVerdict.Of(Readiness.Score(answers), parts).ShouldBe(verdict);
        ReadinessVerdict.Reasons(parts).Count.ShouldBe(5);
        ReadinessVerdict.Steps(parts).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(0, "crisis-driven")]
    [InlineData(33, "crisis-driven")]
    [InlineData(34, "directive")]
    [InlineData(66, "directive")]
    [InlineData(67, "participative")]
    public void The_style_goes_from_crisis_driven_to_participative(int decisions, string style) => CultureProfile.StyleOf(decisions).ShouldBe(style);

    [Fact]
    public void Four_other_firms_are_too_few_to_compare_with()
    {
        CultureComparison.Of([.. Enumerable.Range(1, 4).Select(Row)]).ShouldBeNull();
        var five = CultureComparison.Of([.. Enumerable.Range(1, 5).Select(Row)]).ShouldNotBeNull();
        five.Firms.ShouldBe(5);
        five.Parts.ShouldAllBe(p => p.Score % 5 == 0);
    }

    [Fact]
    public void A_firm_counts_once_however_often_it_answered() =>
        CultureComparison.Of([.. Enumerable.Range(1, 5).Select(_ => Row(1))]).ShouldBeNull();

    private static CheckRow Row(int firm)
    {
        var answers = All(Culture, 1 + (firm % 5));
        return new(Guid.NewGuid(), 1, CheckKind.FirmCulture, new(firm, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), 1, [.. answers], Culture.Score(answers), Olga, Now);
    }

    private static CheckAnswer[] All(Questionnaire asked, int value) => [.. asked.Questions.Select(q => new CheckAnswer(q.Key, value))];

    private static string Key(Questionnaire asked) =>
        $"{asked.Name} {asked.Version}: {asked.Least}-{asked.Most} {string.Join(' ', asked.Questions.Select(q => $"{(q.Reversed ? "-" : "")}{q.Key}/{q.Part}"))}";
}
