using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.People;
using ClusterNet.EventStore;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Clusters;

/// <summary>Random people in random firms, looked at by random viewers: SQL, the state's rule, and the rule in words say the same.</summary>
public sealed class ViewerPropertyTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const int FirmCount = 6, PersonCount = 60, ViewerCount = 40;
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task SQL_and_state_show_exactly_what_the_rule_says()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var firms = Enumerable.Range(0, FirmCount).Select(_ => Guid.NewGuid()).ToArray();
        var people = new List<Viewer.Seen>();
        for (var i = 0; i < PersonCount; i++) people.Add(await Stored(random, firms));
        var (shown, hidden) = (0, 0);
        for (var i = 0; i < ViewerCount; i++)
        {
            var own = Some(random, firms, 2);
            var viewer = new Viewer(
                random.Next(2) == 0 ? people[random.Next(people.Count)].Person : new(Guid.NewGuid()), own, [.. own.Union(Some(random, firms, 3))], Some(random, firms, 1));
            var persons = people.Where(p => SeesPerson(viewer, p)).Select(p => p.Person.Value).Order().ToList();
            var profiles = people.Where(p => SeesProfile(viewer, p)).Select(p => p.Person.Value).Order().ToList();
            (await Seen(viewer, Viewer.SeesPerson, people)).ShouldBe(persons, $"SQL, seed {seed}");
            (await Seen(viewer, Viewer.SeesProfile, people)).ShouldBe(profiles, $"SQL of profiles, seed {seed}");
            people.Where(viewer.MaySeePerson).Select(p => p.Person.Value).Order().ToList().ShouldBe(persons, $"state, seed {seed}");
            people.Where(viewer.MaySeeProfile).Select(p => p.Person.Value).Order().ToList().ShouldBe(profiles, $"state of profiles, seed {seed}");
            (shown, hidden) = (shown + profiles.Count, hidden + people.Count - persons.Count);
        }

        // Neither everything nor nothing: the worlds are worth looking at.
        Math.Min(shown, hidden).ShouldBeGreaterThan(PersonCount);
    }

    /// <summary>In words: oneself; everybody signed in; colleagues; people of the cluster; and for the name alone whoever answers for a firm.</summary>
    private static bool SeesPerson(Viewer viewer, Viewer.Seen seen) => SeesProfile(viewer, seen) || seen.Firms.Any(viewer.AnswersFor.Contains);

    private static bool SeesProfile(Viewer viewer, Viewer.Seen seen)
    {
        if (seen.Person == viewer.Person || seen.Visibility == Visibility.Network) return true;
        if (seen.Visibility == Visibility.Private) return false;
        if (seen.Firms.Any(viewer.Firms.Contains)) return true;
        return seen.Visibility == Visibility.Cluster && seen.Firms.Any(viewer.ClusterFirms.Contains);
    }

    private async Task<Viewer.Seen> Stored(Random random, Guid[] firms)
    {
        var (person, now) = (new Id<Person>(Guid.NewGuid()), DateTimeOffset.UtcNow);
        var seen = new Viewer.Seen(person, (Visibility)random.Next(4), Some(random, firms, 2));
        var profiles = host.Services.GetRequiredService<Streams<PersonProfile, PersonProfileEvent>>();
        await Do(profiles, PersonProfile.IdOf(person), new RegisterPerson(person, "P", "Q", "en", person, now));
        await Do(profiles, PersonProfile.IdOf(person), new ChangeProfileVisibility(person, seen.Visibility, now));
        var employments = host.Services.GetRequiredService<Streams<Employment, EmploymentEvent>>();
        foreach (var firm in seen.Firms)
            await Do(employments, Employment.IdOf(person, new(firm)), new BeginEmployment(person, new(firm), Position.Employee, "x", person, true, now));
        return seen;
    }

    private static async Task Do<TState, TEvent>(Streams<TState, TEvent> streams, Guid id, ICommand<TState, TEvent> command)
        where TState : IState<TState, TEvent>
        where TEvent : class => (await streams.Execute(id, command, new(CommandMetadata.System("test")), Ct)).ShouldBeOfType<Outcome.Written>();

    private async Task<List<Guid>> Seen(Viewer viewer, string rule, IEnumerable<Viewer.Seen> among)
    {
        var found = await host.Services.GetRequiredService<Database>().Query(
            "clusters", Statement.Of($"select p.person from clusters.people p where {rule} and p.person = any($5)", [.. viewer.Values, among.Select(a => a.Person.Value).ToArray()]),
            r => r.GetGuid(0), Ct);
        return [.. found.Order()];
    }

    private static Guid[] Some(Random random, Guid[] from, int atMost) => [.. random.GetItems(from, random.Next(atMost + 1)).Distinct()];
}
