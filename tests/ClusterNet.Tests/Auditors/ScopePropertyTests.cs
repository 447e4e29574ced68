using System.Globalization;
using System.Net;
using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.EventStore;
using ClusterNet.Tests.Accreditation;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Person = ClusterNet.Access.Contracts.Person;

namespace ClusterNet.Tests.Auditors;

/// <summary>Random applications and random grants: what the list shows is what single reads allow, and what the rule in words says.</summary>
public sealed class ScopePropertyTests(StoryHost story) : IClassFixture<StoryHost>
{
    private const int Rounds = 25, PersonCount = 5, Days = 40;
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private sealed record Made(Guid Id, AuditedCase Case);

    /// <summary>Facts as given: history that the test makes up.</summary>
    private sealed record Facts(ApplicationEvent[] All) : ICommand<Application, ApplicationEvent>
    {
        public Decision<ApplicationEvent> Decide(Application state) => Decision<ApplicationEvent>.Of(All);
    }

    [Fact]
    public async Task List_single_reads_and_the_rule_agree()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var (people, standards, auditor) = (await People(), await Standards(), await story.Newcomer());
        var made = await Applications(random, people, standards);
        var (shown, hidden) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var scopes = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Scope(random, people, standards)).ToList();
            var grants = new List<string>();
            foreach (var scope in scopes) grants.Add(await story.Audits(auditor, Body(scope)));
            var expected = made.Where(m => scopes.Any(s => s.Covers(m.Case))).Select(m => m.Id).Order().ToList();

            (await Listed(auditor)).ShouldBe(expected, $"list, seed {seed}, round {round}");
            var read = new List<Guid>();
            foreach (var m in made)
            {
                var answer = await auditor.Client.Get($"/accreditation/applications/{m.Id}");
                if (answer.Status == HttpStatusCode.OK) read.Add(m.Id);
                else answer.ShouldBeProblem(HttpStatusCode.NotFound, "application-unknown");
            }

            read.Order().ToList().ShouldBe(expected, $"single reads, seed {seed}, round {round}");
            (shown, hidden) = (shown + expected.Count, hidden + made.Count - expected.Count);
            foreach (var grant in grants)
                (await story.Rosa.Client.Post($"/access/auditor-grants/{grant}/end", new { reason = "next round" })).ShouldBe(HttpStatusCode.OK);
        }

        // Otherwise the property would hold of nothing.
        shown.ShouldBeGreaterThan(20);
        hidden.ShouldBeGreaterThan(20);
    }

    private async Task<List<Id<Person>>> People()
    {
        var people = new List<Id<Person>>();
        while (people.Count < PersonCount) people.Add(Id<Person>.Parse((await story.Newcomer()).Person, null));
        return people;
    }

    /// <returns>Each with its lineage: two versions of one standard, and another one.</returns>
    private async Task<List<(Guid Id, Guid Lineage)>> Standards()
    {
        var first = Guid.Parse(await story.Published(StoryHost.StandardBody($"Bending {Guid.NewGuid():n}")));
        var title = $"Turning {Guid.NewGuid():n}";
        var older = Guid.Parse(await story.Published(StoryHost.StandardBody(title)));
        var newer = Guid.Parse(await story.Published(StoryHost.StandardBody(title, version: 2, former: older.ToString())));
        return [(first, first), (older, older), (newer, older)];
    }

    private async Task<List<Made>> Applications(Random random, List<Id<Person>> people, List<(Guid Id, Guid Lineage)> standards)
    {
        var made = new List<Made>();
        var streams = story.Host.Services.GetRequiredService<Streams<Application, ApplicationEvent>>();
        foreach (var person in people)
        {
            foreach (var (standard, lineage) in standards)
            {
                // Somebody has one open application by a standard, whatever its version.
                var id = Guid.CreateVersion7();
                var (facts, c) = Story(random, person, standard, lineage, mayStayOpen: standard == lineage);
                (await streams.Execute(id, new Facts(facts), new(CommandMetadata.System("test")), Ct)).ShouldBeOfType<Outcome.Written>();
                made.Add(new(id, c));
            }
        }

        return made;
    }

    private (ApplicationEvent[], AuditedCase) Story(Random random, Id<Person> person, Guid standard, Guid lineage, bool mayStayOpen)
    {
        var cluster = Guid.Parse(story.Cluster);
        var opened = At(random);
        DateTimeOffset? submitted = random.Next(4) > 0 ? At(random) : null;
        DateTimeOffset? decided = submitted is not null && random.Next(2) == 0 ? At(random) : null;
        List<ApplicationEvent> facts = [new ApplicationOpened(person, new(cluster), new(standard), new(lineage), 1, [], "", opened)];
        if (submitted is { } s)
        {
            facts.Add(new ApplicationSubmitted(person, 1, [], [], At(random)));
            facts.Add(new ApplicationSubmitted(person, 1, [], [], s));
        }

        if (decided is { } d) facts.Add(new ApplicationDeclined(person, person, 1, new(Nobody(person), []), [], "", d));
        else if (!mayStayOpen) facts.Add(new ApplicationWithdrawn(person, At(random)));
        return ([.. facts], new(cluster, standard, lineage, person, submitted, decided));
    }

    private static ConflictFacts Nobody(Id<Person> person) => new(person, [], [], [], Start, true);

    /// <summary>Often the very first or last moment of a day.</summary>
    private static DateTimeOffset At(Random random) => Start.AddDays(random.Next(Days)).AddTicks(random.Next(3) switch
    {
        0 => 0,
        1 => TimeSpan.TicksPerDay - 10,
        _ => random.NextInt64(TimeSpan.TicksPerDay / 10) * 10,
    });

    private AuditorScope Scope(Random random, List<Id<Person>> people, List<(Guid Id, Guid Lineage)> standards)
    {
        DateOnly? from = random.Next(2) == 0 ? DateOnly.FromDateTime(At(random).Date) : null;
        DateOnly? until = random.Next(2) == 0 ? (from ?? DateOnly.FromDateTime(At(random).Date)).AddDays(random.Next(10)) : null;
        Guid[]? persons = random.Next(2) == 0 ? [.. people.Where(_ => random.Next(2) == 0).Append(people[0]).Select(p => p.Value).Distinct()] : null;
        return new(default, Guid.Parse(story.Cluster), random.Next(2) == 0 ? standards[random.Next(standards.Count)].Id : null, from, until, persons, "");
    }

    private static Dictionary<string, object?> Body(AuditorScope scope) => new()
    {
        ["standard"] = scope.Standard,
        ["from"] = scope.From?.ToString("O", CultureInfo.InvariantCulture),
        ["until"] = scope.Until?.ToString("O", CultureInfo.InvariantCulture),
        ["persons"] = scope.Persons,
    };

    /// <summary>Page by page.</summary>
    private async Task<List<Guid>> Listed(Account auditor)
    {
        var ids = new List<Guid>();
        var path = $"/accreditation/clusters/{story.Cluster}/applications?limit=4";
        for (var next = path; next is not null;)
        {
            var page = (await auditor.Client.Get(next)).ShouldBe(HttpStatusCode.OK);
            ids.AddRange(page.Items.Select(i => Guid.Parse(i["id"]!.ToString())));
            next = page.Json["next"] is { } cursor ? $"{path}&cursor={cursor}" : null;
        }

        return [.. ids.Order()];
    }
}
