using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Standards;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using Shouldly;
using static ClusterNet.Tests.Accreditation.Scene;

namespace ClusterNet.Tests.Accreditation;

/// <summary>How many would be ready today: counted by person, and nothing told of fewer than five.</summary>
public sealed class DryRunTests
{
    private static readonly StandardTerms Two = Terms with { EvidenceRules = new(2, 2, 24, 60, 0, 0) };

    [Fact]
    public void People_are_counted_by_what_their_records_lack()
    {
        var run = Of([.. Ready(6), .. OneShort(5, 100), .. TwoShort(5, 200)]);
        (run.People, run.Ready, run.LackOne).ShouldBe((16, 6, 5));
        run.Stops.ShouldBe([new Stop("minKinds", 10), new Stop("minItems", 5), new Stop("minMinutes", 5)]);
    }

    [Fact]
    public void Fewer_than_five_are_not_told_and_neither_is_what_stops_them()
    {
        var run = Of([.. Ready(4), .. OneShort(4, 100)]);
        (run.People, run.Ready, run.LackOne).ShouldBe((8, null, null));
        run.Stops.ShouldBeEmpty();
        Of(Ready(4)).People.ShouldBeNull();
        Of([]).People.ShouldBeNull();
    }

    [Fact]
    public void Whose_records_do_not_count_is_not_among_the_people()
    {
        RecordFacts[] old = [.. Ready(5).Select(r => r with { HappenedAt = Now.AddYears(-3) })];
        Of(old).People.ShouldBeNull();
        Of([.. Ready(5), .. old]).People.ShouldBe(5);
    }

    [Fact]
    public void A_criterion_is_no_rule_here_for_only_its_owner_knows_what_a_record_shows()
    {
        var run = Of(Ready(5), Two with { Criteria = [.. Two.Criteria, new Criterion("N3", "teaches") { Optional = true }], EvidenceRules = Two.EvidenceRules with { MinOptional = 1 } });
        run.Ready.ShouldBe(5);
    }

    private static DryRun Of(IEnumerable<RecordFacts> records, StandardTerms? terms = null) => DryRun.Of(records.GroupBy(r => r.Person), terms ?? Two, Now);

    private static RecordFacts[] Ready(int people) => [.. Enumerable.Range(1, people).SelectMany(n => (RecordFacts[])[By(n, LearningKind.Webinar), By(n, LearningKind.Teaching)])];

    private static RecordFacts[] OneShort(int people, int from) =>
        [.. Enumerable.Range(from, people).SelectMany(n => (RecordFacts[])[By(n, LearningKind.Webinar), By(n, LearningKind.Webinar)])];

    private static RecordFacts[] TwoShort(int people, int from) => [.. Enumerable.Range(from, people).Select(n => By(n, LearningKind.Webinar))];

    private static RecordFacts By(int person, LearningKind kind) => Record((10 * person) + (int)kind, kind) with { Person = new Id<Person>(Number(1_000 + person)) };
}
