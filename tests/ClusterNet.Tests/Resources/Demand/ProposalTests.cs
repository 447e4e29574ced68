using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Accounts;
using ClusterNet.Resources.Demand;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;
using ClusterNet.Resources.Terms;
using ClusterNet.Skills.Contracts;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Outcome = ClusterNet.Resources.Demand.Outcome;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Resources.Demand.Proposal, ClusterNet.Resources.Demand.DemandEvent>;
using WishSpec = ClusterNet.Tests.Spec<ClusterNet.Resources.Demand.Wish, ClusterNet.Resources.Demand.WishEvent>;

namespace ClusterNet.Tests.Resources.Demand;

public sealed class ProposalTests
{
    private const string Skill = "urn:prices";
    private static readonly DateTimeOffset Now = PoolHouse.Now;
    private static readonly Id<Cluster> Ruhr = new(Guid.NewGuid());
    private static readonly Id<Person> Ada = new(Guid.NewGuid()), Ben = new(Guid.NewGuid());
    private static readonly Id<Session> First = new(Guid.NewGuid()), Second = new(Guid.NewGuid());
    private static readonly DemandProposalPlanned Planned = new(Ruhr, Skill, First, 3, 8, 19, 12, 30_000, 9_600, 6, 4, Ada, Now);
    private static readonly DemandProposalSetAside Aside = new(Ruhr, Skill, "In May elsewhere", Ada, Now);
    private static readonly TrainingWishMade Wished = new(Ruhr, new(Guid.NewGuid()), Ada, Skill, "For talks", null, Now);

    [Fact]
    public void A_proposal_is_planned_once_and_again_when_its_session_is_over_or_cancelled()
    {
        Spec.Given().When(new PlanProposal(Planned, null)).Then(Planned);
        Spec.Given(Planned).When(new PlanProposal(Planned with { Session = Second }, null)).ThenRefused(Proposal.AlreadyPlanned);
        Spec.Given(Planned).When(new PlanProposal(Planned with { Session = Second }, First)).Then(Planned with { Session = Second });
    }

    [Fact]
    public void What_is_set_aside_can_be_taken_up_again_or_planned()
    {
        Spec.Given().When(new SetAside(Ruhr, Skill, "In May elsewhere", null, Ada, Now)).Then(Aside);
        Spec.Given(Aside).When(new SetAside(Ruhr, Skill, "Other words", null, Ada, Now)).Then();
        Spec.Given(Planned).When(new SetAside(Ruhr, Skill, "No", null, Ada, Now)).ThenRefused(Proposal.AlreadyPlanned);
        Spec.Given(Aside).When(new Resume(Ada, Now)).Then(new DemandProposalResumed(Ada, Now));
        Spec.Given().When(new Resume(Ada, Now)).Then();
        Spec.Given(Aside).When(new PlanProposal(Planned, null)).Then(Planned);
    }

    [Fact]
    public void A_wish_is_open_once_and_its_person_takes_it_back()
    {
        WishSpec.Given().When(new MakeWish(Wished)).Then(Wished);
        WishSpec.Given(Wished).When(new MakeWish(Wished with { At = Now.AddDays(1) })).Then();
        WishSpec.Given(Wished).When(new MakeWish(Wished with { WantedBy = new(2027, 5, 1) })).ThenRefused(MakeWish.AlreadyOpen);
        WishSpec.Given(Wished).When(new TakeBackWish(Ben, Now)).ThenRefused(Wish.Unknown);
        WishSpec.Given(Wished).When(new TakeBackWish(Ada, Now)).Then(new TrainingWishTakenBack(Ada, Now));
        WishSpec.Given(Wished, new TrainingWishTakenBack(Ada, Now)).When(new TakeBackWish(Ada, Now)).Then();
        WishSpec.Given(Wished, new TrainingWishTakenBack(Ada, Now)).When(new MakeWish(Wished)).Then(Wished);
    }

    [Fact]
    public void The_earliest_date_is_one_in_which_a_room_that_fits_and_a_trainer_are_free_together()
    {
        var (small, large) = (Free(Row(ResourceKind.Room, 5), (8, 18)), Free(Row(ResourceKind.Room, 12), (8, 10), (13.1, 18)));
        var (early, late) = (Free(Row(ResourceKind.Trainer, 1), (8, 12)), Free(Row(ResourceKind.Trainer, 1), (14, 20)));
        var hours = TimeSpan.FromHours(3);

        Offer.Earliest([small, large], [], 4, hours).ShouldBe(new(Hours.Of(8, 11), small.Row, null, 4));
        // On a quarter of an hour.
        Offer.Earliest([small, large], [], 8, hours).ShouldBe(new(Hours.Of(13.25, 16.25), large.Row, null, 8));
        Offer.Earliest([small, large], [late, early], 4, hours).ShouldBe(new(Hours.Of(8, 11), small.Row, early.Row, 4));
        Offer.Earliest([small, large], [early, late], 8, hours).ShouldBe(new(Hours.Of(14, 17), large.Row, late.Row, 8));
        Offer.Earliest([small, large], [], 40, hours).ShouldNotBeNull().Seats.ShouldBe(12);
        Offer.Earliest([large], [early], 4, hours).ShouldBeNull();
        Offer.Earliest([], [early], 4, hours).ShouldBeNull();
    }

    [Fact]
    public void What_a_head_pays_is_the_largest_part_of_a_split_to_the_cent() => Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), Gen.Choose(1, 300).ToArbitrary(), (total, people) =>
    {
        var parts = Split.ByWeight(total, [.. Enumerable.Repeat(1L, people)]);
        var costs = HeadCosts.Of(30_000, total, people);
        return parts.Sum() == total && costs.PooledCents == parts.Max() && parts.Max() - parts.Min() <= 1 && costs.SavedCents == (30_000 - parts.Max()) * people;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_nobody_has_valued_costs_nothing_that_is_known() => HeadCosts.Of(30_000, 0, 5).ShouldBe(new(30_000, 0, 5, null));

    [Fact]
    public void The_gap_is_that_of_the_newest_audit_before_the_session_and_the_newest_since()
    {
        var row = new PlannedRow(First, new(Guid.NewGuid()), Ruhr, Skill, 3, 8, 19, 12, 30_000, 9_600, 6, 4, Now, 1);
        SessionRow session = new(
            First, Ruhr, new(Guid.NewGuid()), SessionKind.Course, "Prices", Hours.Day.AddHours(9), Hours.Day.AddHours(12), 12, Hours.Day, null, [],
            [new(new(Guid.NewGuid()), new(Guid.NewGuid()), 7, [], true), new(new(Guid.NewGuid()), new(Guid.NewGuid()), 2, [], false)], SessionStanding.Booked, default, Ada, Now, "", [Skill], "", "", null, [], false, false, [], [], null, default, null, SeatTerms.None, [], 1);
        var over = Hours.Day.AddDays(60);
        SkillMeasure[] measures = [Measured(50, 6, 1), Measured(20, 6, 2), Measured(-10, 6, 4), Measured(-90, 6, 5)];

        var ran = Outcome.Of(row, session, measures, "Prices", over);
        (ran.Standing, ran.SeatsHeld, ran.Before?.BelowLevel, ran.After?.BelowLevel).ShouldBe((OutcomeStanding.Ran, 7, 4, 1));
        // No audit before it is known any more: what was kept when it was planned stands.
        Outcome.Of(row, session, measures[..1], "Prices", over).Before.ShouldBe(new(null, 6, 4));
        Outcome.Of(row, session, [Measured(-10, 6, 4)], "Prices", over).After.ShouldBeNull();
        Outcome.Of(row, session, measures, "Prices", Hours.Day).Standing.ShouldBe(OutcomeStanding.Planned);
        Outcome.Of(row, session with { Standing = SessionStanding.Cancelled }, measures, "Prices", over).Standing.ShouldBe(OutcomeStanding.Cancelled);
    }

    private static SkillMeasure Measured(int day, int people, int below) => new(Skill, Hours.Day.AddDays(day), people, below);

    private static Candidate Free(PoolRow row, params (double From, double To)[] hours) => new(row, [.. hours.Select(h => Hours.Of(h.From, h.To))]);

    private static PoolRow Row(ResourceKind kind, int capacity) => new(
        new(Guid.NewGuid()), Ruhr, new(Guid.NewGuid()), kind, $"{kind} {capacity}", capacity, "unit", null, WeeklyHours.Always, "Europe/Berlin", true, Ada, Now, null, 2_500, 0, [], "", [], null, 0, 0, false, 1);
}
