using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Audits;
using ClusterNet.Skills.Contracts;
using Shouldly;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Skills.Audits.Campaign, ClusterNet.Skills.Audits.CampaignEvent>;

namespace ClusterNet.Tests.Skills;

/// <summary>Decisions of an audit, from its opening to its close.</summary>
public class CampaignDecisionTests
{
    private const string Weld = "http://data.europa.eu/esco/skill/weld", Sell = "http://data.europa.eu/esco/skill/sell";
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 9, 0, 0, TimeSpan.Zero), Deadline = Now.AddDays(14);
    private static readonly Id<Person> Anna = New(1), Ben = New(2), Cem = New(3), Dora = New(4), Emil = New(5), Rosa = New(9);
    private static readonly Id<Firm> Acme = new(Guid.Parse("01000000-0000-7000-8000-000000000011")), Bolt = new(Guid.Parse("01000000-0000-7000-8000-000000000012"));
    private static readonly Id<Cluster> Valley = new(Guid.Parse("01000000-0000-7000-8000-000000000021"));
    private static readonly Id<RoleProfile> Welder = new(Guid.Parse("01000000-0000-7000-8000-000000000031")), Seller = new(Guid.Parse("01000000-0000-7000-8000-000000000032"));
    private static readonly ValueList<AuditProfile> Profiles = [new(Welder, [new(Weld, 3)]), new(Seller, [new(Weld, 4), new(Sell, 2)])];
    private static readonly ValueList<Participant> People = [new(Anna, [Welder], Dora, [Ben, Cem]), new(Ben, [Welder], Anna, [Cem, Dora, Emil])];

    private static readonly OpenAudit Opening = new(Valley, [Acme, Bolt], "Spring", Profiles, RaterScheme.ThreeQuarters, Deadline, null, Rosa, Now);
    private static readonly AuditOpened Opened = new(Valley, [Acme, Bolt], "Spring", Profiles, RaterScheme.ThreeQuarters, Deadline, Rosa, Now);
    private static readonly AuditFirmJoined Joined = new(Acme, People, Anna, Now);
    private static readonly AuditClosed Closed = new(Rosa, Valley, [Acme], Now);
    private static readonly AuditCancelled Cancelled = new(Rosa, "No time", Now);

    [Fact]
    public void A_clusters_audit_is_opened_and_its_firms_are_asked() => Spec.Given().When(Opening).Then(Opened);

    [Fact]
    public void A_firms_own_audit_runs_at_once() => Spec.Given().When(Opening with { Cluster = null, Firms = [Acme], Joins = People })
        .Then(Opened with { Cluster = null, Firms = [Acme] }, Joined with { By = Rosa });

    [Fact]
    public void The_deadline_lies_ahead() => Spec.Given().When(Opening with { Deadline = Now.AddMinutes(59) }).ThenRefused(OpenAudit.TooSoon);

    [Fact]
    public void The_deadline_lies_within_a_year() => Spec.Given().When(Opening with { Deadline = Now.AddDays(367) }).ThenRefused(OpenAudit.TooLate);

    [Fact]
    public void A_firm_that_was_asked_joins_once()
    {
        Spec.Given(Opened).When(new JoinAudit(Acme, People, Anna, Now)).Then(Joined);
        Spec.Given(Opened, Joined).When(new JoinAudit(Acme, People, Anna, Now)).Then();
    }

    [Fact]
    public void A_firm_that_was_not_asked_does_not_join() =>
        Spec.Given(Opened with { Firms = [Bolt] }).When(new JoinAudit(Acme, People, Anna, Now)).ThenRefused(AuditRules.NotInvited);

    [Fact]
    public void A_firm_that_declined_may_think_better_of_it_until_the_deadline()
    {
        Spec.Given(Opened, new AuditFirmDeclined(Acme, Anna, Now)).When(new JoinAudit(Acme, People, Anna, Now)).Then(Joined);
        Spec.Given(Opened, new AuditFirmDeclined(Acme, Anna, Now)).When(new JoinAudit(Acme, People, Anna, Deadline)).ThenRefused(AuditRules.DeadlinePassed);
    }

    [Fact]
    public void A_firm_that_takes_part_does_not_decline() =>
        Spec.Given(Opened, Joined).When(new DeclineAudit(Acme, Anna, Now)).ThenRefused(DeclineAudit.JoinedAlready);

    [Fact]
    public void Nobody_joins_after_the_deadline() =>
        Spec.Given(Opened).When(new JoinAudit(Acme, People, Anna, Deadline)).ThenRefused(AuditRules.DeadlinePassed);

    [Fact]
    public void Who_works_in_two_firms_is_rated_in_the_first()
    {
        Spec.Given(Opened, Joined).When(new JoinAudit(Bolt, People, Anna, Now)).ThenRefused(JoinAudit.NobodyThere);
        Spec.Given(Opened, Joined).When(new JoinAudit(Bolt, [People[0], new(Cem, [Welder], null, [])], Anna, Now))
            .Then(new AuditFirmJoined(Bolt, [new(Cem, [Welder], null, [])], Anna, Now));
    }

    [Fact]
    public void Of_two_profiles_the_higher_level_counts()
    {
        var state = Fold(Opened, Joined with { People = [new(Anna, [Welder, Seller], null, [])] });

        state.Find(Anna).ShouldNotBeNull().Skills.ShouldBe([new(Weld, 4), new(Sell, 2)]);
    }

    [Fact]
    public void Each_rates_as_what_they_are()
    {
        var state = Fold(Opened, Joined);

        state.KindOf(Anna, Anna).ShouldBe(RaterKind.Self);
        state.KindOf(Anna, Ben).ShouldBe(RaterKind.Manager);
        state.KindOf(Emil, Ben).ShouldBe(RaterKind.Peer);
        state.KindOf(Emil, Anna).ShouldBeNull();
        state.Assignments.Count().ShouldBe(9);
    }

    [Theory]
    [InlineData(RaterScheme.Self, 2)]
    [InlineData(RaterScheme.Half, 4)]
    [InlineData(RaterScheme.ThreeQuarters, 9)]
    internal void The_scheme_says_who_rates(RaterScheme scheme, int sheets) => Fold(Opened with { Raters = scheme }, Joined).Assignments.Count().ShouldBe(sheets);

    [Fact]
    public void A_rating_is_taken_from_a_rater_until_the_deadline() => Spec.Given(Opened, Joined).When(new TakeRating(Emil, Ben, Deadline.AddTicks(-1))).Then();

    [Fact]
    public void At_the_deadline_it_is_too_late() => Spec.Given(Opened, Joined).When(new TakeRating(Emil, Ben, Deadline)).ThenRefused(AuditRules.DeadlinePassed);

    [Fact]
    public void Who_is_not_asked_does_not_rate() => Spec.Given(Opened, Joined).When(new TakeRating(Emil, Anna, Now)).ThenRefused(AuditRules.NotRater);

    [Fact]
    public void A_closed_audit_takes_nothing() => Spec.Given(Opened, Joined, Closed).When(new TakeRating(Emil, Ben, Now)).ThenRefused(AuditRules.Ended);

    [Fact]
    public void A_cancelled_audit_takes_nothing() => Spec.Given(Opened, Joined, Cancelled).When(new TakeRating(Emil, Ben, Now)).ThenRefused(AuditRules.Ended);

    [Fact]
    public void Who_left_is_not_rated() =>
        Spec.Given(Opened, Joined, new AuditPersonLeft(Ben, Acme, Now)).When(new TakeRating(Emil, Ben, Now)).ThenRefused(AuditRules.PersonLeft);

    [Fact]
    public void Who_left_does_not_rate() =>
        Spec.Given(Opened, Joined, new AuditPersonLeft(Emil, Acme, Now)).When(new TakeRating(Emil, Ben, Now)).ThenRefused(AuditRules.NotRater);

    [Fact]
    public void Who_leaves_is_taken_out_once()
    {
        Spec.Given(Opened, Joined).When(new TakeOut(Emil, Acme, Now)).Then(new AuditPersonLeft(Emil, Acme, Now));
        Spec.Given(Opened, Joined, new AuditPersonLeft(Emil, Acme, Now)).When(new TakeOut(Emil, Acme, Now)).Then();
        Spec.Given(Opened, Joined).When(new TakeOut(Rosa, Acme, Now)).Then();
        Spec.Given(Opened, Joined, Closed).When(new TakeOut(Emil, Acme, Now)).Then();
    }

    [Fact]
    public void Peers_are_chosen()
    {
        var choose = new ChoosePeers(Ben, [Cem, Dora], [], Ben, Now);

        Spec.Given(Opened, Joined).When(choose).Then(new AuditPeersChosen(Ben, [Cem, Dora], Ben, Now));
        Spec.Given(Opened, Joined).When(choose with { Peers = [Emil, Dora, Cem] }).Then();
        Spec.Given(Opened, Joined).When(choose with { Peers = [Ben, Cem] }).ThenRefused(ChoosePeers.NoPeer);
        Spec.Given(Opened, Joined).When(choose with { Peers = [Anna, Cem] }).ThenRefused(ChoosePeers.NoPeer);
        Spec.Given(Opened, Joined).When(choose with { Answered = [Emil] }).ThenRefused(ChoosePeers.HasAnswered);
        Spec.Given(Opened, Joined).When(choose with { Person = Emil }).ThenRefused(AuditRules.NotRated);
        Spec.Given(Opened with { Raters = RaterScheme.Half }, Joined).When(choose).ThenRefused(ChoosePeers.NoPeers);
    }

    [Fact]
    public void A_deadline_moves_later_only()
    {
        Spec.Given(Opened, Joined).When(new MoveDeadline(Deadline.AddDays(1), Rosa, Now)).Then(new AuditDeadlineMoved(Deadline.AddDays(1), Rosa, Now));
        Spec.Given(Opened, Joined).When(new MoveDeadline(Deadline, Rosa, Now)).Then();
        Spec.Given(Opened, Joined).When(new MoveDeadline(Deadline.AddDays(-1), Rosa, Now)).ThenRefused(MoveDeadline.NotLater);
        Spec.Given(Opened, Joined).When(new MoveDeadline(Now.AddDays(367), Rosa, Now)).ThenRefused(OpenAudit.TooLate);
        Spec.Given(Opened, Joined, Closed).When(new MoveDeadline(Deadline.AddDays(1), Rosa, Now)).ThenRefused(AuditRules.Ended);
    }

    [Fact]
    public void A_moved_deadline_lets_in_what_was_too_late() =>
        Spec.Given(Opened, Joined, new AuditDeadlineMoved(Deadline.AddDays(1), Rosa, Now)).When(new TakeRating(Emil, Ben, Deadline)).Then();

    [Fact]
    public void The_coordinator_reminds_once_a_day()
    {
        Spec.Given(Opened, Joined).When(new RemindRaters(Rosa, Now)).Then(new AuditReminded(Rosa, Now));
        Spec.Given(Opened, Joined, new AuditReminded(Rosa, Now)).When(new RemindRaters(Rosa, Now.AddHours(23))).ThenRefused(RemindRaters.Today);
        Spec.Given(Opened, Joined, new AuditReminded(Rosa, Now)).When(new RemindRaters(Rosa, Now.AddHours(24))).Then(new AuditReminded(Rosa, Now.AddHours(24)));
    }

    [Fact]
    public void Three_days_and_one_day_before_the_deadline_everybody_is_reminded_once()
    {
        Reminds(Deadline.AddDays(-4), null).ShouldBeFalse();
        Reminds(Deadline.AddDays(-3), null).ShouldBeTrue();
        Reminds(Deadline.AddDays(-2), Deadline.AddDays(-3)).ShouldBeFalse();
        Reminds(Deadline.AddDays(-1), Deadline.AddDays(-3)).ShouldBeTrue();
        Reminds(Deadline.AddHours(-1), Deadline.AddDays(-1)).ShouldBeFalse();
        Reminds(Deadline, null).ShouldBeFalse();

        static bool Reminds(DateTimeOffset at, DateTimeOffset? last) =>
            new RemindRaters(null, at).Decide(last is { } l ? Fold(Opened, Joined, new AuditReminded(null, l)) : Fold(Opened, Joined)).Facts.Length == 1;
    }

    [Fact]
    public void The_deadline_closes_by_itself_and_not_before()
    {
        Spec.Given(Opened, Joined).When(new CloseAudit(null, Deadline.AddTicks(-1))).Then();
        Spec.Given(Opened, Joined).When(new CloseAudit(null, Deadline)).Then(new AuditClosed(null, Valley, [Acme], Deadline));
        Spec.Given(Opened, Joined).When(new CloseAudit(Rosa, Now)).Then(Closed);
        Spec.Given(Opened, Joined, Closed).When(new CloseAudit(Rosa, Now)).Then();
        Spec.Given(Opened).When(new CloseAudit(Rosa, Now)).ThenRefused(CloseAudit.NobodyJoined);
        Spec.Given(Opened, Joined, Cancelled).When(new CloseAudit(Rosa, Now)).ThenRefused(AuditRules.Ended);
    }

    [Fact]
    public void What_is_cancelled_has_no_results()
    {
        Spec.Given(Opened, Joined).When(new CancelAudit("No time", Rosa, Now)).Then(Cancelled);
        Spec.Given(Opened, Joined, Closed).When(new CancelAudit("No time", Rosa, Now)).ThenRefused(AuditRules.Ended);
        Spec.Given().When(new CancelAudit("No time", Rosa, Now)).ThenRefused(AuditRules.Unknown);
    }

    private static Campaign.Open Fold(params CampaignEvent[] facts) => facts.Aggregate(Campaign.Initial, Campaign.Evolve).ShouldBeOfType<Campaign.Open>();

    private static Id<Person> New(int n) => new(Guid.Parse($"01000000-0000-7000-8000-00000000000{n}"));
}
