using System.Globalization;
using System.Net;
using ClusterNet.Skills;
using ClusterNet.Tests.Hosting;

namespace ClusterNet.Tests.Accreditation;

/// <summary>
/// A Host with one cluster: Rosa coordinates, Ahmed and Anna assess, Dora decides, Audrey audits; candidates come with each test.
/// </summary>
public sealed class StoryHost : IAsyncLifetime
{
    private const string Skill = "http://data.europa.eu/esco/skill/5f2efbdf-08a2-49cd-9c06-bd284e4f0fbf";
    private Account? _operator;
    private int _people;

    internal RunningHost Host { get; } = new();

    internal Account Operator => _operator ?? Nobody;

    internal Account Rosa { get; private set; } = Nobody;

    internal Account Ahmed { get; private set; } = Nobody;

    internal Account Anna { get; private set; } = Nobody;

    internal Account Dora { get; private set; } = Nobody;

    internal Account Audrey { get; private set; } = Nobody;

    internal string Cluster { get; private set; } = "";

    internal string Standard { get; private set; } = "";

    private static Account Nobody { get; } = new(new HttpClient(), "", "");

    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        await SkillsModule.InstallStarter(Host.Services, null, CancellationToken.None);
        _operator = await Host.Operator();
        Rosa = await Newcomer();
        var founded = await Rosa.Client.Post(
            "/clusters", new
            {
                name = "Valley",
                nuts = "DEA58",
                sectors = new[] { "24" },
                charter = "We share.",
                businessObjective = "Whole assemblies"
            });
        Cluster = founded.ShouldBe(HttpStatusCode.Created).Id;
        Ahmed = await Entrepreneur("assessor");
        Anna = await Entrepreneur("assessor");
        Dora = await Entrepreneur("decision-maker");
        Audrey = await Newcomer();
        await Audits(Audrey);
        Standard = await Published(StandardBody("Negotiating as a small supplier"));
    }

    /// <summary>Somebody new who owns a new firm of the cluster.</summary>
    internal async Task<Account> Entrepreneur(params string[] roles)
    {
        var person = await Newcomer();
        var number = (++_people).ToString(CultureInfo.InvariantCulture);
        var firm = (await person.Client.Post("/clusters/firms", new
        {
            name = $"Firm {number}",
            registrationNumber = $"HRB {number}",
            country = "DE",
            nuts = "DEA58",
            city = "Menden",
            nace = "25.62",
            owner = new { givenName = "Owner", familyName = number, language = "en" },
        })).ShouldBe(HttpStatusCode.Created).Id;
        (await person.Client.Post($"/clusters/{Cluster}/memberships", new { firm, reason = "to learn" })).ShouldBe(HttpStatusCode.Created);
        (await Rosa.Client.Post($"/clusters/{Cluster}/memberships/{firm}/admission", new { reason = "welcome" }))
            .ShouldBe(HttpStatusCode.OK);
        foreach (var role in roles) await Grant(person, role);
        return person;
    }

    internal Task<Account> Newcomer() => Host.Newcomer(_operator ?? Nobody, "Person");

    internal async Task Grant(Account person, string role) =>
        (await Rosa.Client.Post("/access/roles",
            new { person = person.Person, role, scopeKind = "cluster", scopeId = Cluster, reason = "trained" }))
            .ShouldBe(HttpStatusCode.Created);

    /// <summary>Lets somebody from outside read the cluster's accreditation, all of it unless <paramref name="scope"/> says less.</summary>
    /// <returns>The grant.</returns>
    internal async Task<string> Audits(Account auditor, Dictionary<string, object?>? scope = null, int days = 90)
    {
        var body = new Dictionary<string, object?>(scope ?? [])
        {
            ["auditor"] = auditor.Person,
            ["cluster"] = Cluster,
            ["purpose"] = "yearly audit",
            ["organisation"] = "Chamber",
            ["expiresAt"] = DateTimeOffset.UtcNow.AddDays(days),
        };
        return (await Rosa.Client.Post("/access/auditor-grants", body)).ShouldBe(HttpStatusCode.Created).Id;
    }

    internal static object StandardBody(string title, int version = 1, int eqfLevel = 4, int assessors = 1, string skill = Skill,
        string? former = null) => new
        {
            title,
            version,
            eqfLevel,
            skill,
            validityMonths = 36,
            outcomes = new[] { new { type = "skill", text = "negotiates" } },
            criteria = new[] { new { code = "N1", text = "prepares" }, new { code = "N2", text = "leads" } },
            evidenceRules = new { minItems = 2, minKinds = 2, maxAgeMonths = 24, minMinutes = 60, minConfirmed = 1, minFromOtherFirms = 1 },
            assessors = new { count = assessors, sameFirm = false, coolingOffMonths = 24 },
            former,
        };

    internal async Task<string> Published(object standard)
    {
        var id = (await Rosa.Client.Post($"/accreditation/clusters/{Cluster}/standards", standard)).ShouldBe(HttpStatusCode.Created).Id;
        (await Rosa.Client.Post($"/accreditation/standards/{id}/publication", null)).ShouldBe(HttpStatusCode.OK);
        return id;
    }

    /// <summary>A record of half an hour, confirmed by <paramref name="witness"/> when there is one.</summary>
    internal static async Task<string> Record(Account person, string kind, Account? witness = null)
    {
        var with = witness is null ? [] : new[] { witness.Person };
        var record = (await person.Client.Post("/learning/records", new { kind, what = "negotiated", minutes = 30, with }))
            .ShouldBe(HttpStatusCode.Created).Id;
        if (witness is not null) (await witness.Client.Post($"/learning/records/{record}/confirmation", null)).ShouldBe(HttpStatusCode.OK);
        return record;
    }

    internal async Task<string> Apply(Account person) =>
        (await person.Client.Post("/accreditation/applications", new { standard = Standard, statement = "I negotiate." }))
            .ShouldBe(HttpStatusCode.Created).Id;

    /// <summary>An application with sufficient evidence, submitted.</summary>
    internal async Task<string> Submitted(Account person, Account witness)
    {
        var id = await Apply(person);
        var items = new[]
        {
            new { record = await Record(person, "event-or-fair", witness), criteria = new[] { "N1", "N2" } },
            new { record = await Record(person, "mistake-reflected"), criteria = new[] { "N2" } },
        };
        (await person.Client.Post($"/accreditation/applications/{id}/evidence", new { items })).ShouldBe(HttpStatusCode.OK);
        (await person.Client.Post($"/accreditation/applications/{id}/submission", null)).ShouldBe(HttpStatusCode.OK);
        return id;
    }

    internal Task<Answer> Assign(string id, Account assessor) =>
        Rosa.Client.Post($"/accreditation/applications/{id}/assessors", new { assessor = assessor.Person });

    internal static Task<Answer> Rate(string id, Account assessor, bool met = true) =>
        assessor.Client.Post($"/accreditation/applications/{id}/ratings", new
        {
            ratings = new[] { "N1", "N2" }.Select(criterion =>
                new { criterion, met, valid = true, authentic = true, current = true, sufficient = met, comment = "well shown" }),
        });

    internal static Task<Answer> Decide(string id, Account decider, string outcome = "granted", params (string, string)[] headers) =>
        decider.Client.Post($"/accreditation/applications/{id}/decision", new { outcome, grounds = "well founded" }, headers);

    /// <summary>An application up to its complete assessment by Ahmed.</summary>
    internal async Task<string> Assessed(Account person, Account witness)
    {
        var id = await Submitted(person, witness);
        (await Assign(id, Ahmed)).ShouldBe(HttpStatusCode.OK);
        (await Rate(id, Ahmed)).ShouldBe(HttpStatusCode.OK);
        return id;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
