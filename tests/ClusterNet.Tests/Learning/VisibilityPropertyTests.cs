using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Records;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Learning;

/// <summary>
/// Random people in random firms in random clusters: what SQL lets through is what the rule in words says, for lists as for single
/// records.
/// </summary>
public sealed class VisibilityPropertyTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const int FirmCount = 6, PersonCount = 14, ClusterCount = 3, RecordCount = 120, Worlds = 4;
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task SQL_and_state_show_exactly_what_the_rule_says()
    {
        for (var i = 0; i < Worlds; i++)
        {
            var seed = Random.Shared.Next();
            var random = new Random(seed);
            var world = World.Of(random);
            var records = new Dictionary<Guid, RecordLearning>();
            for (var n = 0; n < RecordCount; n++) await Store(records, world.Record(random));
            var (shown, hidden) = (0, 0);
            foreach (var person in world.People)
            {
                var reader = world.ReaderOf(person);
                var expected = records.Where(r => world.May(person, r.Value)).Select(r => r.Key).Order().ToList();
                (await Seen(reader, records.Keys)).ShouldBe(expected, $"SQL, seed {seed}");
                records.Where(r => reader.MaySee(State(r.Value))).Select(r => r.Key).Order().ToList()
                    .ShouldBe(expected, $"state, seed {seed}");
                (shown, hidden) = (shown + expected.Count, hidden + records.Count - expected.Count);
            }

            // Neither everything nor nothing: the worlds are worth looking at.
            Math.Min(shown, hidden).ShouldBeGreaterThan(RecordCount);
        }
    }

    private async Task Store(Dictionary<Guid, RecordLearning> records, RecordLearning record)
    {
        var id = Guid.CreateVersion7();
        var entries = host.Services.GetRequiredService<Streams<Entry, EntryEvent>>();
        (await entries.Execute(id, record, new(CommandMetadata.System("test")), Ct)).ShouldBeOfType<Outcome.Written>();
        records[id] = record;
    }

    private async Task<List<Guid>> Seen(Reader reader, IEnumerable<Guid> among)
    {
        var ids = await host.Services.GetRequiredService<Database>().Query(
            "learning", Statement.Of($"select id from learning.records where {Reader.Sees} and id = any($4)",
                [.. reader.Values, among.ToArray()]), r => r.GetGuid(0), Ct);
        return [.. ids.Order()];
    }

    private static Entry.Kept State(RecordLearning record) =>
        (Entry.Kept)record.Decide(Entry.Initial).Facts.Aggregate(Entry.Initial, Entry.Evolve);

    private sealed record World(Id<Person>[] People, Dictionary<Id<Person>, Id<Firm>[]> FirmsOf, Dictionary<Id<Firm>, int[]> ClustersOf,
        Dictionary<Id<Person>, int[]> Leads)
    {
        public static World Of(Random random)
        {
            var firms = Enumerable.Range(0, FirmCount).Select(_ => new Id<Firm>(Guid.NewGuid())).ToArray();
            var people = Enumerable.Range(0, PersonCount).Select(_ => new Id<Person>(Guid.NewGuid())).ToArray();
            return new(
                people,
                people.ToDictionary(p => p, _ => Some(random, firms, 2)),
                firms.ToDictionary(f => f, _ => Some(random, [.. Enumerable.Range(0, ClusterCount)], 2)),
                people.ToDictionary(p => p, _ => random.Next(5) == 0 ? Some(random, [.. Enumerable.Range(0, ClusterCount)], 1) : []));
        }

        public RecordLearning Record(Random random)
        {
            var owner = People[random.Next(People.Length)];
            var with = Some(random, [.. People.Where(p => p != owner)], 2).Select(p => new Companion(p, FirmOf(p))).ToArray();
            var now = DateTimeOffset.UtcNow;
            var content = new Content(
                LearningKind.Webinar, "x", "", now, 10, new(with), [], LearningPart.KnowledgeAcquisition, new ValueList<string>([]));
            return new(owner, FirmOf(owner), content, (Visibility)random.Next(4), "app", now);
        }

        public Reader ReaderOf(Id<Person> person)
        {
            var clusters = FirmsOf[person].SelectMany(f => ClustersOf[f]).Concat(Leads[person]).ToHashSet();
            var near = ClustersOf.Where(f => f.Value.Any(clusters.Contains)).Select(f => f.Key).Concat(FirmsOf[person]).Distinct();
            return new(person, [.. FirmsOf[person].Select(f => f.Value)], [.. near.Select(f => f.Value)]);
        }

        /// <summary>The rule in words (DOMAIN.md: own always; a colleague's private never; then named, firm, cluster, network).</summary>
        public bool May(Id<Person> reader, RecordLearning record)
        {
            if (reader == record.Person) return true;
            if (record.Shown == Visibility.Private) return false;
            if (record.Content.With.Any(c => c.Person == reader)) return true;
            if (record.Shown == Visibility.Network) return true;
            if (FirmsOf[reader].Contains(record.Firm)) return true;
            return record.Shown == Visibility.Cluster
                && ClustersOf.GetValueOrDefault(record.Firm, [])
                    .Any(c => Leads[reader].Contains(c) || FirmsOf[reader].Any(f => ClustersOf[f].Contains(c)));
        }

        private Id<Firm> FirmOf(Id<Person> person) => FirmsOf[person].Length == 0 ? new(Guid.NewGuid()) : FirmsOf[person][0];

        private static T[] Some<T>(Random random, T[] from, int atMost) => [.. random.GetItems(from, random.Next(atMost + 1)).Distinct()];
    }
}
