using System.Net;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Skills;
using ClusterNet.Skills.Contracts;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Skills;

/// <summary>A Host whose catalogue is the starter's.</summary>
public sealed class StarterHost : IAsyncLifetime
{
    internal RunningHost Host { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        // Two Hosts that start at once install it once.
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => SkillsModule.InstallStarter(Host.Services, null, CancellationToken.None)));
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

public sealed class CatalogueTests(StarterHost starter) : IClassFixture<StarterHost>
{
    private const string CrmUri = "http://data.europa.eu/esco/skill/ecc18804-a466-40d9-98b4-fba5cd67dd4b";
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly RunningHost _host = starter.Host;

    [Fact]
    public async Task The_starter_catalogue_is_there_once()
    {
        await SkillsModule.InstallStarter(_host.Services, null, Ct);

        (await Count("select count(*) from skills.skills where source = 'starter 1'")).ShouldBe(166);
        (await Count("select count(*) from skills.skills where source in ('DigComp 2.2', 'EntreComp')")).ShouldBe(44);
        (await Count("select count(*) from events.mt_events where type = 'skill_listed'")).ShouldBe(210);
        (await Count("select count(*) from events.mt_events where type = 'skill_changed'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("accounting", "en", "accounting")]
    [InlineData("acounting", "en", "accounting")]
    [InlineData("Rechnungswesn", "de", "Rechnungswesen")]
    [InlineData("comptabilite", "fr", "comptabilité")]
    [InlineData("methode 5s", "fr", "méthode 5S")]
    [InlineData("adapt change", "en", "adapt to change")]
    [InlineData("achieve sales", "en", "achieve sales targets")]
    public async Task A_skill_is_found_in_ones_language_in_spite_of_slips(string query, string language, string label)
    {
        using var anyone = _host.Anonymous();
        var answer = (await anyone.Get($"/skills?q={Uri.EscapeDataString(query)}&language={language}")).ShouldBe(HttpStatusCode.OK);

        var best = answer.Json["items"].ShouldNotBeNull()[0].ShouldNotBeNull();
        best["label"].ShouldNotBeNull().ToString().ShouldBe(label);
        best["language"].ShouldNotBeNull().ToString().ShouldBe(language);
        answer.Text("attribution").ShouldContain("ESCO classification of the European Commission");
    }

    [Fact]
    public async Task The_language_is_the_browsers_unless_asked_for_and_English_where_there_is_no_other()
    {
        using var anyone = _host.Anonymous();

        (await Label("/skills?q=accounting", "de-AT, en;q=0.5")).ShouldBe("Rechnungswesen");
        (await Label("/skills?q=accounting&language=fr", "de")).ShouldBe("comptabilité");
        (await Label("/skills?q=accounting", "it")).ShouldBe("accounting");
        (await Label($"/skills/concept?uri={CrmUri}", "fr")).ShouldBe("comptabilité");

        async Task<string> Label(string path, string accept)
        {
            var answer = (await anyone.Get(path, ("Accept-Language", accept))).ShouldBe(HttpStatusCode.OK);
            return (answer.Json["items"]?[0] ?? answer.Json)["label"].ShouldNotBeNull().ToString();
        }
    }

    [Fact]
    public async Task Knowledge_alone_can_be_asked_for()
    {
        using var anyone = _host.Anonymous();
        var answer = await anyone.Get("/skills?q=marketing&type=knowledge&limit=100");

        answer.Json["items"].ShouldNotBeNull().AsArray().ShouldNotBeEmpty();
        answer.Json["items"].ShouldNotBeNull().AsArray()
            .ShouldAllBe(i => i!["type"]!.ToString() == "knowledge"); // an item is an object with a type
    }

    [Fact]
    public async Task Questions_without_sense_are_refused()
    {
        using var anyone = _host.Anonymous();

        (await anyone.Get("/skills")).ShouldBeProblem(HttpStatusCode.BadRequest, "query-needed");
        (await anyone.Get("/skills?q=x&limit=0")).ShouldBeProblem(HttpStatusCode.BadRequest, "limit-out-of-range");
        (await anyone.Get("/skills?q=x&type=talent")).ShouldBeProblem(HttpStatusCode.BadRequest, "unknown-type");
        (await anyone.Get("/skills/concept?uri=urn:none")).ShouldBeProblem(HttpStatusCode.NotFound, "skill-unknown");
        (await anyone.Get("/skills?q=%21%21")).ShouldBe(HttpStatusCode.OK).Json["items"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(CrmUri + "/")]
    [InlineData("https://data.europa.eu/esco/skill/ecc18804-a466-40d9-98b4-fba5cd67dd4c")]
    [InlineData("accountin")]
    public async Task An_unknown_skill_is_refused_with_near_ones(string sent)
    {
        var skills = _host.Services.GetRequiredService<ISkillCatalogue>();
        var refusal = (await skills.Check([CrmUri, sent], "de", Ct)).ShouldNotBeNull();

        (refusal.Code, refusal.Status).ShouldBe(("skill-unknown", 422));
        (await skills.Near(sent, "de", Ct))[0].ShouldBe(new SkillCard(CrmUri, "Rechnungswesen", "knowledge", "cross-sector"));
        (await skills.Check([CrmUri], "de", Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Read_models_equal_their_replay()
    {
        var reports = await _host.Services.GetRequiredService<Replay>().Verify(null, Ct);

        var ours = reports.Where(r => r.Table.StartsWith("skills.", StringComparison.Ordinal)).ToList();
        ours.Select(r => r.Table).ShouldContain("skills.skills");
        ours.ShouldAllBe(r => r.Equal && (r.LiveRows > 0 || r.Table != "skills.skills"));
    }

    private async Task<long> Count(string sql)
    {
        await using var command = _host.Services.GetRequiredService<Database>().Source.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(Ct), System.Globalization.CultureInfo.InvariantCulture);
    }
}
