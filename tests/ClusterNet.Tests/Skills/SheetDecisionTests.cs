using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Audits;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Levels;
using Shouldly;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Skills.Audits.Sheet, ClusterNet.Skills.Audits.SheetEvent>;

namespace ClusterNet.Tests.Skills;

/// <summary>What a rater says: saved as it goes, sent, changed.</summary>
public class SheetDecisionTests
{
    private const string Weld = "http://data.europa.eu/esco/skill/weld", Sell = "http://data.europa.eu/esco/skill/sell";
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly Id<Audit> Spring = new(Guid.NewGuid());
    private static readonly Id<Person> Anna = new(Guid.NewGuid()), Ben = new(Guid.NewGuid());
    private static readonly Id<Firm> Acme = new(Guid.NewGuid());
    private static readonly ValueList<RequiredSkill> Asked = [new(Weld, 3), new(Sell, 2)];
    private static readonly ValueList<SheetAnswer> One = [new(Weld, 3)], Both = [new(Weld, 3), new(Sell, null)];
    private static readonly SaveRating Save = new(Spring, Anna, Ben, Acme, RaterKind.Manager, Asked, Both, [new(Weld, "Neat seams")], Now);
    private static readonly RatingSaved Saved = new(Spring, Anna, Ben, Acme, RaterKind.Manager, Both, ValueList.Of<SheetComment>([new(Weld, "Neat seams")]), Now);
    private static readonly RatingSent Sent = new(Spring, Anna, Ben, Now);
    private static readonly SendRating Send = new(Spring, Anna, Ben, Asked, Now);

    [Fact]
    public void Part_of_it_is_saved() => Spec.Given().When(Save with { Answers = One }).Then(Saved with { Answers = One });

    [Fact]
    public void The_same_saved_again_adds_nothing() => Spec.Given(Saved).When(Save with { Now = Now.AddDays(1) }).Then();

    [Fact]
    public void An_empty_sheet_is_not_kept() => Spec.Given().When(Save with { Answers = [], Comments = [] }).Then();

    [Fact]
    public void Only_skills_that_are_asked_are_rated() => Spec.Given().When(Save with { Answers = [new("urn:other", 3)] }).ThenRefused(SaveRating.NotAsked);

    [Fact]
    public void What_is_whole_is_sent() => Spec.Given(Saved).When(Send).Then(Sent);

    [Fact]
    public void What_has_holes_is_not_sent() => Spec.Given(Saved with { Answers = One }).When(Send).ThenRefused(SendRating.Missing);

    [Fact]
    public void Nothing_is_not_sent() => Spec.Given().When(Send).ThenRefused(SendRating.Nothing);

    [Fact]
    public void It_is_sent_once() => Spec.Given(Saved, Sent).When(Send).ThenRefused(SendRating.Already);

    [Fact]
    public void What_was_sent_can_be_changed_and_stays_sent()
    {
        ValueList<SheetAnswer> changed = [new(Weld, 4), new(Sell, null)];

        Spec.Given(Saved, Sent).When(Save with { Answers = changed }).Then(Saved with { Answers = changed });
        Sheet.Evolve(Sheet.Evolve(Sheet.Evolve(Sheet.Initial, Saved), Sent), Saved with { Answers = changed }).ShouldBeOfType<Sheet.Filled>().Sent.ShouldBeTrue();
    }

    [Fact]
    public void What_was_sent_stays_whole() => Spec.Given(Saved, Sent).When(Save with { Answers = One }).ThenRefused(SaveRating.Incomplete);
}
