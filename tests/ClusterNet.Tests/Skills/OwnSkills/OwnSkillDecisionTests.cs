using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.OwnSkills;
using Shouldly;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Skills.OwnSkills.OwnSkill, ClusterNet.Skills.OwnSkills.OwnSkillEvent>;

namespace ClusterNet.Tests.Skills.OwnSkills;

public class OwnSkillDecisionTests
{
    private const string Skill = "skill/competence", Grind = "urn:esco:grind", Polish = "urn:esco:polish";
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Id<Cluster> Lenne = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e11"));
    private static readonly Id<Cluster> Ruhr = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e12"));
    private static readonly Id<Person> Ben = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e01"));
    private static readonly Id<Person> Cora = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e03"));
    private static readonly Id<OwnSkill> Deburr = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e21"));
    private static readonly Id<OwnSkill> Edges = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e22"));

    private static readonly ValueList<OwnSkillWords> Words = [new("en", "deburr edges", "")];
    private static readonly ValueList<OwnSkillWords> Better = [new("en", "deburr laser-cut edges", "")];
    private static readonly OwnSkillProposed Proposed = new(Lenne, Skill, Words, Ben, "Why", Now);
    private static readonly OwnSkillAccepted Accepted = new(Lenne, Cora, Now);
    private static readonly OwnSkillReturned Returned = new(Lenne, Cora, "Say more", Now);
    private static readonly OwnSkillDeclined Declined = new(Lenne, Cora, "No", Now);
    private static readonly OwnSkillReworded Reworded = new(Lenne, Skill, Better, Ben, Now);
    private static readonly OwnSkillMerged Merged = new(Lenne, Edges, Cora, Now);
    private static readonly OwnSkillTookOver TookOver = new(Lenne, Edges, Better, Cora, Now);
    private static readonly OwnSkillRetired Retired = new(Lenne, Cora, "No", Now);

    private static readonly RewordOwnSkill Reword = new(Lenne, Skill, Better, Ben, false, Now);
    private static readonly MapOwnSkill Map = new(Lenne, Deburr, Grind, MatchKind.Exact, Cora, Now);
    private static readonly MergeOwnSkill Merge = new(Lenne, Deburr, Edges, Cora, Now);
    private static readonly TakeOver Take = new(Lenne, Edges, Better, Cora, Now);

    private static ReviewOwnSkill Review(ReviewVerdict verdict, string reason = "") => new(Lenne, verdict, reason, Cora, Now);

    [Fact]
    public void A_skill_is_proposed() => Spec.Given().When(new ProposeOwnSkill(Lenne, Skill, Words, "Why", Ben, Now)).Then(Proposed);

    [Fact]
    public void A_proposal_is_accepted() => Spec.Given(Proposed).When(Review(ReviewVerdict.Accept)).Then(Accepted);

    [Fact]
    public void An_accepted_one_is_not_accepted_again() => Spec.Given(Proposed, Accepted).When(Review(ReviewVerdict.Accept)).Then();

    [Fact]
    public void A_proposal_is_declined() => Spec.Given(Proposed).When(Review(ReviewVerdict.Decline, "No")).Then(Declined);

    [Fact]
    public void A_declined_one_is_not_accepted() => Spec.Given(Proposed, Declined).When(Review(ReviewVerdict.Accept)).ThenRefused(ReviewOwnSkill.NotProposed);

    [Fact]
    public void A_proposal_is_sent_back() => Spec.Given(Proposed).When(Review(ReviewVerdict.Return, "Say more")).Then(Returned);

    [Fact]
    public void What_was_sent_back_waits_for_who_proposed_it() =>
        Spec.Given(Proposed, Returned).When(Review(ReviewVerdict.Accept)).ThenRefused(ReviewOwnSkill.IsReturned);

    [Fact]
    public void What_was_sent_back_can_be_accepted_once_it_is_said_better() =>
        Spec.Given(Proposed, Returned, Reworded).When(Review(ReviewVerdict.Accept)).Then(Accepted);

    [Fact]
    public void What_was_sent_back_can_be_sent_again_as_it_is() =>
        Spec.Given(Proposed, Returned).When(Reword with { Words = Words }).Then(Reworded with { Words = Words });

    [Fact]
    public void Another_clusters_proposal_is_not_known() =>
        Spec.Given(Proposed).When(Review(ReviewVerdict.Accept) with { Cluster = Ruhr }).ThenRefused(OwnSkillRefusals.Unknown);

    [Fact]
    public void A_proposal_is_reworded_by_who_made_it() => Spec.Given(Proposed).When(Reword).Then(Reworded);

    [Fact]
    public void The_same_words_add_nothing() => Spec.Given(Proposed).When(Reword with { Words = Words }).Then();

    [Fact]
    public void Nobody_rewords_anothers_proposal() => Spec.Given(Proposed).When(Reword with { By = Cora }).ThenRefused(RewordOwnSkill.NotYours);

    [Fact]
    public void An_accepted_skill_is_reworded_by_a_coordinator_only() =>
        Spec.Given(Proposed, Accepted).When(Reword).ThenRefused(RewordOwnSkill.NotYours);

    [Fact]
    public void Of_an_accepted_skill_no_language_goes() =>
        Spec.Given(Proposed, Accepted).When(Reword with { Words = [new("de", "Kanten entgraten", "")], IsCoordinator = true })
            .Then(new OwnSkillReworded(Lenne, Skill, [new("de", "Kanten entgraten", ""), Words[0]], Ben, Now));

    [Fact]
    public void A_skill_is_mapped() => Spec.Given(Proposed, Accepted).When(Map).Then(new OwnSkillMapped(Lenne, Grind, MatchKind.Exact, Cora, Now));

    [Fact]
    public void The_same_mapping_adds_nothing() =>
        Spec.Given(Proposed, Accepted, new OwnSkillMapped(Lenne, Grind, MatchKind.Exact, Cora, Now)).When(Map).Then();

    [Fact]
    public void A_skill_is_exactly_one_other() => Spec.Given(Proposed, Accepted, new OwnSkillMapped(Lenne, Grind, MatchKind.Exact, Cora, Now))
        .When(Map with { Uri = Polish }).ThenRefused(MapOwnSkill.SecondExact);

    [Fact]
    public void A_mapping_is_taken_back() => Spec.Given(Proposed, Accepted, new OwnSkillMapped(Lenne, Grind, MatchKind.Exact, Cora, Now))
        .When(Map with { Match = null }).Then(new OwnSkillUnmapped(Lenne, Grind, Cora, Now));

    [Fact]
    public void A_skill_is_not_mapped_to_itself() =>
        Spec.Given(Proposed, Accepted).When(Map with { Uri = OwnSkill.UriOf(Deburr) }).ThenRefused(MapOwnSkill.ToItself);

    [Fact]
    public void A_proposal_is_not_mapped() => Spec.Given(Proposed).When(Map).ThenRefused(OwnSkillRefusals.NotListed);

    [Fact]
    public void A_skill_is_merged() => Spec.Given(Proposed, Accepted).When(Merge).Then(Merged);

    [Fact]
    public void A_merge_sent_twice_adds_nothing() => Spec.Given(Proposed, Accepted, Merged).When(Merge).Then();

    [Fact]
    public void What_was_merged_is_not_merged_elsewhere() =>
        Spec.Given(Proposed, Accepted, Merged).When(Merge with { Into = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e29")) }).ThenRefused(MergeOwnSkill.AlreadyMerged);

    [Fact]
    public void A_skill_is_not_merged_into_itself() => Spec.Given(Proposed, Accepted).When(Merge with { Into = Deburr }).ThenRefused(MergeOwnSkill.IntoItself);

    [Fact]
    public void A_proposal_is_not_merged() => Spec.Given(Proposed).When(Merge).ThenRefused(OwnSkillRefusals.NotListed);

    [Fact]
    public void The_other_side_takes_over() => Spec.Given(Proposed, Accepted).When(Take).Then(TookOver);

    [Fact]
    public void Nothing_is_merged_into_what_was_merged_so_there_are_no_circles() =>
        Spec.Given(Proposed, Accepted, Merged).When(Take).ThenRefused(TakeOver.IntoMerged);

    [Fact]
    public void Nothing_is_merged_across_clusters() => Spec.Given(Proposed, Accepted).When(Take with { Cluster = Ruhr }).ThenRefused(TakeOver.OtherCluster);

    [Fact]
    public void Nothing_is_merged_into_a_proposal() => Spec.Given(Proposed).When(Take).ThenRefused(OwnSkillRefusals.NotListed);

    [Fact]
    public void A_merge_is_undone() => Spec.Given(Proposed, Accepted, Merged).When(new UnmergeOwnSkill(Lenne, Deburr, Cora, Now))
        .Then(new OwnSkillUnmerged(Lenne, Edges, Cora, Now));

    [Fact]
    public void What_took_over_gives_back() => Spec.Given(Proposed, Accepted, TookOver).When(new GiveBack(Lenne, Edges, Cora, Now))
        .Then(new OwnSkillGaveBack(Lenne, Edges, Cora, Now));

    [Fact]
    public void What_was_merged_on_does_not_give_back() =>
        Spec.Given(Proposed, Accepted, TookOver, Merged).When(new GiveBack(Lenne, Edges, Cora, Now)).ThenRefused(GiveBack.WentOn);

    [Fact]
    public void What_was_retired_does_not_give_back() =>
        Spec.Given(Proposed, Accepted, TookOver, Retired).When(new GiveBack(Lenne, Edges, Cora, Now)).ThenRefused(GiveBack.WentOn);

    [Fact]
    public void What_was_not_merged_has_nothing_to_undo() =>
        Spec.Given(Proposed, Accepted).When(new UnmergeOwnSkill(Lenne, Deburr, Cora, Now)).ThenRefused(UnmergeOwnSkill.NotMerged);

    [Fact]
    public void A_skill_is_retired_once() => Spec.Given(Proposed, Accepted, Retired).When(new RetireOwnSkill(Lenne, "No", Cora, Now)).Then();

    [Fact]
    public void The_catalogue_knows_the_names_of_what_was_taken_over()
    {
        var skill = new OwnSkillEvent[] { Proposed, Accepted, new OwnSkillMapped(Lenne, Grind, MatchKind.Broad, Cora, Now), TookOver }
            .Aggregate(OwnSkill.Initial, OwnSkill.Evolve).ShouldBeOfType<OwnSkill.Listed>();
        CatalogueEntry.WordsOf(skill).ShouldHaveSingleItem().Alternative.ShouldBe(["deburr laser-cut edges"]);
        CatalogueEntry.ShapeOf(skill).BroaderUris.ShouldBe([Grind]);
    }
}
