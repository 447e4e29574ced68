using System.Net;
using ClusterNet.Csv;
using ClusterNet.Skills;
using ClusterNet.Skills.Catalogue.Finding;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Skills;

public sealed class SuggestionTests(SuggestionTests.House house) : IClassFixture<SuggestionTests.House>
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_text_gets_skills_with_the_words_that_speak_of_them()
    {
        var answer = (await house.Nora.Client.Post("/skills/suggestions", new { text = "Yesterday I was negotiating with suppliers about their terms, again." })).ShouldBe(HttpStatusCode.OK);
        var first = answer.Items[0];
        $"{first["label"]}".ShouldBe("negotiate terms with suppliers");
        first["reason"]!["words"]!.AsArray().Select(w => $"{w}").ShouldBe(["negotiating", "with", "suppliers", "terms"]);
        $"{first["reason"]!["matchedLabel"]}".ShouldBe("negotiate terms with suppliers");
        answer.Headers["Cache-Control"].ShouldContain("no-store");
    }

    [Fact]
    public async Task Labels_come_in_the_wanted_language_whatever_the_text_is_in()
    {
        var answer = (await house.Nora.Client.Post("/skills/suggestions", new { text = "Heute habe ich etwas über Rechnungswesen gelernt", language = "fr" })).ShouldBe(HttpStatusCode.OK);
        var hit = answer.Items.First(i => $"{i["reason"]!["matchedLabel"]}" == "Rechnungswesen");
        $"{hit["reason"]!["language"]}".ShouldBe("de");
        $"{hit["label"]}".ShouldNotBe("Rechnungswesen");
    }

    [Theory]
    [InlineData("of the and with")]
    [InlineData("Carla m’a montré comment lire l’indice des prix de l’acier")] // "montré" is no "montage"
    [InlineData("!!! ??? …")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("'; drop table skills.skills; --")]
    public async Task What_speaks_of_nothing_gets_nothing(string text) =>
        (await house.Nora.Client.Post("/skills/suggestions", new { text })).ShouldBe(HttpStatusCode.OK).Items.ShouldBeEmpty();

    [Fact]
    public async Task Bad_input_is_refused_in_words()
    {
        foreach (var wrong in new object[] { new { text = "" }, new { text = new string('x', TextQuery.LongestText + 1) }, new { text = "a\u0000b" }, new { text = "weld", limit = 0 }, new { text = "weld", limit = 51 } })
            (await house.Nora.Client.Post("/skills/suggestions", wrong)).Status.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity);
        using var anyone = house.Host.Anonymous();
        (await anyone.Post("/skills/suggestions", new { text = "weld" })).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_is_used_here_is_found_before_its_like()
    {
        using var esco = new EscoZip();
        var (never, used) = (EscoZip.Uri("aaa-never"), EscoZip.Uri("zzz-used"));
        var text = EscoZip.Header + EscoZip.Row("aaa-never", "plait wicker baskets") + EscoZip.Row("zzz-used", "plait wicker baskets");
        await SkillsModule.Import(house.Host.Services, [esco.Zip("one.zip", ("skills_en.csv", text))], "Test", null, Ct);
        (await Found()).ShouldBe([never, used]);

        (await house.Nora.Client.Post("/skills/levels/claims", new { skillUri = used, level = 3 })).ShouldBe(HttpStatusCode.OK);
        var index = house.Host.Services.GetRequiredService<SkillIndex>();
        await index.CountUses(Ct);
        index.Uses.Keys.ShouldContain(used);
        (await Found()).ShouldBe([used, never]);
        var suggested = (await house.Nora.Client.Post("/skills/suggestions", new { text = "I can plait wicker baskets now" })).Items;
        suggested.Take(2).Select(i => ($"{i["uri"]}", $"{i["reason"]!["usedHere"]}")).ShouldBe([(used, "true"), (never, "false")]);

        async Task<IReadOnlyList<string>> Found() =>
            [.. (await house.Nora.Client.Get("/skills?q=plait%20wicker%20baskets&language=en")).Items.Take(2).Select(i => $"{i["uri"]}")];
    }

    /// <summary>The firms' own words, with the skills that people put to them.</summary>
    [Fact]
    public async Task Real_records_get_a_skill_of_theirs_among_the_first_five()
    {
        var skills = SkillSnapshot.Of(await SkillFindingTests.Esco());
        await using var stream = System.IO.File.OpenRead(SharedData.Path("cluster", "learning-records.csv"));
        using var file = await CsvFile.OpenAsync(stream, new(["what", "learnt", "skill_uris"], []), Ct);
        var (all, hit) = (0, 0);
        await foreach (var row in file.ReadAsync(Ct))
        {
            var uris = row.List("skill_uris").ToHashSet();
            if (uris.Count == 0 || TextQuery.Of($"{row.Raw("what")} {row.Raw("learnt")}", "en") is not { } text) continue;
            all++;
            if (skills.Suggest(text, new Dictionary<string, float>(), 5).Any(s => uris.Contains(s.Skill.Uri))) hit++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{hit} of {all}");
        ((double)hit / all).ShouldBeGreaterThan(0.8, $"{hit} of {all}");
    }

    /// <summary>A Host with the starter catalogue, and somebody who writes.</summary>
    public sealed class House : IAsyncLifetime
    {
        internal RunningHost Host { get; } = new();

        internal Account Nora { get; private set; } = null!; // set before the first test

        public async ValueTask InitializeAsync()
        {
            await Host.InitializeAsync();
            await SkillsModule.InstallStarter(Host.Services, null, CancellationToken.None);
            Nora = await Host.Newcomer(await Host.Operator(), "Nora");
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
