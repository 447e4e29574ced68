using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Mentoring;
using ClusterNet.Skills.Contracts;
using Shouldly;

namespace ClusterNet.Tests.Learning;

public class MatchingTests
{
    private const string Prices = "urn:skill:prices", Welding = "urn:skill:welding";
    private static readonly Id<Person> Mentee = new(Guid.NewGuid());
    private static readonly Id<Firm> Acme = new(Guid.NewGuid()), Bolt = new(Guid.NewGuid());
    private static readonly DateTimeOffset Now = new(2026, 5, 12, 9, 0, 0, TimeSpan.Zero);
    private static readonly Wish Wish = new(Mentee, null, [Prices], ["Élan"], ["de"], 3);

    [Fact]
    public void Reasons_are_said_one_by_one_and_the_best_founded_level_with_its_source()
    {
        var offer = Offer();
        SkillLevel[] levels = [Level(offer, "claimed", 5), Level(offer, "evidenced", 3)];
        var match = Matching.Of(Wish, [offer], Facts(levels: levels)).ShouldHaveSingleItem();

        match.Reasons.ShouldBe(
        [
            new(ReasonKind.Skill, Prices, 3, "evidenced"), new(ReasonKind.Interest, "elan"), new(ReasonKind.Language, "de"), new(ReasonKind.Time, "4"),
            new(ReasonKind.PlaceFree, "2"),
        ]);
        match.Conflicts.ShouldBeEmpty();
    }

    [Fact]
    public void Who_shares_more_comes_first_and_equals_keep_a_random_order_of_their_own_for_each_mentee()
    {
        var equals = Enumerable.Range(0, 12).Select(_ => Offer() with { Languages = ["fr"] }).ToList();
        var best = Offer();
        var first = Matching.Of(Wish, [.. equals, best], Facts());

        first[0].Offer.ShouldBe(best);
        Matching.Of(Wish, [best, .. equals.AsEnumerable().Reverse()], Facts()).Select(m => m.Offer).ShouldBe(first.Select(m => m.Offer));
        Matching.Of(Wish with { Mentee = new(Guid.NewGuid()) }, [.. equals, best], Facts()).Select(m => m.Offer).ShouldNotBe(first.Select(m => m.Offer));
    }

    [Fact]
    public void A_manager_of_the_own_firm_is_listed_with_the_conflict_and_others_are_named_as_modules_above_say()
    {
        var (manager, assessor) = (Offer(), Offer());
        var facts = Facts(
            works: new() { [manager.Person] = [new(manager.Person, Acme, Position.Manager)], [assessor.Person] = [new(assessor.Person, Bolt, Position.Manager)] },
            others: [(assessor.Person, new("assesses-you", "Assesses your application"))]);

        var found = Matching.Of(Wish, [manager, assessor], facts).ToDictionary(m => m.Offer.Person, m => m.Conflicts.Select(c => c.Code));

        found[manager.Person].ShouldBe([Matching.OwnManager]);
        found[assessor.Person].ShouldBe(["assesses-you"]);
    }

    [Fact]
    public void A_peer_coach_is_found_where_one_is_wanted_or_at_hand_anywhere()
    {
        var (here, there, anywhere) = (Offer() with { Site = "Menden, hall 2" }, Offer() with { Site = "Hagen" }, Offer() with { Site = "" });

        var found = Matching.Of(Wish with { Site = "menden" }, [here, there, anywhere], Facts());

        found.Select(m => m.Offer).ShouldBe([here, anywhere]);
        found[0].Reasons.ShouldContain(new Reason(ReasonKind.Site, "Menden, hall 2"));
    }

    [Fact]
    public void Who_has_paused_helps_others_or_shares_nothing_is_not_listed()
    {
        var colleague = Offer() with { Reach = Reach.OtherFirms };
        var facts = Facts(works: new() { [colleague.Person] = [new(colleague.Person, Acme, Position.Employee)] });

        Matching.Of(
            Wish, [Offer() with { Paused = true }, Offer() with { SkillUris = [Welding], Interests = ValueList.Of<string>([]) }, Offer() with { Person = Mentee }, colleague], facts)
            .ShouldBeEmpty();
    }

    private static OfferRow Offer() => new(
        new(Guid.NewGuid()), new(Guid.NewGuid()), MentorKind.Mentor, [Prices], ["de"], ValueList.Of<string>(["elan"]), "", "Fridays", "", 4, 2, Reach.Everybody, Visibility.Cluster,
        false, Now, 1);

    private static SkillLevel Level(OfferRow offer, string source, int level) => new(offer.Person, Prices, source, level, level, false, Now, null);

    private static MentorFacts Facts(
        Dictionary<Id<Person>, IReadOnlyList<EmploymentCard>>? works = null, IReadOnlyList<SkillLevel>? levels = null, IReadOnlyList<(Id<Person>, Conflict)>? others = null) =>
        new(new Dictionary<Id<Offer>, int>(), works ?? [], [Acme], levels ?? [], others ?? []);
}
