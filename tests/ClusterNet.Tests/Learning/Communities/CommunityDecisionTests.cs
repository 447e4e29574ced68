using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using CommunitySpec = ClusterNet.Tests.Spec<ClusterNet.Learning.Communities.CommunityLife, ClusterNet.Learning.Communities.CommunityEvent>;
using PartSpec = ClusterNet.Tests.Spec<ClusterNet.Learning.Communities.Participation, ClusterNet.Learning.Communities.ParticipationEvent>;

namespace ClusterNet.Tests.Learning.Communities;

/// <summary>Who may do what in a community's life, decided without a database.</summary>
public class CommunityDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 9, 0, 0, TimeSpan.Zero);
    private static readonly Id<Person> Anna = new(Guid.NewGuid()), Bernd = new(Guid.NewGuid()), Clara = new(Guid.NewGuid());
    private static readonly Id<Community> Welders = new(Guid.NewGuid());
    private static readonly Guid Goal = Guid.NewGuid();
    private static readonly Charter Charter = new("Welders", "Fewer rejects", CommunityKind.Spontaneous, false, Clara, [], []);
    private static readonly CommunityFounded Founded = new(null, "Welders", "Fewer rejects", CommunityKind.Spontaneous, false, Clara, [], [], Anna, Now);
    private static readonly CommunityFacilitatorAppointed BerndToo = new(Bernd, Anna, Now);
    private static readonly CommunityClosed Closed = new("Done", Anna, Now);

    [Fact]
    public void A_founding_sent_twice_founds_once() =>
        CommunitySpec.Given(Founded).When(new FoundCommunity(null, Charter, Anna, Now)).Then();

    [Fact]
    public void A_facilitator_changes_what_it_is_for() => CommunitySpec.Given(Founded).When(new ChangeCommunity(Charter with { Name = "TIG" }, Anna, Now))
        .Then(new CommunityChanged("TIG", "Fewer rejects", CommunityKind.Spontaneous, false, Clara, [], [], Anna, Now));

    [Fact]
    public void The_same_again_changes_nothing() => CommunitySpec.Given(Founded).When(new ChangeCommunity(Charter, Anna, Now)).Then();

    [Fact]
    public void Others_change_nothing() => CommunitySpec.Given(Founded).When(new ChangeCommunity(Charter with { Name = "TIG" }, Bernd, Now)).ThenRefused(CommunityRules.NotFacilitator);

    [Fact]
    public void A_facilitator_appoints_another() => CommunitySpec.Given(Founded).When(new AppointFacilitator(Bernd, Anna, Now)).Then(BerndToo);

    [Fact]
    public void Nobody_appoints_themselves_while_somebody_facilitates() =>
        CommunitySpec.Given(Founded).When(new AppointFacilitator(Bernd, Bernd, Now)).ThenRefused(CommunityRules.NotFacilitator);

    [Fact]
    public void Where_nobody_facilitates_a_member_takes_it_on() =>
        CommunitySpec.Given(Founded, new CommunityOfficeGivenUp(Anna, Now)).When(new AppointFacilitator(Bernd, Bernd, Now)).Then(new CommunityFacilitatorAppointed(Bernd, Bernd, Now));

    [Fact]
    public void The_last_facilitator_stays() => CommunitySpec.Given(Founded).When(new GiveUpOffice(Anna, false, Now)).ThenRefused(GiveUpOffice.LastFacilitator);

    [Fact]
    public void The_last_facilitator_goes_when_the_account_closes() =>
        CommunitySpec.Given(Founded).When(new GiveUpOffice(Anna, true, Now)).Then(new CommunityOfficeGivenUp(Anna, Now));

    [Fact]
    public void One_of_two_facilitators_goes() => CommunitySpec.Given(Founded, BerndToo).When(new GiveUpOffice(Anna, false, Now)).Then(new CommunityOfficeGivenUp(Anna, Now));

    [Fact]
    public void A_sponsor_gives_the_office_up() => CommunitySpec.Given(Founded).When(new GiveUpOffice(Clara, false, Now)).Then(new CommunityOfficeGivenUp(Clara, Now));

    [Fact]
    public void Who_has_no_office_gives_none_up() => CommunitySpec.Given(Founded).When(new GiveUpOffice(Bernd, false, Now)).Then();

    [Fact]
    public void Goals_are_set_moved_and_dropped()
    {
        var set = new CommunityGoalSet(Goal, "Half the rejects", null, Anna, Now);
        CommunitySpec.Given(Founded).When(new SetGoal(Goal, "Half the rejects", null, Anna, Now)).Then(set);
        CommunitySpec.Given(Founded, set).When(new ProgressGoal(Goal, 40, Anna, Now)).Then(new CommunityGoalProgressed(Goal, 40, Anna, Now));
        CommunitySpec.Given(Founded, set, new CommunityGoalProgressed(Goal, 40, Anna, Now)).When(new ProgressGoal(Goal, 40, Anna, Now)).Then();
        CommunitySpec.Given(Founded, set).When(new DropGoal(Goal, Anna, Now)).Then(new CommunityGoalDropped(Goal, Anna, Now));
        CommunitySpec.Given(Founded, set, new CommunityGoalDropped(Goal, Anna, Now)).When(new ProgressGoal(Goal, 50, Anna, Now)).ThenRefused(CommunityRules.GoalUnknown);
        CommunitySpec.Given(Founded, set).When(new ProgressGoal(Goal, 50, Bernd, Now)).ThenRefused(CommunityRules.NotFacilitator);
    }

    [Fact]
    public void A_goal_too_many_is_refused() => CommunitySpec.Given([Founded, .. Enumerable.Range(0, 20).Select(i => new CommunityGoalSet(Guid.NewGuid(), $"{i}", null, Anna, Now))])
        .When(new SetGoal(Goal, "One more", null, Anna, Now)).ThenRefused(SetGoal.TooMany);

    [Fact]
    public void A_closed_community_takes_nothing_more()
    {
        CommunitySpec.Given(Founded).When(new CloseCommunity("Done", Anna, Now)).Then(Closed);
        CommunitySpec.Given(Founded, Closed).When(new CloseCommunity("Done", Anna, Now)).Then();
        CommunitySpec.Given(Founded, Closed).When(new StillOpen()).ThenRefused(CommunityRules.Closed);
        CommunitySpec.Given(Founded, Closed).When(new ChangeCommunity(Charter with { Name = "TIG" }, Anna, Now)).ThenRefused(CommunityRules.Closed);
        CommunitySpec.Given(Founded, Closed).When(new GiveUpOffice(Anna, false, Now)).Then();
    }

    [Fact]
    public void One_joins_and_leaves_once()
    {
        var joined = new CommunityJoined(Welders, Bernd, null, Now);
        PartSpec.Given().When(new JoinCommunity(Welders, Bernd, null, Now)).Then(joined);
        PartSpec.Given(joined).When(new JoinCommunity(Welders, Bernd, null, Now)).Then();
        PartSpec.Given(joined).When(new LeaveCommunity(Welders, Bernd, Now)).Then(new CommunityLeft(Welders, Bernd, Now));
        PartSpec.Given().When(new LeaveCommunity(Welders, Bernd, Now)).Then();
        PartSpec.Given(joined, new CommunityLeft(Welders, Bernd, Now)).When(new TakesPart()).ThenRefused(TakesPart.Outside);
    }
}
