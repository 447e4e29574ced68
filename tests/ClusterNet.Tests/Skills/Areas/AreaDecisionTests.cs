using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Areas;
using Shouldly;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Skills.Areas.ClusterAreas, ClusterNet.Skills.Areas.AreasEvent>;

namespace ClusterNet.Tests.Skills.Areas;

public class AreaDecisionTests
{
    private const string Weld = "urn:weld";
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Id<Cluster> Lenne = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e11"));
    private static readonly Id<Person> Cora = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e03"));

    private static readonly AreaSkillAdded Added = new(Lenne, "green", Weld, Cora, Now);
    private static readonly AreaSkillRemoved Removed = new(Lenne, "green", Weld, Cora, Now);
    private static readonly AreaSkillReset Reset = new(Lenne, "green", Weld, Cora, Now);
    private static readonly AreaNamed Surfaces = new(Lenne, "surfaces", [new("en", "Surfaces")], Cora, Now);
    private static readonly AreaClosed Closed = new(Lenne, "surfaces", Cora, Now);

    private static readonly NameArea Name = new(Lenne, "surfaces", [new("en", "Surfaces")], Cora, Now);
    private static readonly UndoAreas Undo = new(Lenne, Cora, Now);

    private static PlaceInArea Place(bool? included, string area = "green") => new(Lenne, area, Weld, included, Cora, Now);

    [Fact]
    public void A_skill_comes_into_an_area() => Spec.Given().When(Place(true)).Then(Added);

    [Fact]
    public void What_is_in_is_not_added_again() => Spec.Given(Added).When(Place(true)).Then();

    [Fact]
    public void What_was_added_can_be_taken_out() => Spec.Given(Added).When(Place(false)).Then(Removed);

    [Fact]
    public void What_was_added_can_be_left_to_the_default() => Spec.Given(Added).When(Place(null)).Then(Reset);

    [Fact]
    public void Nothing_is_reset_of_which_nothing_was_said() => Spec.Given(Added, Reset).When(Place(null)).Then();

    [Fact]
    public void Nothing_is_put_into_an_area_that_there_is_not() =>
        Spec.Given().When(Place(true, "surfaces")).ThenRefused(AreaRefusals.UnknownArea);

    [Fact]
    public void Nothing_is_put_among_what_lies_nowhere() => Spec.Given().When(Place(true, "other")).ThenRefused(PlaceInArea.IntoOther);

    [Fact]
    public void A_cluster_names_an_area_of_its_own() => Spec.Given().When(Name).Then(Surfaces);

    [Fact]
    public void An_own_area_is_named_once() => Spec.Given(Surfaces).When(Name).Then();

    [Fact]
    public void A_shipped_area_keeps_its_name() => Spec.Given().When(Name with { Area = "green" }).ThenRefused(NameArea.IsShipped);

    [Fact]
    public void Two_areas_do_not_share_a_name() => Spec.Given(Surfaces).When(Name with { Area = "coating" }).ThenRefused(NameArea.NameTaken);

    [Fact]
    public void An_area_that_is_not_there_is_not_renamed() => Spec.Given().When(new RenameArea(Name)).ThenRefused(AreaRefusals.UnknownArea);

    [Fact]
    public void An_own_area_ends() => Spec.Given(Surfaces).When(new CloseArea(Lenne, "surfaces", Cora, Now)).Then(Closed);

    [Fact]
    public void A_shipped_area_does_not_end() => Spec.Given().When(new CloseArea(Lenne, "green", Cora, Now)).ThenRefused(NameArea.IsShipped);

    [Fact]
    public void With_an_own_area_goes_what_was_said_of_it() =>
        new[] { Surfaces, new AreaSkillAdded(Lenne, "surfaces", Weld, Cora, Now), (AreasEvent)Closed }
            .Aggregate(ClusterAreas.Initial, ClusterAreas.Evolve).Rules.ShouldBeEmpty();

    [Fact]
    public void One_area_is_restored() => Spec.Given(Added).When(new RestoreAreas(Lenne, "green", Cora, Now)).Then(new AreasRestored(Lenne, "green", Cora, Now));

    [Fact]
    public void All_areas_are_restored() => Spec.Given(Added).When(new RestoreAreas(Lenne, null, Cora, Now)).Then(new AreasRestored(Lenne, null, Cora, Now));

    [Fact]
    public void What_nobody_changed_is_not_restored() => Spec.Given(Added).When(new RestoreAreas(Lenne, "digital", Cora, Now)).Then();

    [Fact]
    public void The_first_change_is_undone() => Spec.Given(Added).When(Undo).Then(new AreasPutBack(Lenne, [], [], Cora, Now));

    [Fact]
    public void An_undo_brings_back_what_a_restoration_took() =>
        Spec.Given(Added, new AreasRestored(Lenne, null, Cora, Now)).When(Undo).Then(new AreasPutBack(Lenne, [new("green", Weld, true)], [], Cora, Now));

    [Fact]
    public void An_undo_is_undone_itself() => Spec.Given(Surfaces, new AreasPutBack(Lenne, [], [], Cora, Now)).When(Undo)
        .Then(new AreasPutBack(Lenne, [], [new("surfaces", [new("en", "Surfaces")])], Cora, Now));

    [Fact]
    public void Where_nothing_was_changed_nothing_is_undone() => Spec.Given().When(Undo).ThenRefused(UndoAreas.NothingToUndo);
}
