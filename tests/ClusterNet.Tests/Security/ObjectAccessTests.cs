using System.Net;
using System.Text;
using ClusterNet.Tests.Accreditation;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Security;

/// <summary>
/// Object-level authorisation: at every operation of the description that names something by its id, somebody else's is tried by people
/// whom it does not concern (OWASP API Security 2023, API1).
/// </summary>
public sealed class ObjectAccessTests(StoryHost story) : IClassFixture<StoryHost>
{
    private static Victim? _victim;

    /// <summary>What is open to others on purpose, and why; of these too, no word of the victim may be in the answer.</summary>
    private static readonly Dictionary<string, string> OpenToOutsiders = new()
    {
        ["GET /api/v1/clusters/{cluster}"] = "what a cluster is for is no secret",
        ["GET /api/v1/clusters/{cluster}/firms"] = "which firms belong is no secret",
        ["GET /api/v1/clusters/firms/{firm}"] = "a firm's card, without figures",
        ["GET /api/v1/audit/events/{id}/proof"] = "hashes only",
        ["GET /api/v1/accreditation/clusters/{cluster}/standards"] = "published standards",
        ["GET /api/v1/accreditation/standards/{id}"] = "a published standard",
        ["GET /api/v1/accreditation/standards/{id}/export"] = "a published standard as a file",
        ["GET /api/v1/accreditation/credentials/{number}"] = "whoever holds the number may verify; no name",
        ["GET /api/v1/resources/certificates/{number}"] = "whoever holds the number may look it up; no name",
        ["GET /api/v1/access/erasures/{id}"] = "a receipt names nobody",
        ["GET /api/v1/skills/frameworks/{framework}"] = "the catalogue is public",
        ["GET /api/v1/skills/occupations/{occupation}"] = "the catalogue is public",
        ["GET /api/v1/skills/occupations/{occupation}/profile"] = "the catalogue is public",
    };

    /// <summary>What somebody does about their own part in something that they may see.</summary>
    private static readonly string[] OfOneself = ["/joining", "/leaving", "/resignation", "/following", "/discussions/{id}/learning"];

    [Fact]
    public async Task Somebody_from_outside_gets_nothing_of_anybodys_and_changes_nothing()
    {
        var victim = await TheVictim();
        var outsider = await story.Newcomer();
        await outsider.Found("Another valley");
        (await outsider.Client.Post("/clusters/firms", World.FirmBody("Outside Ltd", $"HRB {Guid.NewGuid():n}"))).ShouldBe(HttpStatusCode.Created);

        await Tries(outsider, victim, o => true, OpenToOutsiders);
    }

    [Fact]
    public async Task The_owner_of_another_firm_of_the_same_cluster_changes_nothing_of_anybodys()
    {
        var victim = await TheVictim();

        await Tries(await story.Entrepreneur(), victim,
            // Everybody of the cluster proposes skills, takes part in its programmes and communities, and says something about sessions that one attended; its firms propose rules of the pool.
            o => o.Method != HttpMethod.Get
                && o.ToString() is not ("POST /api/v1/skills/clusters/{cluster}/own" or "POST /api/v1/resources/clusters/{cluster}/rules/proposals" or "POST /api/v1/resources/sessions/{id}/check-in" or "POST /api/v1/resources/sessions/{id}/feedback") && !o.ToString().Contains("programmes/{id}/membership", StringComparison.Ordinal)
                && !OfOneself.Any(end => o.Path.StartsWith("/api/v1/learning/", StringComparison.Ordinal) && o.Path.EndsWith(end, StringComparison.Ordinal)), []);
    }

    [Fact]
    public async Task Nobody_gets_anything_by_an_id_without_signing_in()
    {
        var victim = await TheVictim();
        using var anybody = story.Host.Anonymous();
        // By a made-up secret nobody gets a calendar: 404 as for any that is over.
        var open = new HashSet<string>(OpenToOutsiders.Keys.Append("GET /api/v1/learning/mentoring/calendar/{secret}").Where(o => o.Contains("{secret}", StringComparison.Ordinal) || o.Contains("proof", StringComparison.Ordinal) || o.Contains("{number}", StringComparison.Ordinal) || o.Contains("erasures", StringComparison.Ordinal) || o.Contains("frameworks", StringComparison.Ordinal)
            || o.Contains("occupations", StringComparison.Ordinal)));

        foreach (var operation in await WithIds())
        {
            var answer = await Send(anybody, operation, victim);
            if (open.Contains(operation.ToString())) answer.Body.ShouldNotContain(Victim.Mark, Case.Insensitive, operation.ToString());
            else answer.Status.ShouldBe(HttpStatusCode.Unauthorized, operation.ToString());
        }
    }

    [Fact]
    public async Task No_list_shows_an_outsider_a_word_of_somebody_whom_it_asks_for()
    {
        var victim = await TheVictim();
        var outsider = await story.Newcomer();
        var lists = (await ApiDocument.Operations(story.Host)).Where(o => o.Method == HttpMethod.Get && o.RouteValues.Count == 0).ToList();
        lists.Count.ShouldBeGreaterThan(10);

        foreach (var list in lists)
        {
            var answer = await outsider.Client.Get($"{list.Path}?person={victim.Life.Me.Person}&firm={victim.Life.Firm}&cluster={story.Cluster}");
            answer.Body.ShouldNotContain(Victim.Mark, Case.Insensitive, list.ToString());
        }

        (await victim.Life.Me.Client.Get("/learning/records")).Body.ShouldContain(Victim.Mark, Case.Insensitive, "or there was nothing to be seen");
    }

    private async Task Tries(Account thief, Victim victim, Func<Operation, bool> which, Dictionary<string, string> open)
    {
        await story.Host.CaughtUp();
        var before = await story.Host.EventCount();
        var (faults, tried) = (new List<string>(), 0);
        foreach (var operation in (await WithIds()).Where(which))
        {
            var answer = await Send(thief.Client, operation, victim);
            tried++;
            if (answer.Body.Contains(Victim.Mark, StringComparison.OrdinalIgnoreCase)) faults.Add($"{operation} tells: {answer}");
            if (!open.ContainsKey(operation.ToString()) && answer.Status is not (HttpStatusCode.Forbidden or HttpStatusCode.NotFound)) faults.Add($"{operation}: {answer}");
        }

        faults.ShouldBeEmpty();
        tried.ShouldBeGreaterThan(25);
        (await story.Host.EventCount()).ShouldBe(before);
    }

    private async Task<IReadOnlyList<Operation>> WithIds()
    {
        var operations = (await ApiDocument.Operations(story.Host))
            .Where(o => o.RouteValues.Count > 0 && o.Path.StartsWith("/api/", StringComparison.Ordinal)).ToList();
        operations.Count.ShouldBeGreaterThan(50);
        var victim = await TheVictim();
        operations.SelectMany(o => o.RouteValues.Where(v => victim.IdFor(o, v) is null).Select(v => $"{o} {v}")).ShouldBeEmpty("a new kind of id: give the victim one");
        return operations;
    }

    private static async Task<Answer> Send(HttpClient client, Operation operation, Victim victim)
    {
        var path = operation.At(v => victim.IdFor(operation, v) ?? throw new InvalidOperationException($"{v}"));
        if (path.EndsWith("/free", StringComparison.Ordinal) || path.EndsWith("/availability", StringComparison.Ordinal)) path += "?from=2027-05-31T09:30:00Z&to=2027-06-01T09:30:00Z"; // both are needed
        var type = operation.ContentTypes is [var first, ..] ? first : "application/json";
        HttpContent? content = operation.Method == HttpMethod.Get ? null : new StringContent(operation.Body is null && operation.ContentTypes.Count > 0 ? "name\nx\n" : victim.Body(operation), Encoding.UTF8, type);
        return await Pages.Send(client, operation.Method, path, content, ("If-Match", "*"));
    }

    private async Task<Victim> TheVictim() => _victim ??= await Victim.Of(story);
}
