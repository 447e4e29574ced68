using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Own;
using ClusterNet.Learning.Records;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Learning;

public class EvidenceStrengthTests
{
    private static readonly Id<Person> Anna = new(Guid.NewGuid()), Bernd = new(Guid.NewGuid()), Albert = new(Guid.NewGuid());
    private static readonly Id<Firm> Acme = new(Guid.NewGuid()), Bolt = new(Guid.NewGuid());
    private static readonly DateTimeOffset Now = new(2026, 5, 12, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void One_s_own_word_is_told() => Of(Kept("", [])).ShouldBe(EvidenceLevel.Told);

    [Fact]
    public void With_what_was_learnt_a_skill_and_something_to_see_it_is_supported() => Of(Kept("much", ["urn:1"], links: ["https://a.example"])).ShouldBe(EvidenceLevel.Supported);

    [Fact]
    public void A_colleague_confirms_it() => Of(Kept("much", ["urn:1"], [Voice(Albert, Acme, VoiceKind.Confirmed)])).ShouldBe(EvidenceLevel.Confirmed);

    [Fact]
    public void Another_firm_makes_it_strong_where_it_says_what_was_learnt()
    {
        var voice = Voice(Bernd, Bolt, VoiceKind.Confirmed);
        Of(Kept("much", ["urn:1"], [voice])).ShouldBe(EvidenceLevel.Strong);
        Of(Kept("", ["urn:1"], [voice])).ShouldBe(EvidenceLevel.Confirmed);
        Of(Kept("much", ["urn:1"], [voice with { Stands = false }])).ShouldBe(EvidenceLevel.Told);
    }

    [Fact]
    public void A_dispute_outweighs_everything() => Of(Kept("much", ["urn:1"], [Voice(Bernd, Bolt, VoiceKind.Confirmed), Voice(Albert, Acme, VoiceKind.Disputed)]))
        .ShouldBe(EvidenceLevel.Disputed);

    [Fact]
    public void What_it_has_and_what_it_lacks_are_all_points()
    {
        var strength = EvidenceStrength.Of(Kept("much", []));
        strength.Has.ShouldBe([EvidencePoint.LearntSaid]);
        strength.Has.Concat(strength.Lacks).Order().ShouldBe(Enum.GetValues<EvidencePoint>());
    }

    [Fact]
    public void Shares_of_the_three_parts_add_up_to_a_hundred() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte>(), ArbMap.Default.ArbFor<byte>(), ArbMap.Default.ArbFor<byte>(), (a, b, c) =>
        {
            var shares = OwnLearning.Shares([(LearningPart.InformationGathering, 1, a), (LearningPart.CompetenceDevelopment, 1, b), (LearningPart.KnowledgeAcquisition, 1, c)]);
            shares.Sum(s => s.PerCent).ShouldBe(a + b + c == 0 ? 0 : 100);
            shares.ShouldAllBe(s => Math.Abs(s.PerCent - (s.Minutes * 100.0 / Math.Max(1, a + b + c))) < 1);
        }).QuickCheckThrowOnFailure();

    private static EvidenceLevel Of(Entry.Kept record) => EvidenceStrength.Of(record).Level;

    private static Voice Voice(Id<Person> person, Id<Firm> firm, VoiceKind kind) => new(person, firm, kind, "", Now, true);

    private static Entry.Kept Kept(string learnt, string[] skills, Voice[]? voices = null, string[]? links = null) => new(
        Anna, Acme,
        new(LearningKind.Observation, "Saw it", learnt, Now, 15, [new(Bernd, Bolt), new(Albert, Acme)], [.. skills], LearningPart.KnowledgeAcquisition, new ValueList<string>(links ?? [])),
        Visibility.Cluster, [.. voices ?? []], [], "app", Now, Now);
}
