using System.Text.Json;
using ClusterNet.Accreditation.Standards;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Shouldly;
using static ClusterNet.Tests.Accreditation.Scene;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Accreditation.Standards.Standard, ClusterNet.Accreditation.Standards.StandardEvent>;

namespace ClusterNet.Tests.Accreditation;

public sealed class StandardTests
{
    private static readonly Id<Standard> Next = new(Number(42));
    private static readonly StandardDrafted Drafted = new(Valley, Negotiating, null, Terms, Rosa, Now);
    private static readonly DraftStandard Draft = new(Negotiating, Valley, null, Terms, Rosa, Now);
    private static readonly DraftStandard DraftNext =
        new(Next, Valley, (Negotiating, new Standard.Published(Valley, Negotiating, Terms)), Terms with { Version = 2 }, Rosa, Now);

    [Fact]
    public void The_first_version_begins_a_lineage() => Spec.Given().When(Draft).Then(Drafted);

    [Fact]
    public void The_same_draft_sent_twice_adds_nothing() => Spec.Given(Drafted).When(Draft).Then();

    [Fact]
    public void A_new_version_is_linked_to_the_former_and_stays_in_its_lineage() =>
        Spec.Given().When(DraftNext).Then(new StandardDrafted(Valley, Negotiating, Negotiating, Terms with { Version = 2 }, Rosa, Now));

    [Fact]
    public void A_new_version_needs_a_higher_number() =>
        Spec.Given().When(DraftNext with { Terms = Terms }).ThenRefused(DraftStandard.NotNewer);

    [Fact]
    public void A_draft_has_no_successor() =>
        Spec.Given().When(DraftNext with { Former = (Negotiating, new Standard.Draft(Valley, Negotiating, Terms)) })
            .ThenRefused(DraftStandard.FormerUnknown);

    [Fact]
    public void A_standard_of_another_cluster_is_no_former_version() =>
        Spec.Given().When(DraftNext with { Cluster = Coast }).ThenRefused(DraftStandard.FormerUnknown);

    [Fact]
    public void A_former_version_that_does_not_exist_is_refused() =>
        Spec.Given().When(DraftNext with { Former = (Negotiating, new Standard.Absent()) }).ThenRefused(DraftStandard.FormerUnknown);

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    public void From_level_five_on_one_assessor_is_too_few(int level) =>
        Spec.Given().When(Draft with { Terms = Terms with { EqfLevel = level } }).ThenRefused(DraftStandard.TooFewAssessors);

    [Fact]
    public void Level_five_with_two_assessors_is_fine() =>
        Spec.Given().When(Draft with { Terms = TwoAssessors }).Then(Drafted with { Terms = TwoAssessors });

    [Fact]
    public void Assessors_of_the_own_firm_are_refused() =>
        Spec.Given().When(Draft with { Terms = Terms with { Assessors = new(1, true, 24) } }).ThenRefused(DraftStandard.SameFirm);

    [Fact]
    public void A_draft_is_published_once()
    {
        Spec.Given(Drafted).When(new PublishStandard(Rosa, Now)).Then(new StandardPublished(Rosa, Now));
        Spec.Given(Drafted, new StandardPublished(Rosa, Now)).When(new PublishStandard(Rosa, Now)).Then();
    }

    [Fact]
    public void What_does_not_exist_is_not_published() =>
        Spec.Given().When(new PublishStandard(Rosa, Now)).ThenRefused(PublishStandard.Unknown);

    [Fact]
    public void The_demo_standard_is_a_valid_body()
    {
        var options = new JsonSerializerOptions();
        HttpJson.Configure(options);
        var file = Path.Combine(TestServer.HostDirectory(), "Demo", "cluster", "standard.json");
        var body = JsonSerializer.Deserialize<DraftStandardEndpoint.Body>(File.ReadAllText(file), options).ShouldNotBeNull();
        var faults = new Faults();
        body.Validate(faults);
        faults.All.ShouldBeEmpty();
        body.ToTerms().Criteria.Select(c => c.Code).ShouldBe(["N1", "N2", "N3"]);
    }
}
