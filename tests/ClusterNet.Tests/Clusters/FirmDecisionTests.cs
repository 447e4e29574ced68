using ClusterNet.Access.Contracts;
using ClusterNet.Clusters;
using ClusterNet.Clusters.Charters;
using ClusterNet.Clusters.Firms;
using ClusterNet.EventStore;
using Charter = ClusterNet.Tests.Spec<ClusterNet.Clusters.Charters.ClusterCharter, ClusterNet.Clusters.Charters.ClusterCharterEvent>;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Clusters.Firms.FirmProfile, ClusterNet.Clusters.Firms.FirmProfileEvent>;

namespace ClusterNet.Tests.Clusters;

public class FirmDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Id<Person> Olga = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e01"));
    private static readonly Id<Person> Ben = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e02"));
    private static readonly FirmData Querform = new("Querform GmbH", "HRB 4335", "DE", "DEA58", "Menden", "22.29", null);
    private static readonly FirmFigures Figures = new(57, 638_660_700, 3_010_827_500, new(2026, 2, 28));
    private static readonly FirmRegistered Registered = new("Querform GmbH", "HRB 4335", "DE", "DEA58", "Menden", "22.29", null, Olga, Now);
    private static readonly FirmFiguresReported Reported = new(57, 638_660_700, 3_010_827_500, new(2026, 2, 28), Olga, Now);
    private static readonly FirmLeaderNamed OlgaLeads = new(Olga, Now);
    private static readonly string[] Sectors = ["24", "25.62"];

    [Fact]
    public void A_cluster_is_founded_with_its_charter() =>
        Charter.Given().When(new FoundCluster("Lenne", "DEA58", Sectors, "We share.", "Grow", Olga, Now))
            .Then(new ClusterFounded("Lenne", "DEA58", ["24", "25.62"], "We share.", "Grow", Olga, Now));

    [Fact]
    public void A_cluster_is_founded_once() =>
        Charter.Given(new ClusterFounded("Lenne", "DEA58", ["24", "25.62"], "We share.", "Grow", Olga, Now))
            .When(new FoundCluster("Lenne", "DEA58", Sectors, "We share.", "Grow", Olga, Now)).Then();

    [Fact]
    public void Who_registers_a_firm_leads_it() =>
        Spec.Given().When(new RegisterFirm(Querform, null, Olga, Olga, Now)).Then(Registered, OlgaLeads);

    [Fact]
    public void A_firm_of_a_list_comes_with_its_figures_and_without_a_leader() =>
        Spec.Given().When(new RegisterFirm(Querform, Figures, null, Olga, Now)).Then(Registered, Reported);

    [Fact]
    public void A_firm_is_registered_once() => Spec.Given(Registered).When(new RegisterFirm(Querform, Figures, Olga, Olga, Now)).Then();

    [Fact]
    public void Figures_are_reported() => Spec.Given(Registered).When(new ReportFigures(Figures, Olga, Now)).Then(Reported);

    [Fact]
    public void The_same_figures_again_add_nothing() => Spec.Given(Registered, Reported).When(new ReportFigures(Figures, Ben, Now)).Then();

    [Fact]
    public void Changed_figures_are_a_new_fact() =>
        Spec.Given(Registered, Reported).When(new ReportFigures(Figures with { HeadCount = 58 }, Olga, Now)).Then(Reported with { HeadCount = 58 });

    [Fact]
    public void Figures_of_an_unknown_firm_are_refused() => Spec.Given().When(new ReportFigures(Figures, Olga, Now)).ThenRefused(Refusals.FirmUnknown);

    [Fact]
    public void A_second_leader_is_named() => Spec.Given(Registered, OlgaLeads).When(new NameLeader(Ben, Now)).Then(new FirmLeaderNamed(Ben, Now));

    [Fact]
    public void Who_leads_already_is_not_named_again() => Spec.Given(Registered, OlgaLeads).When(new NameLeader(Olga, Now)).Then();

    [Fact]
    public void Nobody_leads_an_unknown_firm() => Spec.Given().When(new NameLeader(Olga, Now)).ThenRefused(Refusals.FirmUnknown);

    [Fact]
    public void One_of_two_leaders_is_released() =>
        Spec.Given(Registered, OlgaLeads, new FirmLeaderNamed(Ben, Now)).When(new ReleaseLeader(Olga, Now)).Then(new FirmLeaderReleased(Olga, Now));

    [Fact]
    public void The_last_leader_stays() => Spec.Given(Registered, OlgaLeads).When(new ReleaseLeader(Olga, Now)).ThenRefused(ReleaseLeader.LastLeader);

    [Fact]
    public void Who_does_not_lead_need_not_be_released() => Spec.Given(Registered, OlgaLeads).When(new ReleaseLeader(Ben, Now)).Then();

    [Fact]
    public void A_released_leader_counts_no_more() =>
        Spec.Given(Registered, OlgaLeads, new FirmLeaderNamed(Ben, Now), new FirmLeaderReleased(Olga, Now))
            .When(new ReleaseLeader(Ben, Now)).ThenRefused(ReleaseLeader.LastLeader);
}
