using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.People;
using ClusterNet.EventStore;
using Profile = ClusterNet.Tests.Spec<ClusterNet.Clusters.People.PersonProfile, ClusterNet.Clusters.People.PersonProfileEvent>;

namespace ClusterNet.Tests.Clusters;

public class ProfileDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Id<Person> Ben = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e02"));
    private static readonly PersonRegistered Registered = new(Ben, "Ben", "Bolt", "de", Ben, Now);
    private static readonly ValueList<string> Turning = ["turning"], None = [];
    private static readonly ChangeProfile Tell = new(Ben, "Ben", "Bolt", ProfileContent.Empty with { Skills = Turning }, "de", Now);
    private static readonly PersonProfileChanged Told = new(Ben, "", None, Turning, None, "", Now);

    [Fact]
    public void Somebody_tells_what_they_can_help_with() => Profile.Given(Registered).When(Tell).Then(Told);

    [Fact]
    public void The_same_again_adds_nothing() => Profile.Given(Registered, Told).When(Tell).Then();

    [Fact]
    public void A_new_name_is_a_fact_of_its_own() => Profile.Given(Registered, Told).When(Tell with { FamilyName = "Nut" }).Then(new PersonRenamed(Ben, "Ben", "Nut", Now));

    [Fact]
    public void Who_is_in_no_list_enters_the_network_with_the_profile() => Profile.Given().When(Tell).Then(Registered, Told);

    [Fact]
    public void A_profile_is_shown_to_others_than_before() => Profile.Given(Registered)
        .When(new ChangeProfileVisibility(Ben, Visibility.Private, Now)).Then(new PersonProfileVisibilityChanged(Ben, Visibility.Private, Now));

    [Fact]
    public void At_first_people_of_the_firms_clusters_see_it() => Profile.Given(Registered)
        .When(new ChangeProfileVisibility(Ben, Visibility.Cluster, Now)).Then();

    [Fact]
    public void Without_a_profile_there_is_nothing_to_show() => Profile.Given()
        .When(new ChangeProfileVisibility(Ben, Visibility.Network, Now)).ThenRefused(ChangeProfileVisibility.NoProfile);
}
